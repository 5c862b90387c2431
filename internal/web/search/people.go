package search

import "vinhdanh/internal/web/ui"

func people(c *ui.Context) error {
	q := queryOf(c)
	page, err := c.App.FindPeople(c, c.Session, q)
	return show(c, "people", q, page, err)
}
