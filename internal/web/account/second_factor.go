package account

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func secondForm(c *ui.Context) error {
	if c.Session.Step != app.StepSecond {
		return c.Redirect(next(c).Next)
	}
	return c.Render("second-factor", next(c))
}

func second(c *ui.Context) error {
	o, err := c.App.ShowCode(c, c.Session, app.CodeInput{Code: c.Field("code")})
	if err != nil {
		return c.Fail("second-factor", next(c), err)
	}
	return enter(c, o)
}

func secondByPasskey(c *ui.Context) error {
	o, err := c.App.ShowPasskey(c, c.Session, answered(c))
	if err != nil {
		return c.Fail("second-factor", next(c), err)
	}
	return enter(c, o)
}
