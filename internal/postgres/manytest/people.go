package manytest

import (
	"context"
	"crypto/md5" //nolint:gosec // ids that can be told again, no secret
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/proposal"
)

// ItemID is the id of the item that FillPeople makes of an entry.
func ItemID(entry string) uuid.UUID { return uuid.UUID(md5.Sum([]byte("person " + entry))) } //nolint:gosec // as above

// FillPeople adds one sent case per unit and one item per entry to a migrated
// database, by its owner's address. The index of duplicates is left to fill.
func FillPeople(tb testing.TB, ownerURL string, entries []duplicate.Entry) {
	tb.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, ownerURL)
	require.NoError(tb, err)
	defer conn.Close(ctx)
	exec := func(sql string, args ...any) {
		_, err := conn.Exec(ctx, sql, args...)
		require.NoError(tb, err)
	}
	exec(`alter table item_contents disable trigger user; alter table proposals disable trigger user; alter table items disable trigger user`)
	exec(`insert into users (id, login, full_name, sample) values ($1, 'people', 'Người mẫu', true) on conflict do nothing`, ItemID("user"))
	units := map[string]uuid.UUID{}
	for _, e := range entries {
		if _, made := units[e.Unit]; made {
			continue
		}
		id := ItemID("case " + e.Unit)
		units[e.Unit] = id
		for i, u := range append([]string{e.Unit}, e.Above...) {
			exec(`insert into units (id, name, kind, level) values ($1::text, $1::text, 'office', $2) on conflict do nothing`, u, []string{"commune", "district", "province", "province"}[i])
		}
		for i, above := range e.Above {
			exec(`update units set parent = $2 where id = $1`, append([]string{e.Unit}, e.Above...)[i], above)
		}
		exec(`insert into submissions (id, ref, unit, created_by, status) values ($1, 'S-' || $2::text, $2::text, $3, 'sent')`, id, e.Unit, ItemID("user"))
		exec(`insert into proposals (id, submission, ref, unit, award, case_id, number, revision, stage)
			values ($1::uuid, $1::uuid, 'S-' || $2::text, $2::text, $3, 'commendation/' || $1::uuid::text, 1, 1, 'review')`, id, e.Unit, e.Award)
	}
	into := func(table string, columns []string, rows [][]any) {
		_, err := conn.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
		require.NoError(tb, err)
	}
	copyPeople(tb, entries, units, into)
	exec(`insert into duplicate_pending (id) select id from items`)
	exec(`alter table item_contents enable trigger user; alter table proposals enable trigger user; alter table items enable trigger user`)
}

// copyPeople makes the rows of the entries and puts them into their tables.
func copyPeople(tb testing.TB, entries []duplicate.Entry, units map[string]uuid.UUID, into func(string, []string, [][]any)) {
	subjects, items, contents := [][]any{}, [][]any{}, [][]any{}
	for i, e := range entries {
		id := ItemID(e.ID)
		content, err := json.Marshal(proposal.ItemContent{
			Kind: e.Kind, Name: e.Name, Sex: e.Sex, BirthYear: e.BirthYear, Workplace: e.Workplace, Award: e.Award,
			Achievement: e.Achievement, PeriodKind: e.PeriodKind, Period: e.Period,
		})
		require.NoError(tb, err)
		subjects = append(subjects, []any{id.String(), e.Kind, e.Name, "", e.BirthYear, e.Unit})
		items = append(items, []any{id, units[e.Unit], i + 1, id.String(), ""})
		contents = append(contents, []any{id, 1, json.RawMessage(content), []byte{0}, ""})
	}
	into("subjects", []string{"ref", "kind", "name", "name_key", "birth_year", "unit"}, subjects)
	into("items", []string{"id", "proposal", "position", "subject", "name_key"}, items)
	into("item_contents", []string{"item", "revision", "content", "salt", "commitment"}, contents)
}
