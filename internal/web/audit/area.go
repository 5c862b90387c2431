// Package audit is the pages of an auditor: finding a case, reading it step by step,
// seeing it as it stood at a past instant, and checking that its record holds.
// Nothing here changes anything: every route reads.
//
//	search.go     cases of every kind, by filters that live in the address
//	timeline.go   who, when, on whose behalf, why, under which rules
//	state.go      the case after one of its transitions: a slider
//	compare.go    two of them side by side
//	events.go     what Temporal keeps, opened
//	integrity.go  one sentence, and the proof below
//	refusals.go   what was refused, and where
//	export.go     the same lists as files, under the same hash
//
// A list on a page is a Sheet of the application, and so is its file: what is
// exported is what was shown.
package audit

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed all:static
var static embed.FS

//go:embed text.yaml
var words []byte

// Area is the auditor's pages.
func Area() ui.Area {
	return ui.Area{
		Name: "audit", Views: views, Text: words, Static: static,
		Nav: []ui.Nav{{Path: "/audit", Key: "audit.nav", Order: 60, Roles: []proposal.Role{proposal.RoleAuditor}}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /audit", search)
			m.Page("GET /audit/export", exportSearch)
			m.Page("GET /audit/export.xes", exportXES)
			m.Page("GET /audit/refusals", refusals)
			m.Page("GET /audit/refusals/export", exportRefusals)
			m.Page("GET /audit/case/{kind}/{id}", timeline)
			m.Page("GET /audit/case/{kind}/{id}/export", exportTimeline)
			m.Page("GET /audit/case/{kind}/{id}/state", state)
			m.Page("GET /audit/case/{kind}/{id}/compare", compare)
			m.Page("GET /audit/case/{kind}/{id}/events", events)
			m.Page("GET /audit/case/{kind}/{id}/history.json", history)
			m.Page("GET /audit/case/{kind}/{id}/bundle.zip", bundle)
			m.Page("GET /audit/case/{kind}/{id}/integrity", integrity)
		},
	}
}

// caseOf is the case that the address names.
func caseOf(c *ui.Context) string { return c.Path("kind") + "/" + c.Path("id") }

// at is the address of a case's page.
func at(c *ui.Context) string { return "/audit/case/" + caseOf(c) }

// page is what every page of a case shows around its own part.
type page struct {
	Case string // the case's id
	At   string // address of the case
	Tab  string
	Ref  string
	Kind string
	Data any
}

func around(c *ui.Context, tab, ref string, data any) page {
	return page{Case: caseOf(c), At: at(c), Tab: tab, Ref: ref, Kind: c.Path("kind"), Data: data}
}
