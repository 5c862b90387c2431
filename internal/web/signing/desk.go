package signing

import "vinhdanh/internal/web/ui"

func desk(c *ui.Context) error {
	waiting, err := c.App.SigningDesk(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("desk", waiting)
}
