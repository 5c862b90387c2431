package oidc

import (
	"net/http"

	"vinhdanh/internal/web/ui"
)

// cookie holds the browser's secret while its person is at the provider. Lax: the
// way back comes from another site.
const cookie = "__Host-provider"

func keep(c *ui.Context, secret string, seconds int) {
	http.SetCookie(c.W, &http.Cookie{
		Name: cookie, Value: secret, Path: "/", MaxAge: seconds, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// with goes to the provider, whose address is of the settings and of nobody else.
func with(c *ui.Context) error {
	at, err := c.App.BeginAtProvider(c, c.Path("id"), ui.OwnPath(c.Field("next")))
	if err != nil {
		return err
	}
	keep(c, at.Secret, 600)
	c.W.Header().Set("Cache-Control", "no-store")
	http.Redirect(c.W, c.R, at.URL, http.StatusSeeOther)
	return nil
}
