package account

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// again is the page of confirming: where to go on to, and the person's own ways.
type again struct {
	where
	app.FreshenWays
}

func freshenForm(c *ui.Context) error {
	w, err := c.App.FreshenWays(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("freshen", again{next(c), w})
}

// notFresh shows the page again with what went wrong.
func notFresh(c *ui.Context, err error) error {
	w, werr := c.App.FreshenWays(c, c.Session)
	if werr != nil {
		return werr
	}
	return c.Fail("freshen", again{next(c), w}, err)
}

func freshen(c *ui.Context) error {
	o, err := c.App.Freshen(c, c.Session, app.Proof{Password: c.Secret("password")})
	if err != nil {
		return notFresh(c, err)
	}
	return enter(c, o)
}

func freshenByPasskey(c *ui.Context) error {
	o, err := c.App.ShowPasskey(c, c.Session, answered(c))
	if err != nil {
		return notFresh(c, err)
	}
	return enter(c, o)
}
