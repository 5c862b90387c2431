package registry

import (
	"bytes"
	"math"
	"net/url"
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// printing is the certificates of a decision as their page shows them.
type printing struct {
	app.CertificateDesk
	Choices []ui.Option // designs
	Book    string      // the book's name
}

func printingOf(c *ui.Context, v app.CertificateDesk) printing {
	p := printing{CertificateDesk: v, Book: v.Book.Names.VI}
	if c.Lang == "en" {
		p.Book = v.Book.Names.EN
	}
	for _, d := range v.Designs {
		name := d.Names.VI
		if c.Lang == "en" {
			name = d.Names.EN
		}
		p.Choices = append(p.Choices, ui.Option{Value: d.Code, Text: name})
	}
	return p
}

// Millimetres is an offset as people write it.
func (p printing) Millimetres(tenths int) string {
	return strings.Replace(strconv.FormatFloat(float64(tenths)/10, 'f', 1, 64), ".", ",", 1)
}

// CorrectedText says what was corrected of a line, and by which decision.
func (printing) CorrectedText(c app.Corrected, lang string) string { return app.CorrectedText(c, lang) }

// One is the address of one certificate's file.
func (p printing) One(id string) string {
	return "/register/" + p.Decision.ID + "/certificates/file?" + url.Values{"certificate": {id}}.Encode()
}

func certificates(c *ui.Context) error {
	v, err := c.App.Certificates(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("certificates", printingOf(c, v))
}

// makeCertificates enters the gold book.
func makeCertificates(c *ui.Context) error {
	_, err := c.App.MakeCertificates(c, c.Session, c.Path("id"))
	if err == nil {
		return c.DoneAt("/register/"+c.Path("id")+"/certificates", "registry.gold.done")
	}
	return failedAt(c, err)
}

// failedAt shows the page with what was typed and what is wrong.
func failedAt(c *ui.Context, err error) error {
	v, other := c.App.Certificates(c, c.Session, c.Path("id"))
	if other != nil {
		return err
	}
	return c.Fail("certificates", printingOf(c, v), err)
}

// setPrinter keeps by how much a printer is out.
func setPrinter(c *ui.Context) error {
	in := app.PrintOffsetInput{Design: c.Field("set_design"), Printer: c.Field("set_printer")}
	var err error
	for name, into := range map[string]*int{"x": &in.X, "y": &in.Y} {
		if *into, err = tenths(c.Field(name)); err != nil {
			return failedAt(c, &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: name, Rule: "type", Param: "1,5"}}})
		}
	}
	if _, err := c.App.SetPrintOffset(c, c.Session, c.Path("id"), in); err != nil {
		return failedAt(c, err)
	}
	return c.DoneAt("/register/"+c.Path("id")+"/certificates", "registry.printer.done")
}

// tenths reads millimetres, with a comma or a point, as tenths; empty is none.
func tenths(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	mm, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err == nil && !(math.Abs(mm) <= 1000) {
		err = strconv.ErrRange
	}
	return int(math.Round(mm * 10)), err
}

func certificateFile(c *ui.Context) error {
	f, err := c.App.CertificateFile(c, c.Session, c.Path("id"), app.CertificateFileInput{
		Certificate: c.Field("certificate"), Design: c.Field("design"), Printer: c.Field("printer"),
		Stock: c.Field("paper") == "stock", QR: c.Checked("qr"), Zip: c.Field("as") == "zip",
	})
	if err != nil {
		return err
	}
	return c.Download(f.Name, f.MediaType, bytes.NewReader(f.Content))
}

func calibration(c *ui.Context) error {
	f, err := c.App.CalibrationSheet(c, c.Session, c.Path("id"), app.CalibrationInput{Design: c.Field("design"), Printer: c.Field("printer")})
	if err != nil {
		return err
	}
	return c.Download(f.Name, f.MediaType, bytes.NewReader(f.Content))
}
