package app

import (
	"context"
	"errors"
	"slices"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/oidc"
	"vinhdanh/internal/postgres"
)

// FreshenWays are the ways in which the person of a session can show once more who
// they are: those by which they can sign in, so that nobody is asked for a password
// that they never had.
type FreshenWays struct {
	Password  bool
	Passkey   bool
	Providers []Provider // at which their own subject is known
}

// FreshenWays lists what the person of a session can confirm it with.
func (a *App) FreshenWays(ctx context.Context, s Session) (FreshenWays, error) {
	out := FreshenWays{Providers: []Provider{}}
	acct, err := a.Store.AccountByID(ctx, s.User)
	if err != nil {
		return out, internal("read the account", err)
	}
	keys, err := a.Store.Passkeys(ctx, s.User)
	if err != nil {
		return out, internal("read the factors", err)
	}
	issuers, err := a.Store.OIDCIssuersOf(ctx, s.User)
	if err != nil {
		return out, internal("read the mappings", err)
	}
	out.Password, out.Passkey = acct.Hash != "", len(keys) > 0
	for _, is := range a.door.settings.Issuers {
		if slices.Contains(issuers, is.URL) {
			out.Providers = append(out.Providers, Provider{ID: is.ID, Name: is.Name})
		}
	}
	return out, nil
}

// FreshenAtProvider sends the person of a session to an identity provider where they
// sign in again, whatever session they have there (ASVS 7.5.3). next is a path of
// ours.
func (a *App) FreshenAtProvider(ctx context.Context, s Session, id, next string) (AtProvider, error) {
	if s.Web == "" || s.Step != identity.StepDone {
		return AtProvider{}, fail(CodeUnauthorised, "no session that could be made fresh")
	}
	ways, err := a.FreshenWays(ctx, s)
	if err != nil {
		return AtProvider{}, err
	}
	if !slices.ContainsFunc(ways.Providers, func(p Provider) bool { return p.ID == id }) {
		return AtProvider{}, &Error{Code: CodeNotFound}
	}
	r, err := a.door.providers.BeginAgain(ctx, id)
	return a.toProvider(ctx, r, err, id, next, &s.Web)
}

// confirmed makes a session fresh whose person signed in again at a provider. It has
// to be the session that asked, in the browser that asked, and the subject has to be
// that person's; a session that began with two factors is not confirmed by one.
func (a *App) confirmed(ctx context.Context, c oidc.Claims, kept postgres.OIDCRequest, by Session, from From) (FromProvider, error) {
	if by.Web == "" || by.Web != *kept.Session || by.Step != identity.StepDone {
		return FromProvider{}, a.notAtProvider(ctx, "the session to confirm is not this browser's", from)
	}
	u, err := a.Store.OIDCUser(ctx, c.Issuer, c.Subject)
	if err != nil && !errors.Is(err, postgres.ErrNotFound) {
		return FromProvider{}, internal("read whose subject it is", err)
	}
	if err != nil || u.ID != by.User {
		return FromProvider{}, a.notAtProvider(ctx, "somebody else signed in at the provider", from)
	}
	if by.SignedIn == identity.ByOIDCTwo && !c.Two {
		return FromProvider{}, a.notAtProvider(ctx, "the session began with two factors, the provider asked for one", from)
	}
	shown := a.door.now()
	if c.AuthTime.Before(shown) {
		shown = c.AuthTime
	}
	opened, err := a.stepUpSince(ctx, by, by.SignedIn, eventFresh, shown)
	return FromProvider{Opened: opened, Next: kept.Next}, err
}
