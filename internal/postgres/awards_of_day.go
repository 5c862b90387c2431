package postgres

import "context"

// AwardOfDay is an award that a subject gets by another decision of a day.
type AwardOfDay struct {
	Subject    string `db:"subject"` // as it was asked for
	Award      string `db:"award"`
	Kind       string `db:"kind"`
	PeriodKind string `db:"period_kind"`
	Period     string `db:"period"`
	Regime     string `db:"regime"`   // of its case
	LawHash    string `db:"law_hash"` // of the data that its case keeps
}

// AwardsOfDay lists what subjects get, under any of their references, by decisions of a
// day other than the given items; undated adds decisions that are not issued yet. The
// issued ones come first.
func (s *Store) AwardsOfDay(ctx context.Context, items, subjects []string, day string, undated bool) ([]AwardOfDay, error) {
	return list[AwardOfDay](ctx, s.pool, `
		select a.ref as subject, d.award, m.kind, p.regime, p.law_hash,
			coalesce(nullif(c.content ->> 'period_kind', ''), 'calendar') as period_kind, coalesce(c.content ->> 'period', '') as period
		from (select distinct unnest($2::text[]) as ref) a
		join subjects me on me.ref = a.ref join subjects m on m.identity = me.identity
		join items i on i.subject = m.ref join decision_items x on x.item = i.id join decisions d on d.id = x.decision
		join proposals p on p.id = x.proposal
		join lateral (select content from item_contents c where c.item = i.id and c.revision <= p.revision order by c.revision desc limit 1) c on true
		where not i.id::text = any($1) and d.phase <> 'sent_back' and (d.number_date = $3::date or ($4 and d.number_date is null))
		order by a.ref, d.number_date is null, d.created_at, x.position`, items, subjects, day, undated)
}
