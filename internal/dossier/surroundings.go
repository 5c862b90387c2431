package dossier

import (
	"context"
	"fmt"
	"time"

	"vinhdanh/internal/postgres"
)

// surroundings are the tree of units on the business date, of a closed case on the day it
// was closed, and the units in which each subject is on record. A store that was given no
// business date has no day to look at the tree: nothing is derived then.
func surroundings(ctx context.Context, store *postgres.Store, p postgres.Proposal, subjects []string) (*Tree, map[string][]string, error) {
	if store.Today == nil {
		return nil, nil, nil
	}
	day := store.BusinessDate()
	if p.ClosedAt != nil {
		day = p.ClosedAt.Format(time.DateOnly)
		if day > store.BusinessDate() { // a trial instance lives on another day than its clock
			day = store.BusinessDate()
		}
	}
	tree, err := ReadTree(ctx, store, day)
	if err != nil {
		return nil, nil, err
	}
	rows, err := store.UnitsOfSubjects(ctx, subjects)
	if err != nil {
		return nil, nil, fmt.Errorf("dossier: read the subjects' units: %w", err)
	}
	elsewhere := map[string][]string{}
	for _, r := range rows {
		elsewhere[r.Subject] = append(elsewhere[r.Subject], r.Unit)
	}
	return tree, elsewhere, nil
}
