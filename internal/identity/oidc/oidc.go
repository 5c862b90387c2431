// Package oidc signs people in at an identity provider of somebody else (OpenID
// Connect 1.0, authorization code flow) and says who the provider answers for. It
// gives nobody a role, and maps nobody to an account: an administrator does.
//
// The model, in the order of a sign-in:
//
//   - a Client knows the Issuers of the settings, each under an id of ours;
//   - Begin makes a Request: the address at the provider, and the secrets that the
//     answer must fit: state, nonce, and the PKCE verifier (RFC 7636, S256);
//   - Finish takes the answer of that one request: it asks the token endpoint of the
//     issuer the request went to and no other, checks the ID token, and returns its
//     Claims.
//
// Several issuers cannot stand in for each other (RFC 9700 section 2.1): each has an
// answering address of its own, the answer's iss must be the issuer's where it comes
// (RFC 9207), and a subject counts together with its issuer only.
package oidc

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	goidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"vinhdanh/internal/identity"
)

// ErrUnknownIssuer is returned for an id that no issuer has.
var ErrUnknownIssuer = errors.New("oidc: no such issuer")

// Rejected is an answer that does not hold; Why is for the record, never secret.
type Rejected struct{ Why string }

func (r *Rejected) Error() string { return "oidc: " + r.Why }

func reject(format string, args ...any) error { return &Rejected{Why: fmt.Sprintf(format, args...)} }

// Client talks to the configured issuers. It is safe for concurrent use.
type Client struct {
	issuers  []identity.Issuer
	callback func(id string) string
	http     *http.Client
	now      func() time.Time

	mu        sync.Mutex
	providers map[string]*provider
}

type provider struct {
	*goidc.Provider
	answersWithIssuer bool // it says that every answer carries iss (RFC 9207)
}

// New makes a client. callback is the address that an issuer's answers come to.
func New(issuers []identity.Issuer, callback func(id string) string) *Client {
	return &Client{
		issuers: issuers, callback: callback, now: time.Now, providers: map[string]*provider{},
		// A provider's redirects are not followed: discovery, keys and tokens are where it says.
		http: &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
}

// Issuers lists the configured issuers, without their secrets.
func (c *Client) Issuers() []identity.Issuer {
	out := slices.Clone(c.issuers)
	for i := range out {
		out[i].Secret = ""
	}
	return out
}

// Request is a sign-in that is under way. Everything but URL stays on our side.
type Request struct {
	ID       string // of the issuer
	URL      string
	State    string
	Nonce    string
	Verifier string
	// Since asks for a sign-in of now: the provider is to ask the person again
	// (prompt=login, max_age=0), and must say that it did so after this instant.
	// Zero: whoever is signed in there already is good enough.
	Since time.Time
}

// Begin makes a request to an issuer. Errors: ErrUnknownIssuer, or an outage.
func (c *Client) Begin(ctx context.Context, id string) (Request, error) {
	return c.begin(ctx, Request{ID: id})
}

// BeginAgain is Begin for a person who is to sign in at the provider now, whatever
// session they have there (OpenID Connect Core 1.0 section 3.1.2.1).
func (c *Client) BeginAgain(ctx context.Context, id string) (Request, error) {
	return c.begin(ctx, Request{ID: id, Since: c.now()},
		oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
}

func (c *Client) begin(ctx context.Context, r Request, more ...oauth2.AuthCodeOption) (Request, error) {
	is, p, err := c.provider(ctx, r.ID)
	if err != nil {
		return Request{}, err
	}
	r.State, r.Nonce, r.Verifier = random(), random(), oauth2.GenerateVerifier()
	more = append(more, goidc.Nonce(r.Nonce), oauth2.S256ChallengeOption(r.Verifier))
	r.URL = c.config(is, p).AuthCodeURL(r.State, more...)
	return r, nil
}

// Answer is what the provider sent the browser back with.
type Answer struct {
	State, Code string
	Issuer      string // iss, where it came
	Error       string
}

// Claims are what an ID token says that we read. Name is what the provider claims
// for an administrator to recognise; it decides nothing.
type Claims struct {
	Issuer   string
	Subject  string
	Name     string
	AuthTime time.Time // when the person signed in there; zero if it does not say
	Two      bool      // the provider says that two factors were shown
}

// Finish takes the answer to a request. A *Rejected says what does not hold; any
// other error is an outage.
func (c *Client) Finish(ctx context.Context, r Request, a Answer) (Claims, error) {
	is, p, err := c.provider(ctx, r.ID)
	if err != nil {
		return Claims{}, err
	}
	if err := fits(is, p, r, a); err != nil {
		return Claims{}, err
	}
	ctx = goidc.ClientContext(ctx, c.http)
	token, err := c.config(is, p).Exchange(ctx, a.Code, oauth2.VerifierOption(r.Verifier))
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil && refused.Response.StatusCode < 500 {
		return Claims{}, reject("the token endpoint refused the code")
	}
	if err != nil {
		return Claims{}, fmt.Errorf("oidc: token endpoint: %w", err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return Claims{}, reject("no ID token came")
	}
	return c.read(ctx, is, p, r, raw)
}

// fits compares the answer with the request before anything is sent anywhere.
func fits(is identity.Issuer, p *provider, r Request, a Answer) error {
	switch {
	case !same(a.State, r.State):
		return reject("the state is not that of this browser's request")
	case a.Issuer == "" && p.answersWithIssuer:
		return reject("the answer does not name its issuer")
	case a.Issuer != "" && a.Issuer != is.URL:
		return reject("the answer is another issuer's")
	case a.Error != "":
		return reject("the provider says %.40q", a.Error)
	case a.Code == "":
		return reject("no code came")
	}
	return nil
}

// skew is how far clocks may differ.
const skew = 2 * time.Minute

// read checks an ID token (OpenID Connect Core 1.0 section 3.1.3.7).
func (c *Client) read(ctx context.Context, is identity.Issuer, p *provider, r Request, raw string) (Claims, error) {
	id, err := p.Verifier(&goidc.Config{ClientID: is.ClientID, Now: c.now}).Verify(ctx, raw)
	if err != nil {
		return Claims{}, reject("the ID token does not hold: %.200s", err.Error())
	}
	var said struct {
		Azp      string   `json:"azp"`
		AuthTime int64    `json:"auth_time"`
		ACR      string   `json:"acr"`
		AMR      []string `json:"amr"`
		Name     string   `json:"name"`
		User     string   `json:"preferred_username"`
	}
	if err := id.Claims(&said); err != nil {
		return Claims{}, reject("the ID token's claims do not decode")
	}
	switch {
	case !same(id.Nonce, r.Nonce):
		return Claims{}, reject("the nonce is not that of this browser's request")
	case len(id.Audience) > 1 && said.Azp == "":
		return Claims{}, reject("several audiences, and no authorised party")
	case said.Azp != "" && said.Azp != is.ClientID:
		return Claims{}, reject("the authorised party is somebody else")
	case id.Subject == "" || len(id.Subject) > 255:
		return Claims{}, reject("the ID token names no subject")
	case id.IssuedAt.After(c.now().Add(skew)):
		return Claims{}, reject("the ID token is dated in the future")
	case said.AuthTime > c.now().Add(skew).Unix():
		return Claims{}, reject("the sign-in is dated in the future")
	case !r.Since.IsZero() && said.AuthTime <= 0:
		return Claims{}, reject("the provider does not say when the person signed in")
	case !r.Since.IsZero() && said.AuthTime < r.Since.Add(-skew).Unix():
		return Claims{}, reject("the provider did not ask the person again")
	}
	out := Claims{Issuer: id.Issuer, Subject: id.Subject, Name: first(said.Name, said.User)}
	if said.AuthTime > 0 {
		out.AuthTime = time.Unix(said.AuthTime, 0)
	}
	out.Two = said.ACR != "" && slices.Contains(is.TwoACR, said.ACR) ||
		slices.ContainsFunc(said.AMR, func(m string) bool { return slices.Contains(is.TwoAMR, m) })
	return out, nil
}

func (c *Client) config(is identity.Issuer, p *provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: is.ClientID, ClientSecret: is.Secret, Endpoint: p.Endpoint(), RedirectURL: c.callback(is.ID),
		Scopes: append([]string{goidc.ScopeOpenID}, is.Scopes...),
	}
}

// provider discovers an issuer once; a failed try is tried again with the next
// sign-in. The discovered issuer must be the configured one, to the letter.
func (c *Client) provider(ctx context.Context, id string) (identity.Issuer, *provider, error) {
	i := slices.IndexFunc(c.issuers, func(is identity.Issuer) bool { return is.ID == id })
	if i < 0 {
		return identity.Issuer{}, nil, ErrUnknownIssuer
	}
	c.mu.Lock()
	known := c.providers[id]
	c.mu.Unlock()
	if known != nil {
		return c.issuers[i], known, nil
	}
	// The keys are fetched long after this request has ended.
	p, err := goidc.NewProvider(goidc.ClientContext(context.WithoutCancel(ctx), c.http), c.issuers[i].URL)
	if err != nil {
		return c.issuers[i], nil, fmt.Errorf("oidc: discovery of %s: %w", id, err)
	}
	var meta struct {
		Iss bool `json:"authorization_response_iss_parameter_supported"`
	}
	if err := p.Claims(&meta); err != nil {
		return c.issuers[i], nil, fmt.Errorf("oidc: discovery of %s: %w", id, err)
	}
	found := &provider{Provider: p, answersWithIssuer: meta.Iss}
	c.mu.Lock()
	c.providers[id] = found
	c.mu.Unlock()
	return c.issuers[i], found, nil
}

func same(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// random is 256 bits as text.
func random() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}
