package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// OutboxRow is a mail that was not delivered, without what it says.
type OutboxRow struct {
	ID        string     `db:"id" json:"id"`
	Kind      string     `db:"kind" json:"kind"`
	User      string     `db:"user_id" json:"user"`
	Name      string     `db:"full_name" json:"name"`
	State     string     `db:"state" json:"state"` // waiting, failed or discarded
	CreatedAt time.Time  `db:"created_at" json:"created_at"`
	NextTry   time.Time  `db:"next_try" json:"next_try"`
	Tries     int        `db:"tries" json:"tries"`
	LastError string     `db:"last_error" json:"last_error,omitempty"`
	FailedAt  *time.Time `db:"failed_at" json:"failed_at,omitempty"`
}

const outboxState = `case when o.discarded_at is not null then 'discarded' when o.failed_at is not null then 'failed' else 'waiting' end`

// Outbox lists mails that were not delivered, newest first; state empty means those
// that wait or failed.
func (s *Store) Outbox(ctx context.Context, state string, limit, offset int) ([]OutboxRow, error) {
	return list[OutboxRow](ctx, s.pool, `
		select o.id::text, o.kind, o.user_id::text, u.full_name, `+outboxState+` as state, o.created_at, o.next_try, o.tries, o.last_error, o.failed_at
		from outbox o join users u on u.id = o.user_id
		where o.sent_at is null and case when $1 = '' then o.discarded_at is null else `+outboxState+` = $1 end
		order by o.created_at desc, o.id limit $2 offset $3`, state, limit, offset)
}

// OutboxCounts counts what was not delivered, and how long the oldest waits.
type OutboxCounts struct {
	Waiting  int        `db:"waiting" json:"waiting"`
	Failed   int        `db:"failed" json:"failed"`
	Oldest   *time.Time `db:"oldest" json:"oldest,omitempty"` // of those that wait
	LastSent *time.Time `db:"last_sent" json:"last_sent,omitempty"`
}

// OutboxCounts reads the backlog.
func (s *Store) OutboxCounts(ctx context.Context) (OutboxCounts, error) {
	return one[OutboxCounts](ctx, s.pool, `
		select count(*) filter (where failed_at is null)::int as waiting,
			count(*) filter (where failed_at is not null and discarded_at is null)::int as failed,
			min(created_at) filter (where failed_at is null) as oldest,
			(select max(sent_at) from outbox) as last_sent
		from outbox where sent_at is null`)
}

// RetryMail lets mails be tried again at once: one, or all that failed where d.Target
// is "failed".
func (s *Store) RetryMail(ctx context.Context, d Doing) (int, error) {
	return s.changeMail(ctx, d, `
		update outbox set failed_at = null, next_try = now()
		where sent_at is null and discarded_at is null and ($1 = 'failed' and failed_at is not null or id = as_uuid($1))`)
}

// DiscardMail gives one mail up for good; it stays in its recipient's inbox.
func (s *Store) DiscardMail(ctx context.Context, d Doing) (int, error) {
	return s.changeMail(ctx, d, `
		update outbox set failed_at = coalesce(failed_at, now()), discarded_at = now()
		where sent_at is null and discarded_at is null and id = as_uuid($1)`)
}

func (s *Store) changeMail(ctx context.Context, d Doing, sql string) (int, error) {
	n := 0
	_, err := s.administer(ctx, d, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sql, d.Target)
		if err != nil {
			return err
		}
		if n = int(tag.RowsAffected()); n == 0 {
			return ErrNotFound
		}
		if _, err := tx.Exec(ctx, `select pg_notify('outbox', '')`); err != nil {
			return err
		}
		return noted(ctx, tx, d, nil, map[string]int{"mails": n})
	})
	return n, err
}

// PutTestMail writes a mail of kind "test" to a user, by the way of every other one.
func (s *Store) PutTestMail(ctx context.Context, d Doing) (string, error) {
	id := uuid.NewString()
	_, err := s.administer(ctx, d, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into outbox (id, case_id, number, user_id, kind, data) values ($1::uuid, $2, 0, $3::uuid, 'test', $4)`,
			id, "test/"+id, d.Actor, map[string]string{"path": "/admin/outbox"})
		if err != nil {
			return fmt.Errorf("test mail: %w", err)
		}
		if _, err := tx.Exec(ctx, `select pg_notify('outbox', '')`); err != nil {
			return err
		}
		d.Target = id
		return noted(ctx, tx, d, nil, nil)
	})
	return id, err
}

// MailState is what became of one mail: "", waiting, failed, discarded or sent.
func (s *Store) MailState(ctx context.Context, id, user string) (state, reason string, err error) {
	err = s.pool.QueryRow(ctx, `
		select case when o.sent_at is not null then 'sent' else `+outboxState+` end, o.last_error
		from outbox o where o.id = as_uuid($1) and o.user_id = as_uuid($2)`, id, user).Scan(&state, &reason)
	return state, reason, notFound(err)
}
