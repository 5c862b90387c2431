package postgres

import (
	"context"

	"vinhdanh/internal/proposal"
)

// ItemOf is an item with its subject: what is counted beside it.
type ItemOf struct {
	Subject string
	Item    string // left out of the count; "" of what is not stored yet
}

// StateLevelOthers counts, for each item, what else its subject's identity is proposed
// for or holds of the given awards, in the calendar year of the proposal: other sent
// items and those of the same submission that still go on or were decided, and awards on
// record that no case of ours led to. The year is that of the sending; for a draft, today's.
func (s *Store) StateLevelOthers(ctx context.Context, awards []string, submission, proposalID string, of []ItemOf) ([]int64, error) {
	subjects, items := make([]string, len(of)), make([]string, len(of))
	for i, x := range of {
		subjects[i], items[i] = x.Subject, x.Item
	}
	gone := []string{string(proposal.OutcomeWithdrawn), string(proposal.OutcomeLower), string(proposal.OutcomeNotProposed)}
	return listOf[int64](ctx, s.pool, `
		select (
			select count(*) from subjects me join subjects m on m.identity = me.identity
			join items i on i.subject = m.ref join proposals p on p.id = i.proposal
			where me.ref = a.ref and i.id::text <> a.item and p.award = any($3) and not i.outcome = any($4)
			  and (p.number > 0 or p.submission::text = $5)
			  and extract(year from coalesce(p.sent_on, $7::date)) = y.year
		) + (
			select count(*) from subjects me join subjects m on m.identity = me.identity
			join live_recognitions r on r.subject = m.ref
			where me.ref = a.ref and r.item is null and r.award = any($3) and extract(year from r.decision_date) = y.year
		)
		from unnest($1::text[], $2::text[]) with ordinality as a(ref, item, n)
		cross join (select extract(year from coalesce((select sent_on from proposals where id::text = $6), $7::date)) as year) y
		order by a.n`, subjects, items, awards, gone, submission, proposalID, s.today())
}

// Named is how a list names somebody: folded name, kind and year of birth (0: unsaid).
type Named struct {
	Key, Kind string
	Born      int
}

// SubjectsOfList finds the subjects that a unit's list would be about, "" for who is new
// to the unit: by the same identity as an item gets when it is stored. One query reads
// all that bear the names, whatever the planner knows of the table; the oldest counts.
func (s *Store) SubjectsOfList(ctx context.Context, unit string, named []Named) ([]string, error) {
	keys := make([]string, len(named))
	for i, n := range named {
		keys[i] = n.Key
	}
	type subject struct {
		Ref  string `db:"ref"`
		Key  string `db:"name_key"`
		Kind string `db:"kind"`
		Born int    `db:"born"`
	}
	rows, err := list[subject](ctx, s.pool, `
		select ref, name_key, kind, coalesce(birth_year, 0) as born from subjects
		where unit = $1 and name_key = any($2) and name_key <> '' order by created_at, ref`, unit, keys)
	if err != nil {
		return nil, err
	}
	oldest := make(map[Named]string, len(rows))
	for _, r := range rows {
		n := Named{Key: r.Key, Kind: r.Kind, Born: r.Born}
		if _, known := oldest[n]; !known {
			oldest[n] = r.Ref
		}
	}
	out := make([]string, len(named))
	for i, n := range named {
		out[i] = oldest[n]
	}
	return out, nil
}
