package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// WebSession is a person's session in a browser. Of its secret only the digest is
// stored, and never read back.
type WebSession struct {
	ID         string     `db:"id" json:"id"`
	User       string     `db:"user_id" json:"-"`
	Method     string     `db:"method" json:"method"`
	Step       string     `db:"step" json:"step,omitempty"`
	Address    string     `db:"address" json:"address"`
	Agent      string     `db:"agent" json:"agent"`
	CreatedAt  time.Time  `db:"created_at" json:"created_at"`
	LastSeenAt time.Time  `db:"last_seen_at" json:"last_seen_at"`
	ExpiresAt  time.Time  `db:"expires_at" json:"expires_at"`
	FreshUntil time.Time  `db:"fresh_until" json:"-"`
	EndedAt    *time.Time `db:"ended_at" json:"-"`
}

const webSessionColumns = `id::text, user_id::text, method, step, address, agent, created_at, last_seen_at, expires_at, fresh_until, ended_at`

// AddWebSession stores a new session, and ends the person's oldest ones beyond
// the number that may be open at once. It returns the ids of those.
func (s *Store) AddWebSession(ctx context.Context, w WebSession, hash []byte, atOnce int) ([]string, error) {
	var ended []string
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		// One after the other per person, so that the number holds.
		if _, err := tx.Exec(ctx, `select 1 from users where id = $1::uuid for update`, w.User); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			insert into web_sessions (id, user_id, hash, method, step, address, agent, created_at, last_seen_at, expires_at, fresh_until)
			values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8, $8, $9, $10)`,
			w.ID, w.User, hash, w.Method, w.Step, w.Address, w.Agent, w.CreatedAt, w.ExpiresAt, w.FreshUntil)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `
			update web_sessions set ended_at = now(), ended_by = 'too-many' where id in (
				select id from web_sessions where user_id = $1::uuid and ended_at is null and id <> $2::uuid
				order by last_seen_at desc offset $3)
			returning id::text`, w.User, w.ID, max(atOnce-1, 0))
		if err != nil {
			return err
		}
		ended, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	return ended, err
}

// WebSessionByHash finds a session that was not ended.
func (s *Store) WebSessionByHash(ctx context.Context, hash []byte) (WebSession, error) {
	return one[WebSession](ctx, s.pool, `
		select `+webSessionColumns+` from web_sessions where hash = $1 and ended_at is null`, hash)
}

// TouchWebSession notes that a session was seen, unless that was noted less than a
// minute before.
func (s *Store) TouchWebSession(ctx context.Context, id string, at time.Time) error {
	_, err := s.pool.Exec(ctx, `
		update web_sessions set last_seen_at = $2 where id = $1::uuid and last_seen_at < $2::timestamptz - interval '1 minute'`, id, at)
	return err
}

// StepUpWebSession exchanges a session's secret and raises what it has shown. It
// happens once for one old secret: false means that the session has moved on.
func (s *Store) StepUpWebSession(ctx context.Context, w WebSession, oldHash, newHash []byte) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		update web_sessions set hash = $3, method = $4, step = $5, fresh_until = $6, expires_at = $7, last_seen_at = $8
		where id = $1::uuid and hash = $2 and ended_at is null`,
		w.ID, oldHash, newHash, w.Method, w.Step, w.FreshUntil, w.ExpiresAt, w.LastSeenAt)
	return tag.RowsAffected() == 1, err
}

// WebSessions lists a person's open sessions, the last seen first.
func (s *Store) WebSessions(ctx context.Context, user string, now, idleSince time.Time) ([]WebSession, error) {
	return list[WebSession](ctx, s.pool, `
		select `+webSessionColumns+` from web_sessions
		where user_id = $1::uuid and ended_at is null and expires_at > $2 and last_seen_at > $3
		order by last_seen_at desc, id`, user, now, idleSince)
}

// EndWebSession ends one session of a person. false: there is none such.
func (s *Store) EndWebSession(ctx context.Context, user, id, by string) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		update web_sessions set ended_at = now(), ended_by = $3
		where user_id = $1::uuid and id = as_uuid($2) and ended_at is null`, user, id, by)
	return tag.RowsAffected() == 1, err
}

// EndWebSessions ends all sessions of a person but one ("" for all) and returns
// how many there were.
func (s *Store) EndWebSessions(ctx context.Context, user, but, by string) (int, error) {
	tag, err := s.pool.Exec(ctx, `
		update web_sessions set ended_at = now(), ended_by = $3
		where user_id = $1::uuid and id::text <> $2 and ended_at is null`, user, but, by)
	return int(tag.RowsAffected()), err
}
