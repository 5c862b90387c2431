package admin

import (
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/vietnamese"
	"vinhdanh/internal/web/ui"
)

// unitsPage is the tree of units, perhaps searched.
type unitsPage struct {
	Rows  []app.UnitNode
	Text  string
	Past  bool // units that have ended are shown too
	All   int
	Names map[string]string // of all units, by id
}

func units(c *ui.Context) error {
	all, err := c.App.Units(c, c.Session)
	if err != nil {
		return err
	}
	page := unitsPage{Text: c.Field("text"), Past: c.Checked("past"), All: len(all), Names: map[string]string{}}
	want := vietnamese.Fold(page.Text)
	for _, u := range all {
		page.Names[u.ID] = u.ShortName
		if !page.Past && !u.Exists && u.ValidTo != "" {
			continue
		}
		if want != "" && !strings.Contains(vietnamese.Fold(u.Name+" "+u.ShortName+" "+u.ID), want) {
			continue
		}
		if u.Depth > 6 {
			u.Depth = 6
		}
		page.Rows = append(page.Rows, u)
	}
	return c.Render("units", page)
}

func unit(c *ui.Context) error {
	v, err := c.App.UnitDetail(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("unit", v)
}
