package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"

	"vinhdanh/internal/importing"
	"vinhdanh/internal/postgres"
)

// ListChange is what the reader says of a staged list: corrections of cells come
// on top of earlier ones, the rest replaces what was said before where it is given.
type ListChange struct {
	List        string                            `json:"list" validate:"required"`
	Version     int                               `json:"version" validate:"min=1"`
	Corrections []importing.Correction            `json:"corrections,omitempty" validate:"max=20000"`
	Choices     []importing.Choice                `json:"choices,omitempty" validate:"max=200"`
	Mapping     map[string]importing.SheetMapping `json:"mapping,omitempty"`
	Sheets      []string                          `json:"sheets,omitempty" validate:"max=100"`
	PeriodKind  *string                           `json:"period_kind,omitempty"`
	Period      *string                           `json:"period,omitempty"`
	Title       *string                           `json:"title,omitempty"`
	Campaign    *string                           `json:"campaign,omitempty"`
	Type        *string                           `json:"type,omitempty"` // of commendation
	Number      *string                           `json:"letter_number,omitempty"`
	Date        *string                           `json:"letter_date,omitempty"`
}

// ChangeList stores what the reader said and shows the preview anew.
func (a *App) ChangeList(ctx context.Context, s Session, in ListChange) (StagedList, error) {
	if err := a.check(in); err != nil {
		return StagedList{}, err
	}
	row, file, err := a.staged(ctx, s, in.List)
	if err != nil {
		return StagedList{}, err
	}
	now, err := stagedOf(row)
	if err != nil {
		return now, err
	}
	if row.Submission != nil {
		return now, fail(CodeDuplicate, "the list was taken over")
	}
	next := in.onto(now.Input)
	if err := a.check(next); err != nil {
		return now, err
	}
	if _, err := a.campaignOf(ctx, next.Campaign); err != nil {
		return now, err
	}
	if next, err = a.tokenedCorrections(next); err != nil {
		return now, err
	}
	pre, err := a.preview(ctx, file, next)
	if err != nil { // what cannot be read is not stored
		return now, err
	}
	if in.Mapping != nil || in.Sheets != nil { // a column may be one of numbers only now
		if row, err = a.retokened(ctx, row, file, pre.Workbook); err != nil {
			return now, err
		}
	}
	raw, err := json.Marshal(next)
	if err != nil {
		return now, internal("encode the options", err)
	}
	ok, err := a.Store.PutStagedInput(ctx, row, in.Version, raw)
	if err != nil {
		return now, internal("store the corrections", err)
	}
	if !ok {
		return now, fail(CodeConflict, "the list was changed in another tab")
	}
	return a.StagedList(ctx, s, row.ID)
}

// onto lays a change over what was said before. A correction replaces an earlier
// one of the same cell.
func (c ListChange) onto(in ImportInput) ImportInput {
	in.Corrections = slices.Clone(in.Corrections)
	for _, x := range c.Corrections {
		in.Corrections = slices.DeleteFunc(in.Corrections, func(y importing.Correction) bool {
			return y.Sheet == x.Sheet && y.Line == x.Line && y.Field == x.Field && y.Remove == x.Remove
		})
		in.Corrections = append(in.Corrections, x)
	}
	if c.Choices != nil {
		in.Choices = c.Choices
	}
	if c.Mapping != nil {
		in.Mapping = c.Mapping
	}
	if c.Sheets != nil {
		in.Sheets = c.Sheets
	}
	for _, v := range []struct{ from, to *string }{
		{c.PeriodKind, &in.PeriodKind},
		{c.Period, &in.Period},
		{c.Title, &in.Title},
		{c.Campaign, &in.Campaign},
		{c.Type, &in.Type},
		{c.Number, &in.LetterNumber},
		{c.Date, &in.LetterDate},
	} {
		if v.from != nil {
			*v.to = *v.from
		}
	}
	return in
}

// TakeOver makes a submission of a staged list, once. A row with an error stops
// it, and then nothing is written.
func (a *App) TakeOver(ctx context.Context, s Session, id string, version int) (SubmissionView, error) {
	row, file, err := a.staged(ctx, s, id)
	if err != nil {
		return SubmissionView{}, err
	}
	if row.Submission != nil {
		return a.Submission(ctx, s, *row.Submission, false)
	}
	v, err := stagedOf(row)
	if err != nil {
		return SubmissionView{}, err
	}
	wb, pre, err := a.readList(ctx, file, v.Input)
	if err != nil {
		return SubmissionView{}, err
	}
	if err := clean(pre); err != nil {
		return SubmissionView{}, err
	}
	d, err := a.draftOf(s, row.Unit, wb, pre, v.Input)
	if err != nil {
		return SubmissionView{}, err
	}
	if d.List, err = a.keptList(ctx, file, wb); err != nil {
		return SubmissionView{}, err
	}
	made, ok, err := a.Store.TakeOver(ctx, row.ID, version, d)
	if err != nil {
		return SubmissionView{}, internal("create submission", err)
	}
	if !ok {
		return SubmissionView{}, fail(CodeConflict, "the list was changed in another tab")
	}
	return a.Submission(ctx, s, made, false)
}

// retokened keeps a list anew where a change of its columns brought numbers to light.
func (a *App) retokened(ctx context.Context, row postgres.StagedImport, file []byte, wb *importing.Workbook) (postgres.StagedImport, error) {
	hidden, err := a.tokened(file, wb)
	if err != nil || bytes.Equal(hidden, file) {
		return row, err
	}
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(hidden))
	if err != nil {
		return row, internal("keep the list", err)
	}
	row.SHA256, row.Size = info.SHA256, info.Size
	return row, nil
}

// keptList keeps a list as its submission shows it.
func (a *App) keptList(ctx context.Context, file []byte, wb *importing.Workbook) (postgres.KeptList, error) {
	file, err := a.maskedList(file, wb)
	if err != nil {
		return postgres.KeptList{}, err
	}
	info, err := a.Blobs.Put(ctx, "", bytes.NewReader(file))
	if err != nil {
		return postgres.KeptList{}, internal("keep the list", err)
	}
	return postgres.KeptList{SHA256: info.SHA256, Size: info.Size}, nil
}

// ListBadRows writes a workbook of only the rows of a staged list to correct.
func (a *App) ListBadRows(ctx context.Context, s Session, id string, w io.Writer) error {
	row, file, err := a.staged(ctx, s, id)
	if err != nil {
		return err
	}
	v, err := stagedOf(row)
	if err != nil {
		return err
	}
	_, pre, err := a.readList(ctx, file, v.Input)
	if err != nil {
		return err
	}
	return importing.BadRows(w, pre)
}
