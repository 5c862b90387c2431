package duplicates

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// pairPage is one pair with the choices of the form.
type pairPage struct {
	app.DuplicateView
	Choices []ui.Option
	Last    string // id of the last word
}

func read(c *ui.Context) (pairPage, error) {
	v, err := c.App.Duplicate(c, c.Session, c.Path("pair"))
	p := pairPage{DuplicateView: v}
	for _, w := range []string{"same", "other_achievement", "different"} {
		p.Choices = append(p.Choices, ui.Option{Value: w, Text: c.T("duplicates.word." + w), Hint: c.T("duplicates.hint." + w)})
	}
	if len(v.Words) > 0 {
		p.Last = v.Words[0].ID
	}
	return p, err
}

func pair(c *ui.Context) error {
	p, err := read(c)
	if err != nil {
		return err
	}
	return c.Render("pair", p)
}

func resolve(c *ui.Context) error {
	_, err := c.App.ResolveDuplicate(c, c.Session, c.Path("pair"), app.ResolveInput{
		Word: c.Field("word"), Reason: c.Field("reason"), After: c.Field("after"), Nonce: c.Field("nonce"),
	})
	return done(c, err, "duplicates.done.resolve")
}

func undo(c *ui.Context) error {
	_, err := c.App.UndoDuplicate(c, c.Session, c.Path("pair"), app.UndoInput{
		Reason: c.Field("reason"), After: c.Field("after"), Nonce: c.Field("nonce"),
	})
	return done(c, err, "duplicates.done.undo")
}

func done(c *ui.Context, err error, key string) error {
	if err == nil {
		return c.DoneAt("/duplicates/"+c.Path("pair"), key)
	}
	p, rerr := read(c)
	if rerr != nil {
		return rerr
	}
	return c.Fail("pair", p, err)
}
