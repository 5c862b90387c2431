package app

import (
	"context"
	"time"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// Inbox answers one question: what waits for me, what is late, what was I told.
type Inbox struct {
	Waiting   []postgres.Proposal      `json:"waiting"`
	Late      int                      `json:"late"`
	Decisions []postgres.DecisionBrief `json:"decisions"` // to sign or to number
	Notices   []postgres.InboxRow      `json:"notices"`
	// Delegations are those to or from the reader that are in force or to come.
	Delegations []DelegationRow `json:"delegations"`
}

// Inbox reads the session's inbox.
func (a *App) Inbox(ctx context.Context, s Session) (Inbox, error) {
	units, roles := s.queued()
	var in Inbox
	var err error
	if in.Waiting, err = a.Store.WaitingFor(ctx, units, roles); err != nil {
		return in, internal("read inbox", err)
	}
	today := a.Today().String()
	for _, p := range in.Waiting {
		if p.DueOn != nil && p.DueOn.Format(time.DateOnly) < today {
			in.Late++
		}
	}
	in.Decisions, err = a.Store.DecisionsWaiting(ctx, s.where("decision.sign", permission.Deciding), s.where("decision.number", permission.Deciding))
	if err != nil {
		return in, internal("read inbox", err)
	}
	if in.Notices, err = a.Store.NoticesOf(ctx, s.User, 50); err != nil {
		return in, internal("read notices", err)
	}
	in.Delegations, err = a.ownDelegations(ctx, s)
	return in, err
}

// ownDelegations lists the delegations to or from the session that have not ended.
func (a *App) ownDelegations(ctx context.Context, s Session) ([]DelegationRow, error) {
	out := []DelegationRow{}
	if !s.member("delegation.read") {
		return out, nil
	}
	all, err := a.Store.DelegationsIn(ctx, postgres.DelegationScope{User: s.User}, 200, 0)
	if err != nil {
		return nil, internal("list delegations", err)
	}
	for _, d := range all {
		if d.EndedAt == nil && d.ValidTo.Format(time.DateOnly) >= a.Today().String() {
			out = append(out, d)
		}
	}
	return out, nil
}
