package account

import "vinhdanh/internal/web/ui"

func sessions(c *ui.Context) error {
	rows, err := c.App.WebSessions(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("sessions", rows)
}

func endSession(c *ui.Context) error {
	id := c.Field("id")
	if err := c.App.EndWebSession(c, c.Session, id); err != nil {
		return err
	}
	if id == c.Session.Web {
		c.End()
		return c.DoneAt("/sign-in", "account.signed.out")
	}
	return c.DoneAt("/account/sessions", "account.session.ended")
}

func endOthers(c *ui.Context) error {
	if _, err := c.App.EndOtherWebSessions(c, c.Session); err != nil {
		return err
	}
	return c.DoneAt("/account/sessions", "account.sessions.ended")
}
