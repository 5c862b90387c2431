// Package admin is the administrators' pages: units and people, campaigns, texts, the
// law directory, and how the system is. Auditors read the same pages and change nothing.
//
//	home.go                     the task list of the first set-up; what is not well
//	units.go unit*.go           the tree, one unit, its form, its end, the hand-over
//	people.go person*.go        people, roles, access, one-time links
//	roster.go                   units and people by Excel
//	law*.go                     what holds, upload, differences, simulation, activation
//	health.go outbox.go …       the machinery
//	campaigns.go texts.go       what an installation words by itself
//	events.go                   who changed what
//
// Every page asks the application, which knows how far an administrator reaches; what
// lies beyond looks like what does not exist. Forms that change something carry a
// nonce, so that sending one twice changes once.
package admin

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the administrators' pages.
func Area() ui.Area {
	return ui.Area{
		Name: "admin", Views: views, Text: words,
		Nav:    []ui.Nav{{Path: "/admin", Key: "admin.nav", Roles: []proposal.Role{proposal.RoleAdmin, proposal.RoleAuditor}, Order: 95}},
		Routes: routes,
	}
}

func routes(m *ui.Mux) {
	m.Page("GET /admin", home)
	m.Page("GET /admin/events", events)
	m.Page("GET /admin/units", units)
	m.Page("GET /admin/units/{id}", unit)
	m.Page("GET /admin/unit-new", newUnit)
	m.Page("POST /admin/unit-new", makeUnit)
	m.Page("GET /admin/units/{id}/edit", editUnit)
	m.Page("POST /admin/units/{id}/edit", saveUnit)
	m.Page("GET /admin/unit-end", endUnit)
	m.Page("POST /admin/unit-end", endUnits)
	m.Page("POST /admin/units/{id}/hand-over", handOver)
	m.Page("GET /admin/people", people)
	m.Page("GET /admin/people/{id}", person)
	m.Page("GET /admin/person-new", newPerson)
	m.Page("POST /admin/person-new", makePerson)
	m.Page("POST /admin/people/{id}", savePerson)
	m.Page("POST /admin/people/{id}/roles", giveRole)
	m.Page("POST /admin/people/{id}/roles/end", endRole)
	m.Page("POST /admin/people/{id}/access", access)
	m.Page("POST /admin/people/{id}/link", link)
	m.Page("GET /admin/roster", roster)
	m.Page("POST /admin/roster", previewRoster)
	m.Page("POST /admin/roster/import", importRoster)
	m.Page("POST /admin/roster/bad-rows", badRows)
	m.Page("GET /admin/roster/template.xlsx", rosterTemplate)
	m.Page("GET /admin/roster/export.xlsx", exportRoster)
}

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
