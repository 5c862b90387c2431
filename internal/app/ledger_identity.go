package app

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// JoinInput says that two subjects are one (same), or that the first follows the
// second, which was merged or renamed (succession).
type JoinInput struct {
	Subject string `json:"-"`
	Other   string `json:"other" validate:"required,max=60"`
	Kind    string `json:"kind" validate:"required,oneof=same succession"`
	Since   string `json:"since,omitempty" validate:"required_if=Kind succession,excluded_if=Kind same,omitempty,datetime=2006-01-02"`
	Reason  string `json:"reason" validate:"required,max=1000"`
	Nonce   string `json:"-"`
}

// UndoJoinInput takes a join back.
type UndoJoinInput struct {
	Join   string `json:"-"`
	Reason string `json:"reason" validate:"required,max=1000"`
	Nonce  string `json:"-"`
}

// keeping is doing for what is kept in the ledger: each form is taken once, and a
// request without a form is one of its own.
func keeping(s Session, action, target, reason, nonce string) postgres.Doing {
	if nonce == "" {
		nonce = uuid.NewString()
	}
	return doing(s, action, target, reason, nonce)
}

// mayJoin tells whether the session may join a subject with another of its reach.
func (a *App) mayJoin(ctx context.Context, s Session, ref string) (bool, error) {
	_, _, _, err := a.subjectFor(ctx, s, "ledger.join", ref)
	var e *Error
	if errors.As(err, &e) {
		return false, nil
	}
	return err == nil, err
}

// JoinSubjects puts on record that two subjects are one, or that one follows the
// other, and shows the joined ledger. Neither's cases change.
func (a *App) JoinSubjects(ctx context.Context, s Session, in JoinInput) (LedgerView, error) {
	in.Reason = vietnamese.NFC(strings.TrimSpace(in.Reason))
	if err := a.check(in); err != nil {
		return LedgerView{}, err
	}
	for _, ref := range []string{in.Subject, in.Other} {
		if err := a.joinable(ctx, s, ref); err != nil {
			return LedgerView{}, err
		}
	}
	if in.Subject == in.Other {
		return LedgerView{}, &Error{Code: CodeInvalid, Fields: []FieldError{{
			Field: "other", Rule: "value", Vi: "Hãy chọn một đối tượng khác.", En: "Choose another subject.",
		}}}
	}
	_, err := a.Store.JoinSubjects(ctx, keeping(s, "ledger.join", in.Subject, in.Reason, in.Nonce), in.Kind, in.Subject, in.Other, in.Since)
	if err != nil {
		return LedgerView{}, joinError(err)
	}
	return a.Ledger(ctx, s, in.Subject)
}

// joinable refuses a subject that the session may not join; one that it may not see
// is not there.
func (a *App) joinable(ctx context.Context, s Session, ref string) error {
	ok, err := a.mayJoin(ctx, s, ref)
	if err != nil || ok {
		return err
	}
	if _, _, _, err := a.subjectFor(ctx, s, "ledger.read", ref); err != nil {
		return err
	}
	return a.refuse(ctx, s, "ledger.join", ref, fail(CodeForbidden, "only the subject's unit and standing bodies join subjects"))
}

func joinError(err error) error {
	switch {
	case errors.Is(err, postgres.ErrSameAlready):
		return readable(CodeDuplicate, "Hai đối tượng này đã được nối với nhau.", "the two are joined already")
	case errors.Is(err, postgres.ErrOtherKind):
		return readable(CodeInvalid, "Chỉ nối hai đối tượng cùng loại (cá nhân, tập thể hoặc hộ gia đình).", "only subjects of one kind are joined")
	case errors.Is(err, postgres.ErrCircle):
		return readable(CodeConflict, "Một trong hai đã kế thừa đối tượng kia; hãy bỏ việc nối đó trước.", "one of them follows the other already; undo that first")
	case errors.Is(err, postgres.ErrEnded):
		return readable(CodeConflict, "Việc nối này đã được bỏ trước đó.", "the join was undone before")
	}
	return internal("join subjects", err)
}

// UndoJoin takes a join back, on record; what it had joined is apart again. It shows
// the ledger of the subject that was joined.
func (a *App) UndoJoin(ctx context.Context, s Session, in UndoJoinInput) (LedgerView, error) {
	in.Reason = vietnamese.NFC(strings.TrimSpace(in.Reason))
	if err := a.check(in); err != nil {
		return LedgerView{}, err
	}
	j, err := a.Store.JoinByID(ctx, in.Join)
	if err != nil {
		return LedgerView{}, internal("read the join", err)
	}
	for _, ref := range []string{j.Subject, j.Other} {
		if err := a.joinable(ctx, s, ref); err != nil {
			return LedgerView{}, err
		}
	}
	if err := a.Store.UndoJoin(ctx, keeping(s, "ledger.undo-join", in.Join, in.Reason, in.Nonce), in.Join); err != nil {
		return LedgerView{}, joinError(err)
	}
	return a.Ledger(ctx, s, j.Subject)
}

const subjectsFound = 25

// FindSubjects finds subjects by the beginning of their name, among those that the
// session may join: to join one that has another name.
func (a *App) FindSubjects(ctx context.Context, s Session, text string) ([]Subject, error) {
	out := []Subject{}
	fold := vietnamese.Fold(text)
	if fold == "" || len(fold) > 200 {
		return out, nil
	}
	rows, err := a.Store.SubjectsNamed(ctx, fold, subjectsFound)
	if err != nil {
		return nil, internal("find subjects", err)
	}
	for _, r := range rows {
		ok, err := a.mayJoin(ctx, s, r.Ref)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, r)
		}
	}
	return out, nil
}
