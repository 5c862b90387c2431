package audit

import (
	"net/url"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// perPage is how many cases a page of the search shows, as other lists do.
const perPage = 25

// found is what the page of the search shows.
type found struct {
	Query app.AuditQuery
	Hits  []app.AuditHit
	Sheet app.Sheet
	Rows  [][]cell // of the sheet, as the page writes them
	Files string   // the filters, for the files' addresses
	Next  int
}

// cell is one field of a row; Case is where it leads to, "" for nowhere.
type cell struct{ Label, Text, Case string }

// rowsOf are the sheet's rows with the headings beside each field; a reference leads
// to its case.
func rowsOf(t app.Sheet, hits []app.AuditHit) [][]cell {
	out := make([][]cell, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = make([]cell, len(row))
		for j, text := range row {
			out[i][j] = cell{Label: t.Columns[j], Text: text}
		}
		out[i][1].Case = hits[i].Case
	}
	return out
}

// queryOf reads the filters from the address.
func queryOf(c *ui.Context) app.AuditQuery {
	return app.AuditQuery{
		Text: c.Field("q"), Kind: c.Field("kind"), Unit: c.Field("unit"), Award: c.Field("award"), Actor: c.Field("actor"),
		Since: c.Field("since"), Until: c.Field("until"), Number: c.Field("number"), State: c.Field("state"), Refused: c.Checked("refused"),
	}
}

// filtersOf keeps what was asked for, so that a file holds what was shown.
func filtersOf(c *ui.Context) string {
	q := url.Values{}
	for k, v := range c.R.URL.Query() {
		if k != "format" && len(v) > 0 && v[0] != "" {
			q[k] = v
		}
	}
	return q.Encode()
}

func search(c *ui.Context) error {
	v := found{Query: queryOf(c), Files: filtersOf(c)}
	q := v.Query
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	q.Limit, q.Offset = perPage+1, max(offset, 0)
	var err error
	v.Hits, err = c.App.AuditSearch(c, c.Session, q)
	if err != nil {
		return c.Fail("search", v, err)
	}
	if len(v.Hits) > perPage {
		v.Hits, v.Next = v.Hits[:perPage], q.Offset+perPage
	}
	v.Sheet = app.SearchSheet(v.Hits, c.Lang)
	v.Rows = rowsOf(v.Sheet, v.Hits)
	return c.Render("search", v)
}
