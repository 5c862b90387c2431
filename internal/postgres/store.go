// Package postgres is the one store: migrations, what cases say, the record
// (attempts, trail), projections, outbox and ledger.
//
// Two rules hold everywhere. What follows a case's transitions is written only
// by Record, in one transaction with the trail row. And the login role of serve
// and worker may only add to the record: it cannot update or delete there.
package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNotFound is returned when a row that was asked for does not exist, or is
// not to be seen.
var ErrNotFound = errors.New("postgres: not found")

// Store is the database as serve and worker see it.
type Store struct {
	pool *pgxpool.Pool
	// lists is for the lists and searches, which are written for one plan whoever asks
	// for what: planned once for a connection, not anew for each reader.
	lists *pgxpool.Pool
	wide  sync.Map // capacities that were found to see more than few cases
	// Extend gives the due day of a stage that was paused between two instants; nil
	// leaves it as it is.
	Extend func(due, from, to time.Time) *time.Time

	// DueOn gives the due day of a stage begun at an instant, in working days.
	// It is set once at start; the zero value means no deadlines.
	DueOn func(at time.Time, workingDays int) *time.Time
	// Today gives the business date, ISO; nil means the present day.
	Today func() string
}

// BusinessDate is the day on which the installation works, ISO.
func (s *Store) BusinessDate() string { return s.today() }

func (s *Store) today() string {
	if s.Today != nil {
		return s.Today()
	}
	return time.Now().Format(time.DateOnly)
}

// Open connects with the role of serve and worker. The database may be away: the
// pool connects when first used.
func Open(ctx context.Context, url string) (*Store, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("postgres: DATABASE_URL: %w", err)
	}
	short(cfg)
	if cfg.ConnConfig.ConnectTimeout == 0 {
		cfg.ConnConfig.ConnectTimeout = 5 * time.Second
	}
	s, err := opened(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("postgres: open: %w", err)
	}
	return s, nil
}

// opened makes both pools.
func opened(ctx context.Context, cfg *pgxpool.Config) (*Store, error) {
	pool, err := pgxpool.NewWithConfig(ctx, cfg.Copy())
	if err != nil {
		return nil, err
	}
	cfg.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	lists, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		pool.Close()
		return nil, err
	}
	return &Store{pool: pool, lists: lists}, nil
}

// short tells the database that our statements are short ones: compiling them
// (jit) would cost more than running them.
func short(cfg *pgxpool.Config) { cfg.ConnConfig.RuntimeParams["jit"] = "off" }

// Close closes the pools.
func (s *Store) Close() {
	s.lists.Close()
	s.pool.Close()
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.pool.Ping(ctx) }

// Migrate brings the schema up to date, with the owner's address.
func Migrate(ctx context.Context, ownerURL string) error {
	cfg, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return fmt.Errorf("postgres: owner's address: %w", err)
	}
	db := stdlib.OpenDB(*cfg)
	defer db.Close()
	goose.SetBaseFS(migrations)
	goose.SetLogger(goose.NopLogger())
	if err := goose.SetDialect("postgres"); err != nil {
		return fmt.Errorf("postgres: migrate: %w", err)
	}
	// Numbers are given out before the work is done: a lower one may come later.
	if err := goose.UpContext(ctx, db, "migrations", goose.WithAllowMissing()); err != nil {
		return fmt.Errorf("postgres: migrate: %w", err)
	}
	return nil
}

// inTx runs f in one transaction.
func (s *Store) inTx(ctx context.Context, f func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, s.pool, f)
}

// notFound maps pgx's no-rows to ErrNotFound.
func notFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// IsUnique tells whether err is a violated unique constraint.
func IsUnique(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505"
}

// list collects rows into structs by column name.
func list[T any](ctx context.Context, q querier, sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}

// listOf is list for a query of one column.
func listOf[T any](ctx context.Context, q querier, sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[T])
}

// one collects exactly one row; ErrNotFound when there is none.
func one[T any](ctx context.Context, q querier, sql string, args ...any) (T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		var none T
		return none, err
	}
	v, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
	return v, notFound(err)
}

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}
