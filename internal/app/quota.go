package app

import (
	"fmt"

	"vinhdanh/internal/importing"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// QuotaCount is what a list makes of one quota.
type QuotaCount = law.QuotaCount

// tally collects the items of a list, by regime, to count them against the quotas.
type tally struct {
	rows     map[string][]law.QuotaRow
	declared map[string]int64
	law      *law.Law
}

func newTally(l *law.Law) *tally {
	return &tally{rows: map[string][]law.QuotaRow{}, declared: map[string]int64{}, law: l}
}

// add counts one item. A unit's own number of advanced workers is taken where the item
// states it.
func (t *tally) add(regime, unit, award, subject string, c proposal.ItemContent) {
	if subject == "" {
		subject = fmt.Sprint(c.Name, "\x00", c.BirthYear, "\x00", c.Workplace)
	}
	t.rows[regime] = append(t.rows[regime], law.QuotaRow{
		Subject: subject, Kind: law.Kind(c.Kind), Award: award, Unit: unit, PeriodKind: c.PeriodKind, Period: c.Period,
	})
	if f, err := factsOf(c); err == nil && f.Quota.LDTT != nil {
		for _, of := range t.law.QuotaBases(award) {
			t.declared[law.DeclaredKey(of, unit, c.PeriodKind, c.Period)] = *f.Quota.LDTT
		}
	}
}

// counts is what the list makes of the quotas of its regimes, in the order of time.
func (t *tally) counts() []law.QuotaCount {
	out := []law.QuotaCount{}
	for _, r := range t.law.Regimes {
		if rows := t.rows[r.ID]; len(rows) > 0 {
			out = append(out, t.law.Quotas(r.ID, rows, t.declared)...)
		}
	}
	return out
}

// quotasOf counts the open items of a submission. Drafts are counted under the regime
// in force today, sent cases under their own.
func (a *App) quotasOf(v SubmissionView) []law.QuotaCount {
	t, today := newTally(a.law()), ""
	if r, err := a.law().RegimeOn(a.Today()); err == nil {
		today = r.ID
	}
	for _, p := range v.Proposals {
		regime := p.Regime
		if p.Number == 0 {
			regime = today
		}
		for _, it := range p.ItemList {
			if it.Outcome == "" || it.Outcome == string(proposal.OutcomePassed) {
				t.add(regime, p.Unit, p.Award, it.Subject, it.Content)
			}
		}
	}
	return t.counts()
}

// quotasOfRows counts the rows of a list that is being imported.
func (a *App) quotasOfRows(regime string, pre *importing.Preview, in ImportInput) []law.QuotaCount {
	t := newTally(a.law())
	for _, r := range pre.Rows {
		for _, aw := range r.Awards {
			if aw.Code != "" {
				t.add(regime, "", aw.Code, "", contentOf(r.Row, aw, in))
			}
		}
	}
	return t.counts()
}

// quotasOfAgenda counts what a council is to vote on.
func (a *App) quotasOfAgenda(items []postgres.CouncilItem) []law.QuotaCount {
	t := newTally(a.law())
	for _, it := range items {
		t.add(it.Regime, it.Unit, it.Award, it.Subject, it.Content)
	}
	return t.counts()
}
