// Package manytest fills a database with very many invented cases, by the
// database itself: for measuring lists and search, and for comparing what they
// give with a plain reading of the tables. Nothing in it is about real people:
// names are drawn from lists of common words.
//
// A filled province has Communes units that propose, one reviewing district for
// every ten of them, and one standing body, council and authority. Cases have
// eight items each; of a hundred cases some are drafts, most are closed, and the
// rest stand at the stages of their route. Reviewers of a district see a tenth of
// the cases, clerks those of their commune, the standing body all that were sent.
package manytest

import (
	"context"
	_ "embed"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

//go:embed fill.sql
var script string

// Options say how much.
type Options struct {
	Items    int // about how many items; eight to a case
	Communes int // 0: 100
}

// Units of the filled province, and the ids of its people's logins: clerk-1 is
// the clerk of commune 1, reviewer-1 the reviewer of its district.
const (
	Standing  = "many-standing"
	Council   = "many-council"
	Authority = "many-authority"
)

// Fill adds the cases to a migrated database, by its owner's address.
func Fill(tb testing.TB, ownerURL string, o Options) {
	tb.Helper()
	if o.Communes == 0 {
		o.Communes = 100
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, ownerURL)
	require.NoError(tb, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `select set_config('many.cases', ($1::int / 8)::text, false), set_config('many.communes', $2::int::text, false)`,
		o.Items, o.Communes)
	require.NoError(tb, err)
	_, err = conn.Exec(ctx, script)
	require.NoError(tb, err)
	_, err = conn.Exec(ctx, "vacuum analyze") // alone: vacuum runs in no transaction
	require.NoError(tb, err)
}
