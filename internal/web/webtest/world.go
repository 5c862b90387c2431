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
	"sync"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/edge"
	"vinhdanh/internal/web"
	"vinhdanh/internal/web/ui"
)

// World is a running site with its API beside it.
type World struct {
	*apitest.World
	Site   *ui.Site
	Server *httptest.Server
	Local  string // the server's address by the name localhost
	Log    *Lines // what the server has logged, at level info and above

	mu      sync.Mutex
	secrets map[string]string // of sessions, by login
}

// New makes a world with the business date in November 2023 and serves it on a free
// port of loopback until the test ends.
func New(t testing.TB) *World {
	t.Helper()
	fast := edge.Rate{PerSecond: 1e6, Burst: 1e6}
	w := With(t, web.Options{UserRate: fast, AddressRate: fast, Development: true})
	w.App.SearchBurst = 1e6
	return w
}

// With is New with options of the pages. People reach it by the name localhost, so
// that passkeys work as they do under a real name.
func With(t testing.TB, o web.Options) *World {
	t.Helper()
	w := &World{secrets: map[string]string{}, Log: &Lines{}}
	w.Server = httptest.NewUnstartedServer(nil)
	_, port, err := net.SplitHostPort(w.Server.Listener.Addr().String())
	require.NoError(t, err)
	w.Local = "http://localhost:" + port
	w.World = apitest.NewAt(t, api.Options{UserRate: o.UserRate, AddressRate: o.AddressRate}, w.Local)
	w.Site, err = web.New(w.App, o)
	require.NoError(t, err)
	w.Server.Config.Handler = web.Beside(w.Handler, w.Site)
	// What goes wrong on our side is seen beside the test that met it.
	seen := &zerolog.FilteredLevelWriter{Writer: zerolog.LevelWriterAdapter{Writer: zerolog.NewConsoleWriter()}, Level: zerolog.WarnLevel}
	log := zerolog.New(zerolog.MultiLevelWriter(seen, w.Log)).Level(zerolog.InfoLevel)
	w.Server.Config.BaseContext = func(net.Listener) context.Context { return log.WithContext(context.Background()) }
	w.Server.Start()
	t.Cleanup(w.Server.Close)
	return w
}

// secret is what the session cookie of a sample person holds: a session that was
// begun with login and password and still lasts.
func (w *World) secret(t testing.TB, login string) string {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.App.SignInByCookie(context.Background(), w.secrets[login]); err == nil {
		return w.secrets[login]
	}
	opened, err := w.App.SignIn(context.Background(), app.SignInInput{Login: login, Password: apitest.SamplePassword}, app.From{Address: "127.0.0.1"})
	require.NoError(t, err, "no sample person %q", login)
	require.Empty(t, opened.Session.Step, "the session of %s is not whole", login)
	w.secrets[login] = opened.Secret
	return opened.Secret
}

// Cookie is the session cookie of a sample person, for a browser.
func (w *World) Cookie(t testing.TB, login string) *http.Cookie {
	return &http.Cookie{Name: "__Host-session", Value: w.secret(t, login), Path: "/", Secure: true, HttpOnly: true}
}

// Again is the cookie of one more session of a sample person.
func (w *World) Again(t testing.TB, login string) *http.Cookie {
	t.Helper()
	w.mu.Lock()
	delete(w.secrets, login)
	w.mu.Unlock()
	return w.Cookie(t, login)
}
