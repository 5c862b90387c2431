package council

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// shown is what the room sees, and where it is asked for again.
type shown struct {
	app.Projected
	ID string
}

func projector(c *ui.Context) error {
	p, err := c.App.Projector(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("projector", shown{p, c.Path("id")})
}

func projectorLive(c *ui.Context) error {
	p, err := c.App.Projector(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Partial("projector#live", shown{p, c.Path("id")})
}
