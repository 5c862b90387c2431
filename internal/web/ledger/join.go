package ledger

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// choice is the page where another subject is chosen to be joined.
type choice struct {
	page
	Text  string
	Found []app.Subject
	Other string
}

func chooseFrom(c *ui.Context, ref string) (choice, error) {
	v, err := c.App.Ledger(c, c.Session, ref)
	if err != nil {
		return choice{}, err
	}
	if !v.MayJoin {
		return choice{}, &app.Error{Code: app.CodeNotFound}
	}
	out := choice{page: pageOf(v), Text: c.Field("q"), Other: c.Field("other")}
	found, err := c.App.FindSubjects(c, c.Session, out.Text)
	if err != nil {
		return out, err
	}
	for _, f := range found {
		if f.Identity != v.Identity && f.Kind == v.Kind {
			out.Found = append(out.Found, f)
		}
	}
	return out, nil
}

func choose(c *ui.Context) error {
	p, err := chooseFrom(c, c.Path("ref"))
	if err != nil {
		return err
	}
	return c.Render("join", p)
}

func join(c *ui.Context) error {
	in := app.JoinInput{
		Subject: c.Path("ref"), Other: c.Field("other"), Kind: c.Field("kind"), Since: c.Field("since"), Reason: c.Field("reason"), Nonce: c.Field("nonce"),
	}
	if in.Kind == "same" {
		in.Since = ""
	}
	if _, err := c.App.JoinSubjects(c, c.Session, in); err != nil {
		p, perr := chooseFrom(c, in.Subject)
		if perr != nil {
			return err
		}
		return c.Fail("join", p, err)
	}
	return c.DoneAt(at(in.Subject), "ledger.joined")
}

func undo(c *ui.Context) error {
	ref := c.Path("ref")
	_, err := c.App.UndoJoin(c, c.Session, app.UndoJoinInput{Join: c.Field("join"), Reason: c.Field("reason"), Nonce: c.Field("nonce")})
	if err == nil {
		return c.DoneAt(at(ref), "ledger.undone")
	}
	v, lerr := c.App.Ledger(c, c.Session, ref)
	if lerr != nil {
		return err
	}
	p := pageOf(v)
	p.Undo = c.Field("join")
	return c.Fail("subject", p, err)
}
