package main

import (
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
)

// record are the tables to which serve and worker may only add.
var record = []string{"trail", "attempts", "attempt_outcomes", "validations", "reasons", "gate_refusals", "app_refusals",
	"recognitions", "recognition_withdrawals", "subject_joins", "subject_join_ends", "ledger_imports", "ledger_scans", "personal_number_reads"}

// denied are PostgreSQL's words for "you may not" (SQLSTATE).
var denied = map[string]bool{
	"42501": true, // insufficient_privilege
	"0LP01": true, // invalid_grant_operation
	"42704": true, // undefined_object: a role that it may not even see
}

// refusesSQL runs a statement that must be refused for want of right, in a
// transaction that is rolled back.
func (w *town) refusesSQL(c *pgx.Conn, sql string) {
	w.t.Helper()
	tx, err := c.Begin(w.ctx)
	require.NoError(w.t, err)
	defer tx.Rollback(w.ctx)
	_, err = tx.Exec(w.ctx, sql)
	var pg *pgconn.PgError
	require.True(w.t, errors.As(err, &pg), "%s: %v", sql, err)
	require.True(w.t, denied[pg.Code], "%s: %s %s", sql, pg.Code, pg.Message)
}

// everywhere is what neither login role may do.
var everywhere = []string{
	`create table x (y int)`, `create schema x`, `create temp table x (y int)`, `create extension dblink`,
	`create function f() returns int language sql as 'select 1'`, `create role x`,
	`alter table trail disable trigger all`, `alter table trail owner to current_user`, `drop table trail`,
	`alter role current_user superuser`, `alter role current_user createrole`, `alter role current_user bypassrls`,
	`grant vinhdanh_owner to current_user`, `set role vinhdanh_owner`, `set role postgres`,
	`set session authorization vinhdanh_owner`, `copy trail to '/tmp/x'`, `copy users to program 'cat'`,
	`select pg_read_file('/etc/passwd')`, `load 'auto_explain'`,
	`set session_replication_role = replica`,
	`update pg_authid set rolsuper = true`,
}

// TestASVS_13_2_and_16_4_2_DatabaseRoles logs in as serve and worker do, and as the gate does.
func TestASVS_13_2_and_16_4_2_DatabaseRoles(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.sent("LDTT", 1) // the record holds something
	db := w.sql(w.urls.App)
	for _, table := range record {
		var n int
		require.NoError(t, db.QueryRow(w.ctx, `select count(*) from `+table).Scan(&n), table)
		var column string
		require.NoError(t, db.QueryRow(w.ctx, `
			select column_name from information_schema.columns where table_name = $1 and is_generated = 'NEVER'
			and identity_generation is null limit 1`, table).Scan(&column))
		for _, sql := range []string{
			fmt.Sprintf(`update %s set %s = %[2]s`, table, column), `delete from ` + table, `truncate ` + table,
			`truncate ` + table + ` cascade`, `select * from ` + table + ` for update`,
			fmt.Sprintf(`merge into %s a using (select 1) b on true when matched then delete`, table),
			`lock table ` + table + ` in access exclusive mode`, `alter table ` + table + ` add column x int`,
			`create index on ` + table + `((1))`, `create trigger x before insert on ` + table + ` execute function f()`,
		} {
			w.refusesSQL(db, sql)
		}
	}
	w.refusesSQL(db, `insert into trail select * from trail on conflict (case_id, number) do update set body = excluded.body`)
	for _, sql := range everywhere {
		w.refusesSQL(db, sql)
	}
	_, err := db.Exec(w.ctx, `alter system set fsync = off`) // not possible in a transaction
	require.ErrorContains(t, err, "42501")
	// PostgreSQL answers a grant of what one does not have by a warning only.
	_, err = db.Exec(w.ctx, `grant update, delete, truncate on trail, attempts to current_user`)
	require.NoError(t, err)
	for _, right := range []string{"update", "delete", "truncate", "trigger", "references"} {
		for _, table := range record {
			var has bool
			require.NoError(t, db.QueryRow(w.ctx, `select has_table_privilege($1, $2) or has_any_column_privilege($1, case when $2 in ('update', 'references') then $2 else 'update' end)`, table, right).Scan(&has))
			require.False(t, has, "%s on %s", right, table)
		}
	}
	owns := 0
	require.NoError(t, db.QueryRow(w.ctx, `select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = current_user)`).Scan(&owns))
	require.Zero(t, owns)
	var member int
	require.NoError(t, db.QueryRow(w.ctx, `select count(*) from pg_auth_members where member = (select oid from pg_roles where rolname = current_user)`).Scan(&member))
	require.Zero(t, member, "it is a member of another role")
	_, err = w.app.Store.Trail(w.ctx, p.CaseID)
	require.NoError(t, err)
}

// TestGateRole: what Temporal's gate writes with may add refusals, and nothing else.
func TestGateRole(t *testing.T) {
	t.Parallel()
	w := shared(t)
	db := w.sql(w.urls.Gate)
	_, err := db.Exec(w.ctx, `insert into gate_refusals (sender, api, code) values ('app', 'Test', 'denied')`)
	require.NoError(t, err)
	all := w.sql(w.urls.App)
	rows, err := all.Query(w.ctx, `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)
	require.NoError(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.Greater(t, len(tables), 30)
	for _, table := range tables {
		w.refusesSQL(db, `select 1 from `+table)
		w.refusesSQL(db, `delete from `+table)
		w.refusesSQL(db, `truncate `+table)
		if table != "gate_refusals" {
			w.refusesSQL(db, `insert into `+table+` default values`)
		}
	}
	w.refusesSQL(db, `update gate_refusals set code = 'x'`)
	for _, sql := range everywhere {
		w.refusesSQL(db, sql)
	}
}
