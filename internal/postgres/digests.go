package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// GatherMail puts a due notice off into the person's digest of a channel, which is
// due at an instant; the notice itself is mailed no more.
func (s *Store) GatherMail(ctx context.Context, m Mail, channel string, due time.Time) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		var id string
		err := tx.QueryRow(ctx, `
			insert into digests (id, user_id, channel, due_on, next_try) values ($1, $2::uuid, $3, $4::date, $4)
			on conflict (user_id, channel, due_on) do update set channel = excluded.channel returning id::text`,
			uuid.New(), m.User, channel, due).Scan(&id)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update outbox set digest = $2::uuid, sent_at = now(), last_error = '' where id = $1::uuid`, m.ID, id)
		return err
	})
}

// DigestMail is a digest that is due, with its recipient and what it gathers.
type DigestMail struct {
	ID        string    `db:"id"`
	Email     string    `db:"email"`
	Locale    string    `db:"locale"`
	Tries     int       `db:"tries"`
	CreatedAt time.Time `db:"created_at"`
}

// Gathered is a notice in a digest.
type Gathered struct {
	Kind string          `db:"kind"`
	Data json.RawMessage `db:"data"`
}

// ClaimDigests takes digests that are due, as ClaimMail takes notices.
func (s *Store) ClaimDigests(ctx context.Context, limit int, lease time.Duration) ([]DigestMail, error) {
	return list[DigestMail](ctx, s.pool, `
		with due as (
			select id from digests where sent_at is null and failed_at is null and next_try <= now()
			order by next_try limit $1 for update skip locked)
		update digests d set next_try = now() + $2::interval, tries = tries + 1
		from due, users u where d.id = due.id and u.id = d.user_id
		returning d.id::text, u.email, u.locale, d.tries, d.created_at`, limit, lease)
}

// GatheredIn lists what a digest gathers, oldest first.
func (s *Store) GatheredIn(ctx context.Context, digest string) ([]Gathered, error) {
	return list[Gathered](ctx, s.pool, `select kind, data from outbox where digest = $1::uuid order by created_at, id`, digest)
}

// DigestSent notes a delivery.
func (s *Store) DigestSent(ctx context.Context, id string) error {
	_, err := s.pool.Exec(ctx, `update digests set sent_at = now(), last_error = '' where id = $1::uuid`, id)
	return err
}

// DigestFailed notes a failed try: next is when to try again, nil gives up.
func (s *Store) DigestFailed(ctx context.Context, id, reason string, next *time.Time) error {
	_, err := s.pool.Exec(ctx, `
		update digests set last_error = $2, next_try = coalesce($3, next_try),
			failed_at = case when $3::timestamptz is null then now() end
		where id = $1::uuid`, id, reason, next)
	return err
}
