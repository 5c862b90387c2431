package oidc_test

import (
	"context"
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/oidc"
	"vinhdanh/internal/identity/oidc/oidctest"
)

func callback(id string) string { return "https://thidua.example/sign-in/with/" + id + "/answer" }

// At a real provider: the whole flow, with PKCE, and the code is good once.
func TestASVS_10_1_and_10_2_SigningInAtARealProvider(t *testing.T) {
	ctx := context.Background()
	p := oidctest.New(t, callback("so"))
	c := oidc.New([]identity.Issuer{p.Issuer("so")}, callback)
	r, err := c.Begin(ctx, "so")
	require.NoError(t, err)
	u, err := url.Parse(r.URL)
	require.NoError(t, err)
	assert.Equal(t, "S256", u.Query().Get("code_challenge_method"))
	assert.NotEmpty(t, u.Query().Get("code_challenge"))
	assert.Equal(t, callback("so"), u.Query().Get("redirect_uri"))
	q := p.SignIn(r.URL)
	answer := oidc.Answer{State: q.Get("state"), Code: q.Get("code"), Issuer: q.Get("iss")}

	wrong := r
	wrong.Verifier = "another-verifier-another-verifier-another-verifier"
	_, err = c.Finish(ctx, wrong, answer)
	require.ErrorAs(t, err, new(*oidc.Rejected), "the provider holds the code to its verifier")

	r, err = c.Begin(ctx, "so")
	require.NoError(t, err)
	q = p.SignIn(r.URL)
	answer = oidc.Answer{State: q.Get("state"), Code: q.Get("code"), Issuer: q.Get("iss")}
	claims, err := c.Finish(ctx, r, answer)
	require.NoError(t, err)
	assert.Equal(t, p.URL, claims.Issuer)
	assert.NotEmpty(t, claims.Subject)
	assert.WithinDuration(t, time.Now(), claims.AuthTime, time.Minute)
	_, err = c.Finish(ctx, r, answer)
	require.ErrorAs(t, err, new(*oidc.Rejected), "a code is good once")
}

// A sign-in of now: the real provider is told to ask again, and says that it did. One
// that answers out of a session of its own, or does not say when, is refused.
func TestAskingThePersonAgain(t *testing.T) {
	ctx := context.Background()
	p := oidctest.New(t, callback("so"))
	c := oidc.New([]identity.Issuer{p.Issuer("so")}, callback)
	r, err := c.BeginAgain(ctx, "so")
	require.NoError(t, err)
	u, err := url.Parse(r.URL)
	require.NoError(t, err)
	assert.Equal(t, "login", u.Query().Get("prompt"))
	assert.Equal(t, "0", u.Query().Get("max_age"))
	q := p.SignIn(r.URL)
	claims, err := c.Finish(ctx, r, oidc.Answer{State: q.Get("state"), Code: q.Get("code"), Issuer: q.Get("iss")})
	require.NoError(t, err)
	assert.WithinDuration(t, time.Now(), claims.AuthTime, time.Minute)

	l := oidctest.NewLiar(t)
	c = oidc.New([]identity.Issuer{l.Issuer("x")}, callback)
	for name, change := range map[string]func(map[string]any){
		"a sign-in of before": func(c map[string]any) { c["auth_time"] = time.Now().Add(-10 * time.Minute).Unix() },
		"it does not say":     func(c map[string]any) { delete(c, "auth_time") },
	} {
		r, err := c.BeginAgain(ctx, "x")
		require.NoError(t, err)
		l.Claims = l.Honest(r.Nonce)
		change(l.Claims)
		_, err = c.Finish(ctx, r, oidc.Answer{State: r.State, Code: "code"})
		require.ErrorAs(t, err, new(*oidc.Rejected), name)
		r, err = c.Begin(ctx, "x")
		require.NoError(t, err)
		l.Claims["nonce"] = r.Nonce
		_, err = c.Finish(ctx, r, oidc.Answer{State: r.State, Code: "code"})
		require.NoError(t, err, "%s: good enough for a sign-in", name)
	}
}

func TestUnknownIssuerAndSilence(t *testing.T) {
	t.Parallel()
	c := oidc.New([]identity.Issuer{{ID: "x", URL: "http://127.0.0.1:1", ClientID: "us"}}, callback)
	_, err := c.Begin(context.Background(), "y")
	require.ErrorIs(t, err, oidc.ErrUnknownIssuer)
	_, err = c.Begin(context.Background(), "x")
	require.Error(t, err)
	require.False(t, errors.As(err, new(*oidc.Rejected)), "an outage is no refusal")
}

// What a provider, or somebody between, may try.
func TestASVS_6_8_2_and_10_5_ForgedAnswers(t *testing.T) {
	t.Parallel()
	type attack struct {
		name   string
		claims func(map[string]any)
		answer func(*oidc.Answer)
		liar   func(*oidctest.Liar)
	}
	set := func(k string, v any) func(map[string]any) { return func(c map[string]any) { c[k] = v } }
	for _, a := range []attack{
		{name: "another state", answer: func(a *oidc.Answer) { a.State = "guessed" }},
		{name: "no state", answer: func(a *oidc.Answer) { a.State = "" }},
		{name: "another nonce", claims: set("nonce", "guessed")},
		{name: "no nonce", claims: func(c map[string]any) { delete(c, "nonce") }},
		{name: "another issuer's token", claims: set("iss", "https://other.example")},
		{name: "another audience", claims: set("aud", "somebody-else")},
		{name: "several audiences without azp", claims: set("aud", []string{"us", "them"})},
		{name: "another authorised party", claims: func(c map[string]any) { c["aud"], c["azp"] = []string{"us", "them"}, "them" }},
		{name: "expired", claims: set("exp", time.Now().Add(-time.Hour).Unix())},
		{name: "from the future", claims: set("iat", time.Now().Add(time.Hour).Unix())},
		{name: "signed in in the future", claims: set("auth_time", time.Now().Add(time.Hour).Unix())},
		{name: "no subject", claims: set("sub", "")},
		{name: "another key", liar: func(l *oidctest.Liar) { l.Forge = true }},
		{name: "an answer of another issuer", answer: func(a *oidc.Answer) { a.Issuer = "https://other.example" }},
		{name: "an answer that does not name its issuer", liar: func(l *oidctest.Liar) { l.Names = true }},
		{name: "a refusal", answer: func(a *oidc.Answer) { a.Error, a.Code = "access_denied", "" }},
		{name: "no code", answer: func(a *oidc.Answer) { a.Code = "" }},
	} {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			l := oidctest.NewLiar(t)
			if a.liar != nil {
				a.liar(l)
			}
			c := oidc.New([]identity.Issuer{l.Issuer("x")}, callback)
			r, err := c.Begin(context.Background(), "x")
			require.NoError(t, err)
			l.Claims = l.Honest(r.Nonce)
			if a.claims != nil {
				a.claims(l.Claims)
			}
			answer := oidc.Answer{State: r.State, Code: "code"}
			if a.answer != nil {
				a.answer(&answer)
			}
			_, err = c.Finish(context.Background(), r, answer)
			require.ErrorAs(t, err, new(*oidc.Rejected))
			if a.answer != nil {
				require.Empty(t, l.Asked, "a wrong answer's code goes nowhere")
			}
		})
	}
}

// Mix-up: the code of one provider's answer never reaches another's token endpoint,
// and a token of the other is not taken.
func TestASVS_6_8_1_TwoIssuersCannotStandInForEachOther(t *testing.T) {
	t.Parallel()
	honest, evil := oidctest.NewLiar(t), oidctest.NewLiar(t)
	c := oidc.New([]identity.Issuer{honest.Issuer("honest"), evil.Issuer("evil")}, callback)
	r, err := c.Begin(context.Background(), "honest")
	require.NoError(t, err)
	_, err = c.Finish(context.Background(), r, oidc.Answer{State: r.State, Code: "code", Issuer: evil.URL})
	require.ErrorAs(t, err, new(*oidc.Rejected))
	honest.Claims = evil.Honest(r.Nonce) // the evil one's token, signed by nobody we ask here
	_, err = c.Finish(context.Background(), r, oidc.Answer{State: r.State, Code: "code"})
	require.ErrorAs(t, err, new(*oidc.Rejected))
	require.Empty(t, evil.Asked)
}

func TestASVS_6_8_4_TwoFactorsByAcrAndAmr(t *testing.T) {
	t.Parallel()
	l := oidctest.NewLiar(t)
	c := oidc.New([]identity.Issuer{l.Issuer("x")}, callback)
	for name, want := range map[string]bool{"": false, "acr:high": true, "acr:low": false, "amr:mfa": true, "amr:pwd": false} {
		r, err := c.Begin(context.Background(), "x")
		require.NoError(t, err)
		l.Claims = l.Honest(r.Nonce)
		if len(name) > 4 && name[:4] == "acr:" {
			l.Claims["acr"] = name[4:]
		} else if name != "" {
			l.Claims["amr"] = []string{name[4:]}
		}
		got, err := c.Finish(context.Background(), r, oidc.Answer{State: r.State, Code: "code"})
		require.NoError(t, err, name)
		assert.Equal(t, want, got.Two, name)
	}
}
