package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/law/simulate"
	"vinhdanh/internal/postgres"
)

// Bounds of one simulation.
const (
	maxSimulated  = 5000 // cases
	maxOutcomes   = 500  // shown
	simulateWhile = 45 * time.Second
)

// SimulateInput asks what other law data would say of past cases.
type SimulateInput struct {
	Hash  string `json:"hash" validate:"required,len=64,hexadecimal"`
	Since string `json:"since,omitempty" validate:"omitempty,datetime=2006-01-02"` // cases sent since; empty: all
	Limit int    `json:"limit,omitempty" validate:"min=0,max=5000"`                // cases; 0 means 5,000
}

// Simulation is what would change.
type Simulation struct {
	simulate.Tally
	Hash     string             `json:"hash"`
	Cases    int                `json:"cases"`
	Complete bool               `json:"complete"` // false: stopped at a bound
	Outcomes []SimulatedOutcome `json:"outcomes"` // the first 500
}

// SimulatedOutcome is one item whose answer would be another. Its name is given only
// to whoever sees the case.
type SimulatedOutcome struct {
	simulate.Outcome
	Ref  string `json:"ref"`
	Name string `json:"name,omitempty"`
}

// Simulate judges past cases under other law data, from the facts that were stored
// with them, and lists whose result would change and by which condition. It writes
// nothing.
func (a *App) Simulate(ctx context.Context, s Session, in SimulateInput) (Simulation, error) {
	out := Simulation{Tally: simulate.NewTally(), Hash: in.Hash, Complete: true, Outcomes: []SimulatedOutcome{}}
	if err := a.check(in); err != nil {
		return out, err
	}
	if err := a.installation(ctx, s, true, "law.simulate", in.Hash); err != nil {
		return out, err
	}
	_, rules, err := a.lawAt(ctx, in.Hash)
	if err != nil {
		return out, err
	}
	if in.Limit == 0 {
		in.Limit = maxSimulated
	}
	ctx, cancel := context.WithTimeout(ctx, simulateWhile)
	defer cancel()
	revisions := map[string]int{}
	err = a.Store.EachFinding(ctx, in.Since, in.Limit, func(p postgres.PastFinding) error {
		out.Cases++
		before := len(out.Outcomes)
		if err := out.judge(ctx, rules, p); err != nil {
			return err
		}
		if len(out.Outcomes) > before {
			revisions[p.Proposal] = p.Revision
		}
		return nil
	})
	if errors.Is(err, context.DeadlineExceeded) {
		out.Complete, err = false, nil
	}
	if err != nil {
		return out, internal("simulate", err)
	}
	out.Complete = out.Complete && out.Cases < in.Limit
	return out, a.name(context.WithoutCancel(ctx), s, &out, revisions)
}

// judge runs the items of one case.
func (sim *Simulation) judge(ctx context.Context, rules *eval.Evaluator, p postgres.PastFinding) error {
	var facts []eval.Facts
	var results []eval.Result
	if err := errors.Join(json.Unmarshal(p.Facts, &facts), json.Unmarshal(p.Result, &results)); err != nil {
		return err
	}
	for i := range min(len(facts), len(results)) {
		o, err := sim.Run(ctx, rules, simulate.Past{
			Proposal: p.Proposal, Item: i, Award: p.Award, Regime: results[i].Regime, Facts: facts[i], Result: results[i],
		})
		if err != nil {
			return err
		}
		if o != nil && len(sim.Outcomes) < maxOutcomes {
			sim.Outcomes = append(sim.Outcomes, SimulatedOutcome{Outcome: *o, Ref: p.Ref})
		}
	}
	return nil
}

// name adds the names of cases that the session sees. An administrator sees no case,
// so none.
func (a *App) name(ctx context.Context, s Session, sim *Simulation, revisions map[string]int) error {
	if !s.anywhere("administer.look") {
		return nil
	}
	names := map[string][]string{}
	for i := range sim.Outcomes {
		o := &sim.Outcomes[i]
		if names[o.Proposal] == nil {
			p, err := a.proposal(ctx, s, o.Proposal)
			if err != nil {
				return err
			}
			items, err := a.Store.ItemsOf(ctx, p.ID, revisions[o.Proposal])
			if err != nil {
				return internal("read items", err)
			}
			for _, it := range items {
				names[o.Proposal] = append(names[o.Proposal], it.Content.Name)
			}
		}
		if o.Item < len(names[o.Proposal]) {
			o.Name = names[o.Proposal][o.Item]
		}
	}
	return nil
}
