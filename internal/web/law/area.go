// Package law is the catalogue by date: the awards that exist on a day, and of each
// all that the law of that day says, every value with its article and its mark (how
// well a source supports it). What the pages show is what the items are judged by.
package law

import (
	"embed"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the catalogue.
func Area() ui.Area {
	return ui.Area{
		Name: "law", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/law", Key: "law.nav", Order: 65}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /law", list)
			m.Page("GET /law/{code}", award)
		},
	}
}

// listPage is the catalogue of a day. A day that no regime covers is told on the page.
type listPage struct {
	app.AwardsOn
	Day string
}

func list(c *ui.Context) error {
	p := listPage{Day: c.Field("on")}
	v, err := c.App.AwardsOn(c, p.Day)
	if err != nil {
		return c.Fail("list", p, err)
	}
	p.AwardsOn = v
	p.Day = v.On.String()
	return c.Render("list", p)
}

func award(c *ui.Context) error {
	v, err := c.App.AwardOn(c, c.Path("code"), c.Field("on"))
	if err != nil {
		return err
	}
	return c.Render("award", v)
}
