package postgres

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/postgres/manytest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// province is a filled database with its owner's connection, for reading the
// tables plainly.
func province(t *testing.T, items int) (*Store, *pgx.Conn) {
	t.Helper()
	ctx := context.Background()
	urls := pgtest.Database(t)
	require.NoError(t, Migrate(ctx, urls.Owner))
	begun := time.Now()
	manytest.Fill(t, urls.Owner, manytest.Options{Items: items, Communes: 20})
	t.Logf("filled in %s", time.Since(begun))
	store, err := Open(ctx, urls.App)
	require.NoError(t, err)
	t.Cleanup(store.Close)
	conn, err := pgx.Connect(ctx, urls.Owner)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(ctx) })
	return store, conn
}

func TestFill(t *testing.T) {
	s, _ := province(t, 10_000)
	sc := Scope{Units: []string{"many-standing"}, Roles: []string{"appraiser"}}
	rows, next, err := s.ListItems(context.Background(), sc, CaseFilter{Text: "hoa"}, "", 5)
	require.NoError(t, err)
	for _, r := range rows {
		t.Log(r.Name, r.Ref, r.Stage, r.Match)
	}
	t.Log(next)
}
