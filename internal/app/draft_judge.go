package app

import (
	"context"

	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// JudgeInput is a content that is looked at before it is stored.
type JudgeInput struct {
	Submission string               `json:"submission" validate:"required"` // whose papers and campaign count
	Item       string               `json:"item,omitempty"`                 // whose ledger and own papers count; empty: a new item
	Content    proposal.ItemContent `json:"content"`
}

// JudgeContent says what today's law says of a content as it is typed. It stores
// nothing.
func (a *App) JudgeContent(ctx context.Context, s Session, in JudgeInput) (eval.Result, error) {
	if err := a.checkExcept(in, "Content"); err != nil {
		return eval.Result{}, err
	}
	sub, err := a.editable(ctx, s, "judge", in.Submission)
	if err != nil {
		return eval.Result{}, err
	}
	if err := a.typedWell(in.Content); err != nil {
		return eval.Result{}, err
	}
	c, err := coherent(in.Content)
	if err != nil {
		return eval.Result{}, err
	}
	p := postgres.Proposal{Submission: sub.ID, Unit: sub.Unit, Campaign: sub.Campaign, Type: sub.Type, Award: c.Award}
	it := postgres.Item{Content: c}
	if in.Item != "" {
		old, q, _, err := a.draftItem(ctx, s, "judge", in.Item)
		if err != nil {
			return eval.Result{}, err
		}
		p, it.ID, it.Subject = q, old.ID, old.Subject
	} else if it.Subject, err = a.subjectNamed(ctx, sub.Unit, c); err != nil {
		return eval.Result{}, err
	}
	results, err := a.judge(ctx, p, []postgres.Item{it})
	if err != nil {
		return eval.Result{}, err
	}
	return results[0], nil
}
