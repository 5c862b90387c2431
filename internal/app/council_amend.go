package app

import (
	"context"
	"encoding/json"
	"errors"

	"vinhdanh/internal/act"
	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
)

// LateInput asks the chair to let proposals join a session that is convened and not
// open yet.
type LateInput struct {
	Proposals []string `json:"proposals" validate:"required,min=1,max=500,unique,dive,uuid"`
	Reason    string   `json:"reason" validate:"required,max=1000"` // why they come late
}

// AdmitInput is the chair's consent to late proposals.
type AdmitInput struct {
	Proposals []string `json:"proposals" validate:"required,min=1,max=500,unique,dive,uuid"`
	Nonce     string   `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// AskLate puts proposals before the chair as late items. The request holds them for
// this session until it is taken back or the session opens.
func (a *App) AskLate(ctx context.Context, s Session, id string, in LateInput) (SessionView, error) {
	if err := a.check(in); err != nil {
		return SessionView{}, err
	}
	row, _, err := a.seated(ctx, s, "ask-late", id)
	if err != nil {
		return SessionView{}, err
	}
	if err := takesLate(row); err != nil {
		return SessionView{}, a.refuse(ctx, s, "ask-late", row.CaseID, err)
	}
	err = a.Store.AskLate(ctx, row.ID, row.Unit, in.Proposals, in.Reason, s.User)
	if errors.Is(err, postgres.ErrFrozen) {
		return SessionView{}, tooLate()
	}
	if err != nil {
		return SessionView{}, agendaError(err)
	}
	return a.SessionView(ctx, s, row.ID)
}

// DropLate ends requests: the secretary takes them back, or the chair does not
// consent. What has joined stays.
func (a *App) DropLate(ctx context.Context, s Session, id string, in AgendaInput) (SessionView, error) {
	if err := a.check(in); err != nil {
		return SessionView{}, err
	}
	row, _, err := a.seated(ctx, s, "drop-late", id)
	if err != nil {
		return SessionView{}, err
	}
	err = a.Store.EndLate(ctx, row.ID, in.Proposals)
	if errors.Is(err, postgres.ErrConsenting) {
		return SessionView{}, a.refuse(ctx, s, "drop-late", row.CaseID, readable(CodeConflict,
			"Chủ trì vừa đồng ý bổ sung và hệ thống đang ghi nhận; hãy tải lại trang. Hồ sơ đã vào chương trình thì không rút đề nghị được nữa.",
			"the chair's consent is being recorded; read the session again. What has joined its agenda is not dropped any more"))
	}
	if err != nil {
		return SessionView{}, internal("end the requests", err)
	}
	return a.SessionView(ctx, s, row.ID)
}

// AdmitLate is the chair's consent: the items in play of the proposals join the end of
// the agenda. Members declare again before they see them.
func (a *App) AdmitLate(ctx context.Context, s Session, id string, in AdmitInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.seated(ctx, s, council.ActionAdmitLate, id)
	if err != nil {
		return Done{}, err
	}
	if told := takesLate(row); told != nil {
		return Done{}, a.refuse(ctx, s, council.ActionAdmitLate, row.CaseID, told)
	}
	if err := a.Store.Consent(ctx, row.ID, in.Proposals, true); err != nil {
		return Done{}, internal("mark the consent", err)
	}
	done, err := a.consent(ctx, s, row, actor, in)
	if err == nil {
		return done, nil
	}
	if cerr := a.Store.Consent(ctx, row.ID, in.Proposals, false); cerr != nil {
		return done, internal("free the requests", cerr)
	}
	return done, err
}

// consent sends the chair's act; while it is on its way nobody drops the requests.
func (a *App) consent(ctx context.Context, s Session, row postgres.CouncilSession, actor act.Actor, in AdmitInput) (Done, error) {
	late, err := a.lateData(ctx, row, in.Proposals)
	if err != nil {
		return Done{}, err
	}
	return a.sessionAct(ctx, s, row, actor, council.ActionAdmitLate, in.Nonce, late)
}

// lateData writes what joins the agenda as the session counts it.
func (a *App) lateData(ctx context.Context, row postgres.CouncilSession, proposals []string) (council.LateData, error) {
	var out council.LateData
	in, err := inputOf(row)
	if err != nil {
		return out, err
	}
	people, err := a.rosterOf(ctx, row)
	if err != nil {
		return out, err
	}
	items, err := a.Store.LateItems(ctx, row.ID, proposals)
	if err != nil {
		return out, internal("read the late items", err)
	}
	a.orderBy(row.Order)(items)
	asked := map[string]bool{}
	rules := len(in.Rules)
	for _, it := range items {
		line, err := agendaLine(&in, people, it, declared{})
		if err != nil {
			return out, err
		}
		if err := fits(in, in.Rules[line.Rule], it); err != nil {
			return out, err
		}
		asked[it.Proposal] = true
		out.Items = append(out.Items, line)
	}
	if len(in.Agenda)+len(out.Items) > council.MaxAgenda {
		return out, tooMany(len(in.Agenda) + len(out.Items))
	}
	if len(asked) != len(proposals) {
		return out, readable(CodeNotReady, "Có hồ sơ Thư ký không đề nghị bổ sung, hoặc đã vào chương trình; hãy tải lại trang.",
			"a proposal was not asked to join late, or stands on the agenda already; read the session again")
	}
	out.Rules = in.Rules[rules:]
	out.Cuts, err = a.cutsWith(ctx, row, items)
	return out, err
}

// amendments adds to a session what is asked of its chair, and which items too few
// members are left to pass.
func (a *App) amendments(ctx context.Context, s Session, v *SessionView) (err error) {
	can := func(action string) bool {
		_, ok := s.may("session."+action, sessionPlace(v.CouncilSession).In(""))
		return ok
	}
	if v.Number == 0 || over(v.CouncilSession) {
		return nil
	}
	if can("ask-late") || can(council.ActionAdmitLate) || a.prepares(ctx, s, v.Unit) {
		if v.Late, err = a.Store.LateOf(ctx, v.ID); err != nil {
			return internal("read the late items", err)
		}
	}
	if !can("open") {
		return nil
	}
	in, err := inputOf(v.CouncilSession)
	if err != nil {
		return err
	}
	v.Unreachable = outOfReach(in, *v)
	return nil
}

// outOfReach lists the items that too few of those who take part may vote on: those
// present once the session is open, before it those who are marked, or else everybody.
func outOfReach(in council.Input, v SessionView) []Hopeless {
	open := v.Phase == string(council.PhaseOpen)
	here, marked := map[string]bool{}, false
	for _, seat := range v.Roster {
		here[seat.User] = seat.Present || !open && seat.Mark == "present"
		marked = marked || seat.Mark != ""
	}
	present := func(person string) bool { return here[person] }
	if !open && !marked {
		present = nil
	}
	var out []Hopeless
	for i, it := range v.Agenda {
		if i < len(in.Agenda) && in.Agenda[i].ID == it.Item && in.Voting(in.Agenda[i]) {
			if o := in.Outlook(i, present); !o.Possible {
				out = append(out, Hopeless{Item: it.Item, Line: it.Line, Outlook: o})
			}
		}
	}
	return out
}

// takesLate says why nothing joins a session now; nil while it is convened.
func takesLate(row postgres.CouncilSession) *Error {
	switch council.Phase(row.Phase) {
	case council.PhaseConvened:
		return nil
	case council.PhaseOpen, council.PhaseClosed, council.PhaseCancelled:
		return tooLate()
	}
	return readable(CodeNotReady, "Phiên họp chưa triệu tập: hãy đưa hồ sơ thẳng vào chương trình.",
		"the session is not convened yet: put the proposal on its agenda")
}

func tooLate() *Error {
	return readable(CodeConflict,
		"Phiên họp đã khai mạc nên không bổ sung vào chương trình được nữa. Hãy trình bổ sung: đưa hồ sơ vào một phiên họp khác, kết quả thuộc một quyết định bổ sung.",
		"the session is open and nothing joins its agenda any more. Submit it as a supplement: put it on another session's agenda, for a supplementary decision")
}

// amended applies to a session's frozen input what has changed since.
func amended(in council.Input, row postgres.CouncilSession) (council.Input, error) {
	changes, err := sinceConvened(row)
	for _, c := range changes {
		in = in.With(c)
	}
	return in, err
}

// sinceConvened are the changes of a session since it was convened, in their order.
func sinceConvened(row postgres.CouncilSession) (out []council.Change, err error) {
	if len(row.Changes) == 0 {
		return nil, nil
	}
	if err := json.Unmarshal(row.Changes, &out); err != nil {
		return nil, internal("read what changed in the session", err)
	}
	return out, nil
}

// lateRecusals are the recusals that were declared after the convening, by member.
func lateRecusals(row postgres.CouncilSession) (map[string][]string, error) {
	changes, err := sinceConvened(row)
	out := map[string][]string{}
	for _, c := range changes {
		if c.Recuse != nil {
			out[c.Recuse.Member] = append(out[c.Recuse.Member], c.Recuse.Items...)
		}
	}
	return out, err
}
