// Package permissions is the page that shows who may do and see what: the very table
// that the application asks, by kind of thing, for administrators and auditors. It
// shows; the table is changed with the program, not here.
package permissions

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the page of the table of permissions.
func Area() ui.Area {
	return ui.Area{
		Name: "permissions", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/permissions", Key: "permissions.nav", Roles: []proposal.Role{proposal.RoleAdmin, proposal.RoleAuditor}, Order: 95}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /permissions", show)
		},
	}
}
