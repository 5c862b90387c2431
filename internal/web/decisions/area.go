// Package decisions is the pages on which a standing body drafts decisions: from
// what passed, by award and authority, to the text that is submitted for signature.
//
//	list.go     groups that wait for a decision, and drafts
//	new.go      the form: which cases, who signs and in whose name, money, words
//	draft.go    a draft: its text as the PDF itself, in the page; submit or discard
//	word.go     a draft's Word file, and its wording brought back from it
//	correct.go  the form of a decision that corrects an issued one (đính chính)
//
// What is left empty in the form is composed from law data, units and people; the
// form shows what that would be. Signing and numbering are pages of another area.
package decisions

import (
	"embed"
	"io/fs"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

//go:embed static
var static embed.FS

// Area is the pages of drafting.
func Area() ui.Area {
	return ui.Area{
		Name: "decisions", Views: views, Text: words, Static: fs.FS(static),
		Nav: []ui.Nav{{Path: "/decision-drafts", Key: "decisions.nav", Order: 45, Roles: []proposal.Role{
			proposal.RoleStandingHead, proposal.RoleAppraiser,
		}}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /decision-drafts", list)
			m.Page("GET /decision-drafts/new", form)
			m.Page("POST /decision-drafts", compose)
			m.Page("GET /decision-drafts/{id}", draft)
			m.Page("GET /decision-drafts/{id}/preview.pdf", preview)
			m.Page("GET /decision-drafts/{id}/edit", editForm)
			m.Page("POST /decision-drafts/{id}/edit", edit)
			m.Page("POST /decision-drafts/{id}/submit", submit)
			m.Page("POST /decision-drafts/{id}/discard", discard)
			m.Page("GET /decision-drafts/{id}/draft.docx", word)
			m.Page("POST /decision-drafts/{id}/word", takeWord)
			m.Page("GET /decision-drafts/{id}/correct", correctForm)
			m.Page("POST /decision-drafts/{id}/correct", correct)
		},
	}
}
