package api

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"vinhdanh/internal/app"
	"vinhdanh/internal/tabular"
)

func (h *handlers) registerLedger() {
	add(h, get("ledger", "/ledger/subjects/{id}", "ledger", "The ledger of a person, collective or household; historical records are marked"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.LedgerView], error) {
			v, err := h.app.Ledger(ctx, s, in.ID)
			return &One[app.LedgerView]{v}, err
		})
	op := gives(get("ledger-export", "/ledger/subjects/{id}/export", "ledger", "A ledger as CSV or Excel"), xlsxType)
	op.Responses["200"].Content["text/csv"] = op.Responses["200"].Content[xlsxType]
	add(h, op, func(ctx context.Context, s app.Session, in *struct {
		ByID
		Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
		Lang   string `query:"lang" enum:"vi,en" default:"vi" doc:"Of the headings"`
	},
	) (*FileOut, error) {
		f, err := h.app.ExportLedger(ctx, s, in.ID, tabular.Format(in.Format), in.Lang)
		if err != nil {
			return nil, err
		}
		return &FileOut{
			ContentType: f.ContentType, Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}), Body: f.Content,
		}, nil
	})
	add(h, get("find-subjects", "/ledger/subjects", "ledger", "Subjects by the beginning of their name, among those that I may join"),
		func(ctx context.Context, s app.Session, in *struct {
			Text string `query:"q" maxLength:"200" required:"true"`
		},
		) (*One[[]app.Subject], error) {
			v, err := h.app.FindSubjects(ctx, s, in.Text)
			return &One[[]app.Subject]{v}, err
		})
	adminPostAt(h, post("join-subjects", "/ledger/subjects/{id}/join", "ledger", "Say that two subjects are one, or that this one follows another"),
		func(ctx context.Context, s app.Session, id, nonce string, in app.JoinInput) (app.LedgerView, error) {
			in.Subject, in.Nonce = id, nonce
			return h.app.JoinSubjects(ctx, s, in)
		})
	adminPostAt(h, post("undo-join", "/ledger/joins/{id}/undo", "ledger", "Take a join back"),
		func(ctx context.Context, s app.Session, id, nonce string, in app.UndoJoinInput) (app.LedgerView, error) {
			in.Join, in.Nonce = id, nonce
			return h.app.UndoJoin(ctx, s, in)
		})
	h.registerNumbers()
	h.registerRecords()
	h.registerHistorical()
}

// registerNumbers adds personal numbers. They stand in bodies only, never in an address.
func (h *handlers) registerNumbers() {
	adminPost(h, post("set-number", "/ledger/numbers/set", "ledger", "Set a person's number, or take it away; the answer shows it masked"),
		func(ctx context.Context, s app.Session, _ string, in app.PersonalInput) (app.LedgerView, error) {
			return h.app.SetPersonalNumber(ctx, s, in)
		})
	adminPost(h, post("reveal-number", "/ledger/numbers/reveal", "ledger", "See a person's numbers in full; who, when and why is put on record"),
		func(ctx context.Context, s app.Session, _ string, in app.RevealInput) ([]app.RevealedNumber, error) {
			return h.app.RevealPersonalNumber(ctx, s, in)
		})
	add(h, get("number-reads", "/ledger/subjects/{id}/number-reads", "ledger", "Who saw a person's number in full"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[[]app.NumberRead], error) {
			v, err := h.app.NumberReads(ctx, s, in.ID)
			return &One[[]app.NumberRead]{v}, err
		})
}

// registerRecords adds what is done with one historical record.
func (h *handlers) registerRecords() {
	add(h, get("ledger-record", "/ledger/records/{id}", "ledger", "One historical record, with its cells as in the workbook"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.HistoricalRecord], error) {
			v, err := h.app.LedgerRecord(ctx, s, in.ID)
			return &One[app.HistoricalRecord]{v}, err
		})
	adminPostAt(h, post("correct-record", "/ledger/records/{id}/correct", "ledger", "Put a corrected record in the place of a historical one, which stays"),
		func(ctx context.Context, s app.Session, id, nonce string, in app.RecordInput) (app.LedgerView, error) {
			in.Record, in.Nonce = id, nonce
			return h.app.CorrectRecord(ctx, s, in)
		})
	adminPostAt(h, post("withdraw-record", "/ledger/records/{id}/withdraw", "ledger", "Take a historical record out of what counts; it stays and says so"),
		func(ctx context.Context, s app.Session, id, nonce string, in app.WithdrawInput) (app.LedgerView, error) {
			in.Record, in.Nonce = id, nonce
			return h.app.WithdrawRecord(ctx, s, in)
		})
	add(h, gives(get("record-scan", "/ledger/records/{id}/scan", "ledger", "The scanned decision of a historical record"), "application/octet-stream"),
		func(ctx context.Context, s app.Session, in *ByID) (*FileOut, error) {
			scan, r, err := h.app.OpenScan(ctx, s, in.ID)
			if err != nil {
				return nil, err
			}
			defer r.Close()
			content, err := io.ReadAll(r)
			if err != nil {
				return nil, err
			}
			return &FileOut{
				ContentType: "application/octet-stream", Body: content,
				Disposition: "attachment; filename*=UTF-8''" + url.PathEscape(scan.FileName),
			}, nil
		})
}

// LedgerScanForm is a scanned paper decision.
type LedgerScanForm struct {
	File huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"The scan: PDF, JPEG or PNG"`
}

// LedgerScanPost is a scan under an Idempotency-Key.
type LedgerScanPost struct {
	Key
	RawBody huma.MultipartFormFiles[LedgerScanForm]
}

// HistoricalForm is a workbook of paper decisions.
type HistoricalForm struct {
	File    huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"The workbook (.xlsx)"`
	Options string        `form:"options" required:"false" doc:"JSON: corrections of cells; skip_bad takes the good rows of a file with errors"`
}

// HistoricalPost is a workbook of paper decisions under an Idempotency-Key.
type HistoricalPost struct {
	Key
	RawBody huma.MultipartFormFiles[HistoricalForm]
}

// registerHistorical adds the import of paper decisions.
func (h *handlers) registerHistorical() {
	add(h, get("ledger-scans", "/ledger/scans", "ledger", "The newest scans of paper decisions"),
		func(ctx context.Context, s app.Session, in *struct {
			Limit int `query:"limit" minimum:"1" maximum:"20000" default:"100"`
		},
		) (*One[[]app.LedgerScan], error) {
			v, err := h.app.Scans(ctx, s, in.Limit)
			return &One[[]app.LedgerScan]{v}, err
		})
	add(h, post("ledger-scan", "/ledger/scans", "ledger", "Keep a scanned paper decision, for records to refer to"),
		func(ctx context.Context, s app.Session, in *LedgerScanPost) (*One[app.LedgerScan], error) {
			form := in.RawBody.Data()
			file, err := h.read(form.File)
			if err != nil {
				return nil, err
			}
			v, err := h.app.AddScan(ctx, s, form.File.Filename, file)
			return &One[app.LedgerScan]{v}, err
		})
	add(h, gives(get("ledger-template", "/ledger/template.xlsx", "ledger", "A workbook of paper decisions to fill in"), xlsxType),
		workbook("mau-ho-so-lich-su.xlsx", func(ctx context.Context, s app.Session, b *bytes.Buffer) error {
			return h.app.LedgerTemplate(ctx, s, b)
		}))
	add(h, post("ledger-preview", "/ledger/import/preview", "ledger", "What would become of a workbook of paper decisions; writes nothing"),
		historicalCall(h, h.app.PreviewLedger))
	add(h, post("ledger-import", "/ledger/import", "ledger", "Take a workbook of paper decisions over, whole or not at all, as historical records"),
		historicalCall(h, h.app.ImportLedger))
	add(h, gives(post("ledger-bad-rows", "/ledger/import/bad-rows", "ledger", "A workbook of only the rows to correct"), xlsxType),
		func(ctx context.Context, s app.Session, in *HistoricalPost) (*FileOut, error) {
			file, o, err := h.historical(ctx, in)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			if err := h.app.LedgerBadRows(ctx, s, &b, file, o); err != nil {
				return nil, err
			}
			return fileOut(xlsxType, "dong-can-sua.xlsx", b.Bytes()), nil
		})
}

// historical reads a workbook with what was said of it.
func (h *handlers) historical(ctx context.Context, in *HistoricalPost) ([]byte, app.HistoricalInput, error) {
	form := in.RawBody.Data()
	o, err := options[app.HistoricalInput](form.Options)
	if err != nil {
		return nil, o, err
	}
	file, err := h.read(form.File)
	o.FileName, o.Nonce = form.File.Filename, callOf(ctx).nonce
	return file, o, err
}

func historicalCall(h *handlers, run func(context.Context, app.Session, []byte, app.HistoricalInput) (*app.HistoricalPreview, error),
) func(context.Context, app.Session, *HistoricalPost) (*One[*app.HistoricalPreview], error) {
	return func(ctx context.Context, s app.Session, in *HistoricalPost) (*One[*app.HistoricalPreview], error) {
		file, o, err := h.historical(ctx, in)
		if err != nil {
			return nil, err
		}
		v, err := run(ctx, s, file, o)
		return &One[*app.HistoricalPreview]{v}, err
	}
}
