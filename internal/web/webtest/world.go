// Package webtest is a whole site for tests: the pages over the application on a
// real PostgreSQL with the sample province of 2023, and the pure state machines in
// Temporal's place. A Visitor is a person with a browser's habits and no browser:
// cookies, redirects, forms with their hidden fields.
package webtest

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/edge"
	"vinhdanh/internal/web"
	"vinhdanh/internal/web/ui"
)

// World is a running site with its API beside it.
type World struct {
	*apitest.World
	Site   *ui.Site
	Server *httptest.Server
}

// New makes a world with the business date in November 2023 and serves it on a free
// port of loopback until the test ends.
func New(t testing.TB) *World {
	t.Helper()
	fast := edge.Rate{PerSecond: 1e6, Burst: 1e6}
	return With(t, web.Options{UserRate: fast, AddressRate: fast, Development: true})
}

// With is New with options of the pages.
func With(t testing.TB, o web.Options) *World {
	t.Helper()
	w := &World{World: apitest.New(t, api.Options{})}
	var err error
	w.Site, err = web.New(w.App, o)
	require.NoError(t, err)
	w.Server = httptest.NewUnstartedServer(web.Beside(w.Handler, w.Site))
	// What goes wrong on our side is seen beside the test that met it.
	log := zerolog.New(zerolog.NewConsoleWriter()).Level(zerolog.WarnLevel)
	w.Server.Config.BaseContext = func(net.Listener) context.Context { return log.WithContext(context.Background()) }
	w.Server.Start()
	t.Cleanup(w.Server.Close)
	return w
}

// secret is what the session cookie of a sample person holds.
func (w *World) secret(t testing.TB, login string) string {
	t.Helper()
	token, ok := w.Tokens[login]
	require.True(t, ok, "no sample person %q", login)
	return token
}

// Cookie is the session cookie of a sample person, for a browser.
func (w *World) Cookie(t testing.TB, login string) *http.Cookie {
	return &http.Cookie{Name: "__Host-session", Value: w.secret(t, login), Path: "/", Secure: true, HttpOnly: true}
}
