package notices

import (
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// List is a page of notices.
type List struct {
	Query app.NoticeQuery
	Rows  []Row
	Next  string
	Now   string // until when "all" is marked as read: what came since stays unread
}

// Row is a notice with what it says.
type Row struct {
	app.NoticeRow
	Ref, Unit, Stage, Body, Path, Due, Decision string
	Items, Points, Passed, Failed, Deferred     int
}

// To is where the notice leads: a session itself; for a case, what the reader may
// see of it by now.
func (r Row) To() string {
	if strings.HasPrefix(r.Path, "/sessions/") {
		return r.Path
	}
	return "/search?" + url.Values{"q": {r.Ref}}.Encode()
}

// RowOf reads what a notice says.
func RowOf(n app.NoticeRow) Row {
	var d struct {
		Ref      string `json:"case_ref"`
		Unit     string `json:"unit"`
		Stage    string `json:"stage"`
		Body     string `json:"body"`
		Path     string `json:"path"`
		Due      string `json:"due_date"`
		Decision string `json:"decision"`
		Items    int    `json:"items"`
		Points   int    `json:"points"`
		Passed   int    `json:"passed"`
		Failed   int    `json:"failed"`
		Deferred int    `json:"deferred"`
	}
	r := Row{NoticeRow: n}
	if json.Unmarshal(n.Data, &d) != nil {
		return r // it is listed by its kind and day all the same
	}
	r.Ref, r.Unit, r.Stage, r.Body, r.Path, r.Due, r.Decision = d.Ref, d.Unit, d.Stage, d.Body, ui.OwnPath(d.Path), d.Due, d.Decision
	r.Items, r.Points, r.Passed, r.Failed, r.Deferred = d.Items, d.Points, d.Passed, d.Failed, d.Deferred
	return r
}

func list(c *ui.Context) error {
	q := app.NoticeQuery{Unread: c.Checked("unread"), Kind: c.Field("kind"), Since: c.Field("since"), After: c.Field("after")}
	page, err := c.App.Notices(c, c.Session, q)
	l := List{Query: q, Next: page.Next, Now: time.Now().UTC().Format(time.RFC3339Nano)}
	for _, n := range page.Rows {
		l.Rows = append(l.Rows, RowOf(n))
	}
	if err != nil {
		return c.Fail("list", l, err)
	}
	return c.Render("list", l)
}
