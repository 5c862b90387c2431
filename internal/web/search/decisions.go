package search

import "vinhdanh/internal/web/ui"

func decisions(c *ui.Context) error {
	q := queryOf(c)
	page, err := c.App.FindDecisions(c, c.Session, q)
	return show(c, "decisions", q, page, err)
}
