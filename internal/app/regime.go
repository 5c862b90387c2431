package app

import (
	"context"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// RegimeChange is what it means to confirm a regime: the provisional one of the
// sending, or another. Nothing is changed by reading it.
type RegimeChange struct {
	From     RegimeSide       `json:"from"` // provisional, as sent
	To       RegimeSide       `json:"to"`   // as it would be confirmed
	Same     bool             `json:"same"` // regime, route and law data stay
	Choices  []RegimeName     `json:"choices"`
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

// VerdictChange is an item on which the two regimes differ.
type VerdictChange struct {
	Item     string   `json:"item"`
	Position int      `json:"position"`
	Name     string   `json:"name"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	Why      law.Text `json:"why"` // what the law says under the new one
}

// ConfirmRegime says what accepting a case under a regime would change; an empty
// regime means the one in force on the business date.
func (a *App) ConfirmRegime(ctx context.Context, s Session, id, regime string) (RegimeChange, error) {
	p, err := a.proposal(ctx, s, id)
	if err != nil {
		return RegimeChange{}, err
	}
	if p.Number == 0 || p.Route == nil {
		return RegimeChange{}, fail(CodeNotReady, "the case was not sent yet")
	}
	today, err := a.law().RegimeOn(a.Today())
	if err != nil {
		return RegimeChange{}, fromLaw(err)
	}
	if regime == "" {
		regime = today.ID
	}
	target, err := a.law().Regime(regime)
	if err != nil {
		return RegimeChange{}, fromLaw(err)
	}
	out := RegimeChange{
		From: RegimeSide{Regime: p.Regime, LawHash: p.LawHash}, To: RegimeSide{Regime: target.ID, LawHash: a.law().Hash(), Mark: string(target.Mark)},
		Same: target.ID == p.Regime, Choices: []RegimeName{}, Verdicts: []VerdictChange{},
	}
	for _, r := range a.law().Regimes {
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
	return out, a.verdictChange(ctx, p, target.ID, &out)
}

// routeChange compares the way as pinned with that of another regime.
func (a *App) routeChange(ctx context.Context, p postgres.Proposal, regime string, out *RegimeChange) error {
	route, err := a.routeFor(ctx, p.Unit, p.Award, regime)
	if err != nil {
		return err
	}
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
func (a *App) verdictChange(ctx context.Context, p postgres.Proposal, regime string, out *RegimeChange) error {
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
	for i, it := range items {
		if before[i].Verdict != after[i].Verdict {
			out.Verdicts = append(out.Verdicts, VerdictChange{
				Item: it.ID, Position: it.Position, Name: it.Content.PrintedLine(),
				From: string(before[i].Verdict), To: string(after[i].Verdict), Why: after[i].Sentence,
			})
		}
	}
	return nil
}
