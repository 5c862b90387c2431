package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"go.temporal.io/server/common/config"
	sqliteplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/schema/sqlite"
	"google.golang.org/protobuf/types/known/durationpb"

	"vinhdanh/internal/gate"
)

// Names of the two data stores in Temporal's configuration.
const (
	defaultStore    = "default"
	visibilityStore = "visibility"
)

// prepareStore creates or updates the schema and returns how Temporal reaches its tables.
func (o TemporalOptions) prepareStore(ctx context.Context) (config.Persistence, error) {
	if o.Postgres != nil {
		return o.Postgres.prepare(ctx)
	}
	return sqliteStore(o.SQLitePath)
}

func sqliteStore(path string) (config.Persistence, error) {
	sql := sqliteConfig(path)
	if path != "" {
		if err := createSQLite(path); err != nil {
			return config.Persistence{}, err
		}
	}
	// One shard: SQLite has one writer, so more shards would only queue behind each other.
	return config.Persistence{
		DefaultStore: defaultStore, VisibilityStore: defaultStore, NumHistoryShards: 1,
		DataStores: map[string]config.DataStore{defaultStore: {SQL: sql}},
	}, nil
}

func sqliteConfig(path string) *config.SQL {
	if path == "" {
		return &config.SQL{
			PluginName: sqliteplugin.PluginName, DatabaseName: uuid.NewString(),
			ConnectAttributes: map[string]string{"mode": "memory", "cache": "shared"},
		}
	}
	return &config.SQL{
		PluginName: sqliteplugin.PluginName, DatabaseName: path,
		ConnectAttributes: map[string]string{
			"mode": "rwc", "journal_mode": "wal",
			// full: a decision that was answered survives a power cut, not only a kill.
			"synchronous": "full", "busy_timeout": "10000",
		},
	}
}

// createSQLite makes the file with its schema aside and renames it, so that a crash leaves no half schema.
func createSQLite(path string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("temporal.sqlite: %w", err)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return fmt.Errorf("temporal.sqlite: create the directory of %s first: %w", path, err)
	}
	// Temporal's SQLite plugin keeps handles by name for the life of the process: each attempt gets its own name.
	leftovers, _ := filepath.Glob(path + ".new-*")
	for _, l := range leftovers {
		_ = os.Remove(l)
	}
	aside := path + ".new-" + uuid.NewString()
	err := sqlite.SetupSchema(&config.SQL{
		PluginName: sqliteplugin.PluginName, DatabaseName: aside, ConnectAttributes: map[string]string{"mode": "rwc"},
	})
	if err != nil {
		return fmt.Errorf("temporal.sqlite: the schema of %s could not be created: %w", path, err)
	}
	if err := os.Chmod(aside, 0o600); err != nil {
		return fmt.Errorf("temporal.sqlite: %w", err)
	}
	if err := os.Rename(aside, path); err != nil {
		return fmt.Errorf("temporal.sqlite: %w", err)
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a rename survive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("temporal.sqlite: %w", err)
	}
	defer func() { _ = d.Close() }()
	return d.Sync()
}

// createNamespaces registers cases and ops before the start, so that the server knows them from its first moment.
// The helper is written for SQLite but speaks to any SQL store through Temporal's plugin interface.
func createNamespaces(store config.Persistence, o TemporalOptions) error {
	var wanted []*sqlite.NamespaceConfig
	for _, name := range []string{gate.NamespaceCases, gate.NamespaceOps} {
		ns, err := sqlite.NewNamespaceConfig(clusterName, name, false, nil)
		if err != nil {
			return fmt.Errorf("temporal.namespace: %w", err)
		}
		ns.Detail.Config.Retention = durationpb.New(o.retention(name))
		wanted = append(wanted, ns)
	}
	if err := sqlite.CreateNamespaces(store.DataStores[store.DefaultStore].SQL, wanted...); err != nil {
		return fmt.Errorf("temporal.namespace: %w", err)
	}
	return nil
}
