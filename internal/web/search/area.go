// Package search finds things and lists them: items, people and collectives, cases,
// submissions, decisions, units.
//
// The model: a list is its address. Every filter stands in the query (state, award,
// unit, outcome, …; package app names them), so that a filtered list can be kept,
// or sent to a colleague, who sees of it what is theirs to see. Pages follow each
// other by cursor, not by number: a page costs the same however long the list is.
// What is shown can be saved as CSV or Excel, and printed with its filter in words.
//
// /search looks everywhere and shows the best few of each sort; /search/items and
// its neighbours are the lists.
package search

import (
	"embed"

	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed static
var static embed.FS

//go:embed text.yaml
var words []byte

// Area is search and the lists.
func Area() ui.Area {
	return ui.Area{
		Name: "search", Views: views, Text: words, Static: static,
		Nav: []ui.Nav{{Path: "/search/cases", Key: "search.nav", Order: 60}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /search", everything)
			m.Page("GET /search/items", items)
			m.Page("GET /search/items/export", exportItems)
			m.Page("GET /search/cases", cases)
			m.Page("GET /search/cases/export", exportCases)
			m.Page("GET /search/people", people)
			m.Page("GET /search/submissions", submissions)
			m.Page("GET /search/decisions", decisions)
			m.Page("GET /search/units", units)
		},
	}
}
