// Package duplicates is the pages of the standing body for who may stand twice: pairs
// of items, or an item and a historical record, that could be one subject for one
// achievement.
//
//	list.go  what waits for a word, and what was said
//	pair.go  one pair side by side, with why it was found; saying and undoing
//
// Others see on an item's own page that there is a pair, and nothing of its other side.
package duplicates

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the pages of duplicates.
func Area() ui.Area {
	return ui.Area{
		Name: "duplicates", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/duplicates", Key: "duplicates.nav", Order: 42, Roles: []proposal.Role{
			proposal.RoleAppraiser, proposal.RoleStandingHead, proposal.RoleAuditor,
		}}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /duplicates", list)
			m.Page("GET /duplicates/{pair}", pair)
			m.Page("POST /duplicates/{pair}/resolve", resolve)
			m.Page("POST /duplicates/{pair}/undo", undo)
		},
	}
}
