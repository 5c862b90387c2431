package letters

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// pageSize is how many letters a page lists.
const pageSize = 100

type listing struct {
	Rows     []app.OutcomeLetterRow
	Query    app.OutcomeLetterQuery
	Sessions []app.HeldSession
	Modes    []app.LetterMode
	States   []ui.Option
	Next     string
}

func newListing(c *ui.Context) (listing, error) {
	d := listing{Query: app.OutcomeLetterQuery{State: c.Field("state"), Session: c.Field("session")}}
	if c.Field("state") == "" && c.Field("all") == "" {
		d.Query.State = "held"
	}
	d.States = []ui.Option{{Value: "held", Text: c.T("letters.state.held")}, {Value: "released", Text: c.T("letters.state.released")}, {Value: "discarded", Text: c.T("letters.state.discarded")}}
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	var err error
	if d.Rows, err = c.App.OutcomeLetters(c, c.Session, d.Query, pageSize+1, offset); err != nil {
		return d, err
	}
	if len(d.Rows) > pageSize {
		d.Rows, d.Next = d.Rows[:pageSize], strconv.Itoa(offset+pageSize)
	}
	if d.Sessions, err = c.App.HeldSessions(c, c.Session); err != nil {
		return d, err
	}
	d.Modes, err = c.App.LetterModes(c, c.Session)
	return d, err
}

func list(c *ui.Context) error {
	d, err := newListing(c)
	if err != nil {
		return err
	}
	return c.Render("list", d)
}

// mode chooses whether letters of a standing body wait.
func mode(c *ui.Context) error {
	if _, err := c.App.SetLetterMode(c, c.Session, app.LetterModeInput{Standing: c.Field("standing"), Mode: c.Field("mode")}); err != nil {
		d, gone := newListing(c)
		if gone != nil {
			return err
		}
		return c.Fail("list", d, err)
	}
	return c.DoneAt("/outcome-letters", "letters.done.mode")
}
