package app

import (
	"context"
	"encoding/json"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
)

// contested gathers what was said against items of the decision's proposals.
func (a *App) contested(ctx context.Context, b *SigningBrief) error {
	rows, err := a.Store.ContestedOf(ctx, b.ID)
	if err != nil {
		return internal("read what was contested", err)
	}
	verdicts, err := a.verdictsOf(ctx, rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		base := ContestedItem{
			Item: r.Item, Line: r.Content.PrintedLine(), UnitName: r.UnitName, ProposalRef: r.ProposalRef, Outcome: r.Outcome,
		}
		add := func(why, reason string, sum *council.Sum) {
			c := base
			c.Why, c.Reason, c.Sum = why, reason, sum
			b.Contested = append(b.Contested, c)
		}
		if !r.Named {
			add(ContestedEnded, deref(r.Reason), nil)
			continue
		}
		if sum := sumOfResult(r.Result); sum != nil {
			if sum.Recused > 0 {
				add(ContestedConflict, "", sum)
			}
			if sum.No > 0 || sum.Yes-sum.Needed < closeMargin && sum.Yes < sum.Base {
				add(ContestedClose, "", sum)
			}
		}
		if r.Dissent > 0 {
			add(ContestedDissent, deref(r.Reason), nil)
		}
		switch verdicts[r.Item] {
		case eval.NeedsPerson:
			add(ContestedPerson, "", nil)
		case eval.NotMet:
			add(ContestedUnmet, "", nil)
		}
	}
	rank := []string{ContestedConflict, ContestedUnmet, ContestedDissent, ContestedClose, ContestedPerson, ContestedEnded}
	slices.SortStableFunc(b.Contested, func(x, y ContestedItem) int { return slices.Index(rank, x.Why) - slices.Index(rank, y.Why) })
	return nil
}

// verdictsOf is what the law says of the items, by item: under the law data that
// their cases pinned.
func (a *App) verdictsOf(ctx context.Context, rows []postgres.ContestedRow) (map[string]eval.Verdict, error) {
	out := map[string]eval.Verdict{}
	done := map[string]bool{}
	for _, r := range rows {
		if done[r.Proposal] || !r.Named {
			continue
		}
		done[r.Proposal] = true
		p, err := a.Store.ProposalIn(ctx, postgres.Scope{All: true}, r.Proposal)
		if err != nil {
			return nil, internal("read proposal", err)
		}
		items, err := a.Store.ItemsOf(ctx, p.ID, p.Revision)
		if err != nil {
			return nil, internal("read items", err)
		}
		results, err := a.judge(ctx, p, items)
		if err != nil {
			return nil, err
		}
		for i, it := range items {
			out[it.ID] = results[i].Verdict
		}
	}
	return out, nil
}

// sumOfResult reads the count of an item's vote.
func sumOfResult(raw json.RawMessage) *council.Sum {
	var r council.ResultRow
	if len(raw) == 0 || json.Unmarshal(raw, &r) != nil {
		return nil
	}
	return &r.Sum
}
