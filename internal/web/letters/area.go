// Package letters is the outbox of letters of outcome (thông báo kết quả): they are drawn
// from the record when a case closes, and wait here until somebody who may reads, edits,
// discards or releases them.
//
//	list.go     what waits, what went, what was discarded
//	show.go     one letter as the unit will read it, its paragraph, and its end
//	release.go  rehearsal and release, of some or of a whole session
package letters

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the pages of letters of outcome.
func Area() ui.Area {
	return ui.Area{
		Name: "letters", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/outcome-letters", Key: "letters.nav", Order: 46, Roles: []proposal.Role{proposal.RoleSecretary, proposal.RoleStandingHead, proposal.RoleAppraiser}}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /outcome-letters", list)
			m.Page("POST /outcome-letters/mode", mode)
			m.Page("POST /outcome-letters/rehearse", rehearse)
			m.Page("POST /outcome-letters/release", release)
			m.Page("GET /outcome-letters/{id}", show)
			m.Page("GET /outcome-letters/{id}/{file}", file)
			m.Page("POST /outcome-letters/{id}/edit", edit)
			m.Page("POST /outcome-letters/{id}/discard", discard)
			m.Page("POST /outcome-letters/{id}/restore", restore)
		},
	}
}
