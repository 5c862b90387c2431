package postgres

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/embedded/pg/pgtest"
)

// TestASVS_14_1_1_and_14_1_2_EveryTableHasAClass: docs/safeguards.md says of every table of the database what class its
// data are of, once, and names no table that is not there; every class says how it is kept.
func TestASVS_14_1_1_and_14_1_2_EveryTableHasAClass(t *testing.T) {
	t.Parallel()
	ctx, urls := t.Context(), pgtest.Database(t)
	require.NoError(t, Migrate(ctx, urls.Owner))
	conn, err := pgx.Connect(ctx, urls.Owner)
	require.NoError(t, err)
	defer func() { _ = conn.Close(ctx) }()
	rows, err := conn.Query(ctx, `select tablename::text from pg_tables where schemaname = 'public' order by 1`)
	require.NoError(t, err)
	there, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)

	kept, classes := classesOfTables(t)
	var written []string
	for class, tables := range classes {
		assert.Contains(t, kept, "| "+class+" | ", "how is the class %s kept?", class)
		written = append(written, tables...)
	}
	slices.Sort(written)
	assert.Equal(t, there, written)
}

// TestASVS_16_1_1_EveryRecordIsListedAndOnlyAddedTo: the tables of the class "record" are those that the application may
// add to and neither change nor empty, but for the refusals of the gate, which another role writes; those that
// docs/safeguards.md lists as logs are among them.
func TestASVS_16_1_1_EveryRecordIsListedAndOnlyAddedTo(t *testing.T) {
	t.Parallel()
	ctx, urls := t.Context(), pgtest.Database(t)
	require.NoError(t, Migrate(ctx, urls.Owner))
	conn, err := pgx.Connect(ctx, urls.Owner)
	require.NoError(t, err)
	defer func() { _ = conn.Close(ctx) }()
	rows, err := conn.Query(ctx, `
		select c.relname::text from pg_class c join pg_namespace s on s.oid = c.relnamespace
		where s.nspname = 'public' and c.relkind = 'r' and has_table_privilege('vinhdanh_app', c.oid, 'insert')
			and not has_any_column_privilege('vinhdanh_app', c.oid, 'update') and not has_table_privilege('vinhdanh_app', c.oid, 'delete')`)
	require.NoError(t, err)
	added, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	_, classes := classesOfTables(t)
	for _, table := range classes["record"] {
		assert.True(t, slices.Contains(added, table) || table == "gate_refusals", "%s can be changed", table)
	}
	_, logs, found := strings.Cut(safeguards(t), "## Logs")
	require.True(t, found)
	for _, m := range regexp.MustCompile(`\b[a-z]+_(?:events|refusals|outcomes)\b|\btrail\b`).FindAllString(logs, -1) {
		assert.Contains(t, classes["record"], m)
	}
}

func safeguards(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "safeguards.md"))
	require.NoError(t, err)
	return string(raw)
}

// classesOfTables reads how classes are kept, and the tables of each.
func classesOfTables(t *testing.T) (kept string, classes map[string][]string) {
	t.Helper()
	kept, tables, found := strings.Cut(safeguards(t), "| class | tables |")
	require.True(t, found)
	tables, _, _ = strings.Cut(tables, "## ")
	classes = map[string][]string{}
	for _, m := range regexp.MustCompile(`(?m)^\| ([a-z]+) \| ([a-z_, ]+) \|$`).FindAllStringSubmatch(tables, -1) {
		classes[m[1]] = strings.Split(m[2], ", ")
	}
	return kept, classes
}
