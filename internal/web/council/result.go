package council

import "vinhdanh/internal/web/ui"

func result(c *ui.Context) error {
	r, err := read(c)
	if err != nil {
		return err
	}
	if r.Phase != "closed" {
		return c.Redirect(here(c))
	}
	return c.Render("result", r)
}
