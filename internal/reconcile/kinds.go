package reconcile

import (
	"encoding/json"
	"errors"
	"fmt"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// commendation compares a case's projection with the workflow's own account.
func (r *run) commendation(id string, desc Run) error {
	want, err := r.Workflows.Account(r.ctx, id)
	if err != nil {
		r.found(id, CodeSilent)
		return r.ctx.Err()
	}
	have, err := r.Store.CaseStateOf(r.ctx, id)
	if errors.Is(err, postgres.ErrNotFound) {
		r.found(id, CodeProjection, "no row")
		return nil
	}
	if err != nil {
		return err
	}
	p := want.Place
	replayed := postgres.CaseState{
		Number: want.Transitions, Revision: want.Revision, Regime: want.Regime, LawHash: want.LawHash,
		Stage: string(p.Stage), StageIndex: p.Index, Unit: p.Unit, Returned: p.Returned, OnHold: p.OnHold,
		Closed: p.Closed, OpenItems: p.Open,
	}
	if have != replayed {
		r.found(id, CodeProjection, difference(have, replayed))
	}
	if desc.Status == statusCompleted && !have.Closed {
		r.found(id, CodeOpenEnd)
	}
	return r.items(id, want.Items)
}

// difference names the first field that differs.
func difference(have, want postgres.CaseState) string {
	fields := []struct {
		name       string
		have, want any
	}{
		{"number", have.Number, want.Number}, {"revision", have.Revision, want.Revision},
		{"stage", have.Stage, want.Stage}, {"stage index", have.StageIndex, want.StageIndex},
		{"unit", have.Unit, want.Unit}, {"returned", have.Returned, want.Returned}, {"on hold", have.OnHold, want.OnHold},
		{"closed", have.Closed, want.Closed}, {"open items", have.OpenItems, want.OpenItems},
		{"regime", have.Regime, want.Regime}, {"law", have.LawHash, want.LawHash},
	}
	for _, f := range fields {
		if f.have != f.want {
			return fmt.Sprintf("%s is %v, the history says %v", f.name, f.have, f.want)
		}
	}
	return ""
}

func (r *run) items(id string, want []proposal.AccountItem) error {
	rows, err := r.Store.ItemStatesOf(r.ctx, id)
	if err != nil {
		return err
	}
	have := map[string]postgres.ItemState{}
	for _, it := range rows {
		have[it.ID] = it
	}
	for _, w := range want {
		replayed := postgres.ItemState{ID: w.ID, Outcome: string(w.Outcome), Opinion: string(w.Opinion), Held: w.Held}
		if have[w.ID] != replayed {
			r.found(id, CodeItem, w.ID)
		}
		delete(have, w.ID)
	}
	for _, it := range rows { // in their order
		if _, left := have[it.ID]; left {
			r.found(id, CodeItem, it.ID)
		}
	}
	return nil
}

// issuance folds a decision's transitions and compares the projection.
func (r *run) issuance(id string, all []json.RawMessage) error {
	var want postgres.IssuanceState
	for _, body := range all {
		var t proposal.IssuanceTransition
		if err := json.Unmarshal(body, &t); err != nil {
			return err
		}
		want.Number, want.Phase = t.Number, t.Phase
		if t.Given != "" {
			want.NumberText, want.Date = t.Given, t.Date
		}
	}
	have, err := r.Store.IssuanceStateOf(r.ctx, id)
	if err != nil && !errors.Is(err, postgres.ErrNotFound) {
		return err
	}
	if have != want {
		r.found(id, CodeIssuance, fmt.Sprintf("is %+v, the history says %+v", have, want))
	}
	return nil
}

// revocation folds a revocation's transitions and compares the projection.
func (r *run) revocation(id string, all []json.RawMessage) error {
	var want postgres.RevocationState
	for _, body := range all {
		var t proposal.RevocationTransition
		if err := json.Unmarshal(body, &t); err != nil {
			return err
		}
		want.Number, want.Phase = t.Number, t.Phase
		if t.Action == proposal.ActionAnswer {
			want.Answers++
		}
	}
	have, err := r.Store.RevocationStateOf(r.ctx, id)
	if err != nil && !errors.Is(err, postgres.ErrNotFound) {
		return err
	}
	if have != want {
		r.found(id, CodeRevocation, fmt.Sprintf("is %+v, the history says %+v", have, want))
	}
	return nil
}
