package audit

import (
	"bytes"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// give answers with a file, its hash in a header of its own.
func give(c *ui.Context, x app.Export, err error) error {
	if err != nil {
		return err
	}
	c.W.Header().Set("X-Content-Sha256", x.SHA256)
	return c.Download(x.Name, x.ContentType, bytes.NewReader(x.Data))
}

// The files hold the same page of a list that was shown.

func exportSearch(c *ui.Context) error {
	q := queryOf(c)
	q.Limit, q.Offset = window(c)
	x, err := c.App.ExportSearch(c, c.Session, q, c.Field("format"), c.Lang)
	return give(c, x, err)
}

func exportRefusals(c *ui.Context) error {
	q := refusalsOf(c)
	q.Limit, q.Offset = window(c)
	x, err := c.App.ExportRefusals(c, c.Session, q, c.Field("format"), c.Lang)
	return give(c, x, err)
}

func window(c *ui.Context) (limit, offset int) {
	offset, _ = strconv.Atoi(c.Field("offset")) // anything else is the first page
	return perPage, max(offset, 0)
}

func exportXES(c *ui.Context) error {
	q := queryOf(c)
	q.Limit = 500
	x, err := c.App.ExportXES(c, c.Session, q)
	return give(c, x, err)
}

func exportTimeline(c *ui.Context) error {
	x, err := c.App.ExportTimeline(c, c.Session, caseOf(c), c.Field("actor"), c.Field("format"), c.Lang)
	return give(c, x, err)
}
