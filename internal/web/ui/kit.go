package ui

import (
	"embed"
	"io/fs"

	"vinhdanh/internal/app"
)

//go:embed all:views fonts static
var files embed.FS

//go:embed text.yaml
var words []byte

// kit is the area of the kit itself: words and components for all, the page of
// errors, the choice of language, the style guide.
func kit() Area {
	return Area{
		Name: "ui", Views: files, Text: words, Static: assetFiles{},
		Routes: func(m *Mux) {
			m.Open("POST /language", setLanguage)
			m.Open("GET /styleguide", styleguide)
			m.Open("GET /session", sessionState)
			m.Page("GET /session/again", signedInAgain)
		},
	}
}

// assetFiles is fonts and static, without the views.
type assetFiles struct{}

// Open opens a file of the kit.
func (assetFiles) Open(name string) (fs.File, error) { return files.Open(name) }

// Glob lists fonts before style sheets, which name them.
func (assetFiles) Glob(string) ([]string, error) {
	fonts, err := fs.Glob(files, "fonts/*")
	if err != nil {
		return nil, err
	}
	static, err := fs.Glob(files, "static/*")
	return append(fonts, static...), err
}

// styleguide shows every component, to developers only.
func styleguide(c *Context) error {
	if !c.Development() {
		return &app.Error{Code: app.CodeNotFound}
	}
	return c.Render("styleguide", nil)
}
