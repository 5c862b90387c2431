package council

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// open opens the session with who is marked as present.
func open(c *ui.Context) error {
	r, err := read(c)
	if err != nil {
		return err
	}
	in := app.OpenInput{Present: []string{}, Nonce: c.Field("nonce")}
	for _, seat := range r.Roster {
		if seat.Mark == "present" {
			in.Present = append(in.Present, seat.User)
		}
	}
	done, err := c.App.OpenSession(c, c.Session, r.ID, in)
	if err != nil {
		if r.Mode == "written" {
			return c.Fail("session", r, err)
		}
		return c.Fail("presence", r, err)
	}
	return told(c, done, here(c)+"/run", "council.done.opened")
}

func run(c *ui.Context) error {
	r, err := read(c)
	if err != nil {
		return err
	}
	if !r.Runs && !r.May(app.ActMinutes) {
		return c.Redirect(here(c))
	}
	return c.Render("run", r)
}

// progress is the numbers of a session, asked for again every few seconds. It holds
// no field: what somebody types is never touched by it.
func progress(c *ui.Context) error {
	p, err := c.App.Progress(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Partial("run#progress", map[string]any{"P": p, "ID": c.Path("id"), "Electronic": p.Electronic})
}

// screen chooses what the projector shows.
func screen(c *ui.Context) error {
	if _, err := c.App.ShowOnScreen(c, c.Session, c.Path("id"), app.ScreenInput{Award: c.Field("award")}); err != nil {
		return err
	}
	return c.DoneAt(here(c)+"/run", "council.done.screen")
}
