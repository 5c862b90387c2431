package postgres

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/postgres/manytest"
	"vinhdanh/internal/vietnamese"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// province is a filled database with its owner's address, for reading the tables
// plainly. It is made once: no test changes it.
var province = sync.OnceValue(func() func(testing.TB) (*Store, *pgx.Conn) {
	var owner, app string
	var once sync.Once
	return func(t testing.TB) (*Store, *pgx.Conn) {
		ctx := context.Background()
		once.Do(func() {
			urls := pgtest.Database(t)
			require.NoError(t, Migrate(ctx, urls.Owner))
			manytest.Fill(t, urls.Owner, manytest.Options{Items: 4_000, Communes: 20})
			owner, app = urls.Owner, urls.App
		})
		store, err := Open(ctx, app)
		require.NoError(t, err)
		t.Cleanup(store.Close)
		conn, err := pgx.Connect(ctx, owner)
		require.NoError(t, err)
		t.Cleanup(func() { _ = conn.Close(ctx) })
		return store, conn
	}
})()

var people = map[string]Scope{
	"clerk":     {Units: []string{"many-c7"}, Roles: []string{"clerk"}},
	"two units": {Units: []string{"many-c7", "many-c8"}, Roles: []string{"clerk", "unit_head"}},
	"reviewer":  {Units: []string{"many-d1"}, Roles: []string{"reviewer"}},
	"both":      {Units: []string{"many-d2", "many-c1"}, Roles: []string{"reviewer", "clerk"}},
	"appraiser": {Units: []string{"many-standing"}, Roles: []string{"appraiser"}},
	"member":    {Units: []string{"many-council"}, Roles: []string{"member"}},
	"secretary": {Units: []string{"many-council"}, Roles: []string{"secretary"}},
	"admin":     {Units: []string{"many-authority"}, Roles: []string{"admin"}},
	"auditor":   {Units: []string{}, Roles: []string{}, All: true},
	"nobody":    {Units: []string{}, Roles: []string{}},
}

// all reads every page of a list, in small pages, and proves that each row comes once.
func all[T any](t *testing.T, id func(T) string, read func(Cursor) ([]T, Cursor, error)) []string {
	t.Helper()
	out := []string{}
	seen := map[string]bool{}
	after := Cursor("")
	for range 2000 {
		rows, next, err := read(after)
		require.NoError(t, err)
		for _, r := range rows {
			require.False(t, seen[id(r)], "%s comes twice", id(r))
			seen[id(r)] = true
			out = append(out, id(r))
		}
		if next == "" {
			return out
		}
		after = next
	}
	require.Fail(t, "the pages do not end")
	return nil
}

// plainly reads the ids of items that fit by name and filter, without any index
// of ours: visible is the rule itself.
func plainly(t *testing.T, conn *pgx.Conn, sc Scope, text, cond string) []string {
	t.Helper()
	rows, err := conn.Query(context.Background(), `
		select i.id::text, c.content ->> 'name' from items i join proposals p on p.id = i.proposal join item_contents c on c.item = i.id
		where `+visible+` and (`+cond+`)`, sc.args()...)
	require.NoError(t, err)
	out := []string{}
	var id, name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error {
		if matches(name, text) {
			out = append(out, id)
		}
		return nil
	})
	require.NoError(t, err)
	slices.Sort(out)
	return out
}

// matches is what a search by name means: every word of the text is a word of the
// name, the last one perhaps only its beginning, accents apart.
func matches(name, text string) bool {
	words := strings.Fields(vietnamese.Fold(text))
	name = " " + vietnamese.Fold(name) + " "
	for i, w := range words {
		if i < len(words)-1 {
			w += " "
		}
		if !strings.Contains(name, " "+w) {
			return false
		}
	}
	return true
}

func TestListItemsGivesWhatAPlainReadingGives(t *testing.T) {
	t.Parallel()
	s, conn := province(t)
	filters := map[string]struct {
		f    CaseFilter
		cond string
	}{
		"all":       {CaseFilter{}, `true`},
		"award":     {CaseFilter{Award: "TTLD"}, `p.award = 'TTLD'`},
		"unit":      {CaseFilter{Unit: "many-c7"}, `p.unit = 'many-c7'`},
		"open":      {CaseFilter{State: "open"}, `not p.closed and p.number > 0`},
		"draft":     {CaseFilter{State: "draft"}, `p.number = 0`},
		"returned":  {CaseFilter{State: "returned"}, `p.returned and not p.closed`},
		"stage":     {CaseFilter{Stage: "council"}, `p.stage = 'council' and not p.closed`},
		"role":      {CaseFilter{Role: "reviewer"}, `'reviewer' = any(p.waiting_roles) and not p.closed and p.number > 0`},
		"late":      {CaseFilter{Late: true, Today: "2020-01-01"}, `not p.closed and p.due_on < '2020-01-01'`},
		"dates":     {CaseFilter{From: "2016-03-01", To: "2018-02-01"}, `p.sent_on between '2016-03-01' and '2018-02-01'`},
		"period":    {CaseFilter{Period: "2016"}, `i.period = '2016'`},
		"outcome":   {CaseFilter{Outcome: "not_passed"}, `i.outcome = 'not_passed'`},
		"pending":   {CaseFilter{Outcome: "pending", Kind: "collective"}, `i.outcome = '' and c.content ->> 'kind' = 'collective'`},
		"class":     {CaseFilter{Class: "leader"}, `i.class = 'leader'`},
		"surname":   {CaseFilter{Text: "Nguyễn"}, `true`},
		"name":      {CaseFilter{Text: "tran thi hoa"}, `true`},
		"any order": {CaseFilter{Text: "hoa nguyen"}, `true`},
		"beginning": {CaseFilter{Text: "nguyễn văn h"}, `true`},
		"one":       {CaseFilter{Text: "Út", Award: "LDTT"}, `p.award = 'LDTT'`},
		"nobody":    {CaseFilter{Text: "xyzzy"}, `true`},
	}
	total := 0
	for who, sc := range people {
		for what, x := range filters {
			want := plainly(t, conn, sc, x.f.Text, x.cond)
			got := all(t, func(r ItemRow) string { return r.ID }, func(after Cursor) ([]ItemRow, Cursor, error) {
				return s.ListItems(context.Background(), sc, x.f, after, 100)
			})
			slices.Sort(got)
			assert.Equal(t, want, got, "%s, %s", who, what)
			n, err := s.CountItems(context.Background(), sc, x.f, 1_000_000)
			require.NoError(t, err)
			assert.Equal(t, len(want), n, "count of %s, %s", who, what)
			if who == "nobody" || who == "admin" {
				assert.Empty(t, got, "%s, %s", who, what)
			}
			total += len(got)
		}
	}
	require.Greater(t, total, 10_000, "the lists must have had something in them")
}

func TestListCasesIsInOrderAndCounted(t *testing.T) {
	t.Parallel()
	s, conn := province(t)
	ctx := context.Background()
	for who, sc := range people {
		for what, f := range map[string]CaseFilter{
			"all": {}, "due": {Due: true, State: "open"}, "mine": {Mine: true, Due: true, Offices: sc}, "own": {Own: true}, "name": {Text: "nguyen"},
			"rare name": {Text: "Út Vy"}, "number": {Text: "12"}, "reference": {Text: "hs-2016"}, "outcome": {Outcome: "not_passed"},
		} {
			var rows []CaseRow
			got := all(t, func(r CaseRow) string { return r.ID }, func(after Cursor) ([]CaseRow, Cursor, error) {
				page, next, err := s.ListCases(ctx, sc, f, after, 7)
				rows = append(rows, page...)
				return page, next, err
			})
			assert.True(t, slices.IsSortedFunc(rows, func(a, b CaseRow) int {
				if f.Text != "" {
					return strings.Compare(a.Key, b.Key)
				}
				if !f.Due {
					return b.CreatedAt.Compare(a.CreatedAt)
				}
				day := func(r CaseRow) string {
					if r.DueOn == nil {
						return "infinity"
					}
					return r.DueOn.Format(time.DateOnly)
				}
				return strings.Compare(day(a), day(b))
			}), "%s, %s", who, what)
			n, err := s.CountCases(ctx, sc, f, 1_000_000)
			require.NoError(t, err)
			assert.Len(t, got, n, "%s, %s", who, what)
			var plain int
			require.NoError(t, conn.QueryRow(ctx, `select count(*) from proposals p where `+visible, sc.args()...).Scan(&plain))
			if what == "all" {
				assert.Equal(t, plain, n, who)
			}
			assert.LessOrEqual(t, n, plain, "%s, %s", who, what)
		}
	}
}

func TestExactAccentsComeFirst(t *testing.T) {
	t.Parallel()
	s, _ := province(t)
	sc := Scope{Units: []string{"many-standing"}, Roles: []string{"appraiser"}}
	names := func(text string) []string {
		rows, _, err := s.ListItems(context.Background(), sc, CaseFilter{Text: text}, "", 400)
		require.NoError(t, err)
		out := []string{}
		for _, r := range rows {
			for _, w := range strings.Fields(r.Name) {
				if vietnamese.Fold(w) == "hoa" {
					out = append(out, w)
				}
			}
		}
		return slices.Compact(out)
	}
	assert.Equal(t, []string{"Hòa", "Hoa"}, names("Thị Hòa"), "what was typed comes first, the other spelling after it")
	assert.Equal(t, []string{"Hòa", "Hoa"}, names("THỊ HOÀ"), "the place of the tone mark does not matter")
	assert.Equal(t, []string{"Hòa", "Hoa"}, names(norm.NFD.String("thị hòa")), "nor how it was typed")
	assert.Equal(t, []string{"Hoa", "Hòa"}, names("Thị Hoa"))
}
