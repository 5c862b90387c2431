package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// NewestRing is the newest keyring that an administrator has uploaded, as the root
// signed it; ErrNotFound when there is none.
func (s *Store) NewestRing(ctx context.Context) (string, error) {
	var signed string
	err := s.pool.QueryRow(ctx, `select signed from keyrings order by version desc limit 1`).Scan(&signed)
	return signed, notFound(err)
}

// PutRing keeps a signed ring under its version; the version must be new.
func (s *Store) PutRing(ctx context.Context, d Doing, version int, signed string, before, after any) (bool, error) {
	return s.administer(ctx, d, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `insert into keyrings (version, signed, actor) values ($1, $2, $3)`, version, signed, d.Actor); err != nil {
			return err
		}
		return noted(ctx, tx, d, before, after)
	})
}
