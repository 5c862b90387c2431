package audit_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/webtest"
)

// marks are tables in which being signed in leaves a mark of its own, with what:
// their number of rows stays, a time in them moves.
var marks = map[string]string{
	"tokens":       "when a token was used last",
	"web_sessions": "when a session was used last",
}

// account are tables of the reader's own account, which the pages of that account
// prepare, with what; nothing of a case stands there.
var account = map[string]string{
	"code_factors": "the secret that the page for an authenticator app shows",
}

// snapshot is the count and a checksum of every table.
func snapshot(t *testing.T, owner string) map[string]string {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, owner)
	require.NoError(t, err)
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, `select tablename from pg_tables where schemaname = 'public'`)
	require.NoError(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.Greater(t, len(tables), 20)
	out := map[string]string{}
	for _, table := range tables {
		if account[table] != "" {
			continue
		}
		var count int
		var sum *string
		q := fmt.Sprintf(`select count(*), md5(string_agg(x::text, E'\n' order by x::text)) from %s x`, pgx.Identifier{table}.Sanitize())
		require.NoError(t, conn.QueryRow(ctx, q).Scan(&count, &sum))
		out[table] = fmt.Sprint(count, " ")
		if sum != nil && marks[table] == "" {
			out[table] += *sum
		}
	}
	return out
}

// Nothing an auditor opens changes anything: every page that a link leads to, every
// file, every check; the count and checksum of each table stay what they were.
func TestReadingChangesNothing(t *testing.T) {
	t.Parallel()
	w, p, d := played(t)
	open := w.Sent(t, "Danh Mẫu") // waits, unopened, for the district
	v := w.As(t, "hg-auditor")
	require.Equal(t, 200, v.Get("/audit").Status)            // signed in by now
	_, err := w.App.Store.IndexDuplicates(t.Context(), 1000) // as the worker does: the index of duplicates stands
	require.NoError(t, err)
	before := snapshot(t, w.Owner)

	pages := v.Crawl(webtest.NewRoutes(t), "/audit")
	require.Greater(t, len(pages), 6)
	for _, id := range []string{p.CaseID, d.CaseID, open.CaseID} {
		base := "/audit/case/" + id
		for _, path := range []string{
			"", "/state?number=1", "/state", "/compare?from=1", "/events", "/history.json", "/integrity", "/integrity?check=now",
			"/export?format=csv", "/export?format=json", "/export?format=xlsx",
		} {
			page := v.Get(base + path)
			require.Contains(t, []int{200, 429}, page.Status, "%s: %s", base+path, page.Body)
		}
	}
	for _, path := range []string{
		"/audit?q=kin+dao", "/audit/refusals", "/audit/export?format=csv", "/audit/export.xes", "/audit/refusals/export?format=json",
		"/proposals/" + open.ID, "/decisions/" + d.ID, "/register",
	} {
		require.Less(t, v.Get(path).Status, 500, path)
	}
	require.Equal(t, before, snapshot(t, w.Owner))
	require.Nil(t, w.Row(t, open.ID).OpenedAt, "an auditor's look does not count as opening")
}
