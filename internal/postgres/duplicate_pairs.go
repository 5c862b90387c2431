package postgres

import (
	"context"

	"github.com/google/uuid"

	"vinhdanh/internal/duplicate"
)

// DuplicateFilter narrows the list of pairs. State is open, said or empty for both.
type DuplicateFilter struct {
	State    string
	Standing []string // only pairs with a case that these units receive
	All      bool     // or all pairs
}

// DuplicatePairs lists pairs that were found when a case was checked, newest first.
func (s *Store) DuplicatePairs(ctx context.Context, f DuplicateFilter, limit, offset int) ([]DuplicatePair, error) {
	return list[DuplicatePair](ctx, s.pool, `
		select h.low::text, h.high::text from duplicate_hits h
		left join lateral (select w.word from duplicate_words w where w.low = h.low and w.high = h.high
			and not exists (select 1 from duplicate_words n where n.after = w.id)) last on true
		where ($1 = '' or ($1 = 'open') = (coalesce(last.word, 'undone') = 'undone'))
		and ($2 or exists (
			select 1 from items i join proposals p on p.id = i.proposal, jsonb_array_elements(coalesce(p.route -> 'stages', '[]')) with ordinality st(v, n)
			where i.id in (h.low, h.high) and p.number > 0 and st.n - 1 <= p.stage_index
			  and st.v ->> 'kind' = 'reception' and st.v ->> 'unit' = any($3)))
		order by h.found_at desc, h.low, h.high limit $4 offset $5`, f.State, f.All, f.Standing, limit, offset)
}

// OpenPairs lists the pairs that were found for items and of which nobody has said
// anything, or it was taken back.
func (s *Store) OpenPairs(ctx context.Context, items []string) ([]DuplicatePair, error) {
	return list[DuplicatePair](ctx, s.pool, `
		select h.low::text, h.high::text from duplicate_hits h
		where (h.low = any($1::uuid[]) or h.high = any($1::uuid[])) and not exists (
			select 1 from duplicate_words w where w.low = h.low and w.high = h.high and w.word <> 'undone'
			and not exists (select 1 from duplicate_words n where n.after = w.id))
		order by 1, 2`, items)
}

// PairsSaid lists the pairs of items of which the last word is the given one.
func (s *Store) PairsSaid(ctx context.Context, word string, items []string) ([]DuplicatePair, error) {
	return list[DuplicatePair](ctx, s.pool, `
		select w.low::text, w.high::text from duplicate_words w
		where w.word = $1 and (w.low = any($2::uuid[]) or w.high = any($2::uuid[]))
		and not exists (select 1 from duplicate_words n where n.after = w.id) order by 1, 2`, word, items)
}

// WeighedPair is a pair with both sides and how they are weighed now.
type WeighedPair struct {
	Low, High DuplicateSide
	Match     duplicate.Match
}

// WeighPairs reads and weighs pairs; those of which a side is gone are not there.
func (s *Store) WeighPairs(ctx context.Context, m *duplicate.Model, classOf Classes, pairs []DuplicatePair) (map[DuplicatePair]WeighedPair, error) {
	out := map[DuplicatePair]WeighedPair{}
	var entries []candidate
	for _, p := range pairs {
		for _, id := range []string{p.Low, p.High} {
			u, err := uuid.Parse(id)
			if err != nil {
				return nil, ErrNotFound
			}
			entries = append(entries, candidate{entry: u})
		}
	}
	t, err := readTree(ctx, s.pool)
	if err != nil {
		return nil, err
	}
	sides, err := s.sidesOf(ctx, t, classOf, entries)
	if err != nil {
		return nil, err
	}
	var ready []*duplicate.Prepared
	var names []candidate
	for i, e := range entries {
		if x, ok := sides[e.entry]; ok && i%2 == 0 {
			names = append(names, candidate{n: len(ready)})
			ready = append(ready, x.prepared)
		}
	}
	often, err := s.nameCounts(ctx, ready, names)
	if err != nil {
		return nil, err
	}
	for i, p := range pairs {
		low, ok := sides[entries[2*i].entry]
		high, too := sides[entries[2*i+1].entry]
		if ok && too {
			out[p] = WeighedPair{low.DuplicateSide, high.DuplicateSide, m.Compare(low.prepared, high.prepared, often)}
		}
	}
	return out, nil
}
