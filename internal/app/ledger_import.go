package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"slices"

	"vinhdanh/internal/historical"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// RecordCorrection puts another value into a cell of a workbook of paper decisions.
type RecordCorrection = historical.Correction

// RecordFields lists the fields of a historical record, in the order of the columns.
func RecordFields() []string { return historical.Fields() }

// HistoricalPreview is what would become of a workbook of paper decisions.
type HistoricalPreview = historical.Preview

// HistoricalInput says how a workbook of paper decisions is taken over.
type HistoricalInput struct {
	FileName    string                  `json:"file_name,omitempty" validate:"max=255"`
	Corrections []historical.Correction `json:"corrections,omitempty" validate:"max=20000,dive"`
	SkipBad     bool                    `json:"skip_bad,omitempty"` // take the good rows; otherwise a file with an error is refused whole
	Reason      string                  `json:"reason,omitempty" validate:"max=1000"`
	Nonce       string                  `json:"-"`
}

// keeper refuses whoever does not keep historical records.
func (a *App) keeper(ctx context.Context, s Session, what string) error {
	if _, ok := s.may("ledger.keep", permission.Place{}); !ok {
		return a.refuse(ctx, s, "ledger."+what, "ledger", fail(CodeForbidden, "standing bodies keep historical records"))
	}
	return nil
}

// AddScan keeps a scanned paper decision, for records to refer to.
func (a *App) AddScan(ctx context.Context, s Session, name string, content []byte) (LedgerScan, error) {
	if err := a.keeper(ctx, s, "scan"); err != nil {
		return LedgerScan{}, err
	}
	name, err := a.checkFile(ctx, s, "ledger", path.Base(name), content)
	if err != nil {
		return LedgerScan{}, err
	}
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(content))
	if err != nil {
		return LedgerScan{}, internal("keep the scan", err)
	}
	if err := a.Store.PutScan(ctx, s.User, LedgerScan{SHA256: info.SHA256, FileName: name, Size: info.Size}); err != nil {
		return LedgerScan{}, internal("keep the scan", err)
	}
	scan, err := a.Store.ScanBy(ctx, info.SHA256)
	if err != nil {
		return scan, internal("keep the scan", err)
	}
	return scan, nil
}

// scansKnown is how many scans, the newest, rows may refer to by name.
const scansKnown = 20_000

// Scans lists the newest scans of paper decisions.
func (a *App) Scans(ctx context.Context, s Session, limit int) ([]LedgerScan, error) {
	if err := a.keeper(ctx, s, "scans"); err != nil {
		return nil, err
	}
	rows, err := a.Store.Scans(ctx, min(max(limit, 1), scansKnown))
	if err != nil {
		return nil, internal("list scans", err)
	}
	return rows, nil
}

// knownRecords is what rows of a workbook are judged against.
func (a *App) knownRecords(ctx context.Context) (historical.Known, error) {
	k := historical.Known{Today: a.Today().String()}
	seen := map[string]bool{}
	a.law().Each(func(_ string, entry any) {
		if w, ok := entry.(*law.Award); ok && !seen[w.Code] {
			seen[w.Code] = true
			award := historical.Award{Code: w.Code, VI: w.Names.VI, EN: w.Names.EN}
			for _, kind := range w.Kinds {
				award.Kinds = append(award.Kinds, string(kind))
			}
			k.Awards = append(k.Awards, award)
		}
	})
	units, err := a.Store.AllUnits(ctx)
	if err != nil {
		return k, internal("read units", err)
	}
	for _, u := range units {
		k.Units = append(k.Units, historical.Unit{ID: u.ID, Name: u.Name, ShortName: u.ShortName})
	}
	scans, err := a.Store.Scans(ctx, scansKnown)
	if err != nil {
		return k, internal("list scans", err)
	}
	for _, s := range scans {
		k.Scans = append(k.Scans, historical.Scan{SHA256: s.SHA256, FileName: s.FileName})
	}
	return k, nil
}

// LedgerTemplate writes the workbook of paper decisions to fill in.
func (a *App) LedgerTemplate(ctx context.Context, s Session, w io.Writer) error {
	if err := a.keeper(ctx, s, "template"); err != nil {
		return err
	}
	k, err := a.knownRecords(ctx)
	if err != nil {
		return err
	}
	return historical.Template(w, k)
}

// PreviewLedger judges a workbook of paper decisions row by row and writes nothing.
func (a *App) PreviewLedger(ctx context.Context, s Session, file []byte, in HistoricalInput) (*HistoricalPreview, error) {
	p, _, err := a.previewLedger(ctx, s, file, in)
	return p, err
}

func (a *App) previewLedger(ctx context.Context, s Session, file []byte, in HistoricalInput) (*HistoricalPreview, historical.Known, error) {
	if err := a.keeper(ctx, s, "import"); err != nil {
		return nil, historical.Known{}, err
	}
	if err := a.check(in); err != nil {
		return nil, historical.Known{}, err
	}
	k, err := a.knownRecords(ctx)
	if err != nil {
		return nil, k, err
	}
	book, err := historical.Read(file)
	switch {
	case errors.Is(err, historical.ErrTooLarge):
		return nil, k, &Error{Code: CodeTooLarge}
	case errors.Is(err, historical.ErrNoSheet):
		return nil, k, readable(CodeBadFile, "Không thấy trang khen thưởng: hãy giữ nguyên dòng tiêu đề cột của tệp mẫu.",
			"No sheet of awards was recognised: keep the column headings of the template.")
	case err != nil:
		return nil, k, &Error{Code: CodeBadFile}
	}
	p, err := book.Preview(k, in.Corrections, func(rows []historical.Record) ([]historical.Judged, error) {
		return a.judgeRecords(ctx, rows)
	})
	return p, k, err
}

// ImportLedger writes the records of a workbook, whole or not at all. Each is marked
// as historical; none becomes a case.
func (a *App) ImportLedger(ctx context.Context, s Session, file []byte, in HistoricalInput) (*HistoricalPreview, error) {
	p, _, err := a.previewLedger(ctx, s, file, in)
	if err != nil {
		return p, err
	}
	rows := p.Take()
	switch {
	case p.Counts.Errors > 0 && !in.SkipBad:
		return p, readable(CodeInvalid, "Tệp còn dòng lỗi nên chưa có gì được ghi; hãy sửa, hoặc chọn chỉ nhập các dòng đúng.",
			"The file has rows with errors, so nothing was written; correct them, or choose to take the good rows only.")
	case len(rows) == 0:
		return p, nil
	}
	write := make([]postgres.HistoricalRecord, len(rows))
	for i, r := range rows {
		write[i] = recordOf(r)
	}
	sum := sha256.Sum256(file)
	if a.Personal == nil && slices.ContainsFunc(rows, func(r historical.Record) bool { return !r.Personal.IsZero() }) {
		return p, noVault()
	}
	_, _, err = a.Store.ImportRecords(ctx, keeping(s, "ledger.import", "ledger", in.Reason, in.Nonce), a.Personal,
		path.Base(in.FileName), hex.EncodeToString(sum[:]), write)
	if err != nil {
		return p, internal("import records", err)
	}
	return p, nil
}

func recordOf(r historical.Record) postgres.HistoricalRecord {
	return postgres.HistoricalRecord{
		Subject: r.Subject, Kind: r.Kind, Name: vietnamese.NFC(r.Name), BirthYear: r.BirthYear, Sex: r.Sex, Unit: r.Unit, Workplace: r.Workplace,
		Award: r.Award, AwardText: r.AwardText, Number: r.Number, Date: r.Date, Issuer: r.Issuer, PeriodKind: r.PeriodKind, Period: r.Period,
		Amount: r.Amount, Scan: r.Scan, Personal: r.Personal,
	}
}

// LedgerBadRows writes a workbook of only the rows to correct.
func (a *App) LedgerBadRows(ctx context.Context, s Session, w io.Writer, file []byte, in HistoricalInput) error {
	p, k, err := a.previewLedger(ctx, s, file, in)
	if err != nil {
		return err
	}
	return p.BadRows(w, k)
}
