package app

import (
	"context"
	"errors"

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
