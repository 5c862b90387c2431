package app

import (
	"context"
	"encoding/json"

	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/law/simulate"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// RegimeChange is what it means to confirm a regime: the provisional one of the
// sending, or another. Nothing is changed by reading it.
type RegimeChange struct {
	Rule     law.Confirmation `json:"rule"`     // what the transitional rules say, and whether a person must choose
	Days     law.CaseDays     `json:"days"`     // that they count
	From     RegimeSide       `json:"from"`     // provisional, as sent
	To       RegimeSide       `json:"to"`       // as it would be confirmed
	Same     bool             `json:"same"`     // regime, route and law data stay
	Choices  []RegimeName     `json:"choices"`  // every regime of the data; Rule.Choices may be confirmed
	Verdicts []VerdictChange  `json:"verdicts"` // items on which the law says something else
	Steps    []RegimeStepPair `json:"steps,omitempty"`
}

// RegimeName is a regime to choose.
type RegimeName struct {
	ID    string     `json:"id"`
	Stack []law.Text `json:"stack"`
	Today bool       `json:"today"` // in force on the business date
}

// RegimeSide is one side of the comparison.
type RegimeSide struct {
	Regime  string `json:"regime"`
	LawHash string `json:"law_hash"`
	Mark    string `json:"mark"`
}

// RegimeStepPair is one step of the way, before and after; an empty side means
// that the step falls away, or is new.
type RegimeStepPair struct {
	Kind    string `json:"kind"`
	From    string `json:"from,omitempty"` // name of the acting unit
	To      string `json:"to,omitempty"`
	Changed bool   `json:"changed"`
}

// VerdictChange is an item on which the two regimes differ: its verdict, or the
// answer of a condition.
type VerdictChange struct {
	Item     string   `json:"item"`
	Position int      `json:"position"`
	Name     string   `json:"name"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	Why      law.Text `json:"why"` // what the law says under the new one
	// By are the conditions whose answer changes, before and after.
	By []simulate.Condition `json:"by,omitempty"`
}

// ConfirmRegime says what accepting a case under a regime would change; an empty
// regime means the one that the transitional rules give.
func (a *App) ConfirmRegime(ctx context.Context, s Session, id, regime string) (RegimeChange, error) {
	p, err := a.proposal(ctx, s, id)
	if err != nil {
		return RegimeChange{}, err
	}
	if p.Number == 0 || p.Route == nil {
		return RegimeChange{}, fail(CodeNotReady, "the case was not sent yet")
	}
	if a, err = a.steady(ctx); err != nil {
		return RegimeChange{}, internal("law data in force", err)
	}
	today, err := a.law().RegimeOn(a.Today())
	if err != nil {
		return RegimeChange{}, fromLaw(err)
	}
	rule, days, err := a.confirmation(ctx, p)
	if err != nil {
		return RegimeChange{}, err
	}
	if regime == "" {
		regime = rule.Regime
	}
	target, err := a.law().Regime(regime)
	if err != nil {
		return RegimeChange{}, fromLaw(err)
	}
	out := RegimeChange{
		Rule: rule, Days: days,
		From: RegimeSide{Regime: p.Regime, LawHash: p.LawHash}, To: RegimeSide{Regime: target.ID, LawHash: a.law().Hash(), Mark: string(target.Mark)},
		Same: target.ID == p.Regime, Choices: []RegimeName{}, Verdicts: []VerdictChange{},
	}
	for _, r := range a.law().Stretches() {
		out.Choices = append(out.Choices, RegimeName{ID: r.ID, Stack: r.Stack, Today: r.ID == today.ID})
	}
	if from, err := a.law().Regime(p.Regime); err == nil {
		out.From.Mark = string(from.Mark)
	}
	if out.Same {
		out.To.LawHash = p.LawHash // an acceptance without another regime keeps the pinned data
		return out, nil
	}
	if err := a.routeChange(ctx, p, target.ID, &out); err != nil {
		return out, err
	}
	return out, a.verdictChange(ctx, s, p, target.ID, &out)
}

// routeChange compares the way as pinned with that of another regime.
func (a *App) routeChange(ctx context.Context, p postgres.Proposal, regime string, out *RegimeChange) error {
	route, err := a.routeFor(ctx, p, regime)
	if err != nil {
		return err
	}
	route = ahead(*p.Route, route, p.StageIndex)
	ids := []string{}
	for _, st := range append(append([]proposal.Stage{}, p.Route.Stages...), route.Stages...) {
		ids = append(ids, st.Unit)
	}
	names, err := a.Store.UnitNames(ctx, ids)
	if err != nil {
		return internal("read units", err)
	}
	at := map[proposal.StageKind]int{}
	for _, st := range p.Route.Stages {
		at[st.Kind] = len(out.Steps)
		out.Steps = append(out.Steps, RegimeStepPair{Kind: string(st.Kind), From: names[st.Unit], Changed: true})
	}
	for _, st := range route.Stages {
		i, known := at[st.Kind]
		if !known {
			out.Steps = append(out.Steps, RegimeStepPair{Kind: string(st.Kind), To: names[st.Unit], Changed: true})
			continue
		}
		out.Steps[i].To = names[st.Unit]
		out.Steps[i].Changed = out.Steps[i].From != out.Steps[i].To
	}
	return nil
}

// verdictChange judges the items under both regimes and keeps the differences.
func (a *App) verdictChange(ctx context.Context, s Session, p postgres.Proposal, regime string, out *RegimeChange) error {
	items, err := a.Store.ItemsOf(ctx, p.ID, p.Revision)
	if err != nil {
		return internal("read items", err)
	}
	before, err := a.judge(ctx, p, items)
	if err != nil {
		return err
	}
	after, err := a.judgeUnder(ctx, p, items, a.rules(), regime)
	if err != nil {
		return err
	}
	closed, err := a.barred(ctx, s, p)
	if err != nil {
		return err
	}
	for i, it := range items {
		if c, differs := changeOf(it, before[i], after[i]); differs && !closed[it.ID] {
			out.Verdicts = append(out.Verdicts, c)
		}
	}
	return nil
}

// changeOf compares two results of an item; false where nothing differs.
func changeOf(it postgres.Item, was, is eval.Result) (VerdictChange, bool) {
	c := VerdictChange{
		Item: it.ID, Position: it.Position, Name: it.Content.PrintedLine(),
		From: string(was.Verdict), To: string(is.Verdict), Why: is.Sentence, By: simulate.Compare(was.Tree, is.Tree),
	}
	return c, was.Verdict != is.Verdict || len(c.By) > 0
}

// findingOf picks the results of a revision under a regime and law data.
func findingOf(all []postgres.Validation, revision int, hash, regime string) []eval.Result {
	for _, v := range all {
		if v.Revision != revision || v.LawHash != hash || v.Regime != regime {
			continue
		}
		var out []eval.Result
		if json.Unmarshal(v.Result, &out) == nil {
			return out
		}
	}
	return nil
}
