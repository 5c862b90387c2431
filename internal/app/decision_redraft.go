package app

import (
	"context"
	"errors"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// RedraftDecision composes a draft anew with other choices; it keeps its reference.
func (a *App) RedraftDecision(ctx context.Context, s Session, id string, in DraftDecisionInput) (DecisionView, error) {
	row, _, err := a.readDecision(ctx, s, id)
	if err != nil {
		return DecisionView{}, err
	}
	if _, ok := s.can("decision.draft", permission.Standing, row.Standing); !ok {
		return DecisionView{}, a.refuse(ctx, s, "draft-decision", row.CaseID, readable(CodeForbidden,
			"Chỉ cơ quan thường trực dự thảo quyết định.", "only the standing body drafts a decision"))
	}
	if !row.Gives() {
		return DecisionView{}, readable(CodeConflict, "Dự thảo đính chính, hủy bỏ không lập lại ở đây; hãy bỏ dự thảo rồi lập dự thảo mới từ quyết định khen thưởng.",
			"the draft of a correction or revocation is not composed anew here; discard it and draft another one from the decision that awards")
	}
	d, err := a.composeDecision(ctx, s, in)
	if err != nil {
		return DecisionView{}, err
	}
	if err := a.Store.ReplaceDraftDecision(ctx, row.ID, d); err != nil {
		if errors.Is(err, postgres.ErrFrozen) {
			return DecisionView{}, readable(CodeConflict, "Quyết định đã được trình ký; người ký có thể trả lại.",
				"the decision was submitted; its signer can send it back")
		}
		return DecisionView{}, fromStore("store the draft", err)
	}
	return a.DecisionView(ctx, s, row.ID)
}

// decisionChoices is the input that composes a draft as it stands.
func decisionChoices(row postgres.Decision, in decision.Input, items []postgres.CouncilItem) *DraftDecisionInput {
	mode := string(in.Signing.Mode)
	c := DraftDecisionInput{
		Occasion: in.Occasion, Bases: in.Bases, Proposer: in.Proposer, Fund: in.Fund, Executors: in.Executors, Recipients: in.Recipients,
		Filing: in.Filing, ListAlways: in.ListAlways, Mode: &mode, Amounts: map[string]int64{},
	}
	if row.Signer != nil {
		c.Signer = *row.Signer
	}
	if len(in.Awards) > 0 {
		c.Achievement, c.Period = in.Awards[0].Achievement, in.Awards[0].Period
	}
	dead := posthumous(in)
	for i, it := range items {
		c.Proposals, c.Amounts[it.Item] = addOnce(c.Proposals, it.Proposal), it.Amount
		if dead[i] {
			c.Posthumous = append(c.Posthumous, it.Item)
		}
	}
	return &c
}
