package ui

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"vinhdanh/internal/app"
	"vinhdanh/internal/edge"
)

// Site serves the pages of its areas.
type Site struct {
	app     *app.App
	options Options
	texts   texts
	views   map[string]*view // by area/name
	assets  *assets
	nav     []Nav
	routes  []string // patterns, for the tests
	users   *edge.Limiter
	froms   *edge.Limiter
	handler http.Handler
}

// New puts a site together. An error names the view or text that is wrong.
func New(a *app.App, o Options, areas ...Area) (*Site, error) {
	s := &Site{app: a, options: o.withDefaults(), views: map[string]*view{}}
	s.users, s.froms = edge.NewLimiter(s.options.UserRate), edge.NewLimiter(s.options.AddressRate)
	areas = append([]Area{kit()}, areas...)
	var err error
	if s.texts, err = readTexts(areas); err != nil {
		return nil, err
	}
	if s.assets, err = readAssets(areas); err != nil {
		return nil, err
	}
	if err := s.parse(areas); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", s.assets)
	for _, area := range areas {
		s.nav = append(s.nav, area.Nav...)
		if area.Routes != nil {
			area.Routes(&Mux{site: s, area: area.Name, mux: mux})
		}
	}
	slices.SortStableFunc(s.nav, func(a, b Nav) int { return cmp.Compare(a.Order, b.Order) })
	mux.Handle("/", s.handle("ui", true, func(*Context) error { return &app.Error{Code: app.CodeNotFound} }))
	s.handler, err = s.outside(mux)
	return s, err
}

// outside is what every request passes before a handler: log line, compression,
// where it comes from.
func (s *Site) outside(mux *http.ServeMux) (http.Handler, error) {
	// Random padding keeps the length from telling what a page holds (BREACH).
	zip, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.RandomJitter(32, 0, false))
	if err != nil {
		return nil, fmt.Errorf("ui: compression: %w", err)
	}
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.sorry(w, r, &app.Error{Code: app.CodeForeign})
	}))
	return edge.Observed(zip(origin.Handler(edge.Routed(mux))), func(w http.ResponseWriter, r *http.Request) {
		s.sorry(w, r, &app.Error{Code: app.CodeInternal})
	}), nil
}

// ServeHTTP answers a request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Patterns lists the routes, for tests that try every page.
func (s *Site) Patterns() []string { return slices.Clone(s.routes) }

// Handler answers a request of a page.
type Handler func(*Context) error

// Mux takes an area's routes.
type Mux struct {
	site *Site
	area string
	mux  *http.ServeMux
}

// Page is a route for whoever is signed in: "GET /inbox", "POST /inbox".
func (m *Mux) Page(pattern string, h Handler) { m.add(pattern, false, h) }

// Open is a route that needs no sign-in.
func (m *Mux) Open(pattern string, h Handler) { m.add(pattern, true, h) }

func (m *Mux) add(pattern string, open bool, h Handler) {
	if !strings.Contains(pattern, " ") {
		panic("ui: a route names its method: " + pattern)
	}
	m.site.routes = append(m.site.routes, pattern)
	m.mux.Handle(pattern, m.site.handle(m.area, open, h))
}
