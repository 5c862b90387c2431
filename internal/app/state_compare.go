package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// StateComparison is a case at two instants and what changed from one to the other.
type StateComparison struct {
	From    CaseState      `json:"from"`
	To      CaseState      `json:"to"`
	Changes []StateChange  `json:"changes"`
	Between []TimelineStep `json:"between"` // the transitions after From up to To
}

// StateChange is one thing that differs. Field is a code: stage, waiting, returned,
// on_hold, closed, open_items, revision, regime, law_hash; or of an item: opinion,
// outcome, held, reconsider, content.
type StateChange struct {
	Field string `json:"field"`
	Item  string `json:"item,omitempty"`
	Line  string `json:"line,omitempty"` // the item as printed
	From  string `json:"from"`
	To    string `json:"to"`
}

// CompareStates shows a case at two instants, the earlier one first: auditors only.
func (a *App) CompareStates(ctx context.Context, s Session, id string, one, two Instant) (StateComparison, error) {
	var out StateComparison
	c, err := a.audited(ctx, s, "compare-states", id)
	if err != nil {
		return out, err
	}
	rec, err := a.acts(ctx, c.Case)
	if err != nil {
		return out, err
	}
	from, err := one.in(rec)
	if err != nil {
		return out, err
	}
	to, err := two.in(rec)
	if err != nil {
		return out, err
	}
	from, to = min(from, to), max(from, to)
	if out.From, err = a.stateOf(ctx, c, rec, from); err != nil {
		return out, err
	}
	if out.To, err = a.stateOf(ctx, c, rec, to); err != nil {
		return out, err
	}
	out.Changes = changesOf(out.From, out.To)
	out.Between, err = a.steps(ctx, c, rec.rows[min(out.From.Number, out.To.Number):out.To.Number])
	return out, err
}

func changesOf(a, b CaseState) []StateChange {
	out := []StateChange{}
	note := func(field, from, to string) {
		if from != to {
			out = append(out, StateChange{Field: field, From: from, To: to})
		}
	}
	note("stage", a.Stage, b.Stage)
	note("waiting", a.Waiting.text(), b.Waiting.text())
	note("returned", yes(a.Returned), yes(b.Returned))
	note("on_hold", yes(a.OnHold), yes(b.OnHold))
	note("closed", yes(a.Closed), yes(b.Closed))
	note("open_items", strconv.Itoa(a.Open), strconv.Itoa(b.Open))
	note("revision", strconv.Itoa(a.Revision), strconv.Itoa(b.Revision))
	note("regime", a.Regime, b.Regime)
	note("law_hash", a.LawHash, b.LawHash)
	note("present", strconv.Itoa(a.Present), strconv.Itoa(b.Present))
	note("voted", strconv.Itoa(a.Voted), strconv.Itoa(b.Voted))
	for _, it := range b.Items {
		i := slices.IndexFunc(a.Items, func(x StateItem) bool { return x.ID == it.ID })
		if i >= 0 {
			out = append(out, itemChanges(a.Items[i], it)...)
		}
	}
	return out
}

func itemChanges(a, b StateItem) []StateChange {
	out := []StateChange{}
	for _, f := range []struct{ field, from, to string }{
		{"opinion", a.Opinion, b.Opinion}, {"outcome", a.Outcome, b.Outcome}, {"held", yes(a.Held), yes(b.Held)},
		{"reconsider", yes(a.Reconsider), yes(b.Reconsider)}, {"content", a.Commitment, b.Commitment},
	} {
		if f.from != f.to {
			out = append(out, StateChange{Field: f.field, Item: b.ID, Line: b.Line, From: f.from, To: f.to})
		}
	}
	return out
}

func (w *Awaited) text() string {
	if w == nil {
		return ""
	}
	roles := make([]string, len(w.Roles))
	for i, r := range w.Roles {
		roles[i] = string(r)
	}
	return fmt.Sprintf("%s (%s)", w.UnitName, strings.Join(roles, ", "))
}

func yes(b bool) string { return strconv.FormatBool(b) }
