package app

import (
	"context"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// ReasonInput is an act with a reason: recall, withdraw, hold, release.
type ReasonInput struct {
	Target
	Items  []string `json:"items,omitempty"` // hold, release: these items; none means the whole case
	Reason string   `json:"reason,omitempty" validate:"max=4000"`
}

// Recall takes a case back while the next actor has not opened it.
func (a *App) Recall(ctx context.Context, s Session, in ReasonInput) (Done, error) {
	p, d, err := a.reasoned(ctx, s, in)
	if err != nil {
		return Done{}, err
	}
	if p.OpenedAt != nil {
		err := &Error{
			Code: CodeAlreadyOpen, Detail: "the next actor opened the case",
			Vi: "Cấp tiếp nhận đã mở hồ sơ; hãy đề nghị cấp đó trả lại.", En: "The next level has opened the case; ask it to return the case.",
		}
		return Done{}, a.refuse(ctx, s, "recall", p.CaseID, err)
	}
	return a.actOn(ctx, s, p, in.Target, proposal.ActionRecall, d)
}

// Withdraw ends the case at the proposer's wish.
func (a *App) Withdraw(ctx context.Context, s Session, in ReasonInput) (Done, error) {
	p, d, err := a.reasoned(ctx, s, in)
	if err != nil {
		return Done{}, err
	}
	return a.actOn(ctx, s, p, in.Target, proposal.ActionWithdraw, d)
}

// Hold pauses a case, or items of it; a hold is not a refusal.
func (a *App) Hold(ctx context.Context, s Session, in ReasonInput) (Done, error) {
	return a.holdOrRelease(ctx, s, in, proposal.ActionHold)
}

// Release ends a hold.
func (a *App) Release(ctx context.Context, s Session, in ReasonInput) (Done, error) {
	return a.holdOrRelease(ctx, s, in, proposal.ActionRelease)
}

func (a *App) holdOrRelease(ctx context.Context, s Session, in ReasonInput, action proposal.Action) (Done, error) {
	p, d, err := a.reasoned(ctx, s, in)
	if err != nil {
		return Done{}, err
	}
	return a.actOn(ctx, s, p, in.Target, action, d)
}

func (a *App) reasoned(ctx context.Context, s Session, in ReasonInput) (postgres.Proposal, proposal.ReasonData, error) {
	var d proposal.ReasonData
	if err := a.check(in); err != nil {
		return postgres.Proposal{}, d, err
	}
	p, err := a.proposal(ctx, s, in.Proposal)
	if err != nil {
		return p, d, err
	}
	d.Items = in.Items
	d.Reason, err = a.reason(ctx, s, p.CaseID, in.Reason, "", "")
	return p, d, err
}

// ReconsiderInput asks the level that did not propose items to look again, once.
type ReconsiderInput struct {
	Target
	Items []string `json:"items" validate:"required,min=1"`
}

// Reconsider asks for the one second look.
func (a *App) Reconsider(ctx context.Context, s Session, in ReconsiderInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	p, err := a.proposal(ctx, s, in.Proposal)
	if err != nil {
		return Done{}, err
	}
	d := proposal.ItemsData{Items: in.Items}
	return a.actOn(ctx, s, p, in.Target, proposal.ActionReconsider, d)
}

// ReassignInput hands the stages of one unit to its successor.
type ReassignInput struct {
	Target
	From   string `json:"from" validate:"required"`
	To     string `json:"to" validate:"required,nefield=From"`
	Reason string `json:"reason" validate:"required,max=4000"`
}

// Reassign is for admins and the head of the standing body.
func (a *App) Reassign(ctx context.Context, s Session, in ReassignInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	sc := s.scope()
	sc.All = sc.All || s.anywhere("case.reassign") // an admin hands over what nobody else can see any more
	p, err := a.Store.ProposalIn(ctx, sc, in.Proposal)
	if err != nil {
		return Done{}, internal("read proposal", err)
	}
	if _, err := a.Store.UnitByID(ctx, in.To); err != nil {
		return Done{}, &Error{Code: CodeNotFound, Detail: "unit " + in.To}
	}
	d := proposal.ReassignData{From: in.From, To: in.To}
	if d.Reason, err = a.reason(ctx, s, p.CaseID, in.Reason, "", ""); err != nil {
		return Done{}, err
	}
	return a.actOn(ctx, s, p, in.Target, proposal.ActionReassign, d)
}
