package webtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web"
)

// Routes tells which route of the site an address belongs to.
type Routes struct {
	mux *http.ServeMux
	all []string
}

// All are the site's patterns.
func (r Routes) All() []string { return r.all }

// NewRoutes reads the site's routes.
func NewRoutes(t testing.TB) Routes {
	t.Helper()
	site, err := web.New(nil, web.Options{})
	require.NoError(t, err)
	mux := http.NewServeMux()
	for _, p := range site.Patterns() {
		mux.Handle(p, http.NotFoundHandler())
	}
	return Routes{mux, site.Patterns()}
}

// Of is the pattern of an address, or "".
func (r Routes) Of(path string) string {
	_, pattern := r.mux.Handler(httptest.NewRequest(http.MethodGet, path, nil))
	return pattern
}

// Crawl opens what a visitor is led to from an address on, two addresses of each
// route, one file of each, and gives the pages by route. A page that fails fails the test.
func (v *Visitor) Crawl(routes Routes, from string) map[string][]*Page {
	v.t.Helper()
	return v.CrawlWith(routes, map[string]bool{}, from)
}

// CrawlWith is Crawl from several addresses; the routes of what is no page but a
// file go into files.
func (v *Visitor) CrawlWith(routes Routes, files map[string]bool, from ...string) map[string][]*Page {
	v.t.Helper()
	found := map[string][]*Page{}
	seen := map[string]bool{}
	queue, led := from, map[string]string{} // by which page
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		route := routes.Of(path)
		if seen[path] || route == "" || len(found[route]) >= 2 || files[route] {
			continue
		}
		seen[path] = true
		p := v.Get(path)
		require.Less(v.t, p.Status, 500, "%s:\n%s", path, p.Text())
		if p.Status != http.StatusOK {
			v.t.Errorf("a link of %s leads to %s, which answers %d", led[path], path, p.Status)
		}
		if p.Doc == nil {
			files[route] = true // one of each kind: files are paced per person
			continue
		}
		found[route] = append(found[route], p)
		for _, l := range p.Links() {
			if u, err := url.Parse(l); err == nil {
				u.Fragment = ""
				if s := u.String(); strings.HasPrefix(s, "/") {
					queue = append(queue, s)
					if led[s] == "" {
						led[s] = path
					}
				}
			}
		}
	}
	return found
}
