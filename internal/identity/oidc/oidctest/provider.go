// Package oidctest is identity providers for tests: a real one in the process
// (Provider, made of zitadel/oidc's op package with people in memory), and one that
// lies (Liar), whose tokens say whatever a test wants.
package oidctest

import (
	"crypto/sha256"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"

	"vinhdanh/internal/identity"
)

// Provider is a real provider on loopback with one person, who signs in at once.
type Provider struct {
	*httptest.Server
	t     testing.TB
	store *storage.Storage
}

// person is the provider's only one; invented.
const login, password = "test-user", "verysecure"

// New starts a provider that knows one client, answering to callback.
func New(t testing.TB, callback string) *Provider {
	t.Helper()
	p := &Provider{t: t}
	mux := http.NewServeMux()
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	users := storage.NewUserStore(p.URL)
	storage.RegisterClients(storage.WebClient("vinhdanh "+p.URL, "secret", callback))
	p.store = storage.NewStorage(users)
	config := &op.Config{
		CryptoKey: sha256.Sum256([]byte("a provider for tests")), CodeMethodS256: true, AuthMethodPost: true,
	}
	real, err := op.NewProvider(config, p.store, op.StaticIssuer(p.URL), op.WithAllowInsecure())
	require.NoError(t, err)
	mux.HandleFunc("/login/username", func(w http.ResponseWriter, r *http.Request) {
		id := r.FormValue("authRequestID")
		if err := p.store.CheckUsernamePassword(login+"@127.0.0.1", password, id); err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		http.Redirect(w, r, op.AuthCallbackURL(real)(op.ContextWithIssuer(r.Context(), p.URL), id), http.StatusFound)
	})
	mux.Handle("/", real)
	return p
}

// Issuer is the provider as the settings name it.
func (p *Provider) Issuer(id string) identity.Issuer {
	return identity.Issuer{ID: id, Name: "Provider " + id, URL: p.URL, ClientID: "vinhdanh " + p.URL, Secret: "secret", Scopes: []string{"profile"}}
}

// SignIn follows a request's address as a browser does until the provider sends the
// person back, and returns the query of the address that it sends them to.
func (p *Provider) SignIn(address string) url.Values {
	p.t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for range 6 {
		res, err := c.Get(address)
		require.NoError(p.t, err)
		require.NoError(p.t, res.Body.Close())
		to, err := res.Location()
		require.NoError(p.t, err, "the provider stops at %s with %d", address, res.StatusCode)
		if to.Query().Has("code") || to.Query().Has("error") {
			return to.Query()
		}
		address = to.String()
	}
	require.Fail(p.t, "the provider sends nobody back")
	return nil
}
