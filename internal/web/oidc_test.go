package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/oidc/oidctest"
	"vinhdanh/internal/web"
	"vinhdanh/internal/web/webtest"
)

func sql(t *testing.T, w *webtest.World, statement string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), w.Owner)
	require.NoError(t, err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(context.Background(), statement)
	require.NoError(t, err)
}

// atProvider is a site whose people sign in at a real provider, which answers to the
// address by which they reach the site.
func atProvider(t *testing.T, public string) (*webtest.World, *oidctest.Provider) {
	t.Helper()
	w := webtest.New(t)
	if public == "" {
		public = w.Local
	}
	provider := oidctest.New(t, public+"/sign-in/with/so/answer")
	a := *w.App
	a.Identity = identity.Settings{PublicURL: public, Issuers: []identity.Issuer{provider.Issuer("so")}, SampleWaived: true}
	w.App = app.New(a)
	site, err := web.New(w.App, web.Options{})
	require.NoError(t, err)
	w.Server.Config.Handler = web.Beside(w.Handler, site)
	return w, provider
}

// A signer without a password here signs in at the provider; an hour later the
// provider asks again before the signature, and the signature is made.
func TestSigningAfterAFreshSignInAtTheProvider(t *testing.T) {
	ctx := context.Background()
	w, provider := atProvider(t, "https://thidua.example")
	p := w.AtCouncil(t, w.Sent(t, "Tạ Văn Mẫu"))
	w.Voted(t, 0, p)
	d := w.Submitted(t, p)
	chair, err := w.App.Store.UserByLogin(ctx, "hg-chair")
	require.NoError(t, err)
	sql(t, w, `delete from credentials where user_id = (select id from users where login = 'hg-chair')`)
	who := w.As(t, "")
	out := func(path string) *webtest.Page {
		r, err := http.NewRequest(http.MethodGet, w.Server.URL+path, nil)
		require.NoError(t, err)
		to := who.Do(r).Header.Get("Location")
		require.True(t, strings.HasPrefix(to, provider.URL), to)
		return who.Get("/sign-in/with/so/answer?" + provider.SignIn(to).Encode())
	}
	out("/sign-in/with/so")
	links, err := w.App.Store.UnknownOIDC(ctx, 10)
	require.NoError(t, err)
	require.Len(t, links, 1)
	require.NoError(t, w.App.Store.MapOIDC(ctx, links[0].Ref, chair.ID, chair.ID))
	desk := out("/sign-in/with/so?next=/signing/" + d.ID)
	require.Equal(t, "/signing/"+d.ID, desk.Path, desk.Text())
	sql(t, w, `update web_sessions set fresh_until = now()`)
	stopped := desk.Submit("/signing", nil)
	require.Equal(t, "/account/freshen", strings.SplitN(stopped.Path, "?", 2)[0], stopped.Text())
	require.Nil(t, stopped.Form("/account/freshen"), "nobody is asked for a password that they never had")
	require.True(t, strings.HasPrefix(stopped.Link("Provider so"), "/account/freshen/with/so?next="), stopped.Text())
	back := out("/account/freshen/with/so?next=/signing/" + d.ID) // a browser's Referer says so
	require.Equal(t, "/signing/"+d.ID, back.Path)
	done := back.Submit("/signing", nil)
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	signed, err := w.App.Store.DecisionByID(ctx, d.ID)
	require.NoError(t, err)
	require.Equal(t, "signed", signed.Phase)
}

// At a real provider, through the pages: who is unknown is told a code, an
// administrator maps it, and then the session opens.
func TestSigningInAtAnIdentityProvider(t *testing.T) {
	w, provider := atProvider(t, "https://thidua.example")
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
