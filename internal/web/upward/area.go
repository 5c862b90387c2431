// Package upward is the pages for awards that are decided above the province.
//
//	list.go  what waits for the reader on the way upward
//	case.go  one case: agencies consulted, the public heard, the letter, the outcome
//	acts.go  what the forms of that page do
//
// One page per case shows what was done so far and the one form that comes next; its
// reader is the standing body, then the signer and the registrar of the province.
package upward

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

var people = []proposal.Role{proposal.RoleAppraiser, proposal.RoleStandingHead, proposal.RoleSigner, proposal.RoleRegistrar}

// Area is the way above the province.
func Area() ui.Area {
	return ui.Area{
		Name: "upward", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/upward", Key: "upward.nav", Roles: people, Order: 25}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /upward", list)
			m.Page("GET /upward/cases/{id}", show)
			m.Page("POST /upward/cases/{id}/{act}", act)
		},
	}
}
