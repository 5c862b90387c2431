package app

import (
	"context"
	"errors"

	"vinhdanh/internal/evidence"
	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// stateOf plays the acts up to transition n, or up to where the record breaks.
func (a *App) stateOf(ctx context.Context, c auditable, rec caseRecord, n int) (CaseState, error) {
	out := CaseState{Case: c.Case, Kind: c.Kind, Ref: c.Ref, Of: len(rec.rows), Items: []StateItem{}, Seats: []StateSeat{}}
	if a.ring() == nil {
		return out, fail(CodeUnavailable, "the keyring is not loaded")
	}
	var items []proposal.Item
	var seats []StateSeat
	err := evidence.Retrace(a.ring(), c.Case, rec.recorded[:n], func(st evidence.State) {
		if out.Number = st.Number; st.Number == n {
			items, seats = out.take(st)
		}
	})
	var f *evidence.Fault
	switch {
	case errors.As(err, &f):
		out.Broken = &law.Text{VI: f.Vi, EN: f.En}
		if out.Number == 0 {
			return out, &Error{Code: CodeConflict, Detail: f.Code, Vi: "Không dựng lại được hồ sơ: " + f.Vi + ".", En: "The case cannot be played again: " + f.En + "."}
		}
		last := out.Number
		broken := out.Broken
		if out, err = a.stateOf(ctx, c, rec, last); err == nil {
			out.Broken = broken
		}
		return out, err
	case err != nil:
		return out, internal("play the acts", err)
	}
	out.At = rec.recorded[n-1].At
	if n < len(rec.recorded) {
		out.Until = &rec.recorded[n].At
	}
	return a.named(ctx, c, rec, out, items, seats)
}

// take reads a state of the machine while it stands still.
func (v *CaseState) take(st evidence.State) ([]proposal.Item, []StateSeat) {
	switch {
	case st.Case != nil:
		p := st.Case.Place()
		v.Stage, v.Index, v.Returned, v.OnHold, v.Closed, v.Open = string(p.Stage), p.Index, p.Returned, p.OnHold, p.Closed, p.Open
		v.Revision, v.Content, v.Regime, v.LawHash = st.Case.Revision(), st.Case.Content(), st.Case.Regime(), st.Case.LawHash()
		if p.Unit != "" {
			v.Waiting = &Awaited{Unit: p.Unit, Roles: p.Roles}
		}
		return st.Case.Items(), seatsOf(st.Case)
	case st.Session != nil:
		v.Stage, v.Closed, v.Voted = string(st.Session.Phase()), st.Session.Done(), st.Session.Voted()
		for _, t := range st.Session.Transitions(0) {
			v.Present = max(v.Present, t.Present)
		}
		for _, r := range st.Session.Results() {
			if r.Passed {
				v.Passed++
			}
		}
	case st.Issuance != nil:
		v.Stage, v.Closed = st.Issuance.Phase(), st.Issuance.Done()
	case st.Revocation != nil:
		v.Stage, v.Closed = st.Revocation.Phase(), st.Revocation.Done()
	}
	return nil, nil
}

// seatsOf lists the roles of the route with what each could see and ask for. Who
// acts at a stage sees the case once it has reached that stage, and keeps seeing
// it; the proposing unit always does.
func seatsOf(c *proposal.Case) []StateSeat {
	var out []StateSeat
	at := map[[2]string]int{}
	here := c.Place().Index
	for i, st := range c.Route().Stages {
		roles := st.Roles
		if i == 0 {
			roles = []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead}
		}
		for _, r := range roles {
			key := [2]string{string(r), st.Unit}
			if n, ok := at[key]; ok {
				out[n].Sees = out[n].Sees || i <= here
				continue
			}
			at[key] = len(out)
			out = append(out, StateSeat{Role: r, Unit: st.Unit, Sees: i == 0 || i <= here, May: c.May(r, st.Unit)})
		}
	}
	return append(out, StateSeat{Role: proposal.RoleAuditor, Sees: true, May: []proposal.Action{}})
}

// named adds names and texts, which no history holds.
func (a *App) named(ctx context.Context, c auditable, rec caseRecord, v CaseState, items []proposal.Item, seats []StateSeat) (CaseState, error) {
	steps, err := a.steps(ctx, c, rec.rows[v.Number-1:v.Number])
	if err != nil {
		return v, err
	}
	v.Step = steps[0]
	units := newUnitNames(a.Store)
	if v.Waiting != nil {
		v.Waiting.UnitName = units.of(ctx, v.Waiting.Unit)
	}
	for _, seat := range seats {
		seat.UnitName = units.of(ctx, seat.Unit)
		v.Seats = append(v.Seats, seat)
	}
	if c.Proposal == nil || len(items) == 0 {
		return v, units.err
	}
	said, err := a.Store.ItemsOf(ctx, c.ID, v.Revision)
	if err != nil {
		return v, internal("read items", err)
	}
	of := map[string]int{}
	for i, it := range said {
		of[it.ID] = i
	}
	for _, it := range items {
		row := StateItem{ID: it.ID, Opinion: string(it.Opinion), Outcome: string(it.Outcome), Held: it.Held, Reconsider: it.Reconsider, Commitment: it.Commitment}
		if i, ok := of[it.ID]; ok {
			row.Position, row.Line = said[i].Position, said[i].Content.PrintedLine()
			row.Office, row.Workplace = said[i].Content.Position, said[i].Content.Workplace
		}
		v.Items = append(v.Items, row)
	}
	return v, units.err
}
