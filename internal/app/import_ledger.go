package app

import (
	"context"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
)

// subjectsOfRows finds whom of a list the unit has proposed before: one for each award of
// each row, "" for who is new.
func (a *App) subjectsOfRows(ctx context.Context, pre *importing.Preview, in ImportInput) ([]string, error) {
	var named []postgres.Named
	for _, r := range pre.Rows {
		for _, aw := range r.Awards {
			if aw.Code != "" {
				named = append(named, postgres.Named{Key: vietnamese.Fold(r.Name), Kind: string(r.Kind), Born: r.BirthYear})
			}
		}
	}
	if len(named) == 0 {
		return nil, nil
	}
	out, err := a.Store.SubjectsOfList(ctx, in.Unit, named)
	if err != nil {
		return nil, internal("find the subjects of the list", err)
	}
	return out, nil
}

// rowLedger adds to the facts of a list's rows what the ledger holds of those whom the
// unit has proposed before. Of who is new it holds nothing, and was looked up all the same.
func (a *App) rowLedger(ctx context.Context, in ImportInput, rows []RowVerdict, facts []eval.Facts, contents []proposal.ItemContent, subjects []string) error {
	known := []string{}
	for _, ref := range subjects {
		if ref != "" {
			known = append(known, ref)
		}
	}
	ledger := map[string][]postgres.TitleRow{}
	if len(known) > 0 {
		found, err := a.Store.LedgerOf(ctx, known)
		if err != nil {
			return internal("read the ledger", err)
		}
		for _, row := range found {
			ledger[row.Subject] = append(ledger[row.Subject], row)
		}
	}
	tree, err := dossier.ReadTree(ctx, a.Store, a.Today().String())
	if err != nil {
		return internal("read units", err)
	}
	for i, ref := range subjects {
		tree.Derive(&facts[i], in.Unit, contents[i], nil)
		dossier.AddLedger(&facts[i], postgres.Item{Subject: ref}, ledger[ref])
		read := true
		facts[i].LedgerRead = &read
		others, err := dossier.StateLevelOthers(ctx, a.Store, postgres.Proposal{Award: rows[i].Award}, []postgres.Item{{Subject: ref}})
		if err != nil {
			return internal("count State-level proposals of the year", err)
		}
		facts[i].StateLevel.OthersInYear = others[0]
	}
	return nil
}

// subjectNamed finds whom a content would be about, "" for who is new to the unit.
func (a *App) subjectNamed(ctx context.Context, unit string, c proposal.ItemContent) (string, error) {
	found, err := a.Store.SubjectsOfList(ctx, unit, []postgres.Named{{Key: vietnamese.Fold(c.Name), Kind: c.Kind, Born: c.BirthYear}})
	if err != nil {
		return "", internal("find the subject", err)
	}
	return found[0], nil
}
