package postgres

import (
	"context"

	"github.com/google/uuid"

	"vinhdanh/internal/duplicate"
)

// candidate is an entry that shares a key with a probe.
type candidate struct {
	n     int
	entry uuid.UUID
}

// candidatesOf looks up the keys of all probes in one query.
func (s *Store) candidatesOf(ctx context.Context, ready []*duplicate.Prepared) ([]candidate, error) {
	numbers, keys := []int32{}, []int64{}
	for i, p := range ready {
		for _, k := range p.Probes() {
			numbers, keys = append(numbers, int32(i)), append(keys, k) //nolint:gosec // a list is no longer than that
		}
	}
	rows, err := s.pool.Query(ctx, `
		select p.n, k.entry from unnest($1::int[], $2::bigint[]) as p(n, key)
		cross join lateral (select entry from duplicate_keys k where k.key = p.key limit $3) k`, numbers, keys, candidates)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []candidate{}
	seen := map[candidate]bool{}
	for rows.Next() {
		var c candidate
		if err := rows.Scan(&c.n, &c.entry); err != nil {
			return nil, err
		}
		if !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	return out, rows.Err()
}

// nameCounts counts the bearers of the names for which there are candidates.
func (s *Store) nameCounts(ctx context.Context, ready []*duplicate.Prepared, pairs []candidate) (duplicate.Frequency, error) {
	keys, counts := []int64{}, map[int64]int{}
	for _, p := range pairs {
		k := ready[p.n].NameKey()
		if _, known := counts[k]; !known && k != 0 {
			counts[k] = 0
			keys = append(keys, k)
		}
	}
	rows, err := s.pool.Query(ctx, `
		select q.key, (select count(*)::int from (select 1 from duplicate_keys k where k.key = q.key limit $2) x)
		from unnest($1::bigint[]) as q(key)`, keys, bearers)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var key int64
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return nil, err
		}
		counts[key] = n
	}
	return func(p *duplicate.Prepared) int { return counts[p.NameKey()] }, rows.Err()
}
