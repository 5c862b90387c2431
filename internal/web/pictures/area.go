// Package pictures shows where cases stand, how late they are, how far campaigns
// have come and who was recognised: drawn on the server (package chart), with the
// table behind each picture, and every number leading to the list that it counts.
// It shows what the reader may see and no more.
package pictures

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

// Area is the pictures.
func Area() ui.Area {
	return ui.Area{
		Name: "pictures", Views: views, Text: words, Static: static,
		Nav:    []ui.Nav{{Path: "/pictures", Key: "pictures.nav", Order: 70}},
		Routes: func(m *ui.Mux) { m.Page("GET /pictures", show) },
	}
}
