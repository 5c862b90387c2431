package app

import (
	"context"
	"strings"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/personal"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// MaskedNumber is a personal number as people see it: the last digits.
type MaskedNumber struct {
	Kind   string `json:"kind"` // cccd or cmnd
	Masked string `json:"masked"`
}

// NumberRead is one time that a personal number was seen in full.
type NumberRead = postgres.NumberRead

// PersonalInput sets a person's number. It names the subject or a draft's item.
type PersonalInput struct {
	Subject string `json:"subject,omitempty" validate:"required_without=Item,max=60"`
	Item    string `json:"item,omitempty" validate:"required_without=Subject,max=60"`
	Number  string `json:"number,omitempty" validate:"max=60"` // empty takes the numbers away
}

// numbers reads the masked numbers of an identity, for who may see years of birth.
func (a *App) numbers(ctx context.Context, s Session, ref string) ([]MaskedNumber, error) {
	out := []MaskedNumber{}
	if a.Personal == nil || !s.readsSomewhere("item.birth_year") {
		return out, nil
	}
	rows, err := a.Store.NumbersOf(ctx, ref)
	if err != nil {
		return nil, internal("read personal numbers", err)
	}
	for _, r := range rows {
		n, err := a.Personal.Open(r.ID, r.Sealed())
		if err != nil {
			return nil, internal("open a personal number", err)
		}
		out = append(out, MaskedNumber{Kind: r.Kind, Masked: n.Masked()})
	}
	return out, nil
}

// SetPersonalNumber keeps a person's number, or takes it away. The answer shows it
// masked. What was typed stands in no error and no record.
func (a *App) SetPersonalNumber(ctx context.Context, s Session, in PersonalInput) (LedgerView, error) {
	if err := a.check(in); err != nil {
		return LedgerView{}, err
	}
	if in.Item != "" {
		it, err := a.Store.ItemByID(ctx, in.Item)
		if err != nil {
			return LedgerView{}, internal("read the item", err)
		}
		in.Subject = it.Subject
	}
	v, _, at, err := a.subjectFor(ctx, s, "ledger.read", in.Subject)
	if err != nil {
		return LedgerView{}, err
	}
	if _, ok := s.may("personal.set", at); !ok {
		return LedgerView{}, a.refuse(ctx, s, "personal.set", in.Subject, fail(CodeForbidden, "only the subject's unit and standing bodies set a number"))
	}
	n, err := personal.Parse(in.Number)
	switch {
	case err != nil || v.Kind != "individual" && !n.IsZero():
		return LedgerView{}, &Error{Code: CodeInvalid, Fields: []FieldError{{
			Field: "number", Rule: "personal", Vi: "Số CCCD có 12 chữ số, số CMND có 9 chữ số; chỉ ghi cho cá nhân.",
			En: "A CCCD number has 12 digits, a CMND number 9; only persons have one.",
		}}}
	case a.Personal == nil:
		return LedgerView{}, noVault()
	case n.IsZero():
		err = a.Store.EndNumbers(ctx, s.User, v.Ref)
	default:
		err = a.Store.PutNumber(ctx, a.Personal, s.User, v.Ref, in.Item, n)
	}
	if err != nil {
		return LedgerView{}, internal("keep the number", err)
	}
	return a.Ledger(ctx, s, v.Ref)
}

func noVault() *Error {
	return readable(CodeUnavailable, "Hệ thống chưa có khóa để giữ số CCCD; quản trị chạy `vinhdanh keys create` rồi khởi động lại.",
		"the installation has no key for personal numbers; an operator runs `vinhdanh keys create` and restarts")
}

// RevealInput asks to see a person's number in full.
type RevealInput struct {
	Subject string `json:"subject" validate:"required,max=60"`
	Reason  string `json:"reason" validate:"required,max=500"`
}

// RevealedNumber is a number in full, for one reader, on record.
type RevealedNumber struct {
	Kind   string `json:"kind"`
	Number string `json:"number"`
}

// RevealPersonalNumber shows a person's numbers in full to whoever has this permission
// of its own. That it was seen, by whom and why, is on record before it is opened.
func (a *App) RevealPersonalNumber(ctx context.Context, s Session, in RevealInput) ([]RevealedNumber, error) {
	in.Reason = vietnamese.NFC(strings.TrimSpace(in.Reason))
	if err := a.check(in); err != nil {
		return nil, err
	}
	v, _, _, err := a.subjectFor(ctx, s, "ledger.read", in.Subject)
	if err != nil {
		return nil, err
	}
	if _, ok := s.may("personal.reveal", permission.Place{}); !ok {
		return nil, a.refuse(ctx, s, "personal.reveal", in.Subject, fail(CodeForbidden, "a number in full is for the heads of standing bodies, in person"))
	}
	if a.Personal == nil {
		return nil, noVault()
	}
	rows, err := a.Store.NumbersOf(ctx, v.Ref)
	if err != nil {
		return nil, internal("read personal numbers", err)
	}
	out := []RevealedNumber{}
	for _, r := range rows {
		if err := a.Store.NoteNumberRead(ctx, s.User, r.ID, r.Subject, in.Reason); err != nil {
			return nil, internal("put the reading on record", err)
		}
		n, err := a.Personal.Open(r.ID, r.Sealed())
		if err != nil {
			return nil, internal("open a personal number", err)
		}
		out = append(out, RevealedNumber{Kind: r.Kind, Number: n.Open()})
	}
	return out, nil
}

// NumberReads lists who saw a person's number in full.
func (a *App) NumberReads(ctx context.Context, s Session, ref string) ([]NumberRead, error) {
	if _, _, _, err := a.subjectFor(ctx, s, "personal.reads", ref); err != nil {
		return nil, err
	}
	rows, err := a.Store.NumberReads(ctx, ref)
	if err != nil {
		return nil, internal("read who saw the number", err)
	}
	return rows, nil
}
