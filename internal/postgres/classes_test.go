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

	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "safeguards.md"))
	require.NoError(t, err)
	kept, tables, found := strings.Cut(string(raw), "| class | tables |")
	require.True(t, found)
	tables, _, _ = strings.Cut(tables, "## ")
	var written []string
	for _, m := range regexp.MustCompile(`(?m)^\| ([a-z]+) \| ([a-z_, ]+) \|$`).FindAllStringSubmatch(tables, -1) {
		assert.Contains(t, kept, "| "+m[1]+" | ", "how is the class %s kept?", m[1])
		written = append(written, strings.Split(m[2], ", ")...)
	}
	slices.Sort(written)
	assert.Equal(t, there, written)
}
