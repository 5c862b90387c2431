package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// ReturnInput marks that what was given came back after a revocation, that it cannot, or
// that such a mark was a mistake.
type ReturnInput struct {
	Recognitions []string `json:"recognitions" validate:"required,min=1,max=5000,unique,dive,uuid"`
	Thing        string   `json:"thing,omitempty" validate:"omitempty,oneof=all object money"` // empty: all
	State        string   `json:"state" validate:"oneof=back lost undone"`
	Date         string   `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"`  // empty: today
	Note         string   `json:"note,omitempty" validate:"required_if=State lost,max=500"` // of what cannot come back: why
	Nonce        string   `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// MarkReturn puts on record that certificates, objects and money of awards that were
// revoked came back (thu hồi hiện vật, tiền thưởng), or cannot: the standing body or the
// authority's registrar. Only what was handed over is to come back. Marks are never
// changed; a later one stands in place of an earlier one about the same thing.
func (a *App) MarkReturn(ctx context.Context, s Session, id string, in ReturnInput) (RevocationView, error) {
	in.Note = vietnamese.NFC(strings.TrimSpace(in.Note))
	if err := a.check(in); err != nil {
		return RevocationView{}, err
	}
	v, err := a.Revocation(ctx, s, id)
	if err != nil {
		return v, err
	}
	if _, ok := s.may("revocation.mark-return", revocationPlace(v.RevocationRow).In("")); !ok {
		return v, a.refuse(ctx, s, "mark-return", v.CaseID, readable(CodeForbidden,
			"Chỉ cơ quan thường trực hoặc văn thư của cơ quan ban hành ghi việc thu hồi.", "only the standing body or the issuing body's registrar marks what came back"))
	}
	if v.RevokingOn == nil {
		return v, readable(CodeNotReady, "Chưa ban hành quyết định hủy bỏ nên chưa có gì để thu hồi.", "the revoking decision is not issued yet; nothing is to come back")
	}
	date, err := a.returnDate(in.Date, *v.RevokingOn)
	if err != nil {
		return v, err
	}
	things, err := v.toReturn(in)
	if err != nil {
		return v, err
	}
	nonce := formNonce(s, in.Nonce)
	if nonce == "" {
		nonce = uuid.NewString()
	}
	err = a.Store.MarkReturns(ctx, postgres.NewReturn{Revocation: v.ID, Things: things, State: in.State, OnDate: date, Note: in.Note, Nonce: nonce, User: s.User})
	if err != nil {
		return v, internal("mark what came back", err)
	}
	return a.Revocation(ctx, s, id)
}

func (a *App) returnDate(given string, revoked time.Time) (time.Time, error) {
	date := civilDay(a.Today())
	if given != "" {
		var err error
		if date, err = time.Parse(time.DateOnly, given); err != nil {
			return date, internal("read the date", err) // the validator has seen to it
		}
	}
	switch {
	case date.After(civilDay(a.Today())):
		return date, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "date", Rule: "future", Vi: "Ngày thu hồi không được sau hôm nay.", En: "The day it came back must not lie in the future."}}}
	case date.Before(revoked):
		return date, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "date", Rule: "early",
			Vi: "Ngày thu hồi không được trước ngày quyết định hủy bỏ.", En: "The day it came back must not lie before the revoking decision."}}}
	}
	return date, nil
}

// toReturn is what of the chosen awards is to come back, by thing.
func (v RevocationView) toReturn(in ReturnInput) (map[string][]string, error) {
	things := map[string][]string{}
	for _, r := range in.Recognitions {
		i := slices.IndexFunc(v.Lines, func(l RevocationLine) bool { return l.Recognition == strings.ToLower(r) && l.Revoked })
		if i < 0 {
			return nil, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "recognitions", Rule: "oneof",
				Vi: "Chọn các trường hợp đã bị hủy bỏ trong việc này.", En: "Choose awards that this revocation revoked."}}}
		}
		if l := v.Lines[i]; l.Handed && in.Thing != "money" {
			things["object"] = append(things["object"], l.Recognition)
		}
		if l := v.Lines[i]; l.Owed > 0 && in.Thing != "object" {
			things["money"] = append(things["money"], l.Recognition)
		}
	}
	if len(things) == 0 {
		return nil, readable(CodeNotReady, "Các trường hợp đã chọn chưa được trao hiện vật, tiền thưởng nên không có gì để thu hồi.",
			"nothing was handed over for the chosen awards, so nothing is to come back")
	}
	return things, nil
}

// latestReturns gives each recognition the mark about a thing that stands; one that was
// taken back is none.
func latestReturns(marks []postgres.AwardReturn, thing string, key func(postgres.AwardReturn) string) map[string]*postgres.AwardReturn {
	out := map[string]*postgres.AwardReturn{}
	for i, m := range marks {
		switch {
		case m.Thing != thing:
		case m.State == postgres.ReturnUndone:
			delete(out, key(m))
		default:
			out[key(m)] = &marks[i]
		}
	}
	return out
}

// returns adds to the lines what came back, and sums it up.
func (a *App) returns(ctx context.Context, v *RevocationView) error {
	marks, err := a.Store.ReturnsOf(ctx, v.ID)
	if err != nil {
		return internal("read what came back", err)
	}
	of := func(m postgres.AwardReturn) string { return m.Recognition }
	objects, money := latestReturns(marks, "object", of), latestReturns(marks, "money", of)
	for i := range v.Lines {
		l := &v.Lines[i]
		l.ObjectBack, l.MoneyBack = objects[l.Recognition], money[l.Recognition]
		if came(l.ObjectBack) {
			v.Returned++
		}
		if came(l.MoneyBack) {
			v.Repaid += l.Owed
		}
	}
	return nil
}

func came(m *postgres.AwardReturn) bool { return m != nil && m.State == postgres.ReturnBack }

// returned adds to a hand-over list what was revoked of it and what of that came back.
func (a *App) returned(ctx context.Context, list *HandoverList) error {
	revoked, err := a.Store.RevokedOf(ctx, list.Decision.ID)
	if err != nil {
		return internal("read what was revoked", err)
	}
	marks, err := a.Store.ReturnsOfDecision(ctx, list.Decision.ID)
	if err != nil {
		return internal("read what came back", err)
	}
	of := func(m postgres.AwardReturn) string { return m.Item }
	objects, money := latestReturns(marks, "object", of), latestReturns(marks, "money", of)
	for i := range list.Units {
		for j := range list.Units[i].Lines {
			l := &list.Units[i].Lines[j]
			if n := slices.IndexFunc(revoked, func(r postgres.RevokedItem) bool { return r.Item == l.Item }); n >= 0 {
				l.Revoked, l.ObjectBack, l.MoneyBack = &revoked[n], objects[l.Item], money[l.Item]
				list.Revoked++
			}
		}
	}
	return nil
}

// ReturnText says in words how a thing that is to come back stands.
func ReturnText(m *postgres.AwardReturn, locale string) string {
	if m == nil {
		return pick(locale, "chưa thu hồi", "not back yet")
	}
	text := pick(locale, "đã thu hồi ", "came back ")
	if m.State == postgres.ReturnLost {
		text = pick(locale, "không thu hồi được ", "cannot come back ")
	}
	text += m.OnDate.Format("02/01/2006")
	if m.Note != "" {
		text += " (" + m.Note + ")"
	}
	return text
}

// revokedText says on a list what became of a revoked award; empty where it stands.
func (l HandoverLine) revokedText(locale string) string {
	if l.Revoked == nil {
		return ""
	}
	text := pick(locale, "hủy bỏ theo Quyết định số ", "revoked by Decision No. ") + l.Revoked.Number
	if l.Mark != nil {
		text += "; " + pick(locale, "hiện vật ", "object ") + ReturnText(l.ObjectBack, locale)
	}
	if l.Money != nil && l.Amount > 0 {
		text += "; " + pick(locale, "tiền ", "money ") + ReturnText(l.MoneyBack, locale)
	}
	return text
}
