// Package head is where the head of a unit (thủ trưởng đơn vị) looks at what the
// clerk prepared: a list of what waits, one page with everything of one submission,
// and there the head approves and sends, in the system or with the scan of the
// letter signed on paper, or gives it back to the clerk with a word.
//
// A head who is a subject of the list cannot send it; the page says why and who
// else can.
package head

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the head's part of the site.
func Area() ui.Area {
	return ui.Area{
		Name: "head", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/approvals", Key: "head.nav", Roles: []proposal.Role{proposal.RoleUnitHead}, Order: 9}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /approvals", list)
			m.Page("GET /approvals/{id}", show)
			m.Page("POST /approvals/{id}/send", send)
			m.Page("POST /approvals/{id}/scan", scan)
			m.Page("POST /approvals/{id}/back", back)
		},
	}
}
