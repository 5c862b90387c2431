package admin

import (
	"bytes"
	"encoding/base64"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// rosterPage is the import of units and people: a file, then its rehearsal. The file
// travels with the form from the rehearsal to the import, so that nothing of it is
// kept here that nobody took over.
type rosterPage struct {
	Preview *app.RosterPreview
	File    string // base64
	Name    string
	Fields  map[string]string
}

func roster(c *ui.Context) error { return c.Render("roster", rosterPage{}) }

func previewRoster(c *ui.Context) error {
	up, err := c.Upload("file")
	if err != nil {
		return c.Fail("roster", rosterPage{}, err)
	}
	p, err := c.App.PreviewRoster(c, c.Session, up.Content)
	if err != nil {
		return c.Fail("roster", rosterPage{}, err)
	}
	return c.Render("roster", rosterPage{Preview: p, File: base64.StdEncoding.EncodeToString(up.Content), Name: up.Name})
}

// kept is the file that came with the rehearsal.
func kept(c *ui.Context) ([]byte, error) {
	file, err := base64.StdEncoding.DecodeString(c.R.FormValue("kept"))
	if err != nil || len(file) == 0 {
		return nil, &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: "file", Rule: "required"}}}
	}
	return file, nil
}

func importRoster(c *ui.Context) error {
	file, err := kept(c)
	if err != nil {
		return c.Fail("roster", rosterPage{}, err)
	}
	in := app.RosterInput{SkipBad: c.Checked("skip_bad"), Reason: c.Field("reason"), Nonce: c.Field("nonce")}
	p, err := c.App.AcceptRoster(c, c.Session, file, in)
	if err != nil {
		return c.Fail("roster", rosterPage{Preview: p, File: c.R.FormValue("kept"), Name: c.Field("name")}, err)
	}
	return c.DoneAt("/admin/units", "admin.roster.done")
}

func badRows(c *ui.Context) error {
	file, err := kept(c)
	if err != nil {
		return c.Fail("roster", rosterPage{}, err)
	}
	var b bytes.Buffer
	if err := c.App.RosterBadRows(c, c.Session, &b, file); err != nil {
		return err
	}
	return c.Download("dong-can-sua.xlsx", xlsx, &b)
}

func rosterTemplate(c *ui.Context) error {
	var b bytes.Buffer
	if err := c.App.RosterTemplate(c, c.Session, &b); err != nil {
		return err
	}
	return c.Download("mau-don-vi-nguoi-dung.xlsx", xlsx, &b)
}

func exportRoster(c *ui.Context) error {
	var b bytes.Buffer
	if err := c.App.ExportRoster(c, c.Session, &b); err != nil {
		return err
	}
	return c.Download("don-vi-nguoi-dung.xlsx", xlsx, &b)
}
