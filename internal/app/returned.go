package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// AnswerView is what was asked for when a case came back to its unit, field by
// field, with what the unit has changed since.
type AnswerView struct {
	Proposal ProposalView     `json:"proposal"`
	Recalled bool             `json:"recalled"` // by the unit itself: nobody asked for anything
	Stage    string           `json:"stage"`    // that returned it, and to which it comes back
	Unit     string           `json:"unit"`
	UnitName string           `json:"unit_name"`
	At       time.Time        `json:"at"`
	Reason   string           `json:"reason,omitempty"`
	Remarks  []AnsweredRemark `json:"remarks"`
	Changes  Comparison       `json:"changes"`
}

// AnsweredRemark is a reviewer's word on one field, with the field as it was
// returned and as it stands now.
type AnsweredRemark struct {
	Item    string `json:"item,omitempty"` // empty: the whole case
	Name    string `json:"name,omitempty"`
	Field   string `json:"field"`
	Remark  string `json:"remark"`
	Was     string `json:"was,omitempty"`
	Now     string `json:"now,omitempty"`
	Changed bool   `json:"changed"`
}

// AnswerTo shows the unit why a case is back with it.
func (a *App) AnswerTo(ctx context.Context, s Session, id string) (AnswerView, error) {
	v, err := a.Proposal(ctx, s, id, true)
	if err != nil {
		return AnswerView{}, err
	}
	if !holds(s, v.Unit) {
		return AnswerView{}, &Error{Code: CodeNotFound}
	}
	out := AnswerView{Proposal: v, Remarks: []AnsweredRemark{}}
	if !v.Returned {
		return out, readable(CodeNotReady, "Hồ sơ này không ở chỗ đơn vị để bổ sung.", "the case is not back with its unit")
	}
	back, since, err := a.lastReturn(ctx, v.CaseID)
	if err != nil {
		return out, err
	}
	out.Recalled = back.Action == string(proposal.ActionRecall)
	out.Stage, out.Unit, out.At = string(back.Stage), back.Unit, back.At
	if u, err := a.Store.UnitByID(ctx, back.Unit); err == nil {
		out.UnitName = u.Name
	}
	if out.Changes, err = a.CompareRevisions(ctx, s, v.ID, v.Revision, v.Revision+1); err != nil {
		return out, err
	}
	reasons, err := a.Store.ReasonsOf(ctx, v.CaseID)
	if err != nil {
		return out, internal("read reasons", err)
	}
	for _, r := range reasons {
		if r.Commitment == back.Reason && back.Reason != "" {
			out.Reason = r.Body
			since = r.CreatedAt // its remarks were stored after it
		}
	}
	out.Remarks, err = a.answered(ctx, v, reasons, since, back.At)
	return out, err
}

// returnStep is the transition that brought a case back.
type returnStep struct {
	proposal.Transition
	Unit   string
	At     time.Time
	Action string
}

// lastReturn finds it in the trail, with the instant of the step before it.
func (a *App) lastReturn(ctx context.Context, caseID string) (returnStep, time.Time, error) {
	rows, err := a.Store.Trail(ctx, caseID)
	if err != nil {
		return returnStep{}, time.Time{}, internal("read trail", err)
	}
	for i, r := range slices.Backward(rows) {
		var t proposal.Transition
		if err := json.Unmarshal(r.Body, &t); err != nil {
			return returnStep{}, time.Time{}, internal("read trail", err)
		}
		if r.Action != string(proposal.ActionRecall) && (t.Verdict != proposal.VerdictReturn || t.To != "") {
			continue
		}
		before := time.Time{}
		if i > 0 {
			before = rows[i-1].At
		}
		return returnStep{Transition: t, Unit: t.Unit, At: r.At, Action: r.Action}, before, nil
	}
	return returnStep{}, time.Time{}, &Error{Code: CodeNotFound}
}

// remarkLate is how much later than the transition a remark may be dated: clocks
// of two machines.
const remarkLate = time.Minute

func (a *App) answered(ctx context.Context, v ProposalView, reasons []postgres.Reason, since, until time.Time) ([]AnsweredRemark, error) {
	sent, err := a.Store.ItemsOf(ctx, v.ID, v.Revision)
	if err != nil {
		return nil, internal("read items", err)
	}
	out := []AnsweredRemark{}
	for _, r := range reasons {
		if r.Field == "" || r.Field == "opinion" || r.CreatedAt.Before(since) || r.CreatedAt.After(until.Add(remarkLate)) {
			continue
		}
		m := AnsweredRemark{Item: deref(r.Item), Field: strings.TrimPrefix(r.Field, "content."), Remark: r.Body}
		if err := fillRemark(&m, sent, v.ItemList); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// fillRemark sets what the field said when it was returned, and says now.
func fillRemark(m *AnsweredRemark, sent []postgres.Item, now []ItemView) error {
	i := slices.IndexFunc(sent, func(it postgres.Item) bool { return it.ID == m.Item })
	j := slices.IndexFunc(now, func(it ItemView) bool { return it.ID == m.Item })
	if i < 0 || j < 0 {
		return nil
	}
	was, err := flatItem(sent[i].Content)
	if err != nil {
		return err
	}
	is, err := flatItem(now[j].Content)
	if err != nil {
		return err
	}
	m.Name, m.Was, m.Now = now[j].Content.PrintedLine(), was.Text(m.Field), is.Text(m.Field)
	m.Changed = m.Was != m.Now
	return nil
}
