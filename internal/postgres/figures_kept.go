package postgres

import (
	"context"
	"encoding/json"
	"time"
)

// SeesMany tells whether a scope holds more cases than are counted at every look.
func (s *Store) SeesMany(ctx context.Context, sc Scope) (bool, error) {
	v, err := s.sightOf(ctx, sc)
	if err != nil || !v.All && len(v.units) == 0 {
		return v.cases > few, err
	}
	c := v.begin()
	many := false
	err = s.pool.QueryRow(ctx, `select count(*) > `+c.arg(few)+`::int from (select 1 from proposals p where `+c.where()+` limit `+c.arg(few+1)+`::int) x`, c.args...).Scan(&many)
	return many, err
}

// KeptFigures reads figures that were counted less than a while ago, and when.
// Errors: ErrNotFound.
func (s *Store) KeptFigures(ctx context.Context, key []byte, within time.Duration) (json.RawMessage, time.Time, error) {
	var content json.RawMessage
	var at time.Time
	err := s.pool.QueryRow(ctx, `select content, counted_at from figures where key = $1 and counted_at > now() - $2::interval`, key, within).Scan(&content, &at)
	return content, at, notFound(err)
}

// KeepFigures stores figures that were counted now, and forgets those of yesterday.
func (s *Store) KeepFigures(ctx context.Context, key []byte, content json.RawMessage) (time.Time, error) {
	var at time.Time
	err := s.pool.QueryRow(ctx, `
		with gone as (delete from figures where counted_at < now() - interval '1 day' and key <> $1)
		insert into figures (key, content) values ($1, $2)
		on conflict (key) do update set content = excluded.content, counted_at = now()
		returning counted_at`, key, content).Scan(&at)
	return at, err
}
