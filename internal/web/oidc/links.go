package oidc

import "vinhdanh/internal/web/ui"

func links(c *ui.Context) error {
	v, err := c.App.ProviderLinks(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("links", v)
}
