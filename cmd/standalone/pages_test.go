package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/service"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// people are one sample person of each role, and one without any case.
var people = []string{
	"pgd-clerk", "pgd-head", "ph-reviewer", "snv-appraiser", "snv-director", "hd-secretary", "hg-member-1", "hg-chair",
	"hg-registrar", "hg-auditor", "hg-admin", "vt-clerk",
}

// furnish brings cases to every stage: a draft, one in review, one that was
// returned, one at the reception, one before the Council, one session that is open,
// a decision that waits for its signature, and one that was issued.
func (w *town) furnish() {
	w.t.Helper()
	_, err := w.draft(w.ctx, "BKT-PT", 2)
	require.NoError(w.t, err)
	w.sent("BKT-PT", 2)
	p := w.sent("BKT-PT", 2)
	in := w.forwarding(p)
	in.Verdict, in.Default, in.Minutes, in.Reason = "return", "", "", "Thiếu biên bản họp xét."
	w.must(w.done(w.app.Decide(w.ctx, w.who("ph-reviewer"), in)))
	w.forward(w.sent("BKT-PT", 2))
	w.appraised("snv-appraiser", w.forward(w.sent("BKT-PT", 2)))
	w.decided(provincial, provinceOffice, 991, w.appraised("snv-appraiser", w.forward(w.sent("BKT-PT", 3))))
}

// cookie signs a sample person in.
func (w *town) cookie(login string) *http.Cookie {
	w.t.Helper()
	password, err := service.ReadSamplePassword(w.path("tokens.json"))
	require.NoError(w.t, err)
	opened, err := w.app.SignIn(w.ctx, app.SignInInput{Login: login, Password: password}, app.From{Address: "127.0.0.1"})
	require.NoError(w.t, err)
	require.Empty(w.t, opened.Session.Step, login)
	return &http.Cookie{Name: "__Host-session", Value: opened.Secret, Path: "/", Secure: true, HttpOnly: true}
}

// looks is how many roles look at a route's page: more where roles see it differently.
func looks(route string) int {
	if route == "GET /{$}" || route == "GET /proposals/{id}" {
		return len(people)
	}
	return 1
}

// TestEveryPage opens every page that a link leads each role to, in a real browser:
// axe finds nothing, nothing is wider than its window, no script fails, nothing
// leaves the site, and the first visit takes less than 100 kB, fonts aside.
func TestEveryPage(t *testing.T) {
	w := shared(t)
	ctx, cancel := context.WithTimeout(zerolog.Nop().WithContext(context.Background()), 40*time.Minute)
	t.Cleanup(cancel)
	w.ctx = ctx
	w.furnish()
	routes := webtest.NewRoutes(t)
	seen := map[string]int{}
	for _, login := range people {
		pages := webtest.Visit(t, w.url(), w.cookie(login)).Crawl(routes, "/")
		vi := browsertest.Open(t, w.url(), browsertest.Desktop, w.cookie(login)).Uncached()
		en := browsertest.Open(t, w.url(), browsertest.Desktop, w.cookie(login)).English()
		for route, found := range pages {
			if seen[route] >= looks(route) {
				continue
			}
			seen[route]++
			path := found[0].Path
			name := "pages/" + strings.NewReplacer("GET /", "", "/", "-", "{", "", "}", "", "$", "home").Replace(route) + "-" + login
			vi.Width(browsertest.Desktop).Go(path).Axe().Fits().Shot(name + "-desktop-vi")
			if size := vi.Wire(); size > 100<<10 {
				t.Errorf("%s takes %d bytes on a first visit", route, size)
			}
			vi.Width(browsertest.Phone).Axe().Fits().Shot(name + "-phone-vi")
			vi.Width(browsertest.Reflow).Fits()
			en.Go(path).Axe().Shot(name + "-desktop-en")
		}
		vi.Clean()
		en.Clean()
	}
	require.Greater(t, len(seen), 0)
	t.Logf("%d routes", len(seen))
}
