package app

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/oidc"
	"vinhdanh/internal/postgres"
)

// providerWait is how long a person may take to sign in at the provider.
const providerWait = 10 * time.Minute

// Provider is an identity provider as the page of sign-in offers it.
type Provider struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Providers lists the identity providers that people may sign in at.
func (a *App) Providers() []Provider {
	out := []Provider{}
	for _, is := range a.door.settings.Issuers {
		out = append(out, Provider{ID: is.ID, Name: is.Name})
	}
	return out
}

// AtProvider is where the browser goes, and the secret that it keeps meanwhile.
type AtProvider struct {
	URL    string
	Secret string
}

// BeginAtProvider begins a sign-in at an identity provider. next is a path of ours.
func (a *App) BeginAtProvider(ctx context.Context, id, next string) (AtProvider, error) {
	r, err := a.door.providers.Begin(ctx, id)
	return a.toProvider(ctx, r, err, id, next, nil)
}

// toProvider keeps a request that was begun, for the browser that goes out with it.
func (a *App) toProvider(ctx context.Context, r oidc.Request, err error, id, next string, session *string) (AtProvider, error) {
	if errors.Is(err, oidc.ErrUnknownIssuer) {
		return AtProvider{}, &Error{Code: CodeNotFound}
	}
	if err != nil {
		zerolog.Ctx(ctx).Warn().Err(err).Str("issuer", id).Msg("identity provider not reached")
		return AtProvider{}, fail(CodeUnavailable, "the identity provider does not answer")
	}
	secret, err := identity.NewSecret()
	if err != nil {
		return AtProvider{}, err
	}
	err = a.Store.BeginOIDC(ctx, identity.Digest(secret), postgres.OIDCRequest{
		Issuer: r.ID, State: r.State, Nonce: r.Nonce, Verifier: r.Verifier, Next: next, Session: session, Begun: a.door.now(),
	}, a.door.now().Add(providerWait))
	if err != nil {
		return AtProvider{}, internal("keep the sign-in", err)
	}
	return AtProvider{URL: r.URL, Secret: secret}, nil
}

// ProviderAnswer is what the provider sent the browser back with; ID is the issuer
// whose answering address it came to, By the session of the browser, if it has one.
type ProviderAnswer struct {
	ID, State, Code, Issuer, Error string
	By                             Session
}

// FromProvider is a sign-in that came to its end: a session, or who came unknown.
type FromProvider struct {
	Opened
	Next    string
	Unknown string // the reference under which an administrator finds who came
}

// FinishAtProvider takes the provider's answer for the browser that began. It opens
// a session for the person to whom an administrator mapped the subject, and for
// nobody else: no claim maps anybody or gives a role.
func (a *App) FinishAtProvider(ctx context.Context, secret string, in ProviderAnswer, from From) (FromProvider, error) {
	kept, err := a.Store.TakeOIDC(ctx, identity.Digest(secret))
	if errors.Is(err, postgres.ErrNotFound) {
		return FromProvider{}, a.notAtProvider(ctx, "no sign-in of this browser is under way", from)
	}
	if err != nil {
		return FromProvider{}, internal("read the sign-in", err)
	}
	if kept.Issuer != in.ID {
		return FromProvider{}, a.notAtProvider(ctx, "the answer came to another issuer's address", from)
	}
	asked := oidc.Request{ID: kept.Issuer, State: kept.State, Nonce: kept.Nonce, Verifier: kept.Verifier}
	if kept.Session != nil {
		asked.Since = kept.Begun
	}
	claims, err := a.door.providers.Finish(ctx, asked,
		oidc.Answer{State: in.State, Code: in.Code, Issuer: in.Issuer, Error: in.Error})
	var rejected *oidc.Rejected
	if errors.As(err, &rejected) {
		return FromProvider{}, a.notAtProvider(ctx, rejected.Why, from)
	}
	if err != nil {
		zerolog.Ctx(ctx).Warn().Err(err).Str("issuer", in.ID).Msg("identity provider not reached")
		return FromProvider{}, fail(CodeUnavailable, "the identity provider does not answer")
	}
	if kept.Session != nil {
		return a.confirmed(ctx, claims, kept, in.By, from)
	}
	return a.fromClaims(ctx, claims, kept.Next, from)
}

// fromClaims opens the session of the person to whom the subject is mapped, or
// records that an unmapped one came.
func (a *App) fromClaims(ctx context.Context, c oidc.Claims, next string, from From) (FromProvider, error) {
	u, err := a.Store.OIDCUser(ctx, c.Issuer, c.Subject)
	if errors.Is(err, postgres.ErrNotFound) {
		fresh := make([]byte, 5)
		if _, err := rand.Read(fresh); err != nil {
			return FromProvider{}, err
		}
		ref, err := a.Store.NoteUnknownOIDC(ctx, c.Issuer, c.Subject, base32.StdEncoding.EncodeToString(fresh), clipped(c.Name, 200))
		if err != nil {
			return FromProvider{}, internal("record who came", err)
		}
		if err := a.note(ctx, "", postgres.SignInEvent{Kind: eventFailed, Method: identity.ByOIDC, Detail: "unmapped"}, from); err != nil {
			return FromProvider{}, err
		}
		return FromProvider{Unknown: ref}, nil
	}
	if err != nil {
		return FromProvider{}, internal("read whose subject it is", err)
	}
	method := identity.ByOIDC
	if c.Two {
		method = identity.ByOIDCTwo
	}
	shown := c.AuthTime
	if shown.IsZero() {
		shown = a.door.now().Add(-a.door.settings.Fresh) // a provider that does not say when does not make it fresh
	}
	opened, err := a.openWebSessionSince(ctx, u.ID, method, shown, from)
	return FromProvider{Opened: opened, Next: next}, err
}

// notAtProvider records an answer that does not hold; the reader learns no more than
// that it does not.
func (a *App) notAtProvider(ctx context.Context, why string, from From) error {
	if err := a.note(ctx, "", postgres.SignInEvent{Kind: eventFailed, Method: identity.ByOIDC, Detail: why}, from); err != nil {
		return err
	}
	return fail(CodeProvider, why)
}

func clipped(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

// ProviderLinks is who signs in at identity providers, and who came and is unknown.
type ProviderLinks struct {
	Providers []Provider             `json:"providers"`
	Unknown   []postgres.OIDCUnknown `json:"unknown"`
	Links     []postgres.OIDCLink    `json:"links"`
}

// ProviderLinks lists the mappings for administrators of the installation and auditors.
func (a *App) ProviderLinks(ctx context.Context, s Session) (ProviderLinks, error) {
	out := ProviderLinks{Providers: a.Providers()}
	if err := a.installation(ctx, s, true, "oidc.read", ""); err != nil {
		return out, err
	}
	var err error
	if out.Unknown, err = a.Store.UnknownOIDC(ctx, 200); err != nil {
		return out, internal("list who came", err)
	}
	if out.Links, err = a.Store.OIDCLinks(ctx, 500); err != nil {
		return out, internal("list the mappings", err)
	}
	return out, nil
}

// MapInput maps who came under a reference to a person.
type MapInput struct {
	Ref   string `json:"ref" validate:"required,max=20"`
	Login string `json:"login" validate:"required,max=100"`
	Proof
}

// MapSubject maps who came from an identity provider to a person: an administrator
// of the installation, who signed in a moment ago, for somebody else.
func (a *App) MapSubject(ctx context.Context, s Session, in MapInput) error {
	if err := a.check(in); err != nil {
		return err
	}
	if err := a.installation(ctx, s, false, "oidc.map", in.Ref); err != nil {
		return err
	}
	in.Ref = strings.ToUpper(strings.TrimSpace(in.Ref)) // as people read it out
	acct, err := a.administered(ctx, s, "oidc.map", in.Login, in.Proof)
	if err != nil {
		return err
	}
	if acct.ID == s.User {
		return a.refuse(ctx, s, "oidc.map", in.Ref, readable(CodeForbidden,
			"Không tự gắn tài khoản ngoài cho mình; hãy nhờ quản trị khác.", "nobody maps an outside account to themselves; ask another administrator"))
	}
	err = a.Store.MapOIDC(ctx, in.Ref, acct.ID, s.User)
	if postgres.IsUnique(err) {
		return &Error{Code: CodeDuplicate}
	}
	if err != nil {
		return internal("map the subject", err)
	}
	return a.noteOf(ctx, s, eventLink, "oidc "+in.Ref)
}

// UnmapSubject ends a mapping: the person does not sign in that way any more.
func (a *App) UnmapSubject(ctx context.Context, s Session, id string, p Proof) error {
	if err := a.installation(ctx, s, false, "oidc.unmap", id); err != nil {
		return err
	}
	login, err := a.Store.OIDCLogin(ctx, id)
	if err != nil {
		return internal("read the mapping", err)
	}
	if _, err := a.administered(ctx, s, "oidc.unmap", login, p); err != nil {
		return err
	}
	if _, err := a.Store.EndOIDC(ctx, id, s.User); err != nil {
		return internal("end the mapping", err)
	}
	return a.noteOf(ctx, s, eventLink, "oidc ended "+id)
}
