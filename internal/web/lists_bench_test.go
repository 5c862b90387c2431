package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/postgres/manytest"
	"vinhdanh/internal/web/webtest"
)

// stopwatch adds up what the database takes of a page: every statement from its
// sending to its last row.
type stopwatch struct{ spent atomic.Int64 }

type begunKey struct{}

func (s *stopwatch) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return context.WithValue(ctx, begunKey{}, time.Now())
}

func (s *stopwatch) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryEndData) {
	if begun, ok := ctx.Value(begunKey{}).(time.Time); ok {
		s.spent.Add(int64(time.Since(begun)))
	}
}

// crowd is a site over a filled database.
type crowd struct {
	*webtest.World
	watch   stopwatch
	cookies map[string]*http.Cookie
}

// seats put sample people into the units of the filled province.
var seats = map[string][2]string{
	"pgd-clerk": {"many-c7", "clerk"}, "ph-reviewer": {"many-d1", "reviewer"}, "snv-appraiser": {manytest.Standing, "appraiser"}, "hg-auditor": {},
}

func newCrowd(b *testing.B, items int) *crowd {
	b.Helper()
	ctx := context.Background()
	c := &crowd{World: webtest.New(b), cookies: map[string]*http.Cookie{}}
	begun := time.Now()
	manytest.Fill(b, c.Owner, manytest.Options{Items: items})
	fmt.Printf("%d items filled in %s\n", items, time.Since(begun).Round(time.Second))
	owner, err := pgx.Connect(ctx, c.Owner)
	require.NoError(b, err)
	defer owner.Close(ctx)
	for login, seat := range seats {
		if seat[0] != "" {
			_, err = owner.Exec(ctx, `update memberships set unit = $2, role = $3 where user_id = (select id from users where login = $1)`, login, seat[0], seat[1])
			require.NoError(b, err)
		}
		c.cookies[login] = c.Cookie(b, login)
	}
	store, err := postgres.OpenTraced(ctx, c.Owner, &c.watch)
	require.NoError(b, err)
	b.Cleanup(store.Close)
	c.App.Store = store
	return c
}

// look opens a page once and tells how long it took, and how long of it its SQL.
func (c *crowd) look(b *testing.B, login, path string) (page, sql time.Duration) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.AddCookie(c.cookies[login])
	w := httptest.NewRecorder()
	c.watch.spent.Store(0)
	begun := time.Now()
	c.Site.ServeHTTP(w, r)
	page = time.Since(begun)
	require.Equal(b, http.StatusOK, w.Code, path)
	return page, time.Duration(c.watch.spent.Load())
}

// BenchmarkPages compares the lists and the search at ten thousand and at a million
// items, through the handler, in one run: the page's 95th percentile against the
// one of its own SQL (budget 2), and against the same page at ten thousand items
// (budget 1.3). Both sizes take turns, so that what else the machine does meets both.
func BenchmarkPages(b *testing.B) {
	small, large := newCrowd(b, 10_000), newCrowd(b, 1_000_000)
	paths := []string{
		"/search/cases", "/search/cases?mine=1&sort=due", "/search/cases?state=open&late=1&sort=due", "/search/cases?award=TTLD", "/search/items",
		"/search/items?q=nguyen", "/search/items?q=tran+thi+hoa", "/search/items?q=hoa+nguyen", "/search/items?q=xyzzy", "/search/items?q=12", "/search?q=thi+hoa",
		"/search/submissions",
	}
	for range b.N {
		worstSQL, worstSize := 0.0, 0.0
		for _, login := range slices.Sorted(keys(seats)) {
			for _, path := range paths {
				var page, sql, before []time.Duration
				for i := range 50 {
					p0, _ := small.look(b, login, path)
					p, s := large.look(b, login, path)
					if i >= 10 {
						page, sql, before = append(page, p), append(sql, s), append(before, p0)
					}
				}
				bySQL, bySize := ratio(page, sql), ratio(page, before)
				worstSQL, worstSize = max(worstSQL, bySQL), max(worstSize, bySize)
				fmt.Printf("%-13s %-42s p95 %8s, its SQL %8s: %.2f; at 10,000 items %8s: %.2f\n", login, path,
					p95(page).Round(10*time.Microsecond), p95(sql).Round(10*time.Microsecond), bySQL, p95(before).Round(10*time.Microsecond), bySize)
			}
		}
		b.ReportMetric(worstSQL, "worst-page/sql")
		b.ReportMetric(worstSize, "worst-large/small")
	}
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func ratio(a, b []time.Duration) float64 { return float64(p95(a)) / float64(p95(b)) }

func p95(d []time.Duration) time.Duration {
	s := slices.Sorted(slices.Values(d))
	return s[len(s)*95/100]
}
