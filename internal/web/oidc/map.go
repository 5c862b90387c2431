package oidc

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func proof(c *ui.Context) app.Proof {
	return app.Proof{Password: c.Field("password"), Code: c.Field("code")}
}

func mapped(c *ui.Context) error {
	err := c.App.MapSubject(c, c.Session, app.MapInput{Ref: c.Field("ref"), Login: c.Field("login"), Proof: proof(c)})
	return after(c, err, "oidc.done.mapped")
}

func ended(c *ui.Context) error {
	return after(c, c.App.UnmapSubject(c, c.Session, c.Path("id"), proof(c)), "oidc.done.ended")
}

func after(c *ui.Context, err error, done string) error {
	if err == nil {
		return c.DoneAt("/identity-providers", done)
	}
	v, rerr := c.App.ProviderLinks(c, c.Session)
	if rerr != nil {
		return rerr
	}
	return c.Fail("links", v, err)
}
