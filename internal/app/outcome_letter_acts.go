package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// EditLetterInput is the paragraph that people write into a letter. Names, numbers and
// awards are not in it: they come from the record.
type EditLetterInput struct {
	Version   int    `json:"version" validate:"min=1"` // that the form started from
	Paragraph string `json:"paragraph" validate:"max=4000"`
}

// DiscardLetterInput says why a letter does not go, or why it waits again after all.
type DiscardLetterInput struct {
	Version int    `json:"version" validate:"min=1"`
	Reason  string `json:"reason" validate:"required,max=1000"`
}

// LetterPick is a letter as it was shown.
type LetterPick struct {
	ID      string `json:"id" validate:"uuid"`
	Version int    `json:"version" validate:"min=1"`
}

// ReleaseInput releases letters that wait: those picked, or all of a session. A rehearsal
// changes nothing; a session's letters go only by the number that a rehearsal told.
type ReleaseInput struct {
	Letters  []LetterPick `json:"letters,omitempty" validate:"max=2000,dive"`
	Session  string       `json:"session,omitempty" validate:"max=60"` // id or reference
	Count    int          `json:"count,omitempty" validate:"min=0"`    // how many the rehearsal would release
	Rehearse bool         `json:"rehearse,omitempty"`
}

// Results of releasing a letter.
const (
	ReleaseWould   = "would"   // a rehearsal: it would go
	ReleaseDone    = "done"    // it went
	ReleaseRefused = "refused" // it does not, and why
)

// ReleaseRow is what became, or would become, of one letter.
type ReleaseRow struct {
	OutcomeLetterRow
	Names  []string `json:"names"`  // of all items, as they are printed
	Result string   `json:"result"` // would, done or refused
	Why    law.Text `json:"why,omitzero"`
}

// Released is what became of a release, one row a letter.
type Released struct {
	Rehearsed bool         `json:"rehearsed"`
	Would     int          `json:"would"`
	Done      int          `json:"done"`
	Refused   int          `json:"refused"`
	Names     int          `json:"names"` // items that the letters speak of
	Rows      []ReleaseRow `json:"rows"`
}

// releaseAtOnce is how many letters one release takes.
const releaseAtOnce = 2000

// keepable reads a letter that the session may change.
func (a *App) keepable(ctx context.Context, s Session, id, action string) (OutcomeLetterRow, error) {
	row, err := a.outcomeLetter(ctx, s, id)
	if err != nil {
		return row, err
	}
	if _, ok := s.may("letter.keep", letterPlace(row)); !ok {
		return row, a.refuse(ctx, s, action, row.Ref, readable(CodeForbidden,
			"Chỉ thư ký Hội đồng và cơ quan thường trực sửa, gửi hoặc bỏ thông báo kết quả.", "only the council's secretary and the standing body edit, release or discard letters"))
	}
	return row, nil
}

// moved says that a letter is not as the reader knew it.
func moved(err error) error {
	if errors.Is(err, postgres.ErrLetterMoved) {
		return readable(CodeConflict, "Thông báo đã được sửa, gửi hoặc bỏ sau khi bạn mở; hãy mở lại.", "the letter was changed, released or discarded since you opened it; open it again")
	}
	return internal("store the letter", err)
}

// EditOutcomeLetter changes the paragraph of a letter that waits.
func (a *App) EditOutcomeLetter(ctx context.Context, s Session, id string, in EditLetterInput) (OutcomeLetterView, error) {
	in.Paragraph = vietnamese.NFC(strings.TrimSpace(in.Paragraph))
	if err := a.check(in); err != nil {
		return OutcomeLetterView{}, err
	}
	row, err := a.keepable(ctx, s, id, "edit-letter")
	if err != nil {
		return OutcomeLetterView{}, err
	}
	if err := a.Store.EditLetter(ctx, row.ID, in.Version, in.Paragraph, s.User); err != nil {
		return OutcomeLetterView{}, moved(err)
	}
	return a.OutcomeLetter(ctx, s, row.ID)
}

// DiscardOutcomeLetter lets a letter that waits never go, for a reason that stays on record.
func (a *App) DiscardOutcomeLetter(ctx context.Context, s Session, id string, in DiscardLetterInput) (OutcomeLetterView, error) {
	in.Reason = vietnamese.NFC(strings.TrimSpace(in.Reason))
	if err := a.check(in); err != nil {
		return OutcomeLetterView{}, err
	}
	row, err := a.keepable(ctx, s, id, "discard-letter")
	if err != nil {
		return OutcomeLetterView{}, err
	}
	if err := a.Store.DiscardLetter(ctx, row.ID, in.Version, in.Reason, s.User); err != nil {
		return OutcomeLetterView{}, moved(err)
	}
	return a.OutcomeLetter(ctx, s, row.ID)
}

// RestoreOutcomeLetter takes a discarding back: the letter waits again, as it was. What was
// done and why stays on record.
func (a *App) RestoreOutcomeLetter(ctx context.Context, s Session, id string, in DiscardLetterInput) (OutcomeLetterView, error) {
	in.Reason = vietnamese.NFC(strings.TrimSpace(in.Reason))
	if err := a.check(in); err != nil {
		return OutcomeLetterView{}, err
	}
	row, err := a.keepable(ctx, s, id, "restore-letter")
	if err != nil {
		return OutcomeLetterView{}, err
	}
	if err := a.Store.RestoreLetter(ctx, row.ID, in.Version, in.Reason, s.User); err != nil {
		return OutcomeLetterView{}, moved(err)
	}
	return a.OutcomeLetter(ctx, s, row.ID)
}

// ReleaseOutcomeLetters lets units have letters that wait. One letter's refusal stops no
// other; what was released before is told as that and not sent again.
func (a *App) ReleaseOutcomeLetters(ctx context.Context, s Session, in ReleaseInput) (Released, error) {
	out := Released{Rehearsed: in.Rehearse, Rows: []ReleaseRow{}}
	if err := a.check(in); err != nil {
		return out, err
	}
	picks, rows, err := a.pickedLetters(ctx, s, in)
	if err != nil {
		return out, err
	}
	for _, pick := range picks {
		i := slices.IndexFunc(rows, func(r OutcomeLetterRow) bool { return r.ID == pick.ID })
		if i < 0 {
			return out, &Error{Code: CodeNotFound}
		}
		row, err := a.rehearsed(ctx, s, rows[i], pick)
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, row)
	}
	out.count()
	if in.Rehearse {
		return out, nil
	}
	if (in.Session != "" || in.Count > 0) && in.Count != out.Would {
		return out, readable(CodeConflict, "Số thông báo sẽ gửi không đúng số đã xem trước; hãy xem trước lại rồi gửi.",
			"the number of letters that would go is not the one that the rehearsal told; rehearse again")
	}
	for i := range out.Rows {
		if err := a.release(ctx, s, &out.Rows[i]); err != nil {
			return out, err
		}
	}
	out.count()
	return out, nil
}

// pickedLetters reads the letters that a release is about.
func (a *App) pickedLetters(ctx context.Context, s Session, in ReleaseInput) ([]LetterPick, []OutcomeLetterRow, error) {
	f, picks := postgres.LetterFilter{Session: in.Session, State: postgres.LetterHeld}, slices.Clone(in.Letters)
	if in.Session == "" {
		if len(picks) == 0 {
			return nil, nil, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "letters", Rule: "required"}}}
		}
		f = postgres.LetterFilter{IDs: make([]string, len(picks))}
		for i, p := range picks {
			f.IDs[i] = p.ID
		}
	}
	rows, err := a.Store.OutcomeLetters(ctx, s.letterScope("letter.read"), f, releaseAtOnce, 0)
	if err != nil {
		return nil, nil, internal("list letters", err)
	}
	slices.Reverse(rows) // the oldest first
	if in.Session != "" {
		picks = nil
		for _, r := range rows {
			picks = append(picks, LetterPick{r.ID, r.Version})
		}
	}
	return picks, rows, nil
}

// rehearsed says of one letter whether it would go, and whom it speaks of.
func (a *App) rehearsed(ctx context.Context, s Session, row OutcomeLetterRow, pick LetterPick) (ReleaseRow, error) {
	out := ReleaseRow{OutcomeLetterRow: row, Names: []string{}, Result: ReleaseWould}
	refused := func(vi, en string) { out.Result, out.Why = ReleaseRefused, law.Text{VI: vi, EN: en} }
	switch _, may := s.may("letter.keep", letterPlace(row)); {
	case !may:
		refused("Bạn không có quyền gửi thông báo này.", "You may not release this letter.")
	case row.State == postgres.LetterReleased:
		refused("Đã gửi trước đó.", "It was released before.")
	case row.State == postgres.LetterDiscarded:
		refused("Đã bỏ, không gửi.", "It was discarded.")
	case row.Version != pick.Version:
		refused("Đã được sửa sau khi bạn xem; hãy xem lại.", "It was changed since you saw it; look again.")
	}
	p, err := a.proposal(ctx, s, row.Proposal)
	if err != nil {
		return out, err
	}
	items, err := a.openItems(ctx, s, p, p.Revision)
	for _, it := range items {
		out.Names = append(out.Names, it.Content.PrintedLine())
	}
	return out, err
}

// release lets one letter go.
func (a *App) release(ctx context.Context, s Session, r *ReleaseRow) error {
	if r.Result != ReleaseWould {
		return nil
	}
	err := a.Store.ReleaseLetter(ctx, r.ID, r.Version, s.User)
	switch {
	case errors.Is(err, postgres.ErrLetterMoved):
		r.Result, r.Why = ReleaseRefused, law.Text{VI: "Đã được sửa, gửi hoặc bỏ trong lúc này.", EN: "It was changed, released or discarded in this moment."}
	case err != nil:
		return internal("release the letter", err)
	default:
		r.Result, r.State = ReleaseDone, postgres.LetterReleased
	}
	return nil
}

func (r *Released) count() {
	r.Would, r.Done, r.Refused, r.Names = 0, 0, 0, 0
	for _, x := range r.Rows {
		switch x.Result {
		case ReleaseWould:
			r.Would++
		case ReleaseDone:
			r.Done++
		default:
			r.Refused++
			continue
		}
		r.Names += len(x.Names)
	}
}
