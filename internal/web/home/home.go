package home

import "vinhdanh/internal/web/ui"

func home(c *ui.Context) error {
	in, err := c.App.Inbox(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("home", in)
}
