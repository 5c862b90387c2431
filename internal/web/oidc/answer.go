package oidc

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/web/ui"
)

func answer(c *ui.Context) error {
	secret := ""
	if k, err := c.R.Cookie(cookie); err == nil {
		secret = k.Value
	}
	keep(c, "", -1)
	q := c.R.URL.Query()
	done, err := c.App.FinishAtProvider(c, secret, app.ProviderAnswer{
		ID: c.Path("id"), State: q.Get("state"), Code: q.Get("code"), Issuer: q.Get("iss"), Error: q.Get("error"), By: c.Session,
	}, app.From{Address: c.Address(), Agent: identity.AgentClass(c.R.UserAgent())})
	if err != nil {
		if e := app.ErrorOf(err); e.Code == app.CodeProvider {
			return c.Render("failed", e.Text(c.Lang)) // not a way to sign in again by itself: no loop
		}
		return err
	}
	if done.Unknown != "" {
		return c.Render("unknown", done.Unknown)
	}
	c.Begin(done.Secret)
	return c.Redirect(ui.OwnPath(done.Next))
}
