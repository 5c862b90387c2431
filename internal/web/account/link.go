package account

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// linkPage is a link that works once; Path is the form's own address.
type linkPage struct {
	app.LinkView
	Path string
}

func linkData(c *ui.Context) (linkPage, error) {
	v, err := c.App.OpenLink(c, c.Path("secret"))
	return linkPage{v, linkPath + c.Path("secret")}, err
}

func linkForm(c *ui.Context) error {
	p, err := linkData(c)
	if err != nil {
		return err
	}
	return c.Render("link", p)
}

func useLink(c *ui.Context) error {
	p, err := linkData(c)
	if err != nil {
		return err
	}
	var o app.Opened
	if p.Kind == app.LinkSetup {
		o, err = c.App.SetUp(c, c.Path("secret"), app.SetupInput{
			UnitName: c.Field("unit_name"), Login: c.Field("login"), FullName: c.Field("full_name"), Email: c.Field("email"),
			NewPassword: c.Secret("new_password"),
		}, c.From())
	} else {
		o, err = c.App.UseLink(c, c.Path("secret"), app.UseLinkInput{NewPassword: c.Secret("new_password")}, c.From())
	}
	if err != nil {
		return c.Fail("link", p, err)
	}
	return enter(c, o)
}
