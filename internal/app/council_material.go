package app

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"vinhdanh/internal/council"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// interests adds who declared what, and withholds the material of the agenda from
// a member who has not declared, and of an item from a member with a conflict in it.
func (a *App) interests(ctx context.Context, s Session, items []postgres.CouncilItem, v *SessionView) error {
	told, err := a.declaredIn(ctx, v.ID)
	if err != nil {
		return err
	}
	people := make([]postgres.RosterSeat, len(v.Roster))
	for i, seat := range v.Roster {
		people[i] = seat.RosterSeat
		v.Roster[i].Declared = told.spoke(seat.User)
	}
	all, err := conflictsOf(v.CouncilSession, people, items, told)
	if err != nil {
		return err
	}
	prepares := a.prepares(ctx, s, v.Unit)
	seated := seats(people, s.User)
	spoke := told.spoke(s.User)
	// A cancelled session opens nothing: its items go to another one, with its own declarations.
	// A member without a seat, in a session of the standing members, has nothing to declare on.
	v.Withheld = !prepares && !(seated && spoke) && v.Phase != string(council.PhaseClosed)
	barred := map[string]bool{}
	for _, c := range all {
		if c.Member == s.User {
			barred[c.Item] = !prepares
		}
		if prepares || c.Member == s.User {
			v.Conflicts = append(v.Conflicts, c)
		}
	}
	for i := range v.Agenda {
		switch {
		case v.Withheld:
			v.Agenda[i] = nameless(v.Agenda[i])
		case v.Phase == string(council.PhaseCancelled) && !prepares:
			v.Agenda[i] = namesOnly(v.Agenda[i])
			v.Agenda[i].Closed = true
		case barred[v.Agenda[i].Item]:
			v.Agenda[i] = namesOnly(v.Agenda[i])
			v.Agenda[i].Closed = true
		}
	}
	return nil
}

// mustDeclare is what a member is told who has not declared interests yet.
func mustDeclare() *Error {
	return readable(CodeNotReady, "Hãy khai báo xung đột lợi ích (hoặc xác nhận không có) trước khi xem hồ sơ và biểu quyết.",
		"declare your interests, or that there are none, before you see the material and vote")
}

// Interests is what a member declares on: who is on the agenda, and nothing of
// their cases. It is the one place where a member who has not declared finds names.
type Interests struct {
	SessionRow
	Agenda   []AgendaItem   `json:"agenda"`
	Mine     []SeatConflict `json:"mine"`     // what the reader has in conflict so far
	Declared bool           `json:"declared"` // the reader has declared already
}

// Interests shows a member the names on the agenda to declare on.
func (a *App) Interests(ctx context.Context, s Session, id string) (Interests, error) {
	v, err := a.SessionView(ctx, s, id)
	if err != nil {
		return Interests{}, err
	}
	if !slices.Contains(v.May, ActDeclare) {
		return Interests{}, a.refuse(ctx, s, "interests", v.CaseID, readable(CodeForbidden,
			"Chỉ thành viên dự phiên họp chưa kết thúc mới khai báo.", "only those who have a seat in a session that is not over declare"))
	}
	items, err := a.Store.AgendaOf(ctx, v.ID)
	if err != nil {
		return Interests{}, internal("read the agenda", err)
	}
	out := Interests{SessionRow: v.CouncilSession, Mine: []SeatConflict{}, Declared: !v.Withheld}
	if out.Agenda, err = a.agendaItems(ctx, items); err != nil {
		return out, err
	}
	for i := range out.Agenda {
		out.Agenda[i] = namesOnly(out.Agenda[i])
	}
	for _, c := range v.Conflicts {
		if c.Member == s.User {
			out.Mine = append(out.Mine, c)
		}
	}
	for _, seat := range v.Roster {
		out.Declared = out.Declared && (seat.User != s.User || seat.Declared)
	}
	return out, nil
}

// nameless is what a member finds of an item before declaring: that there is one.
func nameless(it AgendaItem) AgendaItem {
	it.Content = proposal.ItemContent{Kind: it.Content.Kind, Award: it.Content.Award}
	it.Line, it.Subject, it.Validation, it.Opinion = "", "", nil, ""
	return it
}

// prepares tells whether the reader runs the council's sessions, prepares their
// cases, or inspects them; such a reader knows the material by the office.
func (a *App) prepares(ctx context.Context, s Session, unit string) bool {
	if _, ok := s.can("session.prepare", permission.Council, unit); ok {
		return true
	}
	served, err := a.Store.CouncilsServed(ctx, s.where("session.prepare", permission.Served))
	return err == nil && slices.Contains(served, unit)
}

// namesOnly is what a member needs to know of an item to say whether an own
// interest lies in it.
func namesOnly(it AgendaItem) AgendaItem {
	c := it.Content
	it.Content = proposal.ItemContent{
		Kind: c.Kind, Form: c.Form, Name: c.Name, Position: c.Position, Workplace: c.Workplace, Award: c.Award,
	}
	it.Validation, it.Opinion = nil, ""
	return it
}

// ItemMaterial is everything that a voter weighs on one item.
type ItemMaterial struct {
	AgendaItem
	AwardName law.Text              `json:"award_name"`
	Law       *eval.Result          `json:"law,omitempty"` // what the rules say, with articles and facts
	Opinions  []LevelOpinion        `json:"opinions"`      // of the levels before, oldest first
	Ledger    []postgres.TitleRow   `json:"ledger"`        // earlier awards of the subject
	Papers    []postgres.Attachment `json:"papers"`
}

// LevelOpinion is what one level said of an item.
type LevelOpinion struct {
	Stage    string    `json:"stage"`
	UnitName string    `json:"unit_name"`
	Opinion  string    `json:"opinion"`
	Reason   string    `json:"reason,omitempty"`
	At       time.Time `json:"at"`
}

// AgendaMaterial shows one item of a session's agenda with the rules' finding, the
// opinions of the levels before, and its papers. A member sees it after declaring
// interests, and not for an item with a conflict.
func (a *App) AgendaMaterial(ctx context.Context, s Session, id, item string) (ItemMaterial, error) {
	v, err := a.SessionView(ctx, s, id)
	if err != nil {
		return ItemMaterial{}, err
	}
	i := slices.IndexFunc(v.Agenda, func(it AgendaItem) bool { return it.Item == item })
	if i < 0 {
		return ItemMaterial{}, &Error{Code: CodeNotFound}
	}
	if v.Withheld {
		return ItemMaterial{}, mustDeclare()
	}
	if v.Agenda[i].Closed && v.Phase == string(council.PhaseCancelled) {
		return ItemMaterial{}, readable(CodeForbidden, "Phiên họp đã hủy; tài liệu mở lại ở phiên họp sau, sau khi bạn khai báo ở đó.",
			"the session was cancelled: its material opens with the next session, after you declare there")
	}
	if conflictIn(v, s.User, item) && !a.prepares(ctx, s, v.Unit) {
		return ItemMaterial{}, a.refuse(ctx, s, "read-material", v.CaseID, conflicted())
	}
	out := ItemMaterial{AgendaItem: v.Agenda[i], AwardName: a.awardName(v.Agenda[i].Award)}
	return out, a.material(ctx, &out)
}

func conflictIn(v SessionView, member, item string) bool {
	return slices.ContainsFunc(v.Conflicts, func(c SeatConflict) bool { return c.Member == member && c.Item == item })
}

func (a *App) material(ctx context.Context, out *ItemMaterial) error {
	p, err := a.Store.ProposalIn(ctx, postgres.Scope{All: true}, out.Proposal)
	if err != nil {
		return internal("read the case", err)
	}
	items, err := a.Store.ItemsOf(ctx, p.ID, p.Revision)
	if err != nil {
		return internal("read the items", err)
	}
	at := slices.IndexFunc(items, func(it postgres.Item) bool { return it.ID == out.Item })
	if at < 0 {
		return &Error{Code: CodeNotFound}
	}
	results, err := a.judge(ctx, p, items[at:at+1])
	if err != nil {
		return err
	}
	out.Law = &results[0]
	if out.Ledger, err = a.Store.LedgerOf(ctx, []string{out.Subject}); err != nil {
		return internal("read the ledger", err)
	}
	own, err := a.Store.AttachmentsOf(ctx, p.Submission)
	if err != nil {
		return internal("read papers", err)
	}
	given, err := a.Store.AttachmentsOfCase(ctx, p.CaseID)
	if err != nil {
		return internal("read papers", err)
	}
	out.Papers = append(own, given...)
	out.Opinions, err = a.levelOpinions(ctx, p, out.Item)
	return err
}

// levelOpinions reads from the trail what each level said of an item.
func (a *App) levelOpinions(ctx context.Context, p postgres.Proposal, item string) ([]LevelOpinion, error) {
	rows, err := a.Store.Trail(ctx, p.CaseID)
	if err != nil {
		return nil, internal("read the trail", err)
	}
	reasons, err := a.Store.ReasonsOf(ctx, p.CaseID)
	if err != nil {
		return nil, internal("read reasons", err)
	}
	words := map[string]string{}
	for _, r := range reasons {
		words[r.Commitment] = r.Body
	}
	out := []LevelOpinion{}
	for _, row := range rows {
		var t proposal.Transition
		if err := json.Unmarshal(row.Body, &t); err != nil {
			return nil, internal("read the trail", err)
		}
		for _, c := range t.Items {
			if c.Item != item || c.Opinion == "" {
				continue
			}
			u, err := a.Store.UnitByID(ctx, t.Unit)
			if err != nil {
				return nil, internal("read a unit", err)
			}
			out = append(out, LevelOpinion{
				Stage: string(t.Stage), UnitName: u.Name, Opinion: string(c.Opinion), Reason: words[c.Reason], At: t.At,
			})
		}
	}
	return out, nil
}
