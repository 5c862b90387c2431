package app

import (
	"context"
	"crypto/rand"
	"net/netip"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/oidc"
	"vinhdanh/internal/postgres"
)

// door is what signing in needs.
type door struct {
	settings identity.Settings
	hasher   *identity.Hasher
	policy   func() (*identity.Policy, error)
	box      func() (*identity.Box, error)
	keys     func() (*identity.Passkeys, error)
	now      func() time.Time

	providers *oidc.Client
}

func newDoor(a *App) *door {
	s := a.Identity
	if s.PublicURL == "" {
		s.PublicURL = a.Place.PublicURL
	}
	s = s.WithDefaults()
	d := &door{settings: s, hasher: identity.NewHasher(s.Params), now: time.Now}
	d.providers = oidc.New(s.Issuers, func(id string) string { return s.PublicURL + "/sign-in/with/" + id + "/answer" })
	d.policy = sync.OnceValues(func() (*identity.Policy, error) { return identity.NewPolicy(s) })
	d.keys = sync.OnceValues(func() (*identity.Passkeys, error) { return identity.NewPasskeys(s) })
	given := a.Box
	d.box = sync.OnceValues(func() (*identity.Box, error) {
		if given != nil {
			return given, nil
		}
		master := make([]byte, 32)
		if _, err := rand.Read(master); err != nil {
			return nil, err
		}
		return identity.NewBox(master)
	})
	return d
}

// CheckIdentity opens what the settings for signing in name, so that a wrong one
// shows when the process starts.
func (a *App) CheckIdentity() error {
	_, err := a.door.policy()
	return err
}

// From is where a request comes from.
type From struct {
	Address string // of the reader, as our own proxies tell it
	Agent   string // browser and system in two words (identity.AgentClass)
}

// network is the part of an address that one household or office has: all of an
// IPv4 address, the first half of an IPv6 one.
func (f From) network() string {
	at, err := netip.ParseAddr(f.Address)
	if err != nil {
		return f.Address
	}
	if at = at.Unmap(); at.Is6() {
		if p, err := at.Prefix(64); err == nil {
			return p.String()
		}
	}
	return at.String()
}

// Kinds of events on the record of signing in.
const (
	eventSignIn      = "sign-in"
	eventFirst       = "first-factor"   // the second is still to be shown
	eventSecond      = "second-factor"  // shown: the session opens
	eventFailed      = "failed"         // wrong login or password
	eventWrongCode   = "wrong-factor"   // wrong code, or a passkey's answer that does not hold
	eventSlowed      = "slowed"         // too many guesses: not looked at
	eventSignOut     = "sign-out"       //
	eventEnded       = "session-ended"  // by its owner, by time, by an admin; detail says
	eventFresh       = "freshened"      //
	eventPassword    = "password"       // changed
	eventFactorAdded = "factor-added"   // detail: totp, passkey, recovery
	eventFactorGone  = "factor-removed" //
	eventToken       = "token-created"  //
	eventTokenGone   = "token-revoked"  //
	eventLink        = "link-issued"    // detail: setup, invitation, reset
	eventLinkUsed    = "link-used"      //
)

// note puts an event on the record of signing in. What cannot be recorded does not
// happen, so the error goes to the caller.
func (a *App) note(ctx context.Context, user string, e postgres.SignInEvent, from From) error {
	if user != "" {
		e.User = &user
	}
	e.Address, e.Agent = from.Address, from.Agent
	if err := a.Store.AddSignInEvent(ctx, e); err != nil {
		return internal("record the sign-in", err)
	}
	zerolog.Ctx(ctx).Info().Str("actor", user).Str("kind", e.Kind).Str("method", e.Method).Msg("identity")
	return nil
}

// noteOf is note for something that a signed-in person did.
func (a *App) noteOf(ctx context.Context, s Session, kind, detail string) error {
	e := postgres.SignInEvent{Kind: kind, Method: s.SignedIn, Detail: detail}
	if s.Web != "" {
		e.Session = &s.Web
	}
	return a.note(ctx, s.User, e, s.from)
}

// SignInEvents is the record of signing in: an auditor reads everybody's, others
// their own.
func (a *App) SignInEvents(ctx context.Context, s Session, own bool, limit, offset int) ([]SignInEventRow, error) {
	user, scope := "", ScopeAudit
	if own || !s.anywhere("sign-in.audit") {
		user, scope = s.User, ScopeAccount
	}
	if err := a.needScope(ctx, s, scope, "sign-in-events", ""); err != nil {
		return nil, err
	}
	if !own && user != "" {
		return nil, a.refuse(ctx, s, "sign-in-events", "", fail(CodeForbidden, "auditors read the record of signing in"))
	}
	out, err := a.Store.SignInEvents(ctx, user, pageSize(limit), max(offset, 0))
	if err != nil {
		return nil, internal("read the record of signing in", err)
	}
	return out, nil
}

// Steps of a session, for the pages.
const (
	StepSecond = identity.StepSecond
	StepEnrol  = identity.StepEnrol
)

// Rows about signing in, as the store keeps them.
type (
	SignInEventRow = postgres.SignInEvent
	WebSessionRow  = postgres.WebSession
	TokenRow       = postgres.Token
)
