// Package ledger is the pages of awards given: the ledger of a person, collective or
// household, historical records of paper decisions, and who is the same as whom.
//
//	subject.go     a ledger: awards in order, what was joined, who may be the same
//	number.go      personal numbers: set, shown masked, seen in full on record
//	join.go        joining two subjects, and taking it back
//	record.go      a historical record corrected or withdrawn; its scan
//	historical.go  scans and workbooks of paper decisions: preview, correct, take over
//
// A historical record is marked as such wherever it stands; it has no case behind it.
package ledger

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the pages of awards given.
func Area() ui.Area {
	return ui.Area{
		Name: "ledger", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/ledger/import", Key: "ledger.nav", Order: 47, Roles: []proposal.Role{proposal.RoleAppraiser, proposal.RoleStandingHead}}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /ledger/subjects/{ref}", subject)
			m.Page("GET /ledger/subjects/{ref}/export", export)
			m.Page("GET /ledger/subjects/{ref}/join", choose)
			m.Page("POST /ledger/subjects/{ref}/join", join)
			m.Page("POST /ledger/subjects/{ref}/undo", undo)
			m.Page("POST /ledger/subjects/{ref}/number", setNumber)
			m.Page("POST /ledger/subjects/{ref}/reveal", reveal)
			m.Page("GET /ledger/subjects/{ref}/number-reads", reads)
			m.Page("GET /ledger/records/{id}", record)
			m.Page("POST /ledger/records/{id}", correct)
			m.Page("POST /ledger/records/{id}/withdraw", withdraw)
			m.Page("GET /ledger/records/{id}/scan", scan)
			m.Page("GET /ledger/import", historical)
			m.Page("POST /ledger/import", preview)
			m.Page("POST /ledger/import/accept", accept)
			m.Page("POST /ledger/import/bad-rows", badRows)
			m.Page("GET /ledger/import/template.xlsx", template)
			m.Page("POST /ledger/scans", addScans)
		},
	}
}
