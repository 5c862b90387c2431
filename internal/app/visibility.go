package app

import (
	"context"
	"errors"
	"slices"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// scope is what the session may see; without a role it is empty, which is nothing.
// The store finds the cases of a capacity: those of its own unit for a clerk or head,
// those that have reached its stage for others. A capacity that the table does not
// let read cases is not asked for.
func (s Session) scope() postgres.Scope {
	return s.scopeBut(func(permission.Capacity) bool { return false })
}

// scopeBut is the scope without some of the session's capacities.
func (s Session) scopeBut(without func(permission.Capacity) bool) postgres.Scope {
	sc := postgres.Scope{Units: []string{}, Roles: []string{}, All: s.anywhere("case.read")}
	add := func(unit, role string) { sc.Units, sc.Roles = append(sc.Units, unit), append(sc.Roles, role) }
	m, held := s.permissions(), slices.DeleteFunc(s.capacities(), without)
	sees := append(m.Held("case.read", permission.Own, held), m.Held("case.read", permission.Reached, held)...)
	for i, c := range sees {
		if !slices.Contains(sees[:i], c) {
			add(c.Unit, string(c.Role))
		}
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
	if _, votes := s.can("session.cast", permission.Council, unit); !votes {
		return nil
	}
	silent, err := a.Store.UndeclaredFor(ctx, p.ID, s.User)
	if err != nil || !silent {
		return err
	}
	voting := s.permissions().Held("session.cast", permission.Council, s.capacities())
	other := s.scopeBut(func(c permission.Capacity) bool { return c.Unit == unit && slices.Contains(voting, c) })
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
	if _, ok := s.can("submission.read", permission.Own, sub.Unit); !ok {
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
	if _, ok := s.can("submission.edit", permission.Own, sub.Unit); !ok {
		return sub, a.refuse(ctx, s, action, sub.Ref, fail(CodeForbidden, "only the unit's clerk or head changes its submission"))
	}
	return sub, nil
}
