package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/oidc/oidctest"
	"vinhdanh/internal/web"
	"vinhdanh/internal/web/webtest"
)

// At a real provider, through the pages: who is unknown is told a code, an
// administrator maps it, and then the session opens.
func TestSigningInAtAnIdentityProvider(t *testing.T) {
	w := webtest.New(t)
	const public = "https://thidua.example"
	provider := oidctest.New(t, public+"/sign-in/with/so/answer")
	a := *w.App
	a.Identity = identity.Settings{PublicURL: public, Issuers: []identity.Issuer{provider.Issuer("so")}, SampleWaived: true}
	w.App = app.New(a)
	site, err := web.New(w.App, web.Options{})
	require.NoError(t, err)
	w.Server.Config.Handler = web.Beside(w.Handler, site)

	who := w.As(t, "")
	page := who.Get("/sign-in")
	require.Equal(t, "/sign-in/with/so", page.Link("Provider so"), page.Text())
	comes := func() *webtest.Page {
		r, err := http.NewRequest(http.MethodGet, w.Server.URL+"/sign-in/with/so?next=/delegations", nil)
		require.NoError(t, err)
		res := who.Do(r)
		to := res.Header.Get("Location")
		require.True(t, strings.HasPrefix(to, provider.URL), to)
		return who.Get("/sign-in/with/so/answer?" + provider.SignIn(to).Encode())
	}
	unknown := comes()
	require.Equal(t, http.StatusOK, unknown.Status)
	require.Contains(t, unknown.Text(), "chưa gắn danh tính đó")

	links, err := w.App.Store.UnknownOIDC(context.Background(), 10)
	require.NoError(t, err)
	require.Len(t, links, 1)
	require.Contains(t, unknown.Text(), links[0].Ref)
	head, err := w.App.Store.UserByLogin(context.Background(), "pgd-head")
	require.NoError(t, err)
	admin, err := w.App.Store.UserByLogin(context.Background(), "hg-admin")
	require.NoError(t, err)
	shown := w.As(t, "hg-admin").English().Get("/identity-providers")
	require.Equal(t, http.StatusOK, shown.Status, shown.Text())
	assert.Contains(t, shown.Text(), links[0].Ref)
	require.Equal(t, http.StatusForbidden, w.As(t, "pgd-clerk").Get("/identity-providers").Status)
	require.NoError(t, w.App.Store.MapOIDC(context.Background(), links[0].Ref, head.ID, admin.ID))

	in := comes()
	require.Equal(t, http.StatusOK, in.Status, in.Text())
	assert.Equal(t, "/delegations", in.Path)
	assert.Contains(t, in.Text(), head.FullName)
	// An answer that nobody asked for opens nothing.
	stray := w.As(t, "").Get("/sign-in/with/so/answer?" + url.Values{"code": {"x"}, "state": {"y"}}.Encode())
	assert.Contains(t, stray.Text(), "không thành công")
}
