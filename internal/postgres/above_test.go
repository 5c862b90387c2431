package postgres

import (
	"math/rand/v2"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/duplicate/duplicatetest"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/postgres/manytest"
)

// A row of the ledger that says it was decided above needs a case of ours whose route
// ends there and whose item came back with the award; nothing else can look like it.
func TestALedgerRowFromAboveNeedsItsCase(t *testing.T) {
	t.Parallel()
	ctx, urls := t.Context(), pgtest.Database(t)
	require.NoError(t, Migrate(ctx, urls.Owner))
	manytest.FillPeople(t, urls.Owner, duplicatetest.Register(rand.New(rand.NewPCG(7, 7)), 5))
	store, err := Open(ctx, urls.App)
	require.NoError(t, err)
	t.Cleanup(store.Close)
	var item, subject, proposal string
	require.NoError(t, store.pool.QueryRow(ctx, `select id::text, subject, proposal::text from items order by id limit 1`).Scan(&item, &subject, &proposal))
	insert := func(source, authority, subject, decision string) error {
		_, err := store.pool.Exec(ctx, `
			insert into recognitions (id, subject, award, source, item, decision, decision_number, decision_date, authority, period_kind, period)
			values ($1::uuid, $2, 'BKTTG', $3, $4::uuid, nullif($5, '')::uuid, '1234/QĐ-TTg', '2024-03-01', $6, 'calendar', '2023')`,
			uuid.NewString(), subject, source, item, decision, authority)
		return err
	}
	exec := func(sql string, args ...any) {
		_, err := store.pool.Exec(ctx, sql, args...)
		require.NoError(t, err)
	}
	exec(`insert into subjects (ref, kind, name, name_key) values ($1, 'individual', 'Người mẫu', 'nguoi mau'), ('other', 'individual', 'Khác', 'khac') on conflict do nothing`, subject)
	refused := func(why, source, authority, subject, decision string) {
		assert.ErrorContains(t, insert(source, authority, subject, decision), "SQLSTATE 23514", why)
	}
	refused("the case goes nowhere above", "above", "PRIME_MINISTER", subject, "")
	exec(`update proposals set route = '{"code": "STATE", "above": "PRIME_MINISTER", "stages": []}' where id = $1::uuid`, proposal)
	refused("its outcome has not come back", "above", "PRIME_MINISTER", subject, "")
	exec(`update items set outcome = 'not_awarded' where id = $1::uuid`, item)
	refused("it was not awarded", "above", "PRIME_MINISTER", subject, "")
	exec(`update items set outcome = 'recognised' where id = $1::uuid`, item)
	refused("somebody else decides it", "above", "STATE_PRESIDENT", subject, "")
	refused("another subject", "above", "PRIME_MINISTER", "other", "")
	refused("it has an authority", "above", "", subject, "")
	refused("no decision of ours made it", "decision", "PRIME_MINISTER", subject, "")
	require.NoError(t, insert("above", "PRIME_MINISTER", subject, ""))
	assert.True(t, IsUnique(insert("above", "PRIME_MINISTER", subject, "")), "one item, one row")
}
