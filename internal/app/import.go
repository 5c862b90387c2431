package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"vinhdanh/internal/council"
	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// ImportInput is a list from Excel with the clerk's word on what was not clear.
type ImportInput struct {
	Unit         string                            `json:"unit,omitempty"` // empty: the clerk's only unit
	Campaign     string                            `json:"campaign,omitempty"`
	Type         string                            `json:"type,omitempty" validate:"max=40"` // of commendation, see CommendationTypes
	Title        string                            `json:"title,omitempty" validate:"max=500"`
	LetterNumber string                            `json:"letter_number,omitempty" validate:"max=60"` // empty: as the sheet says
	LetterDate   string                            `json:"letter_date,omitempty" validate:"omitempty,datetime=2006-01-02"`
	PeriodKind   string                            `json:"period_kind,omitempty" validate:"omitempty,oneof=calendar school range"`
	Period       string                            `json:"period,omitempty" validate:"max=40"`
	Sheets       []string                          `json:"sheets,omitempty"`
	Mapping      map[string]importing.SheetMapping `json:"mapping,omitempty"`
	Choices      []importing.Choice                `json:"choices,omitempty"`
	Corrections  []importing.Correction            `json:"corrections,omitempty"`
}

// ImportPreview is what the clerk looks at before anything is written.
type ImportPreview struct {
	*importing.Preview
	Workbook *importing.Workbook `json:"workbook"`
	Verdicts []RowVerdict        `json:"verdicts"`
	Quotas   []law.QuotaCount    `json:"quotas"` // counted over the whole list
}

// RowVerdict is the law's word on one item of one row.
type RowVerdict struct {
	Sheet    string   `json:"sheet"`
	Line     int      `json:"line"`
	Award    string   `json:"award"`
	Verdict  string   `json:"verdict"`
	Criteria string   `json:"criteria"` // of the criteria alone, before papers and declarations
	Sentence law.Text `json:"sentence"`
	// Duplicate says that another proposal or record names the same subject; nothing of whom.
	Duplicate law.Text        `json:"duplicate,omitzero"`
	Strength  duplicate.Level `json:"strength,omitempty"` // strong, possible
}

// PreviewImport reads a list and says of each row what would be taken over and
// what the law says of it. It writes nothing.
func (a *App) PreviewImport(ctx context.Context, s Session, file []byte, in ImportInput) (ImportPreview, error) {
	if err := a.check(in); err != nil {
		return ImportPreview{}, err
	}
	unit, err := a.clerkUnit(ctx, s, in.Unit)
	if err != nil {
		return ImportPreview{}, err
	}
	in.Unit = unit
	pre, err := a.preview(ctx, file, in)
	if err != nil {
		return ImportPreview{}, err
	}
	return *pre, nil
}

// AcceptImport writes a submission from the list: one proposal per award, items
// in the order of the tờ trình. A row with an error stops it; nothing is written.
func (a *App) AcceptImport(ctx context.Context, s Session, file []byte, in ImportInput) (SubmissionView, error) {
	if err := a.check(in); err != nil {
		return SubmissionView{}, err
	}
	unit, err := a.clerkUnit(ctx, s, in.Unit)
	if err != nil {
		return SubmissionView{}, err
	}
	wb, pre, err := a.readList(ctx, file, in)
	if err != nil {
		return SubmissionView{}, err
	}
	if err := clean(pre); err != nil {
		return SubmissionView{}, err
	}
	d, err := a.draftOf(s, unit, wb, pre, in)
	if err != nil {
		return SubmissionView{}, err
	}
	if file, err = a.maskedList(file, wb); err != nil {
		return SubmissionView{}, err
	}
	id, err := a.Store.CreateSubmission(ctx, d)
	if err != nil {
		return SubmissionView{}, internal("create submission", err)
	}
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(file))
	if err != nil {
		return SubmissionView{}, internal("keep the list", err)
	}
	_, err = a.Store.AddAttachment(ctx, postgres.Attachment{
		Submission: &id, Kind: "list", FileName: "danh-sach.xlsx", SHA256: info.SHA256, Size: info.Size, CreatedBy: s.User,
	})
	if err != nil {
		return SubmissionView{}, internal("keep the list", err)
	}
	return a.Submission(ctx, s, id, false)
}

// Template writes the list's template with drop-downs from today's catalogue.
func (a *App) Template(_ context.Context, w io.Writer) error {
	cat, err := a.catalogue("")
	if err != nil {
		return err
	}
	return importing.Template(w, cat)
}

// BadRows writes a workbook of only the rows that need correcting.
func (a *App) BadRows(ctx context.Context, s Session, w io.Writer, file []byte, in ImportInput) error {
	if _, err := a.clerkUnit(ctx, s, in.Unit); err != nil {
		return err
	}
	_, pre, err := a.readList(ctx, file, in)
	if err != nil {
		return err
	}
	return importing.BadRows(w, pre)
}

func (a *App) readList(ctx context.Context, file []byte, in ImportInput) (*importing.Workbook, *importing.Preview, error) {
	if _, err := a.typeNamed(in.Type); err != nil {
		return nil, nil, err
	}
	cat, err := a.catalogue(in.Type)
	if err != nil {
		return nil, nil, err
	}
	today, err := time.Parse(time.DateOnly, a.Today().String())
	if err != nil {
		return nil, nil, internal("business date", err)
	}
	wb, err := importing.ReadBytes(ctx, file, importing.Options{
		Catalogue: cat, Today: today, Sheets: in.Sheets, Mapping: in.Mapping, Choices: in.Choices, Corrections: in.Corrections,
		Open: a.openToken,
	})
	if err != nil {
		var bad *importing.Error
		if errors.As(err, &bad) {
			return nil, nil, &Error{Code: CodeBadFile, Detail: bad.Code, Vi: bad.Vi, En: bad.En}
		}
		return nil, nil, internal("read the list", err)
	}
	return wb, importing.NewPreview(wb, cat), nil
}

// catalogue recognises the awards of today; of several that share a name those of the
// type of commendation go first.
func (a *App) catalogue(typ string) (*importing.AwardList, error) {
	entries, err := a.law().Catalogue(a.Today())
	if err != nil {
		return nil, fromLaw(err)
	}
	awards := make([]importing.Award, 0, len(entries))
	for _, e := range entries {
		aw := importing.Award{Code: e.Code, Names: []string{e.Names.VI, e.Names.EN}, Abbreviations: e.Abbreviations, Asked: slices.Contains(e.Types, typ)}
		for _, k := range e.Kinds {
			aw.Kinds = append(aw.Kinds, importing.Kind(k))
		}
		awards = append(awards, aw)
	}
	return importing.NewCatalogue(awards), nil
}

// clerkUnit is the unit that the clerk works for.
func (a *App) clerkUnit(ctx context.Context, s Session, unit string) (string, error) {
	units := s.where("submission.import", permission.Own)
	switch {
	case unit == "" && len(units) == 1:
		return units[0], nil
	case unit != "" && slices.Contains(units, unit):
		return unit, nil
	case unit == "" && len(units) > 1:
		return "", &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "unit", Rule: "required"}}}
	}
	return "", a.refuse(ctx, s, "import", unit, fail(CodeForbidden, "only a unit's clerk or head prepares its list"))
}

// clean refuses a preview that still has errors or undecided awards.
func clean(pre *importing.Preview) error {
	e := &Error{
		Code: CodeNotReady, Detail: "rows with errors",
		Vi: "Danh sách còn dòng lỗi hoặc chưa chọn hình thức; hãy sửa hoặc bỏ các dòng đó rồi nhập lại.",
		En: "The list still has rows with errors or awards to choose; correct or leave out those rows and import again.",
	}
	for _, r := range pre.Rows {
		if r.State == importing.StateError {
			for _, m := range r.Marks {
				if m.Severity == importing.Fault {
					e.Fields = append(e.Fields, FieldError{Field: m.Ref, Rule: m.Code})
				}
			}
			if len(r.Marks) == 0 {
				e.Fields = append(e.Fields, FieldError{Field: r.Sheet, Rule: "row"})
			}
		}
		for _, aw := range r.Awards {
			if aw.Code == "" {
				e.Fields = append(e.Fields, FieldError{Field: aw.Ref, Rule: "award"})
			}
		}
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// draftOf groups the rows into proposals by award, in the order of the catalogue
// of the sheet: the award that stands first comes first.
func (a *App) draftOf(s Session, unit string, wb *importing.Workbook, pre *importing.Preview, in ImportInput) (postgres.Drafted, error) {
	d := postgres.Drafted{Year: a.Today().Year, Submission: postgres.Submission{
		Unit: unit, Title: in.Title, LetterNumber: in.LetterNumber, Type: in.Type, CreatedBy: s.User,
	}}
	if in.Campaign != "" {
		d.Campaign = &in.Campaign
	}
	fromHeader(&d, wb, in)
	at := map[string]int{}
	for _, r := range pre.Rows {
		for _, aw := range r.Awards {
			item, err := drafted(contentOf(r.Row, aw, in))
			if err != nil {
				return d, err
			}
			if r.Kind == importing.Individual && !r.Number.IsZero() {
				if a.Personal == nil {
					return d, noVault()
				}
				item.Number = &postgres.NewNumber{Number: r.Number, Vault: a.Personal, By: s.User}
			}
			i, ok := at[aw.Code]
			if !ok {
				i = len(d.Proposals)
				at[aw.Code] = i
				d.Proposals = append(d.Proposals, postgres.DraftedProposal{Award: aw.Code})
			}
			d.Proposals[i].Items = append(d.Proposals[i].Items, item)
		}
	}
	for _, p := range d.Proposals {
		if len(p.Items) > council.MaxAgenda {
			return d, &Error{
				Code: CodeTooLarge, Detail: "too many items of one award",
				Vi: fmt.Sprintf("Một hồ sơ chỉ nhận tối đa %d trường hợp của một hình thức; hãy chia danh sách thành nhiều tờ trình.", council.MaxAgenda),
				En: fmt.Sprintf("A proposal takes at most %d items of one award; split the list into several letters.", council.MaxAgenda),
			}
		}
	}
	if len(d.Proposals) == 0 {
		return d, &Error{Code: CodeNotReady, Detail: "no rows", Vi: "Danh sách không có dòng nào.", En: "The list has no rows."}
	}
	return d, nil
}

// fromHeader takes letter number, date and title from the sheet where the clerk
// did not give them.
func fromHeader(d *postgres.Drafted, wb *importing.Workbook, in ImportInput) {
	for _, sh := range wb.Sheets {
		if d.LetterNumber == "" {
			d.LetterNumber = sh.Header.LetterNumber
		}
		if d.LetterDate == nil && !sh.Header.LetterDate.IsZero() {
			date := sh.Header.LetterDate
			d.LetterDate = &date
		}
		if d.Title == "" && len(sh.Header.TitleLines) > 0 {
			d.Title = sh.Header.TitleLines[len(sh.Header.TitleLines)-1]
		}
	}
	if t, err := time.Parse(time.DateOnly, in.LetterDate); err == nil {
		d.LetterDate = &t
	}
}
