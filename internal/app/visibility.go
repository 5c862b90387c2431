package app

import (
	"context"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// scope is what the session may see; without a role it is empty, which is
// nothing. An admin's role names no stage, so admins see no case.
func (s Session) scope() postgres.Scope {
	sc := postgres.Scope{Units: []string{}, Roles: []string{}, All: s.Has(proposal.RoleAuditor)}
	for _, m := range s.Memberships {
		sc.Units, sc.Roles = append(sc.Units, m.Unit), append(sc.Roles, m.Role)
	}
	return sc
}

// proposal reads a case that the session may see.
func (a *App) proposal(ctx context.Context, s Session, id string) (postgres.Proposal, error) {
	p, err := a.Store.ProposalIn(ctx, s.scope(), id)
	if err != nil {
		return p, internal("read proposal", err)
	}
	return p, nil
}

// submission reads a submission of one of the session's own units.
func (a *App) submission(ctx context.Context, s Session, id string) (postgres.Submission, error) {
	sub, err := a.Store.SubmissionByID(ctx, id)
	if err != nil {
		return sub, internal("read submission", err)
	}
	if _, ok := s.As(sub.Unit, proposal.RoleClerk, proposal.RoleUnitHead); !ok && !s.Has(proposal.RoleAuditor) {
		return postgres.Submission{}, &Error{Code: CodeNotFound}
	}
	return sub, nil
}

// editable reads a submission that the session may change: its own unit's.
func (a *App) editable(ctx context.Context, s Session, action, id string) (postgres.Submission, error) {
	sub, err := a.submission(ctx, s, id)
	if err != nil {
		return sub, err
	}
	if _, ok := s.As(sub.Unit, proposal.RoleClerk, proposal.RoleUnitHead); !ok {
		return sub, a.refuse(ctx, s, action, sub.Ref, fail(CodeForbidden, "only the unit's clerk or head changes its submission"))
	}
	return sub, nil
}
