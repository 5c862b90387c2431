// Package clerk is where a unit's clerk prepares a submission: from nothing, from
// an Excel list, or from last year's; one item after the other with the law's word
// beside it; its papers; the letter; a last look before the head gets it; and the
// answer when a level asks for completion.
//
// What is typed is saved as it is typed (autosave: POST …/save answers JSON), and by
// a button where there are no scripts. Two tabs are merged field by field; where
// both changed one field, the page shows both and asks. A list from Excel is kept
// at /lists/{id} while it is looked at; nothing of it is a submission before
// "Nhập".
package clerk

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed static
var static embed.FS

//go:embed text.yaml
var words []byte

// Area is the clerk's part of the site.
func Area() ui.Area {
	return ui.Area{
		Name: "clerk", Views: views, Text: words, Static: static,
		Nav: []ui.Nav{{Path: "/submissions", Key: "clerk.nav", Roles: []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead}, Order: 10}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /submissions", list)
			m.Page("GET /submissions/new", begin)
			m.Page("POST /submissions/new", beginBlank)
			m.Page("GET /submissions/{id}", submission)
			m.Page("POST /submissions/{id}/remove", removeSubmission)
			m.Page("GET /submissions/{id}/copy", copyForm)
			m.Page("POST /submissions/{id}/copy", copySubmission)
			m.Page("GET /submissions/{id}/letter", letter)
			m.Page("POST /submissions/{id}/letter", saveLetter)
			m.Page("POST /submissions/{id}/letter/save", autosaveLetter)
			m.Page("GET /submissions/{id}/declaration", declaration)
			m.Page("POST /submissions/{id}/declaration", declare)
			m.Page("GET /submissions/{id}/items/new", addForm)
			m.Page("POST /submissions/{id}/items/new", add)
			m.Page("GET /submissions/{id}/papers", papers)
			m.Page("POST /submissions/{id}/papers", addPaper)
			m.Page("GET /submissions/{id}/papers/{paper}", paper)
			m.Page("POST /submissions/{id}/papers/{paper}/remove", removePaper)
			m.Page("GET /submissions/{id}/documents/{name}", document)
			m.Page("GET /submissions/{id}/check", check)
			m.Page("POST /submissions/{id}/hand-over", handOver)
			m.Page("GET /items/{id}", item)
			m.Page("POST /items/{id}", saveItem)
			m.Page("POST /items/{id}/save", autosaveItem)
			m.Page("GET /items/{id}/verdict", verdict)
			m.Page("POST /items/{id}/remove", removeItem)
			m.Page("POST /items/{id}/copy", copyItem)
			listRoutes(m)
			answerRoutes(m)
		},
	}
}
