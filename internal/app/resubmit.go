package app

import (
	"context"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// ResubmitInput answers a return (or a recall) with a new revision.
type ResubmitInput struct {
	Target
	LeaveOut []string `json:"leave_out,omitempty"` // items withdrawn with this revision
}

// Resubmit sends the case back, as changed, to the stage that returned it.
func (a *App) Resubmit(ctx context.Context, s Session, in ResubmitInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	p, err := a.proposal(ctx, s, in.Proposal)
	if err != nil {
		return Done{}, err
	}
	sealed, err := a.Store.Seal(ctx, p.ID)
	if err != nil {
		return Done{}, internal("seal the content", err)
	}
	if !sealed && p.Returned {
		return a.finishSending(ctx, s, p, proposal.ActionResubmit)
	}
	items, err := a.Store.ItemsOf(ctx, p.ID, postgres.Latest)
	if err != nil {
		return Done{}, internal("read items", err)
	}
	kept := items[:0:0]
	out := map[string]bool{}
	for _, id := range in.LeaveOut {
		out[id] = true
	}
	for _, it := range items {
		if !out[it.ID] && (it.Outcome == "" || it.Outcome == string(proposal.OutcomePassed)) {
			kept = append(kept, it)
		}
	}
	d := proposal.ResubmitData{LawHash: p.LawHash, Items: inputItems(p, kept)}
	d.Content = proposal.ContentOf(p.Award, d.Items)
	done, err := a.actOn(ctx, s, p, in.Target, proposal.ActionResubmit, d)
	return done, a.unseal(ctx, p, err)
}
