package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/postgres/manytest"
	"vinhdanh/internal/web/webtest"
)

// crowd is a site over a filled database.
type crowd struct {
	*webtest.World
	meter   meter
	cookies map[string]*http.Cookie
}

// seats put sample people into the units of the filled province. Commune 7 is its
// busiest: every list of its clerk is longer than a page in both sizes, so that two
// full pages are compared, and grows as the province does.
var seats = map[string][2]string{
	"pgd-clerk": {"many-c7", "clerk"}, "ph-reviewer": {"many-d1", "reviewer"}, "snv-appraiser": {manytest.Standing, "appraiser"}, "hg-auditor": {},
}

// listed are the pages of everybody, and of some.
var (
	listed = []string{
		"/search/cases", "/search/cases?mine=1&sort=due", "/search/cases?state=open&late=1&sort=due", "/search/cases?award=TTLD", "/search/items",
		"/search/items?q=nguyen", "/search/items?q=tran+thi+hoa", "/search/items?q=hoa+nguyen", "/search/items?q=xyzzy", "/search/items?q=12", "/search?q=thi+hoa",
		"/search/submissions", "/search/people?q=tran+thi+hoa", "/", "/pictures", "/notices",
	}
	listedOf = map[string][]string{
		"pgd-clerk": {"/submissions"}, "ph-reviewer": {"/review"}, "snv-appraiser": {"/review", "/sessions", "/decision-drafts"},
		"hg-auditor": {"/audit", "/audit/refusals", "/register", "/sessions"},
	}
)

func newCrowd(b *testing.B, items int) *crowd {
	b.Helper()
	ctx := context.Background()
	c := &crowd{World: webtest.New(b), cookies: map[string]*http.Cookie{}}
	owner, err := pgx.Connect(ctx, c.Owner)
	require.NoError(b, err)
	defer owner.Close(ctx)
	begun := time.Now()
	manytest.Fill(b, c.Owner, manytest.Options{Items: items})
	fmt.Printf("%d items filled in %s\n", items, time.Since(begun).Round(time.Second))
	for login, seat := range seats {
		if seat[0] != "" {
			_, err = owner.Exec(ctx, `
				with u as (select id from users where login = $1),
					gone as (delete from memberships where user_id = (select id from u) and (unit, role) <> ($2, $3))
				insert into memberships (user_id, unit, role) select id, $2, $3 from u on conflict do nothing`, login, seat[0], seat[1])
			require.NoError(b, err)
		}
	}
	store, err := postgres.OpenTraced(ctx, c.Owner, &c.meter)
	require.NoError(b, err)
	b.Cleanup(store.Close)
	c.App.Store = store
	return c
}

// look opens a page once and tells how long it took, how long of it its SQL, and
// how many rows its tables have.
func (c *crowd) look(b *testing.B, login, path string) (page, sql time.Duration, rows int) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.AddCookie(c.cookies[login])
	w := httptest.NewRecorder()
	c.meter.spent.Store(0)
	begun := time.Now()
	c.Site.ServeHTTP(w, r)
	page = time.Since(begun)
	require.Equal(b, http.StatusOK, w.Code, "%s %s", login, path)
	return page, time.Duration(c.meter.spent.Load()), strings.Count(w.Body.String(), "<tr")
}

// touched is what the statements of a page look at.
func (c *crowd) touched(b *testing.B, login, path string) (int, string) {
	c.look(b, login, path)
	c.meter.keeps, c.meter.kept = true, nil
	c.look(b, login, path)
	c.meter.keeps = false
	return c.meter.touched(b, c.Owner)
}

// flat is how much more a page may cost at a million items than at ten thousand.
const flat = 1.3

// looks is how often each page is timed, after a few that are not.
const looks, warming = 60, 5

// BenchmarkPages compares lists, search, home and pictures at ten thousand and at a
// million items, through the handler, in one run: the page's 95th percentile against
// the one of its own SQL (budget 2), and against the same page at ten thousand items
// (budget 1.3); and the pages of the database that are looked at, which no load of
// the machine moves. Both sizes take turns, so that load meets both.
func BenchmarkPages(b *testing.B) {
	small, large := newCrowd(b, 10_000), newCrowd(b, 1_000_000)
	for range b.N {
		worst := compared{}
		for _, login := range slices.Sorted(keys(seats)) {
			for _, path := range slices.Concat(listed, listedOf[login]) {
				x := compare(b, small, large, login, path)
				fmt.Printf("%-13s %-42s %v\n", login, path, x)
				if x.buffers > flat {
					fmt.Println(x.query) // that touches most
				}
				worst.bySQL, worst.bySize, worst.buffers = max(worst.bySQL, x.bySQL), max(worst.bySize, x.bySize), max(worst.buffers, x.buffers)
			}
		}
		b.ReportMetric(worst.bySQL, "worst-page/sql")
		b.ReportMetric(worst.bySize, "worst-large/small")
		b.ReportMetric(worst.buffers, "worst-buffers")
	}
}

// compared is one page at both sizes.
type compared struct {
	bySQL, bySize, buffers float64
	middleSQL, middleSize  float64 // the same of the medians, which a busy machine moves less
	page, sql, before      time.Duration
	touched                [2]int
	rows                   [2]int
	query                  string
}

func (x compared) String() string {
	return fmt.Sprintf("rows %3d %3d  buffers %6d %6d: %.2f  p95 %8s, its SQL %8s: %.2f (median %.2f); at 10,000 items %8s: %.2f (median %.2f)",
		x.rows[0], x.rows[1], x.touched[0], x.touched[1], x.buffers,
		x.page.Round(10*time.Microsecond), x.sql.Round(10*time.Microsecond), x.bySQL, x.middleSQL, x.before.Round(10*time.Microsecond), x.bySize, x.middleSize)
}

func compare(b *testing.B, small, large *crowd, login, path string) compared {
	var x compared
	for _, c := range []*crowd{small, large} {
		c.cookies[login] = c.Cookie(b, login) // filling takes longer than a session lasts idle
	}
	x.touched[0], _ = small.touched(b, login, path)
	x.touched[1], x.query = large.touched(b, login, path)
	x.buffers = float64(x.touched[1]) / float64(max(1, x.touched[0]))
	var page, sql, before []time.Duration
	for i := range warming + looks {
		p0, _, r0 := small.look(b, login, path)
		p, s, r := large.look(b, login, path)
		x.rows = [2]int{r0, r}
		if i >= warming {
			page, sql, before = append(page, p), append(sql, s), append(before, p0)
		}
	}
	x.page, x.sql, x.before = p95(page), p95(sql), p95(before)
	x.bySQL, x.bySize = float64(x.page)/float64(x.sql), float64(x.page)/float64(x.before)
	x.middleSQL, x.middleSize = float64(at(page, 50))/float64(at(sql, 50)), float64(at(page, 50))/float64(at(before, 50))
	return x
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

func p95(d []time.Duration) time.Duration { return at(d, 95) }

// at is a percentile.
func at(d []time.Duration, percent int) time.Duration {
	s := slices.Sorted(slices.Values(d))
	return s[len(s)*percent/100]
}
