// Package registry is the pages of a registrar: signed decisions get their number
// and date, which issues and seals them; the register; and the hand-over list with
// what was given to whom.
//
//	desk.go      what waits for a number; several are numbered in one go
//	register.go  the register by year and symbol, and its file
//	handover.go  who gets what of an issued decision, to be signed on and marked
//	reissue.go       a certificate made anew in place of another
//	certificates.go  the certificates of a decision: gold-book numbers, print, printers
//	payments.go      money by payer and fund; a number of our register voided
//	gold_book.go     the gold books (sổ vàng), to search and to print
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
			{Path: "/gold-book", Key: "registry.nav.gold", Order: 47, Roles: []proposal.Role{proposal.RoleRegistrar, proposal.RoleSigner, proposal.RoleAuditor}},
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
			m.Page("GET /register/{id}/certificates", certificates)
			m.Page("POST /register/{id}/certificates", makeCertificates)
			m.Page("POST /register/{id}/certificates/printer", setPrinter)
			m.Page("GET /register/{id}/certificates/file", certificateFile)
			m.Page("GET /register/{id}/certificates/{certificate}/reissue", reissueForm)
			m.Page("POST /register/{id}/certificates/{certificate}/reissue", reissue)
			m.Page("GET /register/{id}/calibration.pdf", calibration)
			m.Page("GET /register/{id}/paper", paper)
			m.Page("POST /register/voided", voidNumber)
			m.Page("GET /payments", payments)
			m.Page("GET /payments/export", exportPayments)
			m.Page("GET /gold-book", goldBook)
			m.Page("GET /gold-book/export", exportGoldBook)
		},
	}
}
