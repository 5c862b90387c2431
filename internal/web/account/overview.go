package account

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// state is one's account at a glance.
type state struct {
	Factors  app.Factors
	Sessions int
	Tokens   int
}

func overview(c *ui.Context) error {
	var s state
	var err error
	if s.Factors, err = c.App.Factors(c, c.Session); err != nil {
		return err
	}
	open, err := c.App.WebSessions(c, c.Session)
	if err != nil {
		return err
	}
	mine, err := c.App.Tokens(c, c.Session)
	if err != nil {
		return err
	}
	s.Sessions = len(open)
	for _, t := range mine {
		if t.Alive() {
			s.Tokens++
		}
	}
	return c.Render("overview", s)
}
