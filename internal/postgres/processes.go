package postgres

import (
	"context"
	"encoding/json"
	"time"
)

// Process is what a running process says of itself.
type Process struct {
	ID        string          `db:"id" json:"id"`
	Kind      string          `db:"kind" json:"kind"` // serve or worker
	StartedAt time.Time       `db:"started_at" json:"started_at"`
	BeatAt    time.Time       `db:"beat_at" json:"beat_at"`
	Facts     json.RawMessage `db:"facts" json:"facts"`
}

// Beat is a process's sign of life, with its facts; what has been silent for a day is
// forgotten.
func (s *Store) Beat(ctx context.Context, p Process) error {
	_, err := s.pool.Exec(ctx, `
		insert into processes (id, kind, started_at, facts) values ($1, $2, $3, $4)
		on conflict (id) do update set beat_at = now(), started_at = $3, facts = $4`, p.ID, p.Kind, p.StartedAt, p.Facts)
	if err == nil {
		_, err = s.pool.Exec(ctx, `delete from processes where beat_at < now() - interval '1 day'`)
	}
	return err
}

// Leave takes a process that ends in order off the list.
func (s *Store) Leave(ctx context.Context, id string) error {
	_, err := s.pool.Exec(ctx, `delete from processes where id = $1`, id)
	return err
}

// Processes lists what runs or ran within the last day.
func (s *Store) Processes(ctx context.Context) ([]Process, error) {
	return list[Process](ctx, s.pool, `select id, kind, started_at, beat_at, facts from processes order by kind, id`)
}

// DatabaseFacts is how the database is.
type DatabaseFacts struct {
	Version  string     `db:"version" json:"version"`
	Now      time.Time  `db:"now" json:"now"`
	Bytes    int64      `db:"bytes" json:"bytes"`
	Archived *time.Time `db:"archived" json:"archived,omitempty"` // last bundle
	Waiting  int        `db:"waiting" json:"waiting"`             // closed cases without a bundle
	Attempts int        `db:"attempts" json:"attempts"`           // acts without an outcome for a minute
}

// DatabaseFacts asks the database about itself.
func (s *Store) DatabaseFacts(ctx context.Context) (DatabaseFacts, error) {
	return one[DatabaseFacts](ctx, s.pool, `
		select current_setting('server_version') as version, clock_timestamp() as now, pg_database_size(current_database()) as bytes,
			(select max(at) from archives) as archived,
			(select count(*)::int from proposals where closed and archived_at is null) as waiting,
			(select count(*)::int from attempts a where not exists (select 1 from attempt_outcomes o where o.nonce = a.nonce)
				and a.at < now() - interval '1 minute') as attempts`)
}
