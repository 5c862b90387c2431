// Package home is the first page after sign-in: what waits for me, what is late,
// what I sent, what changed.
package home

import (
	"embed"

	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the home page.
func Area() ui.Area {
	return ui.Area{
		Name: "home", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/", Key: "home.nav", Order: 0}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /{$}", home)
		},
	}
}
