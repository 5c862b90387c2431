// Package registry is the pages of a registrar: signed decisions get their number
// and date, which issues and seals them; the register; and the hand-over list with
// what was given to whom.
//
//	desk.go      what waits for a number; several are numbered in one go
//	register.go  the register by year and symbol, and its file
//	handover.go  who gets what of an issued decision, to be signed on and marked
package registry

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the registrar's pages.
func Area() ui.Area {
	return ui.Area{
		Name: "registry", Views: views, Text: words,
		Nav: []ui.Nav{
			{Path: "/numbering", Key: "registry.nav", Order: 45, Roles: []proposal.Role{proposal.RoleRegistrar}},
			{Path: "/register", Key: "registry.nav.register", Order: 46, Roles: []proposal.Role{proposal.RoleRegistrar, proposal.RoleSigner, proposal.RoleAuditor}},
		},
		Routes: func(m *ui.Mux) {
			m.Page("GET /numbering", desk)
			m.Page("POST /numbering", number)
			m.Page("GET /register", register)
			m.Page("GET /register/export", exportRegister)
			m.Page("GET /register/{id}", handover)
			m.Page("POST /register/{id}", mark)
			m.Page("GET /register/{id}/export", exportHandover)
			m.Page("GET /register/{id}/document.pdf", document)
		},
	}
}
