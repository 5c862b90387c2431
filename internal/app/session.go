package app

import (
	"context"
	"crypto/sha256"
	"slices"

	"vinhdanh/internal/act"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Session is who asks: a signed-in person with the roles held today. A session
// without memberships sees nothing.
type Session struct {
	User        string
	Name        string
	Locale      string
	SignedIn    string // token, password
	Self        string
	Memberships []postgres.Membership
}

// SignInByToken opens a session from a bearer token.
func (a *App) SignInByToken(ctx context.Context, token string) (Session, error) {
	hash := sha256.Sum256([]byte(token))
	u, err := a.Store.UserByToken(ctx, hash[:])
	if err != nil {
		if rerr := a.Store.RefuseInApp(ctx, "", "sign-in", "", CodeUnauthorised, "unknown or expired token"); rerr != nil {
			return Session{}, internal("record sign-in", rerr)
		}
		return Session{}, fail(CodeUnauthorised, "unknown or expired token")
	}
	return a.session(ctx, u, "token")
}

func (a *App) session(ctx context.Context, u postgres.User, how string) (Session, error) {
	ms, err := a.Store.Memberships(ctx, u.ID, a.Today().String())
	if err != nil {
		return Session{}, internal("read memberships", err)
	}
	return Session{User: u.ID, Name: u.FullName, Locale: u.Locale, SignedIn: how, Self: u.Self, Memberships: a.inForce(ms)}, nil
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
