// Package revocations is the pages on which awards are revoked (hủy bỏ quyết định, thu
// hồi hiện vật và tiền thưởng; Luật 06/2022/QH15 Điều 93).
//
//	list.go   the revocations in the reader's sight
//	open.go   the form: ground, reason, evidence, and which awards of a decision
//	show.go   one revocation: who is asked, what was answered, what is owed, what to look at again
//	acts.go   what the forms of that page do
//
// Signing and numbering are the pages of every other decision.
package revocations

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the pages of revocation.
func Area() ui.Area {
	return ui.Area{
		Name: "revocations", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/revocations", Key: "revocations.nav", Order: 48, Roles: []proposal.Role{proposal.RoleStandingHead, proposal.RoleAppraiser}}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /revocations", list)
			m.Page("GET /revocations/new", form)
			m.Page("POST /revocations", open)
			m.Page("GET /revocations/{id}", show)
			m.Page("GET /revocations/{id}/preview.pdf", preview)
			m.Page("GET /revocations/{id}/files/{sha256}", file)
			m.Page("POST /revocations/{id}/returns", returned)
			m.Page("POST /revocations/{id}/{act}", act)
		},
	}
}
