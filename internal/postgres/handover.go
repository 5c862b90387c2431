package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// OpenCase is an open case with a stage in a unit, without what it says.
type OpenCase struct {
	ID    string `db:"id" json:"id"`
	Ref   string `db:"ref" json:"ref"`
	Stage string `db:"stage" json:"stage"`
}

// OpenCasesOf lists sent, open cases of which some stage belongs to a unit.
func (s *Store) OpenCasesOf(ctx context.Context, unit string, limit int) ([]OpenCase, error) {
	return list[OpenCase](ctx, s.pool, `
		select id::text, ref, stage from proposals
		where not closed and number > 0 and exists (
			select 1 from jsonb_array_elements(route -> 'stages') st(v) where st.v ->> 'unit' = $1)
		order by ref limit $2`, unit, limit)
}

// DraftsOf counts the submissions of a unit that nobody has sent.
func (s *Store) DraftsOf(ctx context.Context, unit string) (int, error) {
	var n int
	err := s.pool.QueryRow(ctx, `select count(*) from submissions where unit = $1 and status = 'draft'`, unit).Scan(&n)
	return n, err
}

// MoveDrafts hands unsent submissions to a successor. What was sent stays where it
// was signed; its case is handed over by an act.
func (s *Store) MoveDrafts(ctx context.Context, d Doing, from, to string) (int, error) {
	moved := 0
	_, err := s.administer(ctx, d, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			update proposals set unit = $2 where unit = $1 and number = 0
			and submission in (select id from submissions where unit = $1 and status = 'draft')`, from, to)
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `
			update submissions set unit = $2, version = version + 1 where unit = $1 and status = 'draft'
			and not exists (select 1 from proposals p where p.submission = submissions.id and p.number > 0)`, from, to)
		if err != nil {
			return err
		}
		if moved = int(tag.RowsAffected()); moved == 0 && d.Nonce == "" {
			return nil
		}
		return noted(ctx, tx, d, map[string]string{"unit": from}, map[string]any{"unit": to, "drafts": moved})
	})
	return moved, err
}
