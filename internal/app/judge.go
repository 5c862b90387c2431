package app

import (
	"context"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// judge says what the law says of items: under the case's pinned regime and law
// data once it is sent, under today's before.
func (a *App) judge(ctx context.Context, p postgres.Proposal, items []postgres.Item) ([]eval.Result, error) {
	rules, regime, err := a.rulesFor(ctx, p)
	if err != nil {
		return nil, err
	}
	return a.judgeUnder(ctx, p, items, rules, regime)
}

// judgeUnder says what given law data says of items under a regime.
func (a *App) judgeUnder(ctx context.Context, p postgres.Proposal, items []postgres.Item, rules *eval.Evaluator, regime string) ([]eval.Result, error) {
	facts, hits, err := dossier.FactsAndHits(ctx, a.Store, p, items)
	if err != nil {
		return nil, internal("assemble facts", err)
	}
	out := make([]eval.Result, len(items))
	for i := range items {
		if out[i], err = rules.Evaluate(regime, p.Award, facts[i]); err != nil {
			return nil, fromLaw(err)
		}
		noteDuplicates(&out[i], hits[i])
	}
	return out, nil
}

// rulesFor is the evaluator of the law data that a case pins.
func (a *App) rulesFor(ctx context.Context, p postgres.Proposal) (*eval.Evaluator, string, error) {
	if p.Number == 0 {
		regime, err := a.law().RegimeOn(a.Today())
		if err != nil {
			return nil, "", fromLaw(err)
		}
		return a.rules(), regime.ID, nil
	}
	rules, err := a.Pinned.Rules(ctx, p.LawHash)
	if err != nil {
		return nil, "", internal("pinned law data", err)
	}
	return rules, p.Regime, nil
}

// factsOf reads the facts that a content states; a wrong form is the reader's error.
func factsOf(c proposal.ItemContent) (eval.Facts, error) {
	f, err := dossier.Stated(c)
	if err != nil {
		return f, &Error{Code: CodeInvalid, Detail: err.Error(), Fields: []FieldError{{Field: "content.facts", Rule: "facts"}}}
	}
	return f, nil
}
