package search

import (
	"bytes"

	"vinhdanh/internal/app"
	"vinhdanh/internal/tabular"
	"vinhdanh/internal/web/ui"
)

func exportItems(c *ui.Context) error {
	f, err := c.App.ExportItems(c, c.Session, queryOf(c), tabular.Format(c.Field("format")), c.Lang)
	return save(c, f, err)
}

func exportCases(c *ui.Context) error {
	f, err := c.App.ExportProposals(c, c.Session, queryOf(c), tabular.Format(c.Field("format")), c.Lang)
	return save(c, f, err)
}

func save(c *ui.Context, f app.File, err error) error {
	if err != nil {
		return err
	}
	return c.Download(f.Name, f.ContentType, bytes.NewReader(f.Content))
}
