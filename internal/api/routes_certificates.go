package api

import (
	"context"

	"vinhdanh/internal/app"
)

func (h *handlers) registerCertificates() {
	add(h, get("certificates", "/decisions/{id}/certificates", "decisions", "The certificates of an issued decision, their gold-book numbers and designs"), look(h.app.Certificates))
	add(h, post("make-certificates", "/decisions/{id}/certificates", "decisions", "Enter the items of an issued decision in the gold book. May be repeated"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Key
		},
		) (*One[app.CertificateDesk], error) {
			v, err := h.app.MakeCertificates(ctx, s, in.ID)
			return &One[app.CertificateDesk]{v}, err
		})
	add(h, post("set-print-offset", "/decisions/{id}/print-offsets", "decisions", "Set a printer of the authority for a design, in tenths of a millimetre"), change(h.app.SetPrintOffset))
	add(h, gives(get("certificate-file", "/decisions/{id}/certificates/file", "decisions", "The certificates of a decision as one PDF, or a PDF each in an archive"), pdfType),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Certificate string `query:"certificate" maxLength:"60" doc:"One of them; without it all that stand"`
			Design      string `query:"design" maxLength:"60" doc:"Without it the one for the award"`
			Printer     string `query:"printer" maxLength:"60" doc:"Moved as that printer was set"`
			Stock       bool   `query:"stock" doc:"On pre-printed stock"`
			QR          bool   `query:"qr" doc:"With the code of the verify page"`
			Zip         bool   `query:"zip" doc:"A PDF each, in one archive"`
		},
		) (*FileOut, error) {
			return sheetOut(h.app.CertificateFile(ctx, s, in.ID, app.CertificateFileInput{
				Certificate: in.Certificate, Design: in.Design, Printer: in.Printer, Stock: in.Stock, QR: in.QR, Zip: in.Zip,
			}))
		})
	add(h, gives(get("calibration-sheet", "/decisions/{id}/calibration.pdf", "decisions", "The sheet by which a printer is set for a design's stock"), pdfType),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Design  string `query:"design" maxLength:"60" doc:"Code of a design; it must be given"`
			Printer string `query:"printer" maxLength:"60"`
		},
		) (*FileOut, error) {
			return sheetOut(h.app.CalibrationSheet(ctx, s, in.ID, app.CalibrationInput{Design: in.Design, Printer: in.Printer}))
		})
	add(h, post("reissue-certificate", "/decisions/{id}/certificates/reissue", "decisions", "Make a certificate anew in place of another (cấp đổi, cấp lại), with a gold-book number of its own"), change(h.app.ReissueCertificate))
	h.registerGoldBook()
}

// sheetOut answers with a file that the application made.
func sheetOut(f app.SheetFile, err error) (*FileOut, error) {
	if err != nil {
		return nil, err
	}
	return fileOut(f.MediaType, f.Name, f.Content), nil
}

// goldBookIn narrows the gold books.
type goldBookIn struct {
	Book   string `query:"book" maxLength:"60"`
	Year   int    `query:"year" minimum:"0" maximum:"2200"`
	Search string `query:"search" maxLength:"200" doc:"A name, workplace or number, with or without accents"`
	Anew   bool   `query:"anew" doc:"Only certificates that were made anew (cấp đổi, cấp lại)"`
}

func (q goldBookIn) query() app.GoldBookQuery {
	return app.GoldBookQuery{Book: q.Book, Year: q.Year, Search: q.Search, Anew: q.Anew}
}

func (h *handlers) registerGoldBook() {
	add(h, get("gold-book", "/gold-book", "decisions", "The gold books (sổ vàng) by year, one line a certificate"),
		func(ctx context.Context, s app.Session, in *struct {
			goldBookIn
			Paging
		},
		) (*One[app.GoldBook], error) {
			q := in.query()
			q.Limit, q.Offset = in.Limit, in.Offset
			v, err := h.app.GoldBook(ctx, s, q)
			return &One[app.GoldBook]{v}, err
		})
	add(h, gives(get("export-gold-book", "/gold-book/export", "decisions", "The gold book as a file"), "text/csv"),
		func(ctx context.Context, s app.Session, in *struct {
			goldBookIn
			Format
		},
		) (*ExportOut, error) {
			return exportOut(h.app.ExportGoldBook(ctx, s, in.query(), in.Format.Format, localeOf(ctx)))
		})
}
