package ledger

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

const (
	xlsx       = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	scansShown = 50
)

// historicalPage is the import of paper decisions: scans, a workbook, its preview. The
// workbook and the corrections travel with the form, so that nothing is kept here that
// nobody took over.
type historicalPage struct {
	Scans   []app.LedgerScan
	Preview *app.HistoricalPreview
	File    string // base64
	Name    string
	Fixes   string // JSON
}

// Say is a text in the reader's language.
func (historicalPage) Say(lang, vi, en string) string {
	if lang == "en" {
		return en
	}
	return vi
}

// fresh is the page before anything was sent.
func fresh(c *ui.Context) (historicalPage, error) {
	scans, err := c.App.Scans(c, c.Session, scansShown)
	return historicalPage{Scans: scans}, err
}

func historical(c *ui.Context) error {
	p, err := fresh(c)
	if err != nil {
		return err
	}
	return c.Render("historical", p)
}

func addScans(c *ui.Context) error {
	p, err := fresh(c)
	if err != nil {
		return err
	}
	files, err := c.Uploads("scan")
	if err == nil && len(files) == 0 {
		err = &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: "scan", Rule: "required"}}}
	}
	if err != nil {
		return c.Fail("historical", p, err)
	}
	for _, f := range files {
		if _, err := c.App.AddScan(c, c.Session, f.Name, f.Content); err != nil {
			return c.Fail("historical", p, err)
		}
	}
	return c.DoneAt("/ledger/import", "ledger.scan.done")
}

// sent reads the workbook of a form with the corrections so far and those typed now.
func (p *historicalPage) sent(c *ui.Context) ([]byte, app.HistoricalInput, error) {
	in := app.HistoricalInput{SkipBad: c.Checked("skip_bad"), Reason: c.Field("reason"), Nonce: c.Field("nonce"), FileName: c.Field("name")}
	file, err := base64.StdEncoding.DecodeString(c.R.FormValue("kept"))
	if up, uerr := c.Uploads("file"); uerr == nil && len(up) > 0 {
		p.File, p.Name, in.FileName = base64.StdEncoding.EncodeToString(up[0].Content), up[0].Name, up[0].Name
		return up[0].Content, in, nil
	}
	if err != nil || len(file) == 0 {
		return nil, in, &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: "file", Rule: "required"}}}
	}
	p.File, p.Name = c.R.FormValue("kept"), in.FileName
	if kept := c.R.FormValue("fixes"); kept != "" {
		if err := json.Unmarshal([]byte(kept), &in.Corrections); err != nil {
			return nil, in, &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: "fixes", Rule: "value"}}}
		}
	}
	for name, values := range c.R.Form { // fix.<line>.<field>.<sheet>
		part := strings.SplitN(name, ".", 4)
		line := 0
		if len(part) == 4 && part[0] == "fix" {
			line, _ = strconv.Atoi(part[1]) // what is no number is no correction
		}
		if line > 0 && values[0] != "" {
			in.Corrections = append(in.Corrections, app.RecordCorrection{Sheet: part[3], Line: line, Field: part[2], Value: c.Field(name)})
		}
	}
	raw, err := json.Marshal(in.Corrections)
	p.Fixes = string(raw)
	return file, in, err
}

func preview(c *ui.Context) error {
	return tried(c, func(file []byte, in app.HistoricalInput) (*app.HistoricalPreview, bool, error) {
		v, err := c.App.PreviewLedger(c, c.Session, file, in)
		return v, false, err
	})
}

func accept(c *ui.Context) error {
	return tried(c, func(file []byte, in app.HistoricalInput) (*app.HistoricalPreview, bool, error) {
		v, err := c.App.ImportLedger(c, c.Session, file, in)
		return v, err == nil, err
	})
}

// tried runs a workbook through the application and shows what became of it.
func tried(c *ui.Context, run func([]byte, app.HistoricalInput) (*app.HistoricalPreview, bool, error)) error {
	p, err := fresh(c)
	if err != nil {
		return err
	}
	file, in, err := p.sent(c)
	if err != nil {
		return c.Fail("historical", p, err)
	}
	done := false
	p.Preview, done, err = run(file, in)
	switch {
	case err != nil:
		return c.Fail("historical", p, err)
	case done:
		return c.DoneAt("/ledger/import", "ledger.import.done")
	}
	return c.Render("historical", p)
}

func badRows(c *ui.Context) error {
	var p historicalPage
	file, in, err := p.sent(c)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := c.App.LedgerBadRows(c, c.Session, &b, file, in); err != nil {
		return err
	}
	return c.Download("dong-can-sua.xlsx", xlsx, &b)
}

func template(c *ui.Context) error {
	var b bytes.Buffer
	if err := c.App.LedgerTemplate(c, c.Session, &b); err != nil {
		return err
	}
	return c.Download("mau-ho-so-lich-su.xlsx", xlsx, &b)
}
