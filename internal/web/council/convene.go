package council

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// check is a draft's rehearsal with the names for its ids.
type check struct {
	app.SessionCheck
	Names map[string]string
}

func conveneCheck(c *ui.Context) error {
	d, err := rehearse(c)
	if err != nil {
		return err
	}
	return c.Render("convene", d)
}

func rehearse(c *ui.Context) (check, error) {
	d, err := c.App.CheckSession(c, c.Session, c.Path("id"))
	if err != nil {
		return check{}, err
	}
	out := check{SessionCheck: d, Names: map[string]string{}}
	for _, seat := range d.Session.Roster {
		out.Names[seat.User] = seat.Name
	}
	return out, nil
}

// convene freezes roster and agenda. Sent twice, or by two people at once, it was
// convened once, and everybody is led to it.
func convene(c *ui.Context) error {
	done, err := c.App.Convene(c, c.Session, c.Path("id"))
	if err == nil {
		return told(c, done, here(c), "council.done.convened")
	}
	v, rerr := c.App.SessionView(c, c.Session, c.Path("id"))
	if rerr == nil && v.Number > 0 {
		return c.DoneAt(here(c), "council.done.convened")
	}
	d, rerr := rehearse(c)
	if rerr != nil {
		return rerr
	}
	return c.Fail("convene", d, err)
}

// told leads on after an act, and says where it is not recorded yet.
func told(c *ui.Context, done app.Done, path, key string) error {
	if done.Status == "pending" || !done.Recorded {
		key = "ui.pending"
	}
	return c.DoneAt(path, key)
}
