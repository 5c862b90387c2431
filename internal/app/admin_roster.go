package app

import (
	"context"
	"errors"
	"io"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/roster"
)

// RosterPreview is what would become of a workbook of units and people.
type RosterPreview = roster.Preview

// RosterInput says how a workbook is taken over.
type RosterInput struct {
	SkipBad bool   `json:"skip_bad,omitempty"` // take the good rows; otherwise a file with an error is refused whole
	Reason  string `json:"reason,omitempty" validate:"max=1000"`
	Nonce   string `json:"-"`
}

// RosterTemplate writes the workbook to fill in.
func (a *App) RosterTemplate(ctx context.Context, s Session, w io.Writer) error {
	if _, err := a.reach(ctx, s, false, "roster.template", ""); err != nil {
		return err
	}
	return roster.Write(w, nil, nil)
}

// ExportRoster writes units and people within reach, in the form that Import reads.
func (a *App) ExportRoster(ctx context.Context, s Session, w io.Writer) error {
	r, err := a.reach(ctx, s, true, "roster.export", "")
	if err != nil {
		return err
	}
	var units []roster.Unit
	for _, u := range r.rows {
		if r.covers(u.ID) {
			units = append(units, u.Unit)
		}
	}
	rows, err := a.peopleIn(ctx, r, postgres.PersonQuery{})
	if err != nil {
		return err
	}
	people := make([]roster.Person, 0, len(rows))
	for _, p := range rows {
		people = append(people, p.Person)
	}
	return roster.Write(w, units, people)
}

// PreviewRoster judges a workbook and writes nothing.
func (a *App) PreviewRoster(ctx context.Context, s Session, file []byte) (*RosterPreview, error) {
	r, err := a.reach(ctx, s, false, "roster.preview", "")
	if err != nil {
		return nil, err
	}
	return a.previewRoster(ctx, s, r, file)
}

func (a *App) previewRoster(ctx context.Context, s Session, r reach, file []byte) (*RosterPreview, error) {
	book, err := roster.Read(file)
	switch {
	case errors.Is(err, roster.ErrTooLarge):
		return nil, &Error{Code: CodeTooLarge}
	case errors.Is(err, roster.ErrNoSheet):
		return nil, readable(CodeBadFile, "Không thấy trang đơn vị hoặc người dùng: hãy giữ nguyên dòng tiêu đề cột của tệp mẫu.",
			"No sheet of units or people was recognised: keep the column headings of the template.")
	case err != nil:
		return nil, &Error{Code: CodeBadFile}
	}
	rows, err := a.Store.FindPeople(ctx, postgres.PersonQuery{})
	if err != nil {
		return nil, internal("read people", err)
	}
	now := roster.Present{Tree: r.tree, People: map[string]roster.Person{}}
	bounds := roster.Bounds{All: r.all, Units: r.units, Foreign: map[string]bool{}}
	for _, p := range rows {
		now.People[p.Login] = p.Person
		bounds.Foreign[p.Login] = len(r.seen(p.Seats)) != len(p.Seats)
		if p.ID == s.User {
			bounds.Self = p.Login
		}
	}
	return book.Preview(now, bounds), nil
}

// AcceptRoster writes a workbook's units and people, whole or not at all.
func (a *App) AcceptRoster(ctx context.Context, s Session, file []byte, in RosterInput) (*RosterPreview, error) {
	if err := a.check(in); err != nil {
		return nil, err
	}
	r, err := a.reach(ctx, s, false, "roster.import", "")
	if err != nil {
		return nil, err
	}
	p, err := a.previewRoster(ctx, s, r, file)
	if err != nil {
		return nil, err
	}
	if p.Counts.Errors > 0 && !in.SkipBad {
		return p, readable(CodeInvalid, "Tệp còn dòng lỗi nên chưa có gì được ghi; hãy sửa, hoặc chọn chỉ nhập các dòng đúng.",
			"The file has rows with errors, so nothing was written; correct them, or choose to take the good rows only.")
	}
	units, people := p.Take()
	if _, err := a.Store.PutRoster(ctx, doing(s, "roster.import", "roster", in.Reason, in.Nonce), units, people); err != nil {
		return p, changed("import units and people", err)
	}
	return p, nil
}

// RosterBadRows writes a workbook of only the rows to correct.
func (a *App) RosterBadRows(ctx context.Context, s Session, w io.Writer, file []byte) error {
	p, err := a.PreviewRoster(ctx, s, file)
	if err != nil {
		return err
	}
	return p.BadRows(w)
}
