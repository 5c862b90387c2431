package postgres

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/embedded/pg/pgtest"
)

// A dump restores with an empty search path. Every index that calls a function of ours
// can be made so, or the restored database would lack it.
func TestIndexesAreMadeWithoutASearchPath(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	urls := pgtest.Database(t)
	require.NoError(t, Migrate(ctx, urls.Owner))
	conn, err := pgx.Connect(ctx, urls.Owner)
	require.NoError(t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `
		insert into users (id, login, full_name, sample) values (gen_random_uuid(), 'x', 'Người mẫu', true);
		insert into units (id, name, kind, level) values ('x', 'Đơn vị mẫu', 'office', 'commune');
		insert into submissions (id, ref, unit, created_by, letter_number) select gen_random_uuid(), 'HS-2023-0012', 'x', id, '12/TTr' from users where login = 'x';
		insert into proposals (id, submission, ref, unit, award, case_id) select id, id, ref || '/LDTT', 'x', 'LDTT', 'commendation/' || id from submissions`)
	require.NoError(t, err)
	rows, err := conn.Query(ctx, `select distinct indrelid::regclass::text from pg_index where indexprs is not null and indrelid::regclass::text !~ '\.'`)
	require.NoError(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.Subset(t, tables, []string{"decisions", "proposals", "users"})
	_, err = conn.Exec(ctx, `set search_path = ''`)
	require.NoError(t, err)
	for _, table := range tables {
		_, err = conn.Exec(ctx, "reindex table public."+pgx.Identifier{table}.Sanitize())
		require.NoError(t, err, table)
	}
}
