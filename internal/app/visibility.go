package app

import (
	"context"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// working are the roles through which a person sees the cases of the own unit's
// stages. Admins decide no case and see none; auditors see all.
var working = []proposal.Role{
	proposal.RoleClerk, proposal.RoleUnitHead, proposal.RoleReviewer, proposal.RoleAppraiser,
	proposal.RoleStandingHead, proposal.RoleSecretary, proposal.RoleMember, proposal.RoleChair,
	proposal.RoleSigner, proposal.RoleRegistrar,
}

// scope is what the session may see; without a role it is empty, which is nothing.
func (s Session) scope() postgres.Scope {
	return postgres.Scope{Units: s.Units(working...), All: s.Has(proposal.RoleAuditor)}
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
