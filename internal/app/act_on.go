package app

import (
	"context"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// actOn chooses the capacity by the act's row in the table of permissions, does the
// act, and reads the case anew.
func (a *App) actOn(ctx context.Context, s Session, p postgres.Proposal, t Target, action proposal.Action, data any) (Done, error) {
	return a.actOnAs(ctx, s, p, t, "case."+string(action), action, data)
}

// actOnAs is actOn by a row of another name than the act's.
func (a *App) actOnAs(ctx context.Context, s Session, p postgres.Proposal, t Target, row string, action proposal.Action, data any) (Done, error) {
	at := casePlace(p)
	actor, ok := s.may(row, at.In(""))
	if !ok {
		err := fail(CodeForbidden, "this case waits for another unit or role")
		return Done{}, a.refuse(ctx, s, string(action), p.CaseID, err)
	}
	// A reader who saw an earlier state is told so by the case itself.
	if seen := (t.Number == 0 || t.Number == p.Number) && (t.Revision == 0 || t.Revision == p.Revision); seen {
		if err := a.inState(ctx, s, row, p.CaseID, at, t.Nonce); err != nil {
			return Done{}, err
		}
	}
	if err := a.barredFor(ctx, s, p, actor, action); err != nil {
		return Done{}, err
	}
	r := act.Request{
		Workflow: workflows.TypeCommendation, Case: p.CaseID, Action: string(action), Stage: p.Stage,
		Revision: p.Revision, Number: p.Number + 1, Data: data, Actor: actor, Nonce: formNonce(s, t.Nonce),
	}
	if t.Revision > 0 {
		r.Revision = t.Revision
	}
	if t.Number > 0 {
		r.Number = t.Number + 1
	}
	if action == proposal.ActionResubmit {
		r.Revision++
	}
	return a.do(ctx, s, p.ID, r)
}

// barredFor refuses an act on a case whose subject is the person acted for: the
// case itself knows the actor's own interest only.
func (a *App) barredFor(ctx context.Context, s Session, p postgres.Proposal, actor act.Actor, action proposal.Action) error {
	if actor.OnBehalfOf == "" || action == proposal.ActionRecall || action == proposal.ActionWithdraw {
		return nil
	}
	items, err := a.Store.ItemsOf(ctx, p.ID, p.Revision)
	if err != nil {
		return internal("read items", err)
	}
	for _, it := range items {
		open := it.Outcome == "" || it.Outcome == string(proposal.OutcomePassed) || it.Reconsider
		for _, who := range s.behind(actor) {
			if open && who.self != "" && who.self == it.Subject {
				return a.refuse(ctx, s, string(action), p.CaseID, readable(envelope.CodeOwnCase,
					"Hồ sơ liên quan đến chính bạn hoặc người mà bạn xử lý thay; hãy để người khác xử lý.",
					"the case concerns you or the person you act for; somebody else must do it"))
			}
		}
	}
	return nil
}
