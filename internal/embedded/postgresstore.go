package embedded

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"
	"go.temporal.io/server/common/auth"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql"
	temporalschema "go.temporal.io/server/tools/common/schema"
	sqltool "go.temporal.io/server/tools/sql"
)

// PostgresStore keeps Temporal's data in two databases of a PostgreSQL server (12 or later).
type PostgresStore struct {
	Address    string // host:port
	User       string // owns both databases, or may create them
	Password   string
	Database   string // default temporal
	Visibility string // default temporal_visibility
	TLS        bool   // encrypt and verify the server's name
	Shards     int32  // fixed when the databases are created; default 16
	MaxConns   int    // connections of each of the five services, half as many again for visibility; default 8: 60 in all
}

// Schemas that Temporal carries within its module.
const (
	mainSchema       = "postgresql/v12/temporal"
	visibilitySchema = "postgresql/v12/visibility"
)

// databaseWait is how long the database server may take to come up.
const databaseWait = 60 * time.Second

func (p PostgresStore) withDefaults() PostgresStore {
	if p.Database == "" {
		p.Database = "temporal"
	}
	if p.Visibility == "" {
		p.Visibility = "temporal_visibility"
	}
	if p.Shards <= 0 {
		p.Shards = 16
	}
	if p.MaxConns <= 0 {
		p.MaxConns = 8
	}
	return p
}

// prepare creates the databases that do not exist, brings both schemas up to date and returns the store.
func (p PostgresStore) prepare(ctx context.Context) (config.Persistence, error) {
	p = p.withDefaults()
	if err := p.createDatabases(ctx); err != nil {
		return config.Persistence{}, err
	}
	for database, schema := range map[string]string{p.Database: mainSchema, p.Visibility: visibilitySchema} {
		if err := p.migrate(ctx, database, schema); err != nil {
			return config.Persistence{}, fmt.Errorf("temporal.schema: %s: %w", database, err)
		}
	}
	return config.Persistence{
		DefaultStore: defaultStore, VisibilityStore: visibilityStore, NumHistoryShards: p.Shards,
		DataStores: map[string]config.DataStore{
			defaultStore:    {SQL: p.sql(p.Database, p.MaxConns)},
			visibilityStore: {SQL: p.sql(p.Visibility, max(p.MaxConns/2, 2))},
		},
	}, nil
}

func (p PostgresStore) sql(database string, conns int) *config.SQL {
	c := &config.SQL{
		PluginName: postgresql.PluginNamePGX, ConnectProtocol: "tcp", ConnectAddr: p.Address,
		User: p.User, Password: p.Password, DatabaseName: database,
		MaxConns: conns, MaxIdleConns: conns, MaxConnLifetime: time.Hour,
	}
	if p.TLS {
		c.TLS = &auth.TLS{Enabled: true, EnableHostVerification: true}
	}
	return c
}

func (p PostgresStore) url(database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(p.User, p.Password), Host: p.Address, Path: database}
	if p.TLS {
		u.RawQuery = "sslmode=verify-full"
	} else {
		u.RawQuery = "sslmode=disable"
	}
	return u.String()
}

// createDatabases waits for the server and creates what is missing.
func (p PostgresStore) createDatabases(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, databaseWait)
	defer cancel()
	conn, err := p.connect(ctx)
	if err != nil {
		return fmt.Errorf("temporal.database: PostgreSQL at %s does not let %s in: %w", p.Address, p.User, err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	rows, err := conn.Query(ctx, `SELECT datname FROM pg_database`)
	if err != nil {
		return fmt.Errorf("temporal.database: %w", err)
	}
	existing, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("temporal.database: %w", err)
	}
	for _, name := range []string{p.Database, p.Visibility} {
		if slices.Contains(existing, name) {
			continue
		}
		if _, err := conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
			return fmt.Errorf("temporal.database: %s cannot create %s; create it as an administrator: %w", p.User, name, err)
		}
	}
	return nil
}

func (p PostgresStore) connect(ctx context.Context) (*pgx.Conn, error) {
	for {
		conn, err := pgx.Connect(ctx, p.url("postgres"))
		if err == nil {
			return conn, nil
		}
		if conn, own := pgx.Connect(ctx, p.url(p.Database)); own == nil {
			return conn, nil // a server that closes its maintenance database to others
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// migrate sets up the version tables in an empty database and applies what Temporal's module has beyond them.
func (p PostgresStore) migrate(ctx context.Context, database, schema string) error {
	log := newLogger(*zerolog.Ctx(ctx), zerolog.WarnLevel)
	conn, err := sqltool.NewConnection(p.sql(database, 2), log)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ReadSchemaVersion(); err != nil {
		setup := &temporalschema.SetupConfig{InitialVersion: "0.0"}
		if err := temporalschema.NewSetupSchemaTask(conn, setup, log).Run(); err != nil {
			return err
		}
	}
	return temporalschema.NewUpdateSchemaTask(conn, &temporalschema.UpdateConfig{SchemaName: schema}, log).Run()
}
