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
// a decision that waits for its signature, and one that was issued. It gives the draft.
func (w *town) furnish() (draft string) {
	w.t.Helper()
	v, err := w.draft(w.ctx, "BKT-PT", 2)
	require.NoError(w.t, err)
	w.sent("BKT-PT", 2)
	p := w.sent("BKT-PT", 2)
	in := w.forwarding(p)
	in.Verdict, in.Default, in.Minutes, in.Reason = "return", "", "", "Thiếu biên bản họp xét."
	w.must(w.done(w.app.Decide(w.ctx, w.who("ph-reviewer"), in)))
	w.forward(w.sent("BKT-PT", 2))
	w.appraised("snv-appraiser", w.forward(w.sent("BKT-PT", 2)))
	w.decided(provincial, provinceOffice, 991, w.appraised("snv-appraiser", w.forward(w.sent("BKT-PT", 3))))
	return v.ID
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
// axe finds nothing in either language, nothing is wider than its window, no script
// fails, nothing leaves the site, and the first visit takes less than 100 kB, fonts
// aside. A page of the site that it does not open must be named in notOpened.
func TestEveryPage(t *testing.T) {
	w := shared(t)
	ctx, cancel := context.WithTimeout(zerolog.Nop().WithContext(context.Background()), 40*time.Minute)
	t.Cleanup(cancel)
	w.ctx = ctx
	start := map[string][]string{"pgd-clerk": {"/submissions/" + w.furnish()}}
	routes := webtest.NewRoutes(t)
	found, files := map[string]map[string][]*webtest.Page{}, map[string]bool{}
	for _, login := range people {
		found[login] = webtest.Visit(t, w.url(), w.cookie(login)).CrawlWith(routes, files, append(start[login], "/", "/verify", "/session/again")...)
	}
	unlooked(t, routes, found, files)
	seen := map[string]int{}
	for _, login := range people {
		vi := browsertest.Open(t, w.url(), browsertest.Desktop, w.cookie(login)).Vietnamese().Uncached()
		en := browsertest.Open(t, w.url(), browsertest.Desktop, w.cookie(login)).English()
		for route, pages := range found[login] {
			if seen[route] >= looks(route) {
				continue
			}
			seen[route]++
			name := "pages/" + strings.NewReplacer("GET /", "", "/", "-", "{", "", "}", "", "$", "home").Replace(route) + "-" + login
			look(t, vi, en, pages[0].Path, name)
		}
		vi.Clean()
		en.Clean()
	}
	t.Logf("%d routes", len(seen))
}

// look opens one page in both languages at every width.
func look(t *testing.T, vi, en *browsertest.Tab, path, name string) {
	t.Helper()
	vi.Width(browsertest.Desktop).Go(path).Axe().Fits().Shot(name + "-desktop-vi")
	if size := vi.Wire(); size > 100<<10 {
		t.Errorf("%s takes %d bytes on a first visit", path, size)
	}
	vi.Width(browsertest.Phone).Axe().Fits().Shot(name + "-phone-vi")
	vi.Width(browsertest.Small).Fits().Width(browsertest.Reflow).Fits()
	en.Width(browsertest.Desktop).Go(path).Axe().Fits().Shot(name + "-desktop-en")
	en.Width(browsertest.Small).Fits().Width(browsertest.Reflow).Fits()
}

// unlooked fails the test where a page of the site is neither opened nor named with a
// reason, or is named though it is opened.
func unlooked(t *testing.T, routes webtest.Routes, found map[string]map[string][]*webtest.Page, files map[string]bool) {
	t.Helper()
	opened := map[string]bool{}
	for route := range files {
		opened[route] = true
	}
	for _, pages := range found {
		for route := range pages {
			opened[route] = true
		}
	}
	for _, route := range routes.All() {
		_, excused := notOpened[route]
		if strings.HasPrefix(route, "GET ") && !opened[route] && !excused {
			t.Errorf("%s is opened by nobody and not named in notOpened", route)
		}
	}
	for route := range notOpened {
		if opened[route] && !sometimes[route] {
			t.Errorf("%s is opened now: take it out of notOpened", route)
		}
	}
}
