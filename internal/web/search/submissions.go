package search

import "vinhdanh/internal/web/ui"

func submissions(c *ui.Context) error {
	q := queryOf(c)
	page, err := c.App.FindSubmissions(c, c.Session, q)
	return show(c, "submissions", q, page, err)
}
