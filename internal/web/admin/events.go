package admin

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// eventsPage is a page of the record of administration.
type eventsPage struct {
	Rows   []app.AdminEvent
	Action string
	Target string
	Next   int
}

const eventsOnPage = 50

func events(c *ui.Context) error {
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	page := eventsPage{Action: c.Field("action"), Target: c.Field("target")}
	rows, err := c.App.AdminEvents(c, c.Session, app.EventsQuery{Action: page.Action, Target: page.Target, Limit: eventsOnPage + 1, Offset: max(offset, 0)})
	if err != nil {
		return err
	}
	if len(rows) > eventsOnPage {
		rows, page.Next = rows[:eventsOnPage], offset+eventsOnPage
	}
	page.Rows = rows
	return c.Render("events", page)
}
