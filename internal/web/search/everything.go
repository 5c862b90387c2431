package search

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// Everything is what a search found at first.
type Everything struct {
	Text  string
	Found app.Found
}

func everything(c *ui.Context) error {
	d := Everything{Text: c.Field("q")}
	var err error
	if d.Found, err = c.App.Search(c, c.Session, d.Text); err != nil {
		return c.Fail("everything", d, err)
	}
	return c.Render("everything", d)
}
