package app

import (
	"context"
	"errors"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
)

// AddInput adds one item to a draft. The content may still be incomplete: kind
// and award are enough to begin with.
type AddInput struct {
	Submission string               `json:"submission" validate:"required"`
	Content    proposal.ItemContent `json:"content"`
	Nonce      string               `json:"nonce,omitempty" validate:"max=120"` // the same form adds one item
}

// AddItem puts an item at the end of its award's list.
func (a *App) AddItem(ctx context.Context, s Session, in AddInput) (ItemView, error) {
	if err := a.checkExcept(in, "Content"); err != nil {
		return ItemView{}, err
	}
	sub, err := a.editable(ctx, s, "add-item", in.Submission)
	if err != nil {
		return ItemView{}, err
	}
	if err := a.typedWell(in.Content); err != nil {
		return ItemView{}, err
	}
	if err := a.fits(in.Content); err != nil {
		return ItemView{}, err
	}
	id, err := a.append(ctx, s, sub, in.Content, formID(s, in.Nonce, "item/"+sub.ID))
	if err != nil {
		return ItemView{}, err
	}
	return a.Item(ctx, s, id)
}

// append stores a new item at the end of its award's list.
func (a *App) append(ctx context.Context, s Session, sub postgres.Submission, c proposal.ItemContent, id string) (string, error) {
	d, err := drafted(tidy(c))
	if err != nil {
		return "", err
	}
	d.ID = id
	id, err = a.Store.AppendItem(ctx, sub.ID, council.MaxAgenda, d)
	switch {
	case errors.Is(err, postgres.ErrTaken):
		return "", a.refuse(ctx, s, "add-item", sub.Ref, readable(CodeNotReady,
			"Danh sách của hình thức này đã gửi đi nên không thêm được trường hợp; hãy lập hồ sơ mới.",
			"the list of this award was sent; begin a new submission for more items"))
	case errors.Is(err, postgres.ErrFull):
		return "", readable(CodeTooLarge, "Danh sách của hình thức này đã đủ số trường hợp tối đa; hãy lập thêm tờ trình khác.",
			"the list of this award is full; prepare another letter")
	case err != nil:
		return "", internal("add item", err)
	}
	return id, nil
}

// typedWell checks a content that may still be incomplete: lengths and words, not
// what is missing.
func (a *App) typedWell(c proposal.ItemContent) error {
	err := a.checkExcept(c, "Name")
	if err != nil {
		return prefixed("content.", err)
	}
	if len([]rune(c.Name)) > 300 {
		return &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "content.name", Rule: "max", Param: "300"}}}
	}
	_, err = factsOf(c)
	return err
}

// fits refuses an award that does not exist today or for such a subject.
func (a *App) fits(c proposal.ItemContent) error {
	aw, err := a.law().Award(c.Award)
	if err != nil {
		return &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "content.award", Rule: "award"}}}
	}
	regime, err := a.law().RegimeOn(a.Today())
	if err != nil {
		return fromLaw(err)
	}
	if _, err := a.law().AwardRule(c.Award, regime.ID); err != nil {
		return fromLaw(err)
	}
	if !slices.Contains(aw.Kinds, law.Kind(c.Kind)) {
		return &Error{
			Code: CodeInvalid, Detail: "award and kind", Fields: []FieldError{{Field: "content.award", Rule: "kind"}},
			Vi: "Hình thức này không dành cho loại đối tượng đã chọn; hãy chọn hình thức khác.",
			En: "This award is not for such a subject; choose another one.",
		}
	}
	return nil
}

// tidy composes texts to NFC, the only change ever made to what was typed.
func tidy(c proposal.ItemContent) proposal.ItemContent {
	for _, p := range []*string{&c.Name, &c.Form, &c.Position, &c.Workplace, &c.Achievement, &c.Note} {
		*p = vietnamese.NFC(*p)
	}
	return c
}

// Item shows one item of the session's sight as its unit drafts it, with what the
// law says of it.
func (a *App) Item(ctx context.Context, s Session, id string) (ItemView, error) {
	it, err := a.Store.ItemByID(ctx, id)
	if err != nil {
		return ItemView{}, internal("read item", err)
	}
	p, err := a.proposal(ctx, s, it.Proposal)
	if err != nil {
		return ItemView{}, err
	}
	closed, err := a.barred(ctx, s, p)
	if err != nil {
		return ItemView{}, err
	}
	if closed[id] {
		return ItemView{}, a.refuse(ctx, s, "read-item", p.CaseID, conflicted())
	}
	if !holds(s, p.Unit) || !drafting(p) { // others see what was sent
		items, err := a.Store.ItemsOf(ctx, p.ID, max(p.Revision, 1))
		if err != nil {
			return ItemView{}, internal("read item", err)
		}
		i := slices.IndexFunc(items, func(x postgres.Item) bool { return x.ID == id })
		if i < 0 {
			return ItemView{}, &Error{Code: CodeNotFound}
		}
		it = items[i]
	}
	results, err := a.judge(ctx, p, []postgres.Item{it})
	if err != nil {
		return ItemView{}, err
	}
	return s.seen(casePlace(p), ItemView{Item: it, Verdict: results[0].Word(), Law: &results[0]}), nil
}
