package account

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// pageRows is how many events a page shows.
const pageRows = 50

// events are a page of the record of signing in.
type events struct {
	Rows     []app.SignInEventRow
	Next     int // offset of the next page; 0 if there is none
	Everyone bool
}

func history(c *ui.Context) error { return record(c, true) }

func signIns(c *ui.Context) error { return record(c, false) }

func record(c *ui.Context, own bool) error {
	from, _ := strconv.Atoi(c.Field("offset")) // no number is the first page
	rows, err := c.App.SignInEvents(c, c.Session, own, pageRows, from)
	if err != nil {
		return err
	}
	e := events{Rows: rows, Everyone: !own}
	if len(rows) == pageRows {
		e.Next = from + pageRows
	}
	return c.Render("history", e)
}
