package council

import (
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// record is the minutes as a page.
type record struct {
	app.MinutesDocument
	ID   string
	Path string // of the page; its files are below it
}

func minutes(c *ui.Context) error {
	d, err := c.App.Minutes(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("minutes", record{d, c.Path("id"), here(c) + "/minutes"})
}

func countRecord(c *ui.Context) error {
	d, err := c.App.CountRecord(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("minutes", record{d, c.Path("id"), here(c) + "/count-record"})
}

// countRecordFile answers bien-ban-kiem-phieu.pdf and .docx.
func countRecordFile(c *ui.Context) error {
	_, format, _ := strings.Cut(c.Path("file"), ".")
	f, err := c.App.CountRecordFile(c, c.Session, c.Path("id"), format)
	if err != nil {
		return err
	}
	return send(c, f)
}

// minutesFile answers bien-ban.pdf and bien-ban.docx.
func minutesFile(c *ui.Context) error {
	_, format, _ := strings.Cut(c.Path("file"), ".")
	f, err := c.App.MinutesFile(c, c.Session, c.Path("id"), format)
	if err != nil {
		return err
	}
	return send(c, f)
}
