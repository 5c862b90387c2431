package account

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func freshenForm(c *ui.Context) error { return c.Render("freshen", next(c)) }

func freshen(c *ui.Context) error {
	o, err := c.App.Freshen(c, c.Session, app.Proof{Password: c.Secret("password")})
	if err != nil {
		return c.Fail("freshen", next(c), err)
	}
	return enter(c, o)
}

func freshenByPasskey(c *ui.Context) error {
	o, err := c.App.ShowPasskey(c, c.Session, answered(c))
	if err != nil {
		return c.Fail("freshen", next(c), err)
	}
	return enter(c, o)
}
