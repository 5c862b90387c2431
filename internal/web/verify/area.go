// Package verify is the page where anybody asks whether a decision is genuine,
// without signing in: by the code printed on it, or with its file.
package verify

import (
	"embed"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the public's page.
func Area() ui.Area {
	return ui.Area{
		Name: "verify", Views: views, Text: words,
		Routes: func(m *ui.Mux) {
			m.Open("GET /verify", byCode)
			m.Open("POST /verify/file", byFile)
		},
	}
}

// asked is what was asked for and the answer, if any.
type asked struct {
	Code  string
	Gold  string
	Check *app.DocumentCheck
}

func byCode(c *ui.Context) error {
	v := asked{Code: c.Field("code"), Gold: c.Field("gold")}
	if v.Code == "" {
		return c.Render("verify", v)
	}
	return answer(c, v, app.DocumentCheckInput{Code: v.Code, Gold: v.Gold})
}

func byFile(c *ui.Context) error {
	up, err := c.Upload("file")
	if err != nil {
		return c.Fail("verify", asked{}, err)
	}
	return answer(c, asked{}, app.DocumentCheckInput{File: up.Content})
}

func answer(c *ui.Context, v asked, in app.DocumentCheckInput) error {
	r, err := c.App.CheckDocument(c, c.From(), in)
	if err != nil {
		return c.Fail("verify", v, err)
	}
	v.Check = &r
	return c.Render("verify", v)
}
