package duplicates

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// perPage is how many pairs a page lists.
const perPage = 50

type listing struct {
	State string // open, said
	Pairs []app.DuplicateView
	Next  string
}

func list(c *ui.Context) error {
	data := listing{State: "open"}
	if c.Field("state") == "said" {
		data.State = "said"
	}
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	var err error
	if data.Pairs, err = c.App.Duplicates(c, c.Session, data.State, perPage+1, offset); err != nil {
		return err
	}
	if len(data.Pairs) > perPage {
		data.Pairs, data.Next = data.Pairs[:perPage], strconv.Itoa(offset+perPage)
	}
	return c.Render("list", data)
}
