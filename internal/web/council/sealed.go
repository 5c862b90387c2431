package council

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// sealedSheet is a member's sealed ballot as its page shows it. Nothing of it is kept
// while it is filled in: neither here nor in the browser.
type sealedSheet struct {
	app.SecretBallotView
	Lines []ballotLine
}

func sealedSheetOf(c *ui.Context) (sealedSheet, error) {
	b, err := c.App.SecretBallot(c, c.Session, c.Path("id"))
	s := sealedSheet{SecretBallotView: b}
	for n, it := range b.Items {
		s.Lines = append(s.Lines, ballotLine{BallotItem: it, N: n})
	}
	return s, err
}

func sealedForm(c *ui.Context) error {
	s, err := sealedSheetOf(c)
	if e := app.ErrorOf(err); err != nil && e.Code == app.CodeNotReady {
		return c.Redirect(here(c) + "/declare")
	}
	if err != nil {
		return err
	}
	return c.Render("sealed", s)
}

// castSealed takes the ballot as the browser has sealed it. From a browser without
// script it takes the choices, which are sealed in memory and forgotten.
func castSealed(c *ui.Context) error {
	s, err := sealedSheetOf(c)
	if err != nil {
		return err
	}
	round, _ := strconv.Atoi(c.Field("round")) // a page without it is of the first ballot
	in := app.SecretInput{Sealed: c.Field("sealed"), Round: round, Nonce: c.Field("nonce")}
	if in.Sealed == "" {
		in.Items = map[string]string{}
		for _, l := range s.Lines {
			if v := c.Field("s" + strconv.Itoa(l.N)); v != "" {
				in.Items[l.Item] = v
			}
		}
		if c.Field("sure") == "" {
			return c.Fail("sealed", s, wrong("sure"))
		}
	}
	done, err := c.App.CastSecret(c, c.Session, s.ID, in)
	if err == nil {
		return told(c, done, here(c)+"/sealed", "council.done.cast")
	}
	if after, rerr := sealedSheetOf(c); rerr == nil && after.Cast && after.BoxOf == max(round, 1) {
		return c.DoneAt(here(c)+"/sealed", "council.done.cast")
	}
	return c.Fail("sealed", s, err)
}
