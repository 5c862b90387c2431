package app

import (
	"context"
	"errors"
	"slices"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// scope is what the session may see; without a role it is empty, which is nothing.
// The store finds the cases of a capacity: those of its own unit for a clerk or head,
// those that have reached its stage for others. A capacity that the table does not
// let read cases is not asked for.
// A capacity that the table lets read only after a declaration of interests says so.
func (s Session) scope() postgres.Scope {
	sc := postgres.Scope{Units: []string{}, Roles: []string{}, Owes: []bool{}, Person: s.User, All: s.anywhere("case.read")}
	m, held := s.permissions(), s.capacities()
	owing := m.Owing("case.read", permission.Reached, held)
	sees := append(m.Held("case.read", permission.Own, held), m.Held("case.read", permission.Reached, held)...)
	for i, c := range sees {
		if !slices.Contains(sees[:i], c) {
			sc.Units, sc.Roles = append(sc.Units, c.Unit), append(sc.Roles, string(c.Role))
			sc.Owes = append(sc.Owes, slices.Contains(owing, c))
		}
	}
	return sc
}

// queued are the offices for which cases wait one by one: whoever owes a
// declaration finds a council's cases in its sessions instead.
func (s Session) queued() (units, roles []string) {
	units, roles = []string{}, []string{}
	owing := s.permissions().Owing("case.read", permission.Reached, s.capacities())
	for _, c := range s.capacities() {
		if !slices.Contains(owing, c) {
			units, roles = append(units, c.Unit), append(roles, string(c.Role))
		}
	}
	return units, roles
}

// proposal reads a case that the session may see.
func (a *App) proposal(ctx context.Context, s Session, id string) (postgres.Proposal, error) {
	sc := s.scope()
	p, err := a.Store.ProposalIn(ctx, sc, id)
	if errors.Is(err, postgres.ErrNotFound) && slices.Contains(sc.Owes, true) {
		sc.Owes = nil
		if _, err := a.Store.ProposalIn(ctx, sc, id); err == nil {
			return p, readable(CodeNotReady, "Hãy khai báo xung đột lợi ích cho phiên họp trước khi xem hồ sơ.",
				"declare your interests for the session before you see the case")
		}
	}
	if err != nil {
		return p, internal("read proposal", err)
	}
	return p, nil
}

// barred are the items of a case that are closed to the session for a conflict.
func (a *App) barred(ctx context.Context, s Session, p postgres.Proposal) (map[string]bool, error) {
	items, err := a.Store.Barred(ctx, s.scope(), p.ID)
	if err != nil {
		return nil, internal("read conflicts", err)
	}
	out := map[string]bool{}
	for _, it := range items {
		out[it] = true
	}
	return out, nil
}

// openItems reads a case's items in a revision, without those that are closed to
// the session for a conflict.
func (a *App) openItems(ctx context.Context, s Session, p postgres.Proposal, revision int) ([]postgres.Item, error) {
	items, err := a.Store.ItemsOf(ctx, p.ID, revision)
	if err != nil {
		return nil, internal("read items", err)
	}
	closed, err := a.barred(ctx, s, p)
	return slices.DeleteFunc(items, func(it postgres.Item) bool { return closed[it.ID] }), err
}

// conflicted refuses an item that is closed to the session for a conflict.
func conflicted() *Error {
	return readable(CodeForbidden, "Bạn có xung đột lợi ích ở trường hợp này nên không xem hồ sơ và không biểu quyết.",
		"you have a conflict in this item: you neither see its material nor vote on it")
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
