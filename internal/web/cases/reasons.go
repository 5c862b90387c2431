package cases

import (
	"bytes"
	"strings"

	"vinhdanh/internal/web/ui"
)

// reasons is the letter to the unit on what was not awarded, as a page.
func reasons(c *ui.Context) error {
	l, err := c.App.ReasonsLetter(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("reasons", l)
}

// reasonsFile answers ket-qua.pdf and ket-qua.docx.
func reasonsFile(c *ui.Context) error {
	_, format, _ := strings.Cut(c.Path("file"), ".")
	f, err := c.App.ReasonsFile(c, c.Session, c.Path("id"), format)
	if err != nil {
		return err
	}
	return c.Download(f.Name, f.MediaType, bytes.NewReader(f.Content))
}
