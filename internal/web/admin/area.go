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
		Nav:    []ui.Nav{{Path: "/admin", Key: "admin.nav", Roles: []proposal.Role{proposal.RoleAdmin, proposal.RoleAuditor}, Order: 95}, {Path: "/campaigns", Key: "admin.campaigns", Order: 70}},
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
	lawRoutes(m)
	wordRoutes(m)
}

func lawRoutes(m *ui.Mux) {
	m.Page("GET /admin/law", lawHome)
	m.Page("POST /admin/law", uploadLaw)
	m.Page("GET /admin/law/{hash}", lawState)
	m.Page("POST /admin/law/{hash}/simulate", simulateLaw)
	m.Page("POST /admin/law/{hash}/activate", activateLaw)
	m.Page("GET /admin/health", health)
	m.Page("GET /admin/restore", restores)
	m.Page("POST /admin/restore", tryRestore)
	m.Page("GET /admin/settings", settings)
	m.Page("GET /admin/outbox", outbox)
	m.Page("POST /admin/outbox", touchMail)
	m.Page("POST /admin/test-mail", testMail)
	m.Page("GET /admin/schedules", schedules)
	m.Page("POST /admin/schedules/{id}", changeSchedule)
	m.Page("GET /admin/keys", keys)
	m.Page("POST /admin/keys", uploadRing)
}

func wordRoutes(m *ui.Mux) {
	m.Page("GET /campaigns", campaigns)
	m.Page("GET /campaigns/{id}", campaign)
	m.Page("GET /admin/campaigns", campaigns)
	m.Page("GET /admin/campaign-new", newCampaign)
	m.Page("POST /admin/campaign-new", makeCampaign)
	m.Page("GET /admin/campaigns/{id}/edit", editCampaign)
	m.Page("POST /admin/campaigns/{id}/edit", saveCampaign)
	m.Page("GET /admin/texts", texts)
	m.Page("GET /admin/text", text)
	m.Page("POST /admin/text", wordText)
}

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
