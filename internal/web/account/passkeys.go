package account

import (
	"encoding/json"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// ask answers a script with the question for a passkey. Its answer comes with an
// ordinary form.
func ask(c *ui.Context, kind string) error {
	q, err := c.App.AskPasskey(c, c.Session, kind)
	if err != nil {
		e := app.ErrorOf(err)
		if e.Code == app.CodeInternal {
			return err
		}
		return say(c, app.HTTPStatus(e.Code), map[string]string{"code": e.Code, "error": e.Text(c.Lang)})
	}
	return say(c, 200, q)
}

func say(c *ui.Context, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.W.Header().Set("Content-Type", "application/json")
	c.W.WriteHeader(status)
	_, err = c.W.Write(body)
	return err
}

// answered reads what the script put into the form.
func answered(c *ui.Context) app.PasskeyAnswer {
	return app.PasskeyAnswer{ID: c.Field("id"), Answer: json.RawMessage(c.Secret("answer")), Name: c.Field("name")}
}

func askSignIn(c *ui.Context) error   { return ask(c, app.CeremonySignIn) }
func askSecond(c *ui.Context) error   { return ask(c, app.CeremonySecond) }
func askFreshen(c *ui.Context) error  { return ask(c, app.CeremonyFreshen) }
func askRegister(c *ui.Context) error { return ask(c, app.CeremonyRegister) }

func registerPasskey(c *ui.Context) error {
	out, err := c.App.EnrolPasskey(c, c.Session, answered(c))
	if err != nil {
		return failFactors(c, err)
	}
	return enrolled(c, out)
}

// enrolled takes the session's new secret and shows recovery codes, where there are
// new ones, this once.
func enrolled(c *ui.Context, out app.Enrolled) error {
	if out.Secret != "" {
		c.Begin(out.Secret)
		c.Session = out.Session
	}
	if len(out.RecoveryCodes) > 0 {
		return c.Render("codes", codes{out.RecoveryCodes, next(c).Next, true})
	}
	return c.DoneAt("/account/factors", "account.factor.added")
}
