package account

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// assist is what an admin does for a person; Link was made a moment ago.
type assist struct{ Link *app.LinkView }

func assistForm(c *ui.Context) error {
	if err := c.App.MayAssist(c, c.Session); err != nil {
		return err
	}
	return c.Render("assist", assist{})
}

func assistLink(c *ui.Context) error {
	l, err := c.App.IssueLink(c, c.Session, app.LinkInput{Login: c.Field("login")})
	if err != nil {
		return failAssist(c, err)
	}
	return c.Render("assist", assist{&l})
}

func assistFactors(c *ui.Context) error {
	err := c.App.ResetFactors(c, c.Session, app.ResetFactorsInput{LinkInput: app.LinkInput{Login: c.Field("login")}})
	if err != nil {
		return failAssist(c, err)
	}
	return c.DoneAt("/account/assist", "account.assist.reset.done")
}

// failAssist shows the form again, for a login that is not there too: it was typed.
func failAssist(c *ui.Context, err error) error {
	if e := app.ErrorOf(err); e.Code == app.CodeNotFound {
		err = &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: "login", Rule: "person"}}}
	}
	return c.Fail("assist", assist{}, err)
}
