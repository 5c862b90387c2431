package app

import (
	"time"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// States of a step of a case's way.
const (
	StepDone  = "done"
	StepHere  = "here"
	StepAhead = "ahead"
	StepEnded = "ended" // the case was closed before it came here
)

// StepView is one step of a case's route: done, here or to come.
type StepView struct {
	Kind        string     `json:"kind"`
	State       string     `json:"state"`
	Unit        string     `json:"unit"`
	UnitName    string     `json:"unit_name"`
	Roles       []string   `json:"roles"`
	WorkingDays int        `json:"working_days,omitempty"` // what the law gives; 0: no deadline
	DoneAt      *time.Time `json:"done_at,omitempty"`      // when the case left this step last
	DoneBy      string     `json:"done_by,omitempty"`
	Since       *time.Time `json:"since,omitempty"`     // here since
	DueOn       *time.Time `json:"due_on,omitempty"`    // here until
	DaysLeft    *int       `json:"days_left,omitempty"` // working days; negative: late
	Returned    bool       `json:"returned,omitempty"`  // back with the unit for completion; this step waits for it
	OnHold      bool       `json:"on_hold,omitempty"`
}

// stepsOf is the progress list of a sent case.
func (a *App) stepsOf(p postgres.Proposal, rec record) []StepView {
	if p.Route == nil {
		return nil
	}
	out := make([]StepView, 0, len(p.Route.Stages))
	for i, st := range p.Route.Stages {
		v := StepView{
			Kind: string(st.Kind), State: StepAhead, Unit: st.Unit, UnitName: rec.units[st.Unit],
			Roles: roleWords(st.Roles), WorkingDays: st.WorkingDays,
		}
		switch {
		case i < p.StageIndex:
			v.State = StepDone
			v.DoneAt, v.DoneBy = rec.left(i)
		case p.Closed && p.StageIndex == i && (rec.ended() == proposal.ActionIssued || rec.ended() == proposal.ActionUpperOutcome):
			v.State = StepDone
			v.DoneAt, v.DoneBy = rec.left(i)
		case p.Closed:
			v.State = StepEnded
		case i == p.StageIndex:
			v.State, v.Since, v.DueOn = StepHere, p.StageSince, p.DueOn
			v.DaysLeft, v.Returned, v.OnHold = a.daysLeft(p.DueOn), p.Returned, p.OnHold
		}
		out = append(out, v)
	}
	return out
}

// left tells when the case last went on from a step, and by whom.
func (r record) left(index int) (*time.Time, string) {
	for i := len(r.steps) - 1; i >= 0; i-- {
		t := r.steps[i]
		from := 0
		if i > 0 {
			from = r.steps[i-1].After.Index
		}
		if from == index && (t.After.Index > index || t.After.Closed) {
			return &t.At, r.who(t)
		}
	}
	return nil, ""
}

// who names the person of a transition; a session or decision has no name.
func (r record) who(t proposal.Transition) string {
	name := r.names[t.Actor]
	if t.OnBehalfOf != "" && r.names[t.OnBehalfOf] != "" {
		name += " / " + r.names[t.OnBehalfOf]
	}
	return name
}

// ended is the action that closed the case last.
func (r record) ended() proposal.Action {
	if len(r.steps) == 0 {
		return ""
	}
	return proposal.Action(r.steps[len(r.steps)-1].Action)
}

// daysLeft counts the working days from the business date to a due day; nil
// where there is none, or the calendar does not reach so far.
func (a *App) daysLeft(due *time.Time) *int {
	if due == nil {
		return nil
	}
	n, err := a.law().Calendar().WorkingDaysBetween(a.Today(), law.FromTime(*due))
	if err != nil {
		return nil
	}
	return &n
}

// unconfirmedYears are the years from the beginning of a step to its due day whose days
// off no announcement confirms.
func (a *App) unconfirmedYears(since, due *time.Time) []int {
	if due == nil {
		return nil
	}
	to := law.FromTime(*due)
	from := to
	if since != nil && law.FromTime(*since).Before(to) {
		from = law.FromTime(*since)
	}
	return a.law().Calendar().Unconfirmed(from, to)
}
