package clerk

import (
	"bytes"

	"vinhdanh/internal/web/ui"
)

// document gives one of the papers that the unit prints and signs, as the
// submission says now.
func document(c *ui.Context) error {
	d, err := c.App.SubmissionDocument(c, c.Session, c.Path("id"), c.Path("name"), c.Field("item"))
	if err != nil {
		return err
	}
	return c.Download(d.Name, d.Type, bytes.NewReader(d.Content))
}
