package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// BulkRun is one person's act on many cases: each case takes it by itself, so
// that one refusal stops nobody else's.
type BulkRun struct {
	ID         string          `db:"id" json:"id"`
	User       string          `db:"user_id" json:"-"`
	Nonce      string          `db:"nonce" json:"-"`
	Action     string          `db:"action" json:"action"`
	Input      json.RawMessage `db:"input" json:"-"`
	CreatedAt  time.Time       `db:"created_at" json:"created_at"`
	FinishedAt *time.Time      `db:"finished_at" json:"finished_at,omitempty"`
}

// BulkRow is one case of a run.
type BulkRow struct {
	Position int        `db:"position" json:"position"`
	Proposal string     `db:"proposal" json:"proposal"`
	Revision int        `db:"revision" json:"revision"`
	Number   int        `db:"number" json:"number"`
	Status   string     `db:"status" json:"status"` // accepted, pending or refused; "" while it is its turn yet
	Code     string     `db:"code" json:"code,omitempty"`
	Detail   string     `db:"detail" json:"-"`
	Attempt  string     `db:"attempt" json:"attempt,omitempty"`
	DoneAt   *time.Time `db:"done_at" json:"done_at,omitempty"`
}

const bulkRunSelect = `
	select id::text, user_id::text, nonce, action, input, created_at, finished_at from bulk_runs `

// StartBulk stores a run with its cases, or returns the one that the same person
// started under the same nonce.
func (s *Store) StartBulk(ctx context.Context, r BulkRun, rows []BulkRow) (BulkRun, error) {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			insert into bulk_runs (id, user_id, nonce, action, input) values ($1::uuid, $2::uuid, $3, $4, $5)
			on conflict (user_id, nonce) do nothing`, uuid.NewString(), r.User, r.Nonce, r.Action, r.Input)
		if err != nil {
			return err
		}
		first := tag.RowsAffected() == 1
		if r, err = one[BulkRun](ctx, tx, bulkRunSelect+`where user_id = $1::uuid and nonce = $2`, r.User, r.Nonce); err != nil || !first {
			return err
		}
		for i, row := range rows {
			_, err := tx.Exec(ctx, `
				insert into bulk_rows (run, position, proposal, revision, number) values ($1::uuid, $2, $3::uuid, $4, $5)`,
				r.ID, i+1, row.Proposal, row.Revision, row.Number)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return r, err
}

// BulkOf reads one person's run.
func (s *Store) BulkOf(ctx context.Context, user, id string) (BulkRun, error) {
	return one[BulkRun](ctx, s.pool, bulkRunSelect+`where user_id = $1::uuid and id = as_uuid($2)`, user, id)
}

// BulkRows lists a run's cases in order.
func (s *Store) BulkRows(ctx context.Context, id string) ([]BulkRow, error) {
	return list[BulkRow](ctx, s.pool, `
		select position, proposal::text, revision, number, status, code, detail, attempt, done_at
		from bulk_rows where run = $1::uuid order by position`, id)
}

// SettleBulkRow writes what became of one case. An answer that stands is kept; a
// pending one may still become final.
func (s *Store) SettleBulkRow(ctx context.Context, run string, r BulkRow) error {
	_, err := s.pool.Exec(ctx, `
		update bulk_rows set status = $3, code = $4, detail = $5, attempt = $6, done_at = now()
		where run = $1::uuid and position = $2 and status in ('', 'pending')`,
		run, r.Position, r.Status, r.Code, r.Detail, r.Attempt)
	return err
}

// FinishBulk notes that each case of a run had its turn.
func (s *Store) FinishBulk(ctx context.Context, run string) error {
	_, err := s.pool.Exec(ctx, `
		update bulk_runs set finished_at = coalesce(finished_at, now()) where id = $1::uuid
		and not exists (select 1 from bulk_rows where run = $1::uuid and status = '')`, run)
	return err
}
