package search

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// unitsAtOnce is how many units one page shows; more words find fewer.
const unitsAtOnce = 200

func units(c *ui.Context) error {
	q := queryOf(c)
	rows, err := c.App.FindUnits(c, c.Session, q.Text, unitsAtOnce)
	return show(c, "units", q, app.Listed[app.FoundUnit]{Rows: rows}, err)
}
