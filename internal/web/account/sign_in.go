package account

import (
	"net/url"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// where is what the sign-in pages carry along: where the reader wanted to go.
type where struct{ Next string }

func next(c *ui.Context) where { return where{ui.OwnPath(c.Field("next"))} }

func signInForm(c *ui.Context) error {
	if c.SignedIn() {
		return c.Redirect(next(c).Next)
	}
	return c.Render("sign-in", next(c))
}

func signIn(c *ui.Context) error {
	o, err := c.App.SignIn(c, app.SignInInput{Login: c.Field("login"), Password: c.Secret("password")}, c.From())
	if err != nil {
		return retry(c, "sign-in", next(c), err)
	}
	return enter(c, o)
}

// retry shows a form of signing in again: wrong is wrong, and not "sign in first".
func retry(c *ui.Context, view string, data any, err error) error {
	if e := app.ErrorOf(err); e.Code == app.CodeSignIn || e.Code == app.CodePasskey {
		return c.Fail(view, data, e)
	}
	return c.Fail(view, data, err)
}

// enter puts the session's new secret into the cookie and goes on: to what is still
// to be shown, or to where the reader wanted to go.
func enter(c *ui.Context, o app.Opened) error {
	c.Begin(o.Secret)
	to := next(c).Next
	if o.Session.Step == "" {
		return c.Redirect(to)
	}
	at := "/account/factors"
	if o.Session.Step == app.StepSecond {
		at = "/account/second-factor"
	}
	return c.Redirect(at + "?next=" + url.QueryEscape(to))
}

func signInByPasskey(c *ui.Context) error {
	o, err := c.App.SignInByPasskey(c, answered(c), c.From())
	if err != nil {
		return retry(c, "sign-in", next(c), err)
	}
	return enter(c, o)
}

func signOut(c *ui.Context) error {
	if err := c.App.SignOut(c, c.Session); err != nil {
		return err
	}
	c.End()
	return c.DoneAt("/sign-in", "account.signed.out")
}
