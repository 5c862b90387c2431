// Package cases is the page of a case (hồ sơ đề nghị), which everybody opens who may
// see it: what it is, where it stands on its way, what each level said of each
// item, its papers, its rules, its history in plain words, and what the reader may
// do now. What the reader may not do says why, and who can.
//
// One item has a page of its own with everything that was ever said of it. Acts
// that belong to no queue (recall, withdraw, hold, release, ask to look again, a
// lower award) have one small form each at /proposals/{id}/act/{action}; reviewing
// and appraising happens in package review.
package cases

import (
	"embed"

	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed static
var static embed.FS

//go:embed text.yaml
var words []byte

// Area is the page of a case.
func Area() ui.Area {
	return ui.Area{
		Name: "cases", Views: views, Text: words, Static: static,
		Routes: func(m *ui.Mux) {
			m.Page("GET /proposals/{id}", show)
			m.Page("GET /proposals/{id}/items/{item}", item)
			m.Page("GET /proposals/{id}/items/{item}/law", itemLaw)
			m.Page("GET /proposals/{id}/papers/{paper}", paper)
			m.Page("GET /proposals/{id}/presence", presence)
			m.Page("GET /proposals/{id}/reasons", reasons)
			m.Page("GET /proposals/{id}/reasons/{file}", reasonsFile)
			m.Page("GET /proposals/{id}/act/{action}", actForm)
			m.Page("POST /proposals/{id}/act/{action}", act)
		},
	}
}
