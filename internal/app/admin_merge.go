package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/roster"
)

// EndInput ends units on a day: several merged into a successor, or one dissolved.
// The successor exists already; On is its first day, the units end the day before.
type EndInput struct {
	Units        []string `json:"units" validate:"required,min=1,max=50,unique,dive,required,max=80"`
	Successor    string   `json:"successor,omitempty" validate:"max=80"`
	On           string   `json:"on" validate:"required,datetime=2006-01-02"`
	MoveChildren bool     `json:"move_children,omitempty"` // units below go under the successor
	MoveLinks    bool     `json:"move_links,omitempty"`    // others act through the successor
	CarryPeople  bool     `json:"carry_people,omitempty"`  // people get the same roles there
	Reason       string   `json:"reason" validate:"required,max=1000"`
	Nonce        string   `json:"-"`
}

// EndPlan is what an ending would do, unit by unit.
type EndPlan struct {
	On        string       `json:"on"`
	LastDay   string       `json:"last_day"`
	Successor *roster.Unit `json:"successor,omitempty"`
	Units     []EndingUnit `json:"units"`
	Blocks    []Problem    `json:"blocks"` // what must be settled first; with any, it is refused
}

// EndingUnit is one unit that would end, with what hangs on it.
type EndingUnit struct {
	Unit      roster.Unit         `json:"unit"`
	Children  []roster.Unit       `json:"children"`   // that still exist on the day
	ActsFor   []roster.Unit       `json:"acts_for"`   // units that act through it
	People    []string            `json:"people"`     // names of those with a role there
	OpenCases []postgres.OpenCase `json:"open_cases"` // to be handed over from the day on
	Drafts    int                 `json:"drafts"`
}

// PlanEnd rehearses an ending: it writes nothing.
func (a *App) PlanEnd(ctx context.Context, s Session, in EndInput) (EndPlan, error) {
	plan, _, err := a.planEnd(ctx, s, in)
	return plan, err
}

func (a *App) planEnd(ctx context.Context, s Session, in EndInput) (EndPlan, reach, error) {
	if err := a.check(in); err != nil {
		return EndPlan{}, reach{}, err
	}
	r, err := a.reach(ctx, s, false, "unit.end", in.Units[0])
	if err != nil {
		return EndPlan{}, r, err
	}
	on, err := law.ParseDate(in.On)
	if err != nil {
		return EndPlan{}, r, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "on", Rule: "datetime"}}}
	}
	plan := EndPlan{On: in.On, LastDay: on.AddDays(-1).String(), Blocks: []Problem{}}
	if in.Successor != "" {
		next, ok := r.tree[in.Successor]
		if !ok || !r.covers(in.Successor) {
			return plan, r, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "successor", Rule: "value", Vi: "Không có đơn vị kế thừa này.", En: "There is no such successor."}}}
		}
		plan.Successor = &next
	}
	for _, id := range in.Units {
		u, ok := r.tree[id]
		if !ok || !r.covers(id) {
			return plan, r, &Error{Code: CodeNotFound}
		}
		e, err := a.ending(ctx, r, u, in.On)
		if err != nil {
			return plan, r, err
		}
		plan.Units = append(plan.Units, e)
		plan.Blocks = append(plan.Blocks, blocks(plan, e, in)...)
	}
	return plan, r, nil
}

// ending collects what hangs on a unit on the day.
func (a *App) ending(ctx context.Context, r reach, u roster.Unit, on string) (EndingUnit, error) {
	e := EndingUnit{Unit: u, Children: []roster.Unit{}, ActsFor: []roster.Unit{}, People: []string{}}
	for _, row := range r.rows {
		if row.ID == u.ID || row.ValidTo != "" && row.ValidTo < on {
			continue
		}
		if row.Parent == u.ID {
			e.Children = append(e.Children, row.Unit)
		}
		if row.Authority == u.ID || row.StandingBody == u.ID || row.Council == u.ID {
			e.ActsFor = append(e.ActsFor, row.Unit)
		}
	}
	people, err := a.Store.FindPeople(ctx, postgres.PersonQuery{Unit: u.ID})
	if err != nil {
		return e, internal("read people", err)
	}
	for _, p := range people {
		for _, seat := range p.Seats {
			if p.Active && seat.Unit == u.ID && (seat.To == "" || seat.To >= on) {
				e.People = append(e.People, p.FullName)
				break
			}
		}
	}
	if e.OpenCases, err = a.Store.OpenCasesOf(ctx, u.ID, 5000); err != nil {
		return e, internal("read open cases", err)
	}
	if e.Drafts, err = a.Store.DraftsOf(ctx, u.ID); err != nil {
		return e, internal("read drafts", err)
	}
	return e, nil
}

// blocks says what forbids the end of a unit.
func blocks(plan EndPlan, e EndingUnit, in EndInput) []Problem {
	var out []Problem
	add := func(vi, en string) {
		out = append(out, Problem{Field: "units", VI: e.Unit.ShortName + ": " + vi, EN: e.Unit.ShortName + ": " + en})
	}
	switch next := plan.Successor; {
	case next == nil:
		if len(e.OpenCases) > 0 || e.Drafts > 0 {
			add("còn hồ sơ chưa kết thúc, cần đơn vị kế thừa.", "it has open cases or drafts: name a successor.")
		}
	case next.ID == e.Unit.ID:
		add("không thể kế thừa chính mình.", "a unit cannot succeed itself.")
	case !next.Exists(in.On):
		add("đơn vị kế thừa không tồn tại vào ngày đó.", "the successor does not exist on that day.")
	}
	if e.Unit.ValidFrom != "" && e.Unit.ValidFrom >= in.On {
		add("chưa tồn tại trước ngày đó.", "it does not exist before that day.")
	}
	if e.Unit.ValidTo != "" && e.Unit.ValidTo < in.On {
		add("đã kết thúc trước ngày đó.", "it ended before that day.")
	}
	outside := func(units []roster.Unit) bool {
		for _, c := range units {
			ends := false
			for _, id := range in.Units {
				ends = ends || id == c.ID
			}
			if !ends {
				return true
			}
		}
		return false
	}
	if outside(e.Children) && !(in.MoveChildren && plan.Successor != nil) {
		add("còn đơn vị trực thuộc; hãy chuyển chúng về đơn vị kế thừa.", "units stand below it; move them under the successor.")
	}
	if outside(e.ActsFor) && !(in.MoveLinks && plan.Successor != nil) {
		add("còn đơn vị làm việc qua đơn vị này; hãy nối chúng sang đơn vị kế thừa.", "other units act through it; let them act through the successor.")
	}
	return out
}

// EndUnits merges or dissolves as planned. The units keep their history; open cases
// are handed over by HandOver once the day has come.
func (a *App) EndUnits(ctx context.Context, s Session, in EndInput) (EndPlan, error) {
	if did, err := a.again(ctx, s, in.Nonce); err != nil || did {
		return EndPlan{On: in.On}, internalOrNil("read events", err)
	}
	plan, _, err := a.planEnd(ctx, s, in)
	if err != nil {
		return plan, err
	}
	if len(plan.Blocks) > 0 {
		e := &Error{Code: CodeNotReady, Detail: "the units cannot end yet", Vi: plan.Blocks[0].VI, En: plan.Blocks[0].EN}
		for _, b := range plan.Blocks {
			e.Fields = append(e.Fields, FieldError{Field: b.Field, Rule: "value", Vi: b.VI, En: b.EN})
		}
		return plan, a.refuse(ctx, s, "unit.end", in.Units[0], e)
	}
	action := "unit.dissolve"
	if in.Successor != "" {
		action = "unit.merge"
	}
	_, err = a.Store.EndUnits(ctx, doing(s, action, in.Units[0], in.Reason, in.Nonce), postgres.Ending{
		Units: in.Units, Successor: in.Successor, On: in.On,
		MoveChildren: in.MoveChildren, MoveLinks: in.MoveLinks, CarryPeople: in.CarryPeople,
	})
	return plan, changed("end units", err)
}

// internalOrNil wraps an error if there is one.
func internalOrNil(doing string, err error) error {
	if err == nil {
		return nil
	}
	return internal(doing, err)
}

// HandOverInput hands what a unit that has ended still had open to a successor.
type HandOverInput struct {
	Unit   string `json:"-"`
	To     string `json:"to" validate:"required,max=80"`
	Reason string `json:"reason" validate:"required,max=1000"`
	Nonce  string `json:"-"`
}

// HandedOver is the result, case by case.
type HandedOver struct {
	Drafts int          `json:"drafts"`
	Cases  []HandedCase `json:"cases"`
}

// HandedCase is one case with what became of its hand-over.
type HandedCase struct {
	Ref    string `json:"ref"`
	Status string `json:"status"` // accepted, pending or refused
	Error  *Error `json:"error,omitempty"`
}

// HandOver hands every open case with a stage in the unit to its successor, each by
// an act of the administrator, and its drafts. What failed can be handed over again.
func (a *App) HandOver(ctx context.Context, s Session, in HandOverInput) (HandedOver, error) {
	out := HandedOver{Cases: []HandedCase{}}
	if err := a.check(in); err != nil {
		return out, err
	}
	r, err := a.reach(ctx, s, false, "unit.hand-over", in.Unit)
	if err != nil {
		return out, err
	}
	u, next := r.tree[in.Unit], r.tree[in.To]
	switch {
	case u.ID == "" || !r.covers(u.ID):
		return out, &Error{Code: CodeNotFound}
	case next.ID == "" || !r.covers(next.ID) || next.ID == u.ID || !next.Exists(a.Today().String()):
		return out, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "to", Rule: "value", Vi: "Đơn vị tiếp nhận không có hoặc chưa hoạt động.", En: "There is no such unit, or it does not exist yet."}}}
	case u.Exists(a.Today().String()):
		return out, a.refuse(ctx, s, "unit.hand-over", u.ID, readable(CodeNotReady,
			"Đơn vị này còn hoạt động; chỉ bàn giao sau ngày đơn vị kết thúc.", "the unit still exists; hand over once it has ended"))
	}
	cases, err := a.Store.OpenCasesOf(ctx, u.ID, 5000)
	if err != nil {
		return out, internal("read open cases", err)
	}
	for _, c := range cases {
		out.Cases = append(out.Cases, a.handOver(ctx, s, in, c))
	}
	out.Drafts, err = a.Store.MoveDrafts(ctx, doing(s, "unit.hand-over", u.ID, in.Reason, in.Nonce), u.ID, next.ID)
	return out, changed("move drafts", err)
}

func (a *App) handOver(ctx context.Context, s Session, in HandOverInput, c postgres.OpenCase) HandedCase {
	nonce := ""
	if in.Nonce != "" {
		sum := sha256.Sum256([]byte(in.Nonce + "\n" + c.ID))
		nonce = "hand-over-" + hex.EncodeToString(sum[:16])
	}
	done, err := a.Reassign(ctx, s, ReassignInput{Target: Target{Proposal: c.ID, Nonce: nonce}, From: in.Unit, To: in.To, Reason: in.Reason})
	if err != nil {
		return HandedCase{Ref: c.Ref, Status: "refused", Error: asError(err)}
	}
	return HandedCase{Ref: c.Ref, Status: done.Status}
}
