package search

import (
	"net/url"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// List is a page of a list with its filter.
type List[T any] struct {
	Query  app.ListQuery
	Page   app.Listed[T]
	Filter string      // in words, for print
	Export string      // address of the file, without its format; "" where there is none
	Awards []ui.Option // to filter by
	Chips  []chip      // parts of the filter that no field shows
	Here   string      // name of the list: items, cases, …
	Tabs   []ui.Crumb  // the other lists with the same words
}

// chip is a part of the filter with the address of the list without it.
type chip struct{ Text, Without string }

// queryOf reads the filter of an address.
func queryOf(c *ui.Context) app.ListQuery {
	return app.ListQuery{
		Text: c.Field("q"), State: c.Field("state"), Stage: c.Field("stage"), Award: c.Field("award"), Unit: c.Field("unit"),
		Campaign: c.Field("campaign"), Period: c.Field("period"), Outcome: c.Field("outcome"), Kind: c.Field("kind"), Class: c.Field("class"),
		Decision: c.Field("decision"), Subject: c.Field("subject"), Role: c.Field("role"), Mine: c.Checked("mine"), Own: c.Checked("own"),
		Late: c.Checked("late"), From: c.Field("from"), To: c.Field("to"), Sort: c.Field("sort"), After: c.Field("after"),
	}
}

// lists are the names of the lists, in the order of their tabs.
var lists = []string{"cases", "items", "people", "submissions", "decisions", "units"}

// show answers with a list that was read; a filter that is refused comes back with
// what is wrong and an empty list.
func show[T any](c *ui.Context, here string, q app.ListQuery, page app.Listed[T], err error) error {
	l := List[T]{Query: q, Page: page, Filter: c.App.FilterWords(q, c.Lang), Here: here}
	for _, name := range lists {
		to := "/search/" + name
		if q.Text != "" {
			to += "?" + url.Values{"q": {q.Text}}.Encode()
		}
		l.Tabs = append(l.Tabs, ui.Crumb{Path: to, Text: c.T("search.list." + name)})
	}
	if here == "items" || here == "cases" {
		l.filters(c)
	}
	if err != nil {
		return c.Fail(here, l, err)
	}
	return c.Render(here, l)
}

// filters fills in what the form of filters needs.
func (l *List[T]) filters(c *ui.Context) {
	values := c.R.URL.Query()
	values.Del("after")
	l.Export = "/search/" + l.Here + "/export?" + values.Encode()
	l.Awards = []ui.Option{{Text: c.T("ui.all")}}
	for _, a := range c.App.AwardNames(c.Lang) {
		l.Awards = append(l.Awards, ui.Option{Value: a.Code, Text: a.Name})
	}
	for _, name := range []string{"unit", "campaign", "subject", "decision", "role", "class", "mine", "own", "kind"} {
		v := values.Get(name)
		if v == "" || l.Here == "items" && name == "kind" {
			continue
		}
		rest := c.R.URL.Query()
		rest.Del(name)
		rest.Del("after")
		l.Chips = append(l.Chips, chip{Text: c.T("search.chip."+name, c.App.FilterValue(c, c.Session, name, v, c.Lang)), Without: "/search/" + l.Here + "?" + rest.Encode()})
	}
}

// Kept are the parts of the filter that the form has no field for.
func (l List[T]) Kept() [][2]string {
	var out [][2]string
	q := l.Query
	for _, e := range [][2]string{
		{"unit", q.Unit}, {"campaign", q.Campaign}, {"subject", q.Subject}, {"decision", q.Decision}, {"role", q.Role}, {"class", q.Class},
		{"mine", on(q.Mine)}, {"own", on(q.Own)},
	} {
		if e[1] != "" {
			out = append(out, e)
		}
	}
	return out
}

// Narrowed tells whether a part of the filter is set that stands behind "more".
func (l List[T]) Narrowed() bool {
	q := l.Query
	return q.State+q.Stage+q.Period+q.Outcome+q.Kind+q.From+q.To != "" || q.Late
}

func on(b bool) string {
	if b {
		return "1"
	}
	return ""
}
