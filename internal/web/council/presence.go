package council

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func presence(c *ui.Context) error {
	r, err := read(c)
	if err != nil {
		return err
	}
	return c.Render("presence", r)
}

// markPresence keeps what is marked; asked by a change of a box, it answers with the
// light of the quorum only.
func markPresence(c *ui.Context) error {
	r, err := read(c)
	if err != nil {
		return err
	}
	in := app.PresenceInput{}
	for i, seat := range r.Roster {
		state := c.Field("state." + seat.User)
		if state == "" {
			state = c.Field("all") // the button that marks whoever is not marked yet
		}
		if state == "" {
			continue
		}
		note := c.Field("note." + seat.User)
		r.Roster[i].Mark, r.Roster[i].Note = state, note
		in.Members = append(in.Members, app.Attendance{Member: seat.User, State: state, Note: note})
	}
	p, err := c.App.MarkPresence(c, c.Session, r.ID, in)
	if c.HTMX() {
		if err != nil {
			return c.FailPartial("presence#quorum-light", r.Progress, err)
		}
		return c.Partial("presence#quorum-light", p)
	}
	if err != nil {
		return c.Fail("presence", r, err)
	}
	return c.DoneAt(here(c)+"/presence", "council.done.presence")
}
