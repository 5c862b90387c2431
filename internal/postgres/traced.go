package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// OpenTraced is Open with a tracer that sees every statement: for measuring what
// of a page's time is the database's.
func OpenTraced(ctx context.Context, url string, t pgx.QueryTracer) (*Store, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	short(cfg)
	cfg.ConnConfig.Tracer = t
	return opened(ctx, cfg)
}
