// Package activities is the half of vinhdanh that touches the world: validation,
// documents and signing, delivery of results, notifications, archiving. Each
// activity is a method of a small struct that names what it needs, and each may
// be run twice: what is done stays done.
package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Validator finds what the law says of a revision and pins it.
type Validator struct {
	Store  *postgres.Store
	Pinned *dossier.Pinned
}

// Validate evaluates each item under the case's regime and law data, stores
// facts and results, and returns their hashes with a verdict per item.
func (v *Validator) Validate(ctx context.Context, in workflows.ValidateInput) (proposal.Validation, error) {
	p, err := v.Store.ProposalIn(ctx, postgres.Scope{All: true}, in.Proposal)
	if err != nil {
		return proposal.Validation{}, fmt.Errorf("activities: read proposal: %w", err)
	}
	items, err := v.Store.ItemsOf(ctx, p.ID, in.Revision)
	if err != nil {
		return proposal.Validation{}, fmt.Errorf("activities: read items: %w", err)
	}
	if items, err = committed(p, items, in); err != nil {
		return proposal.Validation{}, err
	}
	if err := v.keepDuplicates(ctx, p, items); err != nil {
		return proposal.Validation{}, err
	}
	facts, err := dossier.Facts(ctx, v.Store, p, items)
	if err != nil {
		return proposal.Validation{}, err
	}
	results, err := v.evaluate(ctx, p.Award, in, facts)
	if err != nil {
		return proposal.Validation{}, err
	}
	return v.pin(ctx, in, items, facts, results)
}

// keepDuplicates puts whoever is proposed or rewarded elsewhere on the list of what
// the standing body looks at.
func (v *Validator) keepDuplicates(ctx context.Context, p postgres.Proposal, items []postgres.Item) error {
	hits, err := dossier.Duplicates(ctx, v.Store, p, items)
	if err != nil {
		return err
	}
	return dossier.KeepDuplicates(ctx, v.Store, hits)
}

// committed picks the items that the content is over and refuses content that is not what the
// sender signed: no retry helps.
func committed(p postgres.Proposal, items []postgres.Item, in workflows.ValidateInput) ([]postgres.Item, error) {
	byID := make(map[string]postgres.Item, len(items))
	for _, it := range items {
		byID[it.ID] = it
	}
	var chosen []postgres.Item
	var ins []proposal.InputItem
	for _, id := range in.Items {
		it := byID[id]
		chosen = append(chosen, it)
		ins = append(ins, proposal.InputItem{ID: id, Commitment: it.Commitment})
	}
	if proposal.ContentOf(p.Award, ins) != in.Content {
		return nil, temporal.NewNonRetryableApplicationError("the stored content is not what was signed", envelope.CodeData, nil)
	}
	return chosen, nil
}

func (v *Validator) evaluate(ctx context.Context, award string, in workflows.ValidateInput, facts []eval.Facts) ([]eval.Result, error) {
	rules, err := v.Pinned.Rules(ctx, in.LawHash)
	if err != nil {
		return nil, err
	}
	out := make([]eval.Result, len(facts))
	for i, f := range facts {
		if out[i], err = rules.Evaluate(in.Regime, award, f); err != nil {
			return nil, temporal.NewNonRetryableApplicationError("the law data does not know this award", envelope.CodeData, err)
		}
	}
	return out, nil
}

// pin stores the finding and returns what the history keeps of it.
func (v *Validator) pin(ctx context.Context, in workflows.ValidateInput, items []postgres.Item, facts []eval.Facts, results []eval.Result) (proposal.Validation, error) {
	row := postgres.Validation{Proposal: in.Proposal, Revision: in.Revision, LawHash: in.LawHash, Regime: in.Regime}
	var err error
	if row.Facts, row.FactsHash, err = hashed(facts); err != nil {
		return proposal.Validation{}, err
	}
	if row.Result, row.ResultHash, err = hashed(results); err != nil {
		return proposal.Validation{}, err
	}
	if row, err = v.Store.PutValidation(ctx, row); err != nil {
		return proposal.Validation{}, fmt.Errorf("activities: store validation: %w", err)
	}
	out := proposal.Validation{
		Revision: in.Revision, LawHash: in.LawHash, FactsHash: row.FactsHash, ResultHash: row.ResultHash,
	}
	for i, it := range items {
		out.Items = append(out.Items, proposal.ItemVerdict{ID: it.ID, Verdict: string(results[i].Verdict)})
	}
	return out, nil
}

func hashed(v any) (json.RawMessage, string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, "", fmt.Errorf("activities: encode: %w", err)
	}
	sum := sha256.Sum256(raw)
	return raw, hex.EncodeToString(sum[:]), nil
}
