// Package review is the work of those who say something of a case on its way up: the
// reviewing level, the appraiser, the head of the standing body.
//
// The model is a queue. GET /review lists what waits, due first, with filters that
// live in the address and are carried through every link and form as one query.
// From there a person either walks the queue case by case (the desk: decide, save,
// next; "12 / 45"), or marks many cases and acts on all of them at once. An act on
// many is always rehearsed first: the plan shows count and names, who is left out
// and why; only then it is confirmed, and every case answers by itself.
//
// Everything works by plain forms. keys.js adds shortcuts, which can be turned off.
package review

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

var people = []proposal.Role{proposal.RoleReviewer, proposal.RoleAppraiser, proposal.RoleStandingHead}

// Area is the queue, the desk and acts on many cases.
func Area() ui.Area {
	return ui.Area{
		Name: "review", Views: views, Text: words, Static: static,
		Nav: []ui.Nav{{Path: "/review", Key: "review.nav", Roles: people, Order: 20}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /review", queue)
			m.Page("GET /review/next", next)
			m.Page("GET /review/sent", sent)
			m.Page("GET /review/sent/file", sentFile)
			m.Page("GET /review/letters", letters)
			m.Page("GET /review/letters/new", newLetter)
			m.Page("POST /review/letters", saveLetter)
			m.Page("GET /review/letters/{id}", letter)
			m.Page("POST /review/letters/{id}", saveLetter)
			m.Page("POST /review/letters/{id}/drop", dropLetter)
			m.Page("GET /review/letters/{id}/{name}", letterFile)
			m.Page("GET /review/cases/{id}", desk)
			m.Page("POST /review/cases/{id}/more", more)
			m.Page("POST /review/cases/{id}/forward", decide)
			m.Page("POST /review/cases/{id}/reconsidered", decide)
			m.Page("POST /review/cases/{id}/return", giveBack)
			m.Page("POST /review/cases/{id}/accept", accept)
			m.Page("POST /review/cases/{id}/appraise", appraise)
			m.Page("POST /review/keys", keys)
			m.Page("POST /review/rehearse", rehearse)
			m.Page("POST /review/bulk", bulk)
			m.Page("GET /review/bulk/{id}", result)
			m.Page("POST /review/bulk/{id}/continue", again)
			m.Page("GET /review/bulk/{id}/report", report)
		},
	}
}
