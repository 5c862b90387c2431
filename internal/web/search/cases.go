package search

import "vinhdanh/internal/web/ui"

func cases(c *ui.Context) error {
	q := queryOf(c)
	page, err := c.App.ListProposals(c, c.Session, q)
	return show(c, "cases", q, page, err)
}
