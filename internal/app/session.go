package app

import (
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"vinhdanh/internal/act"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Session is who asks: a signed-in person with the roles held today. A session
// without memberships sees nothing.
type Session struct {
	User        string
	Login       string
	Name        string
	Locale      string
	SignedIn    string // a method of package identity: password+totp, passkey, token, …
	Self        string
	Memberships []postgres.Membership

	// Web is the id of the session in a browser; empty for a token.
	Web string
	// Step is what a session in a browser still has to show before it opens
	// anything (identity.StepSecond, StepEnrol); it has no memberships until then.
	Step string
	// FreshUntil is until when the sign-in counts as fresh.
	FreshUntil time.Time
	// Expires is when the session ends whatever it does.
	Expires time.Time
	// Scopes bound what the session is good for, however much its person may do.
	Scopes []Scope

	hash []byte // of the cookie's secret
	from From

	table *permission.Matrix // nil: the built-in one
}

// SignInByToken opens a session from a bearer token.
func (a *App) SignInByToken(ctx context.Context, token string) (Session, error) {
	hash := sha256.Sum256([]byte(token))
	u, err := a.Store.OwnerOfToken(ctx, hash[:])
	if err != nil {
		if rerr := a.Store.RefuseInApp(ctx, "", "sign-in", "", CodeUnauthorised, "unknown or expired token"); rerr != nil {
			return Session{}, internal("record sign-in", rerr)
		}
		return Session{}, fail(CodeUnauthorised, "unknown or expired token")
	}
	s, err := a.session(ctx, u.User, identity.ByToken)
	if err != nil {
		return s, err
	}
	if err := a.tokenShowsEnough(ctx, s, u); err != nil {
		return Session{}, err
	}
	s.Scopes = scopesOf(u.Scopes)
	return s, nil
}

// tokenShowsEnough refuses a token that was made with one factor before its owner
// got a role that needs two: a token opens no more than a page would.
func (a *App) tokenShowsEnough(ctx context.Context, s Session, u postgres.TokenOwner) error {
	if u.MadeBy == postgres.MadeByOperator || identity.TwoFactors(u.MadeBy) || !identity.NeedsTwo(rolesOf(s.Memberships)) {
		return nil
	}
	acct, err := a.Store.AccountByID(ctx, u.ID)
	if err != nil {
		return internal("read the account", err)
	}
	if waived, err := a.waived(ctx, acct); err != nil || waived {
		return err
	}
	return a.refuse(ctx, s, "sign-in", "", fail(CodeSecondFactor, "the token was made before its owner's role asked for two factors"))
}

func (a *App) session(ctx context.Context, u postgres.User, how string) (Session, error) {
	ms, err := a.Store.Memberships(ctx, u.ID, a.Today().String())
	if err != nil {
		return Session{}, internal("read memberships", err)
	}
	return Session{
		User: u.ID, Login: u.Login, Name: u.FullName, Locale: u.Locale, SignedIn: how, Self: u.Self, Memberships: a.inForce(ms),
		Scopes: []Scope{ScopeAll}, table: a.Permissions,
	}, nil
}

// Has tells whether the session holds the role anywhere.
func (s Session) Has(roles ...proposal.Role) bool {
	for _, m := range s.Memberships {
		if slices.Contains(roles, proposal.Role(m.Role)) {
			return true
		}
	}
	return false
}

// Units lists the units in which the session holds one of the roles; with no
// roles given, all its units.
func (s Session) Units(roles ...proposal.Role) []string {
	out := []string{}
	for _, m := range s.Memberships {
		if (len(roles) == 0 || slices.Contains(roles, proposal.Role(m.Role))) && !slices.Contains(out, m.Unit) {
			out = append(out, m.Unit)
		}
	}
	return out
}

// As picks the capacity to act in: the first of the roles that the session holds
// in the unit, in person if possible, else for somebody else by a delegation. false
// means that the person may not act there.
func (s Session) As(unit string, roles ...proposal.Role) (act.Actor, bool) {
	for _, delegated := range []bool{false, true} {
		for _, r := range roles {
			for i, m := range s.Memberships {
				if m.Unit == unit && proposal.Role(m.Role) == r && (m.OnBehalfOf != "") == delegated {
					return s.actor(i), true
				}
			}
		}
	}
	return act.Actor{}, false
}
