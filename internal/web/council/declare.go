package council

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func declareForm(c *ui.Context) error {
	r, err := declaring(c)
	if err != nil {
		return err
	}
	return c.Render("declare", r)
}

// declaring is the session with the names to declare on, while it takes declarations.
func declaring(c *ui.Context) (room, error) {
	r, err := read(c)
	if err != nil || !r.May(app.ActDeclare) {
		return r, err
	}
	names, err := c.App.Interests(c, c.Session, c.Path("id"))
	r.Groups = c.App.GroupAgenda(names.Agenda)
	r.Shown = len(names.Agenda)
	for _, it := range names.Agenda {
		r.Lines[it.Item] = it.Line
	}
	return r, err
}

// declare takes the items that were checked, by their place on the agenda as it was
// shown, under one reason; or plainly that there is none.
func declare(c *ui.Context) error {
	in := app.InterestsInput{None: c.Field("none") != "", Nonce: c.Field("nonce"), Shown: max(whole(c, "shown"), 0)}
	if !in.None {
		for _, item := range c.Fields("conflict") {
			in.Conflicts = append(in.Conflicts, app.Conflict{Item: item, Reason: c.Field("reason")})
		}
	}
	v, err := c.App.DeclareInterests(c, c.Session, c.Path("id"), in)
	if err != nil {
		r, rerr := declaring(c)
		if rerr != nil {
			return rerr
		}
		e := *app.ErrorOf(err)
		for i, f := range e.Fields { // one reason for all that were checked
			for n := range in.Conflicts {
				if f.Field == "conflicts["+strconv.Itoa(n)+"].reason" {
					e.Fields[i].Field = "reason"
				}
			}
		}
		return c.Fail("declare", r, &e)
	}
	if v.Phase == "open" {
		return c.DoneAt(here(c)+"/ballot", "council.done.declared")
	}
	return c.DoneAt(here(c), "council.done.declared")
}
