package app

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"vinhdanh/internal/historical"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// judgeRecords says of right rows whose they are and whether they are recorded: the
// subject that a row names, or the one of its name, kind, year of birth and unit.
func (a *App) judgeRecords(ctx context.Context, rows []historical.Record) ([]historical.Judged, error) {
	out := make([]historical.Judged, len(rows))
	var numbers, names []string
	for _, r := range rows {
		numbers, names = append(numbers, r.Number), append(names, vietnamese.Fold(r.Name))
	}
	before, err := a.Store.RecordedBefore(ctx, numbers)
	if err != nil {
		return nil, internal("read earlier records", err)
	}
	known, err := a.Store.SubjectsMatching(ctx, names)
	if err != nil {
		return nil, internal("match subjects", err)
	}
	byKey, byRef := map[string]postgres.SubjectKey{}, map[string]postgres.SubjectKey{}
	for _, k := range known {
		byKey[subjectKey(k.NameKey, k.Kind, k.BirthYear, k.Unit)] = k
	}
	stated, err := a.Store.SubjectKeys(ctx, statedRefs(rows))
	if err != nil {
		return nil, internal("read subjects", err)
	}
	for _, k := range stated {
		byRef[k.Ref] = k
	}
	have := map[string]bool{}
	for _, b := range before {
		have[awardKey(b.Identity, b.Award, b.AwardText, b.Number, b.Date)] = true
	}
	for i, r := range rows {
		k, found := byKey[subjectKey(names[i], r.Kind, r.BirthYear, r.Unit)]
		if r.Subject != "" {
			if k, found = byRef[r.Subject]; !found || k.Kind != r.Kind {
				out[i].Problem = &historical.Problem{Field: historical.FieldSubject, VI: "Không có đối tượng nào thuộc loại này có mã đó.", EN: "No subject of this kind has that code."}
				continue
			}
		}
		if found {
			out[i].Subject = k.Ref
			out[i].Recorded = have[awardKey(k.Identity, r.Award, r.AwardText, r.Number, r.Date)]
		}
	}
	return out, nil
}

func statedRefs(rows []historical.Record) []string {
	var out []string
	for _, r := range rows {
		if r.Subject != "" {
			out = append(out, r.Subject)
		}
	}
	return out
}

func subjectKey(name, kind string, born int, unit string) string {
	return strings.Join([]string{name, kind, strconv.Itoa(born), unit}, "\x00")
}

func awardKey(parts ...string) string { return strings.ToLower(strings.Join(parts, "\x00")) }

// RecordInput is a historical record as it should be, with why. Cells are written as
// in the workbook; an empty cell keeps what the record says.
type RecordInput struct {
	Record string            `json:"-"`
	Cells  map[string]string `json:"cells" validate:"required,min=1,max=20,dive,keys,max=40,endkeys,max=2000"`
	Reason string            `json:"reason" validate:"required,max=1000"`
	Nonce  string            `json:"-"`
}

// CorrectRecord puts a corrected record in the place of a historical one. The old one
// stays, and says by what it was corrected.
func (a *App) CorrectRecord(ctx context.Context, s Session, in RecordInput) (LedgerView, error) {
	in.Reason = vietnamese.NFC(strings.TrimSpace(in.Reason))
	if err := a.check(in); err != nil {
		return LedgerView{}, err
	}
	if err := a.keeper(ctx, s, "correct"); err != nil {
		return LedgerView{}, err
	}
	was, err := a.Store.LedgerRow(ctx, in.Record)
	if err != nil {
		return LedgerView{}, internal("read the record", err)
	}
	subject, err := a.Store.Subject(ctx, was.Subject)
	if err != nil {
		return LedgerView{}, internal("read the subject", err)
	}
	if !was.Historical {
		return LedgerView{}, a.refuse(ctx, s, "ledger.correct", in.Record, recordError(postgres.ErrNotHistorical).(*Error))
	}
	k, err := a.knownRecords(ctx)
	if err != nil {
		return LedgerView{}, err
	}
	r, problems := k.Read(recordCells(was, subject), in.Cells)
	if len(problems) > 0 {
		e := &Error{Code: CodeInvalid}
		for _, p := range problems {
			e.Fields = append(e.Fields, FieldError{Field: p.Field, Rule: "value", Vi: p.VI, En: p.EN})
		}
		return LedgerView{}, e
	}
	judged, err := a.judgeRecords(ctx, []historical.Record{r})
	if err != nil {
		return LedgerView{}, err
	}
	if p := judged[0].Problem; p != nil {
		return LedgerView{}, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: p.Field, Rule: "value", Vi: p.VI, En: p.EN}}}
	}
	ref, err := a.Store.CorrectRecord(ctx, keeping(s, "ledger.correct", in.Record, in.Reason, in.Nonce), in.Record, recordOf(r))
	if err != nil {
		return LedgerView{}, recordError(err)
	}
	return a.Ledger(ctx, s, ref)
}

// HistoricalRecord is a historical record as its keeper sees it, with its cells as in
// the workbook.
type HistoricalRecord struct {
	LedgerEntry
	Of    Subject           `json:"of"`
	Cells map[string]string `json:"cells"`
}

// LedgerRecord shows one historical record to whoever keeps them.
func (a *App) LedgerRecord(ctx context.Context, s Session, id string) (HistoricalRecord, error) {
	if err := a.keeper(ctx, s, "record"); err != nil {
		return HistoricalRecord{}, err
	}
	r, err := a.Store.LedgerRow(ctx, id)
	if err != nil {
		return HistoricalRecord{}, internal("read the record", err)
	}
	if !r.Historical {
		return HistoricalRecord{}, &Error{Code: CodeNotFound}
	}
	of, err := a.Store.Subject(ctx, r.Subject)
	if err != nil {
		return HistoricalRecord{}, internal("read the subject", err)
	}
	return HistoricalRecord{LedgerEntry: LedgerEntry{LedgerRow: r, AwardName: a.awardOf(r)}, Of: of, Cells: recordCells(r, of)}, nil
}

// recordCells are the cells of a workbook that a historical record stands for.
func recordCells(r postgres.LedgerRow, subject Subject) map[string]string {
	cells := map[string]string{
		historical.FieldKind: subject.Kind, historical.FieldName: r.Named, historical.FieldUnit: subject.Unit, historical.FieldWorkplace: r.Workplace,
		historical.FieldAward: r.Award, historical.FieldAwardText: r.AwardText, historical.FieldDecision: r.Number, historical.FieldIssuer: r.Issuer,
		historical.FieldPeriodKind: r.PeriodKind, historical.FieldPeriod: r.Period, historical.FieldScan: r.Scan, historical.FieldSubject: r.Subject,
	}
	if r.Date != nil {
		cells[historical.FieldDate] = r.Date.Format("2006-01-02")
	}
	if r.Amount > 0 {
		cells[historical.FieldAmount] = strconv.FormatInt(r.Amount, 10)
	}
	return cells
}

// WithdrawInput takes a historical record out of what counts.
type WithdrawInput struct {
	Record string `json:"-"`
	Reason string `json:"reason" validate:"required,max=1000"`
	Nonce  string `json:"-"`
}

// WithdrawRecord says that a historical record should not be there. It stays and says
// so, and counts no more.
func (a *App) WithdrawRecord(ctx context.Context, s Session, in WithdrawInput) (LedgerView, error) {
	in.Reason = vietnamese.NFC(strings.TrimSpace(in.Reason))
	if err := a.check(in); err != nil {
		return LedgerView{}, err
	}
	if err := a.keeper(ctx, s, "withdraw"); err != nil {
		return LedgerView{}, err
	}
	ref, err := a.Store.WithdrawRecord(ctx, keeping(s, "ledger.withdraw", in.Record, in.Reason, in.Nonce), in.Record)
	if err != nil {
		return LedgerView{}, recordError(err)
	}
	return a.Ledger(ctx, s, ref)
}

// recordError turns what the store says of records into words.
func recordError(err error) error {
	switch {
	case errors.Is(err, postgres.ErrNotHistorical):
		return readable(CodeForbidden, "Khen thưởng này có hồ sơ đã xử lý trên hệ thống; chỉ sửa được bằng một quyết định khác.",
			"this award was processed here; only another decision changes it")
	case errors.Is(err, postgres.ErrReplaced):
		return readable(CodeConflict, "Bản ghi này đã được sửa hoặc rút trước đó; hãy mở lại trang.", "the record was corrected or withdrawn before; open the page again")
	}
	return internal("change the record", err)
}
