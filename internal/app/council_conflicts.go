package app

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// Conflict is an own interest that a member declares in one item.
type Conflict struct {
	Item   string `json:"item" validate:"required,uuid"`
	Reason string `json:"reason" validate:"required,max=500"`
}

// InterestsInput is what a member says before the material opens: the items in
// which an own interest lies, or plainly that there is none.
type InterestsInput struct {
	Conflicts []Conflict `json:"conflicts,omitempty" validate:"max=5000,dive"`
	None      bool       `json:"none,omitempty"`                   // must be said where no item is named
	Shown     int        `json:"shown,omitempty" validate:"min=0"` // how many items were read before it was said; 0: not told
	Nonce     string     `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// Ways in which a member came to have no vote on an item.
const (
	ConflictOwn      = "own"      // the item is about the member: found by the system
	ConflictDeclared = "declared" // declared before the session was convened
	ConflictLate     = "late"     // declared since: recused by an act on record
	ConflictNoted    = "noted"    // declared since, and no act recused: the ballot was cast, being counted or over; one still to be cast abstains
)

// SeatConflict is one member's conflict in one item.
type SeatConflict struct {
	Member string `json:"member"`
	Item   string `json:"item"`
	Kind   string `json:"kind"` // own, declared or late
	Reason string `json:"reason,omitempty"`
}

// DeclareInterests puts a member's declaration on record. It is never taken back; a later
// one adds to it. What is declared before the session is convened bars the member
// from the item; what comes later, before the item's ballot closes, is an act of the
// session: it bars the member and changes the base as the item's rule says.
func (a *App) DeclareInterests(ctx context.Context, s Session, id string, in InterestsInput) (SessionView, error) {
	if err := a.check(in); err != nil {
		return SessionView{}, err
	}
	row, _, err := a.seated(ctx, s, "declare", id)
	if err != nil {
		return SessionView{}, err
	}
	if over(row) {
		err := readable(envelope.CodeClosed, "Phiên họp đã kết thúc; không khai báo thêm được.", "the session is over; nothing is declared any more")
		return SessionView{}, a.refuse(ctx, s, "declare", row.CaseID, err)
	}
	if err := a.checkDeclaration(ctx, s, row, in); err != nil {
		return SessionView{}, err
	}
	if in.Nonce == "" {
		in.Nonce = uuid.NewString()
	}
	if in.Conflicts == nil {
		in.Conflicts = []Conflict{}
	}
	if err := a.Store.AddDeclaration(ctx, row.ID, s.User, in.Conflicts, in.Nonce); err != nil {
		return SessionView{}, internal("store the declaration", err)
	}
	if err := a.recuse(ctx, s, row, in); err != nil {
		return SessionView{}, err
	}
	return a.SessionView(ctx, s, row.ID)
}

func (a *App) checkDeclaration(ctx context.Context, s Session, row postgres.CouncilSession, in InterestsInput) error {
	if in.None == (len(in.Conflicts) > 0) {
		e := readable(CodeInvalid, "Hãy chọn các trường hợp có liên quan, hoặc xác nhận không có xung đột lợi ích.",
			"name the items in which you have an interest, or say that there is none")
		e.Fields = []FieldError{{Field: "none", Rule: "required"}}
		return e
	}
	people, err := a.rosterOf(ctx, row)
	if err != nil {
		return err
	}
	if !seats(people, s.User) {
		return a.refuse(ctx, s, "declare", row.CaseID, readable(CodeForbidden,
			"Bạn không có tên trong danh sách thành viên dự phiên họp này.", "you have no seat in this session"))
	}
	items, err := a.Store.AgendaOf(ctx, row.ID)
	if err != nil {
		return internal("read the agenda", err)
	}
	if in.Shown > 0 && in.Shown != len(items) {
		return readable(CodeConflict, "Chương trình họp đã thay đổi so với danh sách bạn đọc; hãy tải lại rồi khai báo.",
			"the agenda has changed since you read it: read it again, then declare")
	}
	known := map[string]bool{}
	for _, it := range items {
		known[it.Item] = true
	}
	for _, c := range in.Conflicts {
		if !known[c.Item] {
			return readable(CodeInvalid, "Có trường hợp không nằm trong chương trình họp; hãy tải lại.",
				"an item is not on the agenda; read it again")
		}
	}
	return nil
}

func over(row postgres.CouncilSession) bool {
	return row.Phase == string(council.PhaseClosed) || row.Phase == string(council.PhaseCancelled)
}

func seats(people []postgres.RosterSeat, user string) bool {
	return slices.ContainsFunc(people, func(p postgres.RosterSeat) bool { return p.User == user })
}

// rosterOf is who sits in a session: the frozen roster, or for a draft that of
// its day.
func (a *App) rosterOf(ctx context.Context, row postgres.CouncilSession) ([]postgres.RosterSeat, error) {
	people, err := a.Store.CouncilRoster(ctx, row.Unit, row.HeldOn)
	if err != nil {
		return nil, internal("read the roster", err)
	}
	if row.Number == 0 {
		return whoSits(row, people), nil
	}
	in, err := inputOf(row)
	if err != nil {
		return nil, err
	}
	return a.frozenSeats(ctx, in, people)
}

// declared is what the members of a session have declared.
type declared struct {
	at    map[string]time.Time         // a member's last declaration
	items map[string]map[string]string // member → item → reason
	since time.Time                    // when the last late items joined; who declared before has not seen them
}

// spoke tells whether a member has declared on all that stands on the agenda.
func (d declared) spoke(member string) bool {
	at, told := d.at[member]
	return told && !at.Before(d.since)
}

func (a *App) declaredIn(ctx context.Context, session string) (declared, error) {
	d := declared{at: map[string]time.Time{}, items: map[string]map[string]string{}}
	rows, err := a.Store.DeclarationsOf(ctx, session)
	if err != nil {
		return d, internal("read the declarations", err)
	}
	for _, r := range rows {
		if d.at[r.Member] = r.At; d.items[r.Member] == nil {
			d.items[r.Member] = map[string]string{}
		}
		var conflicts []Conflict
		if err := json.Unmarshal(r.Conflicts, &conflicts); err != nil {
			return d, internal("read a declaration", err)
		}
		for _, c := range conflicts {
			d.items[r.Member][c.Item] = c.Reason
		}
	}
	late, err := a.Store.LateOf(ctx, session)
	if err != nil {
		return d, internal("read the late items", err)
	}
	for _, l := range late {
		if l.AdmittedAt != nil && l.AdmittedAt.After(d.since) {
			d.since = *l.AdmittedAt
		}
	}
	return d, nil
}

// late are the items in which a member declared an interest after the session was
// convened, with the reasons.
func (d declared) late(in council.Input, member string) map[string]string {
	out := map[string]string{}
	for _, it := range in.Agenda {
		if why, ok := d.items[member][it.ID]; ok && !slices.Contains(it.Recused, member) {
			out[it.ID] = why
		}
	}
	return out
}

// conflictsOf lists who has which conflict, in the order of the agenda.
func conflictsOf(row postgres.CouncilSession, people []postgres.RosterSeat, items []postgres.CouncilItem, d declared) ([]SeatConflict, error) {
	recused := map[string][]string{} // by item, once the session is convened
	since, err := lateRecusals(row)
	if err != nil {
		return nil, err
	}
	if row.Number > 0 {
		in, err := inputOf(row)
		if err != nil {
			return nil, err
		}
		for _, it := range in.Agenda {
			recused[it.ID] = it.Recused
		}
	}
	var out []SeatConflict
	for _, it := range items {
		for _, p := range people {
			why, told := d.items[p.User][it.Item]
			c := SeatConflict{Member: p.User, Item: it.Item, Kind: ConflictDeclared, Reason: why}
			switch {
			case row.Number == 0 && p.Self != "" && p.Self == it.Subject, !told && slices.Contains(recused[it.Item], p.User):
				c.Kind = ConflictOwn
			case told && row.Number > 0 && !slices.Contains(recused[it.Item], p.User):
				c.Kind = ConflictNoted
			case told && row.Number > 0 && slices.Contains(since[p.User], it.Item):
				c.Kind = ConflictLate
			case !told:
				continue
			}
			out = append(out, c)
		}
	}
	return out, nil
}
