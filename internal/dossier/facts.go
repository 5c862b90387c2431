// Package dossier says what is known of a case: the facts of each item, from its
// content, the submission's papers and the ledger, and the law data it pins. The
// form, the import preview and the validation activity all judge the same facts.
package dossier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Stated reads the facts that an item's content states.
func Stated(c proposal.ItemContent) (eval.Facts, error) {
	f := eval.Facts{}
	if len(c.Facts) > 0 {
		var err error
		if f, err = eval.ParseFacts(c.Facts); err != nil {
			return f, err
		}
	}
	return StatedAs(f, c), nil
}

// StatedAs is Stated of facts that were read already.
func StatedAs(f eval.Facts, c proposal.ItemContent) eval.Facts {
	f.Type, f.LedgerRead, f.StateLevel, f.Derived = "", nil, eval.StateLevel{}, nil // looked up, never stated
	f.Kind = law.Kind(c.Kind)
	if f.Period.Kind == "" {
		f.Period = eval.Period{Kind: c.PeriodKind, Label: c.Period}
	}
	return f
}

// State writes facts into an item's content.
func State(c *proposal.ItemContent, f eval.Facts) error {
	raw, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("dossier: encode facts: %w", err)
	}
	c.Facts = raw
	return nil
}

// Facts assembles what is known of a proposal's items. What nobody stated stays
// unknown; an unknown fact needs a person, it is never met.
func Facts(ctx context.Context, store *postgres.Store, p postgres.Proposal, items []postgres.Item) ([]eval.Facts, error) {
	facts, _, err := FactsAndHits(ctx, store, p, items)
	return facts, err
}

// FactsAndHits is Facts with the duplicates that were found on the way.
func FactsAndHits(ctx context.Context, store *postgres.Store, p postgres.Proposal, items []postgres.Item) ([]eval.Facts, [][]Hit, error) {
	papers, err := store.AttachmentsOf(ctx, p.Submission)
	if err != nil {
		return nil, nil, fmt.Errorf("dossier: read papers: %w", err)
	}
	refs := make([]string, len(items))
	for i, it := range items {
		refs[i] = it.Subject
	}
	ledger, err := store.LedgerOf(ctx, refs)
	if err != nil {
		return nil, nil, fmt.Errorf("dossier: read ledger: %w", err)
	}
	level, err := launchedBy(ctx, store, p.Campaign)
	if err != nil {
		return nil, nil, err
	}
	hits, err := Duplicates(ctx, store, p, items)
	if err != nil {
		return nil, nil, err
	}
	around, err := surroundings(ctx, store, p, items)
	if err != nil {
		return nil, nil, err
	}
	out := make([]eval.Facts, len(items))
	for i, it := range items {
		if out[i], err = Stated(it.Content); err != nil {
			return nil, nil, err
		}
		out[i].Type = p.Type
		if out[i].Campaign.Level == "" {
			out[i].Campaign.Level = level
		}
		out[i].Papers = paperCodes(papers, it.ID)
		AddLedger(&out[i], it, ledger)
		around.add(&out[i], p, i, it)
		if it.Outcome != string(proposal.OutcomeRecognised) { // what was decided is decided
			AddDuplicates(&out[i], hits[i])
		}
	}
	return out, hits, nil
}

// scopes are the levels of launching units in the words of the criteria.
var scopes = map[string]string{"province": "PROVINCE", "department": "FIELD", "district": "GRASSROOTS", "commune": "GRASSROOTS", "unit": "GRASSROOTS"}

// launchedBy says at which level the campaign of a submission was launched.
func launchedBy(ctx context.Context, store *postgres.Store, campaign *string) (string, error) {
	if campaign == nil {
		return "", nil
	}
	level, err := store.CampaignLevel(ctx, *campaign)
	if errors.Is(err, postgres.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("dossier: read campaign: %w", err)
	}
	return scopes[level], nil
}

// paperCodes are the papers that an item has: those of the whole submission and
// its own.
func paperCodes(papers []postgres.Attachment, item string) []string {
	codes := []string{}
	for _, p := range papers {
		if p.Item != nil && *p.Item != item {
			continue
		}
		if !slices.Contains(codes, p.Kind) {
			codes = append(codes, p.Kind)
		}
	}
	slices.Sort(codes)
	return codes
}

// AddLedger adds the ledger's titles that the content does not claim already; a
// claim that the ledger confirms gets the ledger's number, however its period is written
// (law.YearsOf). The ledger is that of the
// identity: also what was given under other references of the subject, by bodies that
// are no more (their decisions remain evidence), and historical records.
// The award that the item itself led to is not one before it.
func AddLedger(f *eval.Facts, it postgres.Item, ledger []postgres.TitleRow) {
	if it.Subject != "" || it.Content.Name != "" { // who is new to the unit has nothing on record
		read := true
		f.LedgerRead = &read
	}
	claims := len(f.Titles) // two rows of the ledger never replace each other
	for _, row := range ledger {
		if row.Subject != it.Subject || row.Award == "" { // what the catalogue does not know, no rule asks for
			continue
		}
		if row.Item != "" && row.Item == it.ID {
			continue
		}
		t := eval.Title{Award: row.Award, Number: row.Number, Period: eval.Period{Kind: row.PeriodKind, Label: row.Period}}
		if row.Date != nil {
			t.Date = law.FromTime(*row.Date)
		}
		i := slices.IndexFunc(f.Titles[:claims], func(x eval.Title) bool { return x.Award == t.Award && x.Period.Same(t.Period) })
		if i >= 0 {
			f.Titles[i] = t
			continue
		}
		f.Titles = append(f.Titles, t)
	}
}
