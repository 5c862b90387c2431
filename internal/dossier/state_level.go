package dossier

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"vinhdanh/internal/postgres"
)

// aboves are the awards that some law data loaded in this process decide above the
// province.
var aboves sync.Map

// StateAwards are their codes, sorted.
func StateAwards() []string {
	var out []string
	aboves.Range(func(code, _ any) bool {
		out = append(out, code.(string))
		return true
	})
	slices.Sort(out)
	return out
}

// StateLevelOthers counts for each item of a proposal what else its subject is proposed
// for, or was given, above the province in the same calendar year; nil where the item's
// award is none of those, or its subject is not known yet.
func StateLevelOthers(ctx context.Context, store *postgres.Store, p postgres.Proposal, items []postgres.Item) ([]*int64, error) {
	out := make([]*int64, len(items))
	if _, above := aboves.Load(p.Award); !above {
		return out, nil
	}
	of := make([]postgres.ItemOf, len(items))
	for i, it := range items {
		of[i] = postgres.ItemOf{Subject: it.Subject, Item: it.ID}
	}
	found, err := store.StateLevelOthers(ctx, StateAwards(), p.Submission, p.ID, of)
	if err != nil {
		return nil, fmt.Errorf("dossier: count State-level proposals of the year: %w", err)
	}
	for i, it := range items {
		if it.Subject != "" {
			out[i] = &found[i]
		}
	}
	return out, nil
}
