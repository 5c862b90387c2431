// Package help is the manual in the application: one page of Markdown for each area
// of the site, in both languages, opened by the link that stands on every page; the
// words of the field; the keys; whom to ask.
//
// text/<area>.<language>.md is the page of an area. An area that has none yet shows
// the general page. The texts are our own and embedded; raw HTML in them is dropped
// all the same.
package help

import (
	"embed"

	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

//go:embed text/*.md
var texts embed.FS

// Area is the help.
func Area() ui.Area {
	return ui.Area{
		Name: "help", Views: views, Text: words,
		Routes: func(m *ui.Mux) {
			m.Open("GET /help", show)
			m.Open("GET /help/words", glossary)
		},
	}
}
