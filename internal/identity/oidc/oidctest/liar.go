package oidctest

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/identity"
)

// Liar is a provider whose token endpoint gives any ID token that a test makes, and
// remembers what it was asked.
type Liar struct {
	*httptest.Server
	// Claims are those of the next token; New fills them in honestly.
	Claims map[string]any
	// Sign signs with another key than the published one.
	Forge bool
	// Names makes the provider say that every answer carries its issuer.
	Names bool
	Asked []url.Values // what the token endpoint was sent
	key   *rsa.PrivateKey
	other *rsa.PrivateKey
}

// NewLiar starts a lying provider; its claims are honest until a test changes them.
func NewLiar(t testing.TB) *Liar {
	t.Helper()
	l := &Liar{}
	var err error
	l.key, err = rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	l.other, err = rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	mux := http.NewServeMux()
	l.Server = httptest.NewServer(mux)
	t.Cleanup(l.Close)
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{
			"issuer": l.URL, "authorization_endpoint": l.URL + "/auth", "token_endpoint": l.URL + "/token", "jwks_uri": l.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}, "authorization_response_iss_parameter_supported": l.Names,
		})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: l.key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm() // what does not parse is not remembered
		l.Asked = append(l.Asked, r.PostForm)
		answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": l.token(t)})
	})
	return l
}

// Issuer is the provider as the settings name it.
func (l *Liar) Issuer(id string) identity.Issuer {
	return identity.Issuer{ID: id, Name: "Liar " + id, URL: l.URL, ClientID: "us", Secret: "secret", TwoACR: []string{"high"}, TwoAMR: []string{"mfa"}}
}

// Honest are claims that hold, for a request's nonce.
func (l *Liar) Honest(nonce string) map[string]any {
	now := time.Now()
	return map[string]any{
		"iss": l.URL, "sub": "person-1", "aud": "us", "exp": now.Add(5 * time.Minute).Unix(), "iat": now.Unix(), "nonce": nonce,
		"auth_time": now.Add(-time.Minute).Unix(), "name": "Người Giả Định",
	}
}

func (l *Liar) token(t testing.TB) string {
	key := l.key
	if l.Forge {
		key = l.other
	}
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: "k"}}, nil)
	require.NoError(t, err)
	payload, err := json.Marshal(l.Claims)
	require.NoError(t, err)
	jws, err := s.Sign(payload)
	require.NoError(t, err)
	raw, err := jws.CompactSerialize()
	require.NoError(t, err)
	return raw
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // who asked has gone
}
