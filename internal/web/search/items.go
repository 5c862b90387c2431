package search

import "vinhdanh/internal/web/ui"

func items(c *ui.Context) error {
	q := queryOf(c)
	page, err := c.App.ListItems(c, c.Session, q)
	return show(c, "items", q, page, err)
}
