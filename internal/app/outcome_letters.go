package app

import (
	"context"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// Rows of outcome letters, as the store hands them out.
type (
	OutcomeLetterRow = postgres.OutcomeLetter
	LetterEvent      = postgres.LetterEvent
	HeldSession      = postgres.HeldSession
	LetterMode       = postgres.LetterMode
)

// OutcomeLetterView is one letter of outcome: as it would go, or went, and what was done to it.
type OutcomeLetterView struct {
	OutcomeLetterRow
	Letter ReasonsLetter `json:"letter"`
	Events []LetterEvent `json:"events"`
	May    bool          `json:"may"`     // edit, discard, release
	Back   bool          `json:"restore"` // take the discarding back
}

// OutcomeLetterQuery narrows the outbox of letters.
type OutcomeLetterQuery struct {
	State   string `json:"state,omitempty" validate:"omitempty,oneof=held released discarded"`
	Session string `json:"session,omitempty" validate:"max=60"` // id or reference
}

// letterScope is which letters the session may read, or keep.
func (s Session) letterScope(action string) postgres.LetterScope {
	return postgres.LetterScope{Standing: s.where(action, permission.Standing), Council: s.where(action, permission.Council), All: s.anywhere(action)}
}

// letterPlace is where a letter stands.
func letterPlace(l OutcomeLetterRow) permission.Place {
	at := permission.At(permission.Standing, l.Standing).In(stateClosed)
	if l.Council != nil {
		at.Units[permission.Council] = []permission.Spot{{Unit: *l.Council}}
	}
	return at
}

// OutcomeLetters lists the letters of outcome that the reader writes or audits, the newest first.
func (a *App) OutcomeLetters(ctx context.Context, s Session, q OutcomeLetterQuery, limit, offset int) ([]OutcomeLetterRow, error) {
	if err := a.check(q); err != nil {
		return nil, err
	}
	out, err := a.Store.OutcomeLetters(ctx, s.letterScope("letter.read"), postgres.LetterFilter{State: q.State, Session: q.Session}, pageSize(limit), max(offset, 0))
	if err != nil {
		return nil, internal("list letters", err)
	}
	return out, nil
}

// HeldSessions lists the sessions of which letters wait.
func (a *App) HeldSessions(ctx context.Context, s Session) ([]HeldSession, error) {
	out, err := a.Store.HeldSessions(ctx, s.letterScope("letter.read"))
	if err != nil {
		return nil, internal("list sessions", err)
	}
	return out, nil
}

// outcomeLetter reads a letter's row.
func (a *App) outcomeLetter(ctx context.Context, s Session, id string) (OutcomeLetterRow, error) {
	row, err := a.Store.OutcomeLetterIn(ctx, s.letterScope("letter.read"), id)
	if err != nil {
		return row, internal("read the letter", err)
	}
	return row, nil
}

// OutcomeLetter reads a letter of outcome as the unit will read it, before it goes.
func (a *App) OutcomeLetter(ctx context.Context, s Session, id string) (OutcomeLetterView, error) {
	row, err := a.outcomeLetter(ctx, s, id)
	if err != nil {
		return OutcomeLetterView{}, err
	}
	out := OutcomeLetterView{OutcomeLetterRow: row}
	p, err := a.proposal(ctx, s, row.Proposal)
	if err != nil {
		return out, err
	}
	if out.Letter, err = a.composeLetter(ctx, s, p, row); err != nil {
		return out, err
	}
	if out.Events, err = a.Store.LetterEvents(ctx, row.ID); err != nil {
		return out, internal("read what was done to the letter", err)
	}
	_, may := s.may("letter.keep", letterPlace(row))
	out.May, out.Back = may && row.State == postgres.LetterHeld, may && row.State == postgres.LetterDiscarded
	return out, nil
}

// OutcomeLetterFile is the letter as PDF or Word, as it would go.
func (a *App) OutcomeLetterFile(ctx context.Context, s Session, id, format string) (SheetFile, error) {
	v, err := a.OutcomeLetter(ctx, s, id)
	if err != nil {
		return SheetFile{}, err
	}
	return v.Letter.file(format)
}

// LetterModes says of the standing bodies whose letters the reader keeps whether letters
// wait, and who chose that.
func (a *App) LetterModes(ctx context.Context, s Session) ([]LetterMode, error) {
	out, err := a.Store.LetterModes(ctx, s.where("letter.mode", permission.Standing))
	if err != nil {
		return nil, internal("read the modes", err)
	}
	return out, nil
}

// LetterModeInput chooses whether the letters of a standing body wait from now on.
type LetterModeInput struct {
	Standing string `json:"standing" validate:"required,max=100"`
	Mode     string `json:"mode" validate:"oneof=held sent"`
}

// SetLetterMode chooses whether the letters of a standing body wait (held), or go when
// their cases close (sent). What waits already goes on waiting.
func (a *App) SetLetterMode(ctx context.Context, s Session, in LetterModeInput) ([]LetterMode, error) {
	if err := a.check(in); err != nil {
		return nil, err
	}
	if _, ok := s.can("letter.mode", permission.Standing, in.Standing); !ok {
		return nil, a.refuse(ctx, s, "letter-mode", in.Standing, readable(CodeForbidden,
			"Chỉ lãnh đạo cơ quan thường trực chọn cách gửi thông báo kết quả.", "only the head of the standing body chooses how letters go"))
	}
	if err := a.Store.SetLetterMode(ctx, in.Standing, in.Mode, s.User); err != nil {
		return nil, internal("store the mode", err)
	}
	return a.LetterModes(ctx, s)
}

// LetterStateText is a letter's state in words.
func LetterStateText(state string) law.Text {
	return map[string]law.Text{
		postgres.LetterHeld:      {VI: "chờ gửi", EN: "waits"},
		postgres.LetterReleased:  {VI: "đã gửi", EN: "released"},
		postgres.LetterDiscarded: {VI: "không gửi", EN: "discarded"},
	}[state]
}
