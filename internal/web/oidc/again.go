package oidc

import (
	"net/http"

	"vinhdanh/internal/web/ui"
)

// again goes to the provider for a person who is signed in here and is to show there
// once more who they are. It is a link and no form: a form may not lead off the site.
func again(c *ui.Context) error {
	at, err := c.App.FreshenAtProvider(c, c.Session, c.Path("id"), ui.OwnPath(c.Field("next")))
	if err != nil {
		return err
	}
	keep(c, at.Secret, 600)
	c.W.Header().Set("Cache-Control", "no-store")
	http.Redirect(c.W, c.R, at.URL, http.StatusSeeOther)
	return nil
}
