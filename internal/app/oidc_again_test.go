package app

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/oidc/oidctest"
)

// confirms goes out to confirm a session, and comes back to the browser of another
// one with changed claims.
func (w *world) confirms(l *oidctest.Liar, s, back Session, change func(map[string]any)) (FromProvider, error) {
	w.t.Helper()
	ctx := context.Background()
	at, err := w.FreshenAtProvider(ctx, s, "so", "/signing")
	require.NoError(w.t, err)
	u, err := url.Parse(at.URL)
	require.NoError(w.t, err)
	require.Equal(w.t, "login", u.Query().Get("prompt"))
	l.Claims = l.Honest(u.Query().Get("nonce"))
	l.Claims["auth_time"] = time.Now().Unix()
	if change != nil {
		change(l.Claims)
	}
	return w.FinishAtProvider(ctx, at.Secret, ProviderAnswer{ID: "so", State: u.Query().Get("state"), Code: "code", By: back}, From{})
}

func TestASVS_7_1_3_ASessionIsConfirmedAtItsProvider(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	l := oidctest.NewLiar(t)
	w.withIssuers(l.Issuer("so"))
	came, err := w.comes(l, "so", nil)
	require.NoError(t, err)
	require.NoError(t, w.Store.MapOIDC(ctx, came.Unknown, w.users["pgd-head"], w.users["hg-admin"]))
	long := time.Now().Add(-time.Hour)
	open := func(login, method string) Session {
		o, err := w.openWebSessionSince(ctx, w.users[login], method, long, From{})
		require.NoError(t, err)
		return o.Session
	}
	s := open("pgd-head", identity.ByOIDC)
	ways, err := w.FreshenWays(ctx, s)
	require.NoError(t, err)
	require.Equal(t, []Provider{{ID: "so", Name: "Liar so"}}, ways.Providers)
	assert.Equal(t, CodeFresh, codeOf(w.needFresh(ctx, s, "x", "")))
	for name, c := range map[string]struct {
		back   Session
		change func(map[string]any)
	}{
		"the provider did not ask again": {s, func(c map[string]any) { c["auth_time"] = time.Now().Add(-10 * time.Minute).Unix() }},
		"it does not say when":           {s, func(c map[string]any) { delete(c, "auth_time") }},
		"somebody else signed in there":  {s, func(c map[string]any) { c["sub"] = "person-2" }},
		"another session of theirs":      {open("pgd-head", identity.ByOIDC), nil},
		"somebody else's session":        {open("pgd-clerk", identity.ByPassword), nil},
		"a browser without a session":    {Session{}, nil},
	} {
		_, err := w.confirms(l, s, c.back, c.change)
		assert.Equal(t, CodeProvider, codeOf(err), name)
	}
	assert.Equal(t, CodeFresh, codeOf(w.needFresh(ctx, s, "x", "")), "nothing of that made it fresh")

	done, err := w.confirms(l, s, s, nil)
	require.NoError(t, err)
	assert.Equal(t, "/signing", done.Next)
	fresh, err := w.SignInByCookie(ctx, done.Secret)
	require.NoError(t, err)
	assert.Equal(t, s.Web, fresh.Web, "the same session")
	assert.NoError(t, w.needFresh(ctx, fresh, "x", ""))

	two := open("pgd-head", identity.ByOIDCTwo)
	_, err = w.confirms(l, two, two, nil)
	assert.Equal(t, CodeProvider, codeOf(err), "a session of two factors is not confirmed by one")
	_, err = w.confirms(l, two, two, func(c map[string]any) { c["acr"] = "high" })
	assert.NoError(t, err)
	_, err = w.FreshenAtProvider(ctx, open("pgd-clerk", identity.ByPassword), "so", "/")
	assert.Equal(t, CodeNotFound, codeOf(err), "who is not known there is not sent there")
}
