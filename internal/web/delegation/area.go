// Package delegation is the pages of dated delegation: who acts for whom, from when
// to when. Everybody sees what concerns themselves; a secretary and an administrator
// also those of their unit, and set them for its people.
//
//	list.go   what is in force, to come, over
//	new.go    the form: whose roles, to whom, for which days
//	end.go    ending one before its last day
//
// The choices of the form come from the application, which refuses everything else.
package delegation

import (
	"embed"

	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the pages of delegation.
func Area() ui.Area {
	return ui.Area{
		Name: "delegation", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/delegations", Key: "delegation.nav", Order: 85}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /delegations", list)
			m.Page("GET /delegations/new", form)
			m.Page("POST /delegations", set)
			m.Page("POST /delegations/{id}/end", end)
		},
	}
}
