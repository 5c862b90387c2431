package council

import (
	"slices"
	"strings"

	"vinhdanh/internal/app"
	rules "vinhdanh/internal/council"
	"vinhdanh/internal/web/ui"
)

// Again tells whether closing may open a second ballot first: the first is going on, and
// an item's rule holds one.
func (e ending) Again() bool {
	return e.Round == 1 && e.Priority == nil && e.Mode != "written" && slices.ContainsFunc(e.Rules, func(r rules.Rule) bool { return r.SecondRound() })
}

// ending is the form that closes or cancels, with the words to be typed.
type ending struct {
	room
	Phrase string
	Silent []string // members present who have not voted, by name
}

func ends(c *ui.Context) (ending, error) {
	r, err := read(c)
	e := ending{room: r, Phrase: c.T("council.close.phrase")}
	for _, seat := range r.Roster {
		if (seat.Present || r.Mode == "written") && !seat.Voted && r.Priority == nil {
			e.Silent = append(e.Silent, seat.Name)
		}
	}
	return e, err
}

func closeForm(c *ui.Context) error {
	e, err := ends(c)
	if err != nil {
		return err
	}
	return c.Render("close", e)
}

// closeSession counts and ends the session, after the chair has typed the words.
func closeSession(c *ui.Context) error {
	e, err := ends(c)
	if err != nil {
		return err
	}
	if !strings.EqualFold(c.Field("phrase"), e.Phrase) {
		return c.Fail("close", e, wrong("phrase"))
	}
	done, err := c.App.CloseSession(c, c.Session, e.ID, c.Field("nonce"))
	if err != nil {
		if e, rerr := ends(c); rerr == nil && e.Phase == "closed" {
			return c.DoneAt(here(c)+"/result", "council.done.closed")
		}
		return c.Fail("close", e, err)
	}
	switch done.Next.Is() {
	case app.NextSecond:
		return told(c, done, here(c)+"/run", "council.done.second")
	case app.NextPriority:
		return told(c, done, here(c)+"/priority", "council.done.tied")
	}
	return told(c, done, here(c)+"/result", "council.done.closed")
}

func cancelForm(c *ui.Context) error {
	e, err := ends(c)
	if err != nil {
		return err
	}
	return c.Render("cancel", e)
}

func cancel(c *ui.Context) error {
	e, err := ends(c)
	if err != nil {
		return err
	}
	done, err := c.App.CancelSession(c, c.Session, e.ID, app.CancelInput{Reason: c.Field("reason"), Nonce: c.Field("nonce")})
	if err != nil {
		if e, rerr := ends(c); rerr == nil && e.Phase == "cancelled" {
			return c.DoneAt("/sessions", "council.done.cancelled")
		}
		return c.Fail("cancel", e, err)
	}
	return told(c, done, "/sessions", "council.done.cancelled")
}
