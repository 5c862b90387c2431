// Package notices is what the signed-in person was told: a list, newest first, read
// and unread, and how the person wants to be told of each kind (at once by mail,
// gathered once a day or a week, in the application only). Kinds that ask for
// something by a day are mailed whatever is chosen. A notice holds references,
// stages and counts, never a name.
package notices

import (
	"embed"

	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the notices and their preferences.
func Area() ui.Area {
	return ui.Area{
		Name: "notices", Views: views, Text: words,
		Routes: func(m *ui.Mux) {
			m.Page("GET /notices", list)
			m.Page("POST /notices/read", read)
			m.Page("GET /notices/preferences", preferences)
			m.Page("POST /notices/preferences", setPreferences)
		},
	}
}
