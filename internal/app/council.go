package app

import (
	"context"
	"errors"
	"slices"

	"vinhdanh/internal/act"
	"vinhdanh/internal/council"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// DraftSessionInput plans a session of a council.
type DraftSessionInput struct {
	Council string `json:"council,omitempty" validate:"max=100"` // its unit; empty: the one the secretary serves
	Title   string `json:"title" validate:"required,max=300"`
	Place   string `json:"place,omitempty" validate:"max=300"`
	HeldOn  string `json:"held_on" validate:"required,datetime=2006-01-02"`                                   // of the meeting, or on which the members are asked
	Mode    string `json:"mode,omitempty" validate:"omitempty,oneof=meeting standing written"`                // empty: a meeting; standing: of the standing members alone
	Until   string `json:"until,omitempty" validate:"required_if=Mode written,omitempty,datetime=2006-01-02"` // civil date to answer by, of a written consultation
	Secret  string `json:"secret,omitempty" validate:"omitempty,oneof=paper electronic"`                      // how secret ballots are held; empty: on paper
	Nonce   string `json:"nonce,omitempty" validate:"omitempty,max=120"`                                      // the same one plans the session once
}

// DraftSession plans a session; its agenda is put together afterwards.
func (a *App) DraftSession(ctx context.Context, s Session, in DraftSessionInput) (SessionView, error) {
	if err := a.check(in); err != nil {
		return SessionView{}, err
	}
	unit := in.Council
	if own := s.where("session.draft", permission.Council); unit == "" && len(own) == 1 {
		unit = own[0]
	}
	if _, ok := s.can("session.draft", permission.Council, unit); !ok {
		err := readable(CodeForbidden, "Chỉ thư ký Hội đồng lập phiên họp; hãy chọn Hội đồng mà bạn làm thư ký.",
			"only the council's secretary plans its session; choose the council that you serve")
		return SessionView{}, a.refuse(ctx, s, "draft-session", unit, err)
	}
	plan, err := planOf(in)
	if err != nil {
		return SessionView{}, err
	}
	id, err := a.Store.CreateSession(ctx, unit, plan, s.User, formNonce(s, in.Nonce))
	if err != nil {
		return SessionView{}, internal("store session", err)
	}
	return a.SessionView(ctx, s, id)
}

// Sessions lists the sessions that the reader may see, newest first.
func (a *App) Sessions(ctx context.Context, s Session, limit, offset int) ([]postgres.CouncilSession, error) {
	councils, err := a.councilsOf(ctx, s)
	if err != nil {
		return nil, err
	}
	out, err := a.Store.SessionsOf(ctx, councils, s.anywhere("session.read"), pageSize(limit), max(offset, 0))
	if err != nil {
		return nil, internal("list sessions", err)
	}
	return out, nil
}

// councilsOf lists the councils whose sessions the reader may see: those the
// reader belongs to, and those that the reader's standing body serves.
func (a *App) councilsOf(ctx context.Context, s Session) ([]string, error) {
	out := s.where("session.read", permission.Council)
	served, err := a.Store.CouncilsServed(ctx, s.where("session.read", permission.Served))
	if err != nil {
		return nil, internal("read councils", err)
	}
	return append(out, served...), nil
}

// councilSession reads a session that the reader may see.
func (a *App) councilSession(ctx context.Context, s Session, id string) (postgres.CouncilSession, error) {
	row, err := a.Store.SessionByID(ctx, id)
	if err != nil {
		return row, internal("read session", err)
	}
	if s.anywhere("session.read") {
		return row, nil
	}
	councils, err := a.councilsOf(ctx, s)
	if err != nil {
		return row, err
	}
	if !slices.Contains(councils, row.Unit) {
		return postgres.CouncilSession{}, &Error{Code: CodeNotFound}
	}
	return row, nil
}

// seated reads a session and the capacity in which the reader acts there, by the row
// session.ACTION of the table of permissions.
func (a *App) seated(ctx context.Context, s Session, action, id string) (postgres.CouncilSession, act.Actor, error) {
	row, err := a.councilSession(ctx, s, id)
	if err != nil {
		return row, act.Actor{}, err
	}
	actor, ok := s.may("session."+action, sessionPlace(row).In(""))
	if !ok {
		err := readable(CodeForbidden, "Vai trò của bạn trong Hội đồng không làm việc này.",
			"your role in this council does not do this")
		return row, actor, a.refuse(ctx, s, action, row.CaseID, err)
	}
	return row, actor, nil
}

// sessionAct does an act on a convened session.
func (a *App) sessionAct(ctx context.Context, s Session, row postgres.CouncilSession, actor act.Actor, action, nonce string, data any) (Done, error) {
	if row.Number == 0 {
		err := readable(CodeNotReady, "Phiên họp chưa được triệu tập.", "the session was not convened yet")
		return Done{}, a.refuse(ctx, s, action, row.CaseID, err)
	}
	return a.do(ctx, s, "", act.Request{
		Workflow: workflows.TypeCouncil, Case: row.CaseID, Action: action, Number: row.Number + 1,
		Stage: row.Phase, Data: data, Actor: actor, Nonce: formNonce(s, nonce),
	})
}

// agendaOrder is the order of a list: award, as the catalogue has them; within an
// award the items come in protocol order already.
func (a *App) agendaOrder(items []postgres.CouncilItem) { a.orderBy(nil)(items) }

// orderBy is agendaOrder with awards that a session takes first, in their order.
func (a *App) orderBy(first []string) func([]postgres.CouncilItem) {
	return func(items []postgres.CouncilItem) { a.sortAgenda(first, items) }
}

func (a *App) sortAgenda(first []string, items []postgres.CouncilItem) {
	rank := map[string]int{}
	for _, code := range first {
		rank[code] = len(rank) + 1
	}
	if awards, err := a.law().Awards(a.Today()); err == nil {
		for _, w := range awards {
			if rank[w.Code] == 0 {
				rank[w.Code] = len(rank) + 1
			}
		}
	}
	at := func(code string) int {
		if n := rank[code]; n > 0 {
			return n
		}
		return len(rank) + 1 // an award of another regime: after those of today
	}
	slices.SortStableFunc(items, func(x, y postgres.CouncilItem) int { return at(x.Award) - at(y.Award) })
}

// ruleOf is the vote rule that a case's own route carries; nil where it has none.
func ruleOf(it postgres.CouncilItem) *council.Rule {
	if it.Route == nil {
		return nil
	}
	for _, st := range it.Route.Stages {
		if st.Kind == proposal.StageCouncil {
			return st.Council
		}
	}
	return nil
}

// readable is an Error with its own words in both languages.
func readable(code, vi, en string) *Error { return &Error{Code: code, Detail: en, Vi: vi, En: en} }

// fromStore turns what the store says of drafts into words.
func fromStore(doing string, err error) error {
	switch {
	case errors.Is(err, postgres.ErrFrozen):
		return readable(CodeConflict, "Phiên họp không còn là dự thảo; không sửa chương trình được nữa.",
			"the session is no draft any more; its agenda is fixed")
	case errors.Is(err, postgres.ErrBusyProposal):
		return readable(CodeConflict, "Có hồ sơ đã nằm trong một phiên họp hoặc quyết định khác, hoặc vừa chuyển bước.",
			"a proposal already stands on another live session or decision, or has just moved on")
	}
	return internal(doing, err)
}

// pageSize bounds a page of a list.
func pageSize(limit int) int {
	if limit <= 0 || limit > 500 {
		return 100
	}
	return limit
}
