package app

import (
	"context"
	"errors"

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
	return p, a.declaredFirst(ctx, s, p)
}

// declaredFirst refuses a case to a member of a council who is to vote on it and
// has not declared interests on that session yet, unless another office lets the
// member see it.
func (a *App) declaredFirst(ctx context.Context, s Session, p postgres.Proposal) error {
	unit := stageOf(p, proposal.StageCouncil).Unit
	if _, votes := s.As(unit, proposal.RoleMember, proposal.RoleChair); !votes {
		return nil
	}
	silent, err := a.Store.UndeclaredFor(ctx, p.ID, s.User)
	if err != nil || !silent {
		return err
	}
	other := postgres.Scope{Units: []string{}, Roles: []string{}, All: s.Has(proposal.RoleAuditor)}
	for _, m := range s.Memberships {
		if m.Unit != unit || m.Role != string(proposal.RoleMember) && m.Role != string(proposal.RoleChair) {
			other.Units, other.Roles = append(other.Units, m.Unit), append(other.Roles, m.Role)
		}
	}
	_, err = a.Store.ProposalIn(ctx, other, p.ID)
	if errors.Is(err, postgres.ErrNotFound) {
		return readable(CodeNotReady, "Hãy khai báo xung đột lợi ích cho phiên họp trước khi xem hồ sơ.",
			"declare your interests for the session before you see the case")
	}
	return err
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
