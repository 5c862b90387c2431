package postgres

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/postgres/manytest"
)

// readers are who the lists are measured for.
var readers = map[string]Scope{
	"clerk":     {Units: []string{"many-c7"}, Roles: []string{"clerk"}},
	"reviewer":  {Units: []string{"many-d1"}, Roles: []string{"reviewer"}},
	"appraiser": {Units: []string{"many-standing"}, Roles: []string{"appraiser"}},
	"auditor":   {Units: []string{}, Roles: []string{}, All: true},
	"member":    {Units: []string{"many-council"}, Roles: []string{"member"}},
}

// asked are the filters that the lists are measured with.
var asked = map[string]CaseFilter{
	"all":       {},
	"mine":      {Mine: true, Due: true},
	"late":      {Late: true, Due: true, Today: "2023-11-15"},
	"award":     {Award: "TTLD"},
	"unit":      {Unit: "many-c7"},
	"stage":     {Stage: "council"},
	"returned":  {State: "returned"},
	"on hold":   {State: "on_hold"},
	"drafts":    {State: "draft"},
	"period":    {Period: "2016"},
	"outcome":   {Outcome: "not_passed"},
	"surname":   {Text: "nguyễn"},
	"name":      {Text: "Trần Thị Hòa"},
	"unaccent":  {Text: "tran thi hoa"},
	"any order": {Text: "hoa nguyen"},
	"given":     {Text: "Út Vy"},
	"nobody":    {Text: "xyzzy"},
	"two":       {Text: "nguyen yen", Award: "LDTT"},
	"number":    {Text: "12"},
	"reference": {Text: "HS-2019-05"},
}

// BenchmarkLists compares each list at ten thousand and at a million items: the
// ratio of the 95th percentiles is what the budget of design.md section 9 bounds.
func BenchmarkLists(b *testing.B) {
	small, large := filled(b, 10_000), filled(b, 1_000_000)
	for range b.N {
		worst := 0.0
		for _, who := range slices.Sorted(keysOf(readers)) {
			for _, what := range slices.Sorted(keysOf(asked)) {
				for _, kind := range []string{"cases", "items"} {
					a, z := measure(b, small, kind, readers[who], asked[what]), measure(b, large, kind, readers[who], asked[what])
					ratio := float64(z) / float64(a)
					worst = max(worst, ratio)
					fmt.Printf("%-5s %-9s %-10s p95 %8s at 10,000, %8s at 1,000,000: ratio %.2f\n", kind, who, what, a.Round(time.Microsecond), z.Round(time.Microsecond), ratio)
				}
			}
		}
		b.ReportMetric(worst, "worst-ratio")
	}
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func filled(b *testing.B, items int) *Store {
	b.Helper()
	ctx := context.Background()
	urls := pgtest.Database(b)
	require.NoError(b, Migrate(ctx, urls.Owner))
	begun := time.Now()
	manytest.Fill(b, urls.Owner, manytest.Options{Items: items})
	fmt.Printf("%d items filled in %s\n", items, time.Since(begun).Round(time.Second))
	store, err := Open(ctx, urls.App)
	require.NoError(b, err)
	b.Cleanup(store.Close)
	return store
}

// measure is the 95th percentile of a page's time.
func measure(b *testing.B, s *Store, kind string, sc Scope, f CaseFilter) time.Duration {
	b.Helper()
	const runs = 40
	var took []time.Duration
	for i := range runs + 10 {
		begun := time.Now()
		var err error
		if kind == "cases" {
			_, _, err = s.ListCases(context.Background(), sc, f, "", 25)
		} else {
			_, _, err = s.ListItems(context.Background(), sc, f, "", 25)
		}
		require.NoError(b, err)
		if i >= 10 {
			took = append(took, time.Since(begun))
		}
	}
	slices.Sort(took)
	return took[runs*95/100]
}
