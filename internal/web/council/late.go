package council

import (
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// joining is what may join a convened session late, and what was asked.
type joining struct {
	room
	Waiting []app.AwardGroup // for the secretary, who asks
	Open    bool             // something waits for the chair's word
}

// Standing are the requests that wait for the chair.
func (j joining) Standing() (out []string) {
	for _, l := range j.Late {
		if l.AdmittedAt == nil {
			out = append(out, l.Proposal)
		}
	}
	return out
}

func late(c *ui.Context) error {
	j, err := join(c)
	if err != nil {
		return err
	}
	return c.Render("late", j)
}

func join(c *ui.Context) (joining, error) {
	r, err := read(c)
	j := joining{room: r}
	if err != nil {
		return j, err
	}
	j.Open = len(j.Standing()) > 0
	if !r.May(app.ActAskLate) {
		return j, nil
	}
	items, err := c.App.AgendaCandidates(c, c.Session, r.Unit)
	j.Waiting = c.App.GroupAgenda(items)
	return j, err
}

// changeLate asks for proposals, takes a request back, or is the chair's consent; the
// button names the proposals.
func changeLate(c *ui.Context) error {
	id, key := c.Path("id"), "council.done.late"
	var err error
	switch {
	case c.Field("admit") != "":
		var done app.Done
		done, err = c.App.AdmitLate(c, c.Session, id, app.AdmitInput{Proposals: strings.Fields(c.Field("admit")), Nonce: c.Field("nonce")})
		if err == nil {
			return told(c, done, here(c)+"/late", "council.done.admitted")
		}
	case c.Field("drop") != "":
		key = "council.done.late.dropped"
		_, err = c.App.DropLate(c, c.Session, id, app.AgendaInput{Proposals: strings.Fields(c.Field("drop"))})
	default:
		_, err = c.App.AskLate(c, c.Session, id, app.LateInput{Proposals: c.Fields("ask"), Reason: c.Field("reason")})
	}
	if err != nil {
		j, rerr := join(c)
		if rerr != nil {
			return rerr
		}
		return c.Fail("late", j, err)
	}
	return c.DoneAt(here(c)+"/late", key)
}
