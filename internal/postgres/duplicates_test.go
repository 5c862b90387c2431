package postgres

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/duplicate/duplicatetest"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/postgres/manytest"
)

func forms(string) string { return duplicate.ClassForm }

// peopled is a database with a register of n invented people, indexed.
func peopled(tb testing.TB, n int) (*Store, []duplicate.Entry) {
	tb.Helper()
	ctx := context.Background()
	urls := pgtest.Database(tb)
	require.NoError(tb, Migrate(ctx, urls.Owner))
	people := duplicatetest.Register(rand.New(rand.NewPCG(7, 7)), n)
	manytest.FillPeople(tb, urls.Owner, people)
	store, err := Open(ctx, urls.App)
	require.NoError(tb, err)
	tb.Cleanup(store.Close)
	for {
		done, err := store.IndexDuplicates(ctx, 2000)
		require.NoError(tb, err)
		if done == 0 {
			return store, people
		}
	}
}

// TestTheDatabaseFindsWhatTheModelFinds: by the tables' keys the same pairs come out as
// by comparing in memory, and the same as the model says of them.
func TestTheDatabaseFindsWhatTheModelFinds(t *testing.T) {
	t.Parallel()
	store, people := peopled(t, 3000)
	r := rand.New(rand.NewPCG(1, 1))
	found := 0
	var probes []DuplicateProbe
	var mates []string
	for range 300 {
		first := people[r.IntN(len(people))]
		k := duplicatetest.Kinds[r.IntN(len(duplicatetest.Kinds))]
		second, ok := k.Make(r, first)
		if second.BirthDate = ""; !ok || second.Token != "" { // items have neither
			continue
		}
		first.BirthDate = ""
		second.Roots, second.Above = nil, nil
		probes, mates = append(probes, DuplicateProbe{Entry: second}), append(mates, first.ID)
	}
	hits, err := store.FindDuplicates(t.Context(), duplicate.Default(), forms, probes)
	require.NoError(t, err)
	for i, hs := range hits {
		for _, h := range hs {
			if h.Other.ID == manytest.ItemID(mates[i]).String() {
				found++
				assert.NotEmpty(t, h.Match.Parts)
			}
		}
	}
	assert.Greater(t, found, len(probes)/2, "of %d second entries", len(probes))
	alone, err := store.FindDuplicates(t.Context(), duplicate.Default(), forms, probes[:1])
	require.NoError(t, err)
	assert.Equal(t, hits[0], alone[0], "one probe gets what it gets among many")
}

// TestWhatIsPendingIsFound: whatever changes is in the index when it is asked.
func TestWhatIsPendingIsFound(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, people := peopled(t, 50)
	probe := DuplicateProbe{Entry: people[3]}
	probe.Entry.BirthDate = ""
	find := func() []DuplicateHit {
		hits, err := store.FindDuplicates(ctx, duplicate.Default(), forms, []DuplicateProbe{probe})
		require.NoError(t, err)
		return hits[0]
	}
	require.Len(t, find(), 1)
	assert.Equal(t, duplicate.Strong, find()[0].Match.Level)
	id := manytest.ItemID(people[3].ID).String()

	probe.Self = id
	assert.Empty(t, find(), "an item is not its own duplicate")
	probe.Self = ""
	probe.Self = manytest.ItemID(people[4].ID).String() // somebody with a number of their own
	numbered := func(item string, hash string) {
		_, err := store.pool.Exec(ctx, `insert into personal_numbers (id, subject, kind, key_id, sealed, hash, by_user)
			select gen_random_uuid(), subject, 'cccd', 'k', '', sha256($2::bytea), $3 from items where id = $1::uuid`, item, []byte(hash), manytest.ItemID("user"))
		require.NoError(t, err)
	}
	numbered(probe.Self, "one")
	numbered(id, "two")
	assert.Empty(t, find(), "numbers that differ tell namesakes apart")
	probe.Self = ""
	_, err := store.pool.Exec(ctx, `update items set outcome = 'not_passed' where id = $1::uuid`, id)
	require.NoError(t, err)
	assert.Empty(t, find(), "what was refused was not rewarded")
	_, err = store.pool.Exec(ctx, `update items set outcome = 'recognised' where id = $1::uuid`, id)
	require.NoError(t, err)
	require.Len(t, find(), 1)
	assert.True(t, find()[0].Other.Rewarded)
	_, err = store.pool.Exec(ctx, `update items set outcome = '' where id = $1::uuid`, id)
	require.NoError(t, err)

	_, err = store.pool.Exec(ctx, `insert into units (id, name, kind, level) values ('heir', 'Đơn vị mới', 'office', 'commune')`)
	require.NoError(t, err)
	_, err = store.pool.Exec(ctx, `insert into unit_successors (unit, successor) values ($1, 'heir')`, people[3].Unit)
	require.NoError(t, err)
	probe.Entry.Unit, probe.Entry.Roots, probe.Entry.BirthYear = "heir", nil, 0
	require.Len(t, find(), 1, "a merged unit's people are those of its successor")
	assert.Equal(t, duplicate.Strong, find()[0].Match.Level)

	_, err = store.pool.Exec(ctx, `update proposals set number = 0 where unit = $1`, people[3].Unit)
	require.NoError(t, err)
	assert.Empty(t, find(), "another unit's draft is nobody's to find")
	probe.Drafts = []string{people[3].Unit}
	assert.Len(t, find(), 1, "one's own is")
}

// BenchmarkFindDuplicates prints how long one item takes against 100,000 people, and
// what the index costs.
func BenchmarkFindDuplicates(b *testing.B) {
	began := time.Now()
	store, people := peopled(b, 100_000)
	b.ReportMetric(float64(time.Since(began).Microseconds())/100_000, "µs/person-filled-and-indexed")
	i := 0
	for b.Loop() {
		e := people[i*7919%len(people)]
		i++
		_, err := store.FindDuplicates(b.Context(), duplicate.Default(), forms, []DuplicateProbe{{Entry: e}})
		require.NoError(b, err)
	}
	var keys int
	var size string
	require.NoError(b, store.pool.QueryRow(b.Context(), `select (select count(*) from duplicate_keys),
		pg_size_pretty(pg_total_relation_size('duplicate_keys') + pg_total_relation_size('duplicate_entries'))`).Scan(&keys, &size))
	fmt.Printf("index: %d keys, %s\n", keys, size)
}

// TestUnitsThatAreRenamedOrMergedAreFound: a collective that is a unit is found by the
// unit's new name, its former one, and its successor's.
func TestUnitsThatAreRenamedOrMergedAreFound(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, _ := peopled(t, 10)
	exec := func(sql string, args ...any) {
		_, err := store.pool.Exec(ctx, sql, args...)
		require.NoError(t, err, sql)
	}
	exec(`insert into units (id, name, kind, level) values ('school', 'Trường Tiểu học Kinh Cùng 9', 'office', 'unit')`)
	collective := func(name string) DuplicateProbe {
		return DuplicateProbe{Entry: duplicate.Entry{Kind: duplicate.Collective, Name: name, Unit: "elsewhere", Award: "BKT-PT", PeriodKind: "calendar", Period: "2023"}}
	}
	var item string
	require.NoError(t, store.pool.QueryRow(ctx, `select item::text from item_contents limit 1`).Scan(&item))
	exec(`insert into item_contents (item, revision, content, salt, commitment)
		select item, 2, (content::jsonb || '{"kind":"collective","name":"Trường Tiểu học Kinh Cùng 9","period_kind":"calendar","period":"2023"}')::json, salt, commitment
		from item_contents where item = $1::uuid`, item)
	exec(`update proposals set revision = 2 where id = (select proposal from items where id = $1::uuid)`, item)
	found := func(name string) string {
		hits, err := store.FindDuplicates(ctx, duplicate.Default(), forms, []DuplicateProbe{collective(name)})
		require.NoError(t, err)
		for _, h := range hits[0] {
			if h.Other.ID == item {
				return h.Match.Parts[0].Code
			}
		}
		return ""
	}
	require.Equal(t, "itself", found("Trường Tiểu học Kinh Cùng 9"))
	require.Empty(t, found("Trường Tiểu học Long Mỹ"))
	exec(`update units set name = 'Trường Tiểu học Long Mỹ' where id = 'school'`)
	require.Equal(t, "itself", found("Trường Tiểu học Long Mỹ"), "the new name")
	require.Equal(t, "itself", found("Trường Tiểu học Kinh Cùng 9"), "and the former")
	exec(`insert into units (id, name, kind, level) values ('merged', 'Trường Phổ thông Hai cấp Vĩnh Tường', 'office', 'unit')`)
	require.Empty(t, found("Trường Phổ thông Hai cấp Vĩnh Tường"))
	exec(`insert into unit_successors (unit, successor) values ('school', 'merged')`)
	require.Equal(t, "itself", found("Trường Phổ thông Hai cấp Vĩnh Tường"), "the successor")
}
