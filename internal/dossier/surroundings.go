package dossier

import (
	"context"
	"fmt"
	"time"

	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
)

// around is what is counted and derived for the items of one case.
type around struct {
	counts    []CampaignCount
	others    []*int64            // by item: State-level proposals of the year
	tree      *Tree               // nil: no business date to look at it
	elsewhere map[string][]string // units in which each subject is on record
}

// surroundings reads what stands around a case.
func surroundings(ctx context.Context, store *postgres.Store, p postgres.Proposal, items []postgres.Item) (around, error) {
	var a around
	var err error
	if a.counts, err = campaignCounts(ctx, store, p, items); err != nil {
		return a, err
	}
	if a.others, err = StateLevelOthers(ctx, store, p, items); err != nil {
		return a, err
	}
	return a, a.readTree(ctx, store, p, items)
}

// readTree reads the tree of units on the business date, of a closed case on the day it
// was closed. A store that was given no business date has no day to look at the tree:
// nothing is derived then.
func (a *around) readTree(ctx context.Context, store *postgres.Store, p postgres.Proposal, items []postgres.Item) error {
	if store.Today == nil {
		return nil
	}
	day := store.BusinessDate()
	if p.ClosedAt != nil {
		day = min(day, p.ClosedAt.Format(time.DateOnly)) // a trial instance lives on another day than its clock
	}
	var err error
	if a.tree, err = ReadTree(ctx, store, day); err != nil {
		return err
	}
	refs := make([]string, len(items))
	for i, it := range items {
		refs[i] = it.Subject
	}
	rows, err := store.UnitsOfSubjects(ctx, refs)
	if err != nil {
		return fmt.Errorf("dossier: read the subjects' units: %w", err)
	}
	a.elsewhere = map[string][]string{}
	for _, r := range rows {
		a.elsewhere[r.Subject] = append(a.elsewhere[r.Subject], r.Unit)
	}
	return nil
}

// add states of an item what is counted and derived.
func (a around) add(f *eval.Facts, p postgres.Proposal, i int, it postgres.Item) {
	addCampaign(f, a.counts, p.Award, it.Content.Kind)
	a.tree.Derive(f, p.Unit, it.Content, a.elsewhere[it.Subject])
	f.StateLevel.OthersInYear = a.others[i]
}
