package app

import (
	"time"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Said is what one level said of an item, or of the whole case.
type Said struct {
	Number   int       `json:"number"` // of the transition
	At       time.Time `json:"at"`
	Stage    string    `json:"stage"`
	Unit     string    `json:"unit"`
	UnitName string    `json:"unit_name"`
	By       string    `json:"by,omitempty"`
	Action   string    `json:"action"`
	Verdict  string    `json:"verdict,omitempty"`
	Opinion  string    `json:"opinion,omitempty"`
	Outcome  string    `json:"outcome,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	Held     bool      `json:"held,omitempty"`
	Asked    bool      `json:"asked,omitempty"` // the unit asked to look again
}

// ReturnView is one return for completion with what was asked for.
type ReturnView struct {
	Said
	Fields     []FieldSaid `json:"fields,omitempty"`
	AnsweredAt *time.Time  `json:"answered_at,omitempty"`
	Revision   int         `json:"revision,omitempty"` // of the answer
	To         string      `json:"to,omitempty"`       // the kind of stage that it went to; empty: the proposing unit
}

// FieldSaid is a reviewer's word on one field of an item, or on a paper
// ("paper/BAO_CAO").
type FieldSaid struct {
	Item   string `json:"item,omitempty"`
	Field  string `json:"field"`
	Remark string `json:"remark"`
}

// text finds the words behind a commitment.
func (r record) text(commitment string) string {
	if commitment == "" {
		return ""
	}
	for _, x := range r.reasons {
		if x.Commitment == commitment {
			return x.Body
		}
	}
	return ""
}

func (r record) said(t proposal.Transition) Said {
	return Said{
		Number: t.Number, At: t.At, Stage: string(t.Stage), Unit: t.Unit, UnitName: r.units[t.Unit], By: r.who(t),
		Action: t.Action, Verdict: t.Verdict,
	}
}

// opinions is what each level said of each item, oldest first.
func (r record) opinions() map[string][]Said {
	out := map[string][]Said{}
	for _, t := range r.steps {
		for _, ch := range t.Items {
			w := r.said(t)
			w.Opinion, w.Outcome, w.Held, w.Asked = string(ch.Opinion), string(ch.Outcome), ch.Held, ch.Reconsider
			w.Reason = r.text(ch.Reason)
			out[ch.Item] = append(out[ch.Item], w)
		}
	}
	return out
}

// appraisals are the written appraisals of the whole case.
func (r record) appraisals() []Said {
	var out []Said
	for _, t := range r.steps {
		if proposal.Action(t.Action) != proposal.ActionAppraise {
			continue
		}
		if text := r.text(t.Minutes); text != "" {
			w := r.said(t)
			w.Reason = text
			out = append(out, w)
		}
	}
	return out
}

// returns are the returns for completion, with the remarks on fields that were
// given with each. A remark belongs to the return that its author made next.
func (r record) returns() []ReturnView {
	var out []ReturnView
	for i, t := range r.steps {
		if n := len(out); n > 0 && out[n-1].AnsweredAt == nil && answers(t, out[n-1].To) {
			out[n-1].AnsweredAt, out[n-1].Revision = &t.At, t.Revision
		}
		if t.Verdict != proposal.VerdictReturn {
			continue
		}
		v := ReturnView{Said: r.said(t)}
		v.Reason, v.To = r.text(t.Reason), string(t.To)
		var since time.Time
		if i > 0 {
			since = r.steps[i-1].At
		}
		v.Fields = remarks(r.reasons, t.Actor, since, t.At)
		out = append(out, v)
	}
	return out
}

// answers tells whether a step answers a return: the unit sends again, or the level to
// which the case went back forwards it anew.
func answers(t proposal.Transition, to string) bool {
	if to == "" {
		return proposal.Action(t.Action) == proposal.ActionResubmit
	}
	return string(t.Stage) == to && t.Verdict == proposal.VerdictForward
}

// remarkSlack bounds how far the clocks of database and workflow may differ.
const remarkSlack = 5 * time.Second

// remarks are the words on fields that a person wrote between two instants; of
// several on one field, which a refused try leaves behind, the last one stands.
func remarks(all []postgres.Reason, by string, after, until time.Time) []FieldSaid {
	var out []FieldSaid
	at := map[[2]string]int{}
	for _, x := range all {
		if x.Field == "" || x.Field == "opinion" || x.Field == "appraisal" || x.CreatedBy != by ||
			x.CreatedAt.Before(after) || x.CreatedAt.After(until.Add(remarkSlack)) {
			continue
		}
		f := FieldSaid{Item: deref(x.Item), Field: x.Field, Remark: x.Body}
		key := [2]string{f.Item, f.Field}
		if i, twice := at[key]; twice {
			out[i] = f
			continue
		}
		at[key] = len(out)
		out = append(out, f)
	}
	return out
}
