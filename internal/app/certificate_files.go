package app

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/postgres"
)

// CertificateFileInput says which certificates of a decision are printed and how.
type CertificateFileInput struct {
	Certificate string `json:"certificate,omitempty" validate:"omitempty,uuid"` // one of them; empty: all that stand
	Design      string `json:"design,omitempty" validate:"max=60"`              // empty: the one for the award
	Stock       bool   `json:"stock,omitempty"`                                 // on pre-printed stock
	QR          bool   `json:"qr,omitempty"`                                    // with the code of the verify page
	Printer     string `json:"printer,omitempty" validate:"max=60"`             // moved as that printer was set
	Zip         bool   `json:"zip,omitempty"`                                   // a file each, in one archive
}

// CertificateFile prints the certificates of a decision: one PDF, or an archive with a
// PDF for each.
func (a *App) CertificateFile(ctx context.Context, s Session, id string, in CertificateFileInput) (SheetFile, error) {
	if err := a.check(in); err != nil {
		return SheetFile{}, err
	}
	desk, err := a.Certificates(ctx, s, id)
	if err != nil {
		return SheetFile{}, err
	}
	design, how, err := a.printed(desk, in)
	if err != nil {
		return SheetFile{}, err
	}
	var list []decision.Certificate
	for _, l := range desk.Lines {
		if l.Certificate == nil || (in.Certificate != "" && l.Certificate.ID != in.Certificate) {
			continue
		}
		c, err := certificateOf(*l.Certificate)
		if err != nil {
			return SheetFile{}, internal("read a certificate", err)
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		return SheetFile{}, readable(CodeNotReady, "Chưa vào sổ vàng nên chưa có bằng, giấy để in; văn thư vào sổ trước.",
			"nothing is in the gold book yet; the registrar enters it first")
	}
	leave, err := a.costly.enter(ctx, s.User)
	if err != nil {
		return SheetFile{}, err
	}
	defer leave()
	name := design.Code + "-" + slug(desk.Decision.NumberText)
	if in.Zip {
		return packed(name, design, list, how)
	}
	pdf, err := decision.RenderCertificates(design, list, how)
	if err != nil {
		return SheetFile{}, fromDecision(err)
	}
	if in.Certificate != "" {
		name += fmt.Sprintf("-so-vang-%d-%d", list[0].Year, list[0].Gold)
	}
	return SheetFile{Name: name + ".pdf", MediaType: "application/pdf", Content: pdf}, nil
}

// printed finds the design and the way of printing that is asked for.
func (a *App) printed(desk CertificateDesk, in CertificateFileInput) (decision.Design, decision.Print, error) {
	design := desk.Design
	if in.Design != "" {
		var ok bool
		if design, ok = a.designs().ByCode(in.Design); !ok {
			return design, decision.Print{}, errNoDesign()
		}
	}
	how := decision.Print{Stock: in.Stock, QR: in.QR}
	how.X, how.Y = offsetOf(desk.Offsets, design.Code, in.Printer)
	return design, how, nil
}

// offsetOf is what a printer was set to for a design, in millimetres.
func offsetOf(all []postgres.PrintOffset, design, printer string) (x, y float64) {
	for _, o := range all {
		if o.Design == design && o.Printer == printer {
			return float64(o.X) / 10, float64(o.Y) / 10
		}
	}
	return 0, 0
}

// packed is a PDF for each certificate, named by its gold-book number.
func packed(name string, d decision.Design, list []decision.Certificate, how decision.Print) (SheetFile, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, c := range list {
		pdf, err := decision.RenderCertificates(d, []decision.Certificate{c}, how)
		if err != nil {
			return SheetFile{}, fromDecision(err)
		}
		f, err := z.Create(fmt.Sprintf("so-vang-%d-%05d-%s.pdf", c.Year, c.Gold, cut(slug(c.Entry.Name), 60)))
		if err == nil {
			_, err = f.Write(pdf)
		}
		if err != nil {
			return SheetFile{}, internal("write the archive", err)
		}
	}
	if err := z.Close(); err != nil {
		return SheetFile{}, internal("write the archive", err)
	}
	return SheetFile{Name: name + ".zip", MediaType: "application/zip", Content: b.Bytes()}, nil
}

// cut is the beginning of a slug.
func cut(s string, n int) string {
	if len(s) > n {
		s = s[:n]
	}
	return strings.Trim(s, "-")
}

// CalibrationInput names the design and the printer of a calibration sheet.
type CalibrationInput struct {
	Design  string `json:"design" validate:"required,max=60"`
	Printer string `json:"printer,omitempty" validate:"max=60"`
}

// CalibrationSheet is the sheet by which a printer is set for a design's stock.
func (a *App) CalibrationSheet(ctx context.Context, s Session, id string, in CalibrationInput) (SheetFile, error) {
	desk, err := a.Certificates(ctx, s, id)
	if err != nil {
		return SheetFile{}, err
	}
	if err := a.check(in); err != nil {
		return SheetFile{}, err
	}
	design, ok := a.designs().ByCode(in.Design)
	if !ok {
		return SheetFile{}, errNoDesign()
	}
	x, y := offsetOf(desk.Offsets, design.Code, in.Printer)
	pdf, err := decision.Calibration(design, x, y)
	if err != nil {
		return SheetFile{}, fromDecision(err)
	}
	return SheetFile{Name: "hieu-chinh-" + design.Code + ".pdf", MediaType: "application/pdf", Content: pdf}, nil
}
