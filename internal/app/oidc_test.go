package app

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/oidc"
	"vinhdanh/internal/identity/oidc/oidctest"
)

func answersAt(id string) string { return "https://thidua.example/sign-in/with/" + id + "/answer" }

// withIssuers lets people sign in at identity providers.
func (w *world) withIssuers(list ...identity.Issuer) {
	w.door.settings.Issuers = list
	w.door.providers = oidc.New(list, answersAt)
}

// comes signs in at a lying provider with changed claims, and returns what became of it.
func (w *world) comes(l *oidctest.Liar, id string, change func(map[string]any)) (FromProvider, error) {
	w.t.Helper()
	ctx := context.Background()
	at, err := w.BeginAtProvider(ctx, id, "/proposals")
	require.NoError(w.t, err)
	u, err := url.Parse(at.URL)
	require.NoError(w.t, err)
	l.Claims = l.Honest(u.Query().Get("nonce"))
	if change != nil {
		change(l.Claims)
	}
	return w.FinishAtProvider(ctx, at.Secret, ProviderAnswer{ID: id, State: u.Query().Get("state"), Code: "code"}, From{})
}

func TestAClaimAloneOpensNothingUntilAnAdministratorMapsIt(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	l := oidctest.NewLiar(t)
	w.withIssuers(l.Issuer("so"))
	boast := func(c map[string]any) {
		c["preferred_username"], c["email"], c["roles"] = "hg-admin", "hg-admin@haugiang.example", []string{"admin"}
	}
	first, err := w.comes(l, "so", boast)
	require.NoError(t, err)
	require.Empty(t, first.Secret, "a claim maps nobody")
	require.NotEmpty(t, first.Unknown)
	again, err := w.comes(l, "so", boast)
	require.NoError(t, err)
	require.Equal(t, first.Unknown, again.Unknown, "the same person has the same reference")

	opened, err := w.openWebSession(ctx, w.users["hg-admin"], identity.ByPasswordCode, From{})
	require.NoError(t, err)
	admin := opened.Session
	links, err := w.ProviderLinks(ctx, admin)
	require.NoError(t, err)
	require.Len(t, links.Unknown, 1)
	assert.Equal(t, "Người Giả Định", links.Unknown[0].Claimed)
	assert.Equal(t, 2, links.Unknown[0].Tries)
	for _, login := range []string{"pgd-head", "hg-auditor"} {
		assert.Equal(t, CodeForbidden, codeOf(w.MapSubject(ctx, w.as(login), MapInput{Ref: first.Unknown, Login: "pgd-head"})), login)
	}
	assert.Equal(t, CodeForbidden, codeOf(w.MapSubject(ctx, admin, MapInput{Ref: first.Unknown, Login: "hg-admin"})), "not to oneself")
	assert.Equal(t, CodeNotFound, codeOf(w.MapSubject(ctx, admin, MapInput{Ref: "NOSUCH", Login: "pgd-head"})))
	require.NoError(t, w.MapSubject(ctx, admin, MapInput{Ref: first.Unknown, Login: "pgd-head"}))

	in, err := w.comes(l, "so", boast)
	require.NoError(t, err)
	require.NotEmpty(t, in.Secret)
	assert.Equal(t, "/proposals", in.Next)
	s, err := w.SignInByCookie(ctx, in.Secret)
	require.NoError(t, err)
	assert.Equal(t, w.users["pgd-head"], s.User)
	assert.Equal(t, identity.ByOIDC, s.SignedIn)
	for _, m := range s.Memberships {
		assert.NotEqual(t, "admin", m.Role, "no claim gives a role")
	}
	other, err := w.comes(l, "so", func(c map[string]any) { c["sub"] = "person-2" })
	require.NoError(t, err)
	assert.NotEmpty(t, other.Unknown)

	links, err = w.ProviderLinks(ctx, admin)
	require.NoError(t, err)
	require.Len(t, links.Links, 1)
	require.NoError(t, w.UnmapSubject(ctx, admin, links.Links[0].ID, Proof{}))
	gone, err := w.comes(l, "so", nil)
	require.NoError(t, err)
	assert.Empty(t, gone.Secret, "who was unmapped does not get in")
}

func TestTheProviderSaysHowAndWhenAPersonSignedIn(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	l := oidctest.NewLiar(t)
	w.withIssuers(l.Issuer("so"))
	came, err := w.comes(l, "so", nil)
	require.NoError(t, err)
	require.NoError(t, w.Store.MapOIDC(ctx, came.Unknown, w.users["pgd-head"], w.users["hg-admin"]))
	for name, c := range map[string]struct {
		change func(map[string]any)
		method string
		fresh  bool
	}{
		"just now, one factor":     {func(c map[string]any) { c["auth_time"] = time.Now().Unix() }, identity.ByOIDC, true},
		"an hour ago":              {func(c map[string]any) { c["auth_time"] = time.Now().Add(-time.Hour).Unix() }, identity.ByOIDC, false},
		"it does not say when":     {func(c map[string]any) { delete(c, "auth_time") }, identity.ByOIDC, false},
		"two factors, says acr":    {func(c map[string]any) { c["acr"] = "high" }, identity.ByOIDCTwo, true},
		"an acr that we know not":  {func(c map[string]any) { c["acr"] = "very-high-indeed" }, identity.ByOIDC, true},
		"two factors, by its list": {func(c map[string]any) { c["amr"] = []string{"pwd", "mfa"} }, identity.ByOIDCTwo, true},
	} {
		in, err := w.comes(l, "so", c.change)
		require.NoError(t, err, name)
		s, err := w.SignInByCookie(ctx, in.Secret)
		require.NoError(t, err, name)
		assert.Equal(t, c.method, s.SignedIn, name)
		assert.Equal(t, c.fresh, s.FreshUntil.After(time.Now()), name)
	}
	// A role that must show two factors is not opened by one.
	came, err = w.comes(l, "so", func(c map[string]any) { c["sub"] = "signer" })
	require.NoError(t, err)
	require.NoError(t, w.Store.MapOIDC(ctx, came.Unknown, w.users["hg-chair"], w.users["hg-admin"]))
	in, err := w.comes(l, "so", func(c map[string]any) { c["sub"] = "signer" })
	require.NoError(t, err)
	s, err := w.SignInByCookie(ctx, in.Secret)
	require.NoError(t, err)
	assert.NotEqual(t, identity.StepDone, s.Step)
	assert.Empty(t, s.Memberships)
	in, err = w.comes(l, "so", func(c map[string]any) { c["sub"], c["acr"] = "signer", "high" })
	require.NoError(t, err)
	s, err = w.SignInByCookie(ctx, in.Secret)
	require.NoError(t, err)
	assert.Equal(t, identity.StepDone, s.Step)
}

func TestAnAnswerBelongsToTheBrowserThatAsked(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	one, two := oidctest.NewLiar(t), oidctest.NewLiar(t)
	w.withIssuers(one.Issuer("one"), two.Issuer("two"))
	begin := func(id string) (AtProvider, url.Values) {
		at, err := w.BeginAtProvider(ctx, id, "/")
		require.NoError(t, err)
		u, err := url.Parse(at.URL)
		require.NoError(t, err)
		return at, u.Query()
	}
	finish := func(secret string, in ProviderAnswer) string {
		_, err := w.FinishAtProvider(ctx, secret, in, From{})
		return codeOf(err)
	}
	mine, q := begin("one")
	theirs, _ := begin("one")
	one.Claims = one.Honest(q.Get("nonce"))
	good := ProviderAnswer{ID: "one", State: q.Get("state"), Code: "code"}
	assert.Equal(t, CodeProvider, finish("", good), "no browser of ours")
	assert.Equal(t, CodeProvider, finish(theirs.Secret, good), "another browser")
	wrong := good
	wrong.ID = "two"
	assert.Equal(t, CodeProvider, finish(mine.Secret, wrong), "another issuer's address")
	assert.Equal(t, CodeProvider, finish(mine.Secret, good), "a request is answered once, rightly or not")
	assert.Empty(t, two.Asked)
	_, err := w.BeginAtProvider(ctx, "three", "/")
	assert.Equal(t, CodeNotFound, codeOf(err))

	// The same subject at two issuers is two people.
	came, err := w.comes(one, "one", nil)
	require.NoError(t, err)
	require.NoError(t, w.Store.MapOIDC(ctx, came.Unknown, w.users["pgd-head"], w.users["hg-admin"]))
	other, err := w.comes(two, "two", nil)
	require.NoError(t, err)
	assert.Empty(t, other.Secret)
	events, err := w.SignInEvents(ctx, w.as("hg-auditor"), false, 50, 0)
	require.NoError(t, err)
	failed := 0
	for _, e := range events {
		if e.Kind == eventFailed && e.Method == identity.ByOIDC {
			failed++
		}
	}
	assert.GreaterOrEqual(t, failed, 4, "what does not hold is on record")
}
