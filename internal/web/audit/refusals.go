package audit

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// refused is what the page of refusals shows.
type refused struct {
	Query app.RefusalQuery
	Sheet app.Sheet
	Files string
	Next  int
	Used  bool // what operators did, which nothing refused
}

func refusalsOf(c *ui.Context) app.RefusalQuery {
	return app.RefusalQuery{
		Case: c.Field("case"), Where: c.Field("where"), Actor: c.Field("actor"), Action: c.Field("action"), Code: c.Field("code"),
		Since: c.Field("since"), Until: c.Field("until"),
	}
}

func refusals(c *ui.Context) error {
	v := refused{Query: refusalsOf(c), Files: filtersOf(c)}
	v.Used = v.Query.Code == app.OperatorUse
	q := v.Query
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	q.Limit, q.Offset = perPage+1, max(offset, 0)
	rows, err := c.App.FindRefusals(c, c.Session, q)
	if err != nil {
		return c.Fail("refusals", v, err)
	}
	if len(rows) > perPage {
		rows, v.Next = rows[:perPage], q.Offset+perPage
	}
	v.Sheet = app.RefusalsSheet(rows, c.Lang)
	return c.Render("refusals", v)
}
