package app

import (
	"context"

	"vinhdanh/internal/tabular"
)

// ExportLedger makes a file of a subject's ledger. A historical record says so in a
// column of its own; personal numbers are not in it.
func (a *App) ExportLedger(ctx context.Context, s Session, ref string, f tabular.Format, locale string) (File, error) {
	v, err := a.Ledger(ctx, s, ref)
	if err != nil {
		return File{}, err
	}
	t := a.listTable("ledger", locale, ListQuery{}, "no", "award", "decision", "decided_on", "issuer", "period", "amount", "source", "named",
		"workplace", "counts", "corrected", "scan")
	t.Lines = append([]string{v.Name + " – " + v.UnitName}, t.Lines...)
	rows := func(yield func([]any, error) bool) {
		for n, r := range v.Rows {
			row := []any{
				n + 1, pick(locale, r.AwardName.VI, orElse(r.AwardName.EN, r.AwardName.VI)), r.Number, r.Date, r.Issuer, r.Period, r.Amount,
				ListWord(locale, "source", r.Source), r.Named, r.Workplace, ListWord(locale, "counts", LedgerStanding(r)), correctedWords(r.Corrected, locale), r.Scan,
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return a.export(ctx, s, "ledger", t, f, rows)
}

// LedgerStanding says whether an award counts: counts, corrected or withdrawn.
func LedgerStanding(r LedgerEntry) string {
	switch {
	case r.WithdrawnAt != nil:
		return "withdrawn"
	case r.RevisedBy != nil:
		return "corrected"
	}
	return "counts"
}
