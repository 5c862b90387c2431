package app

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
)

// Opened is a session in a browser that was opened or raised. Secret goes into the
// cookie and is nowhere else; every earlier secret of the session is dead.
type Opened struct {
	Secret  string
	Session Session
}

// Fresh tells whether the sign-in was a moment ago.
func (s Session) Fresh(now time.Time) bool {
	return s.Web != "" && s.Step == "" && now.Before(s.FreshUntil)
}

// rolesOf are the roles of memberships.
func rolesOf(ms []postgres.Membership) []string {
	out := make([]string, len(ms))
	for i, m := range ms {
		out[i] = m.Role
	}
	return out
}

// waived tells whether a person need not show a second factor: an invented person
// of a sample installation, where the setting says so.
func (a *App) waived(ctx context.Context, acct postgres.Account) (bool, error) {
	if !a.door.settings.SampleWaived || !acct.Sample {
		return false, nil
	}
	name, err := a.Store.SampleData(ctx)
	if err != nil {
		return false, internal("read the installation", err)
	}
	return name != "", nil
}

// stepFor is what a session has to show still after a method: the second factor of
// those who have one, the enrolment of one for those whose role asks for it.
func (a *App) stepFor(ctx context.Context, acct postgres.Account, method string, roles []string) (string, error) {
	if identity.TwoFactors(method) {
		return identity.StepDone, nil
	}
	has, err := a.hasFactor(ctx, acct.ID)
	if err != nil {
		return "", err
	}
	if has {
		return identity.StepSecond, nil
	}
	if !identity.NeedsTwo(roles) {
		return identity.StepDone, nil
	}
	waived, err := a.waived(ctx, acct)
	if err != nil || waived {
		return identity.StepDone, err
	}
	return identity.StepEnrol, nil
}

func (a *App) hasFactor(ctx context.Context, user string) (bool, error) {
	codes, err := a.Store.CodeFactors(ctx, user)
	if err != nil {
		return false, internal("read the factors", err)
	}
	keys, err := a.Store.Passkeys(ctx, user)
	if err != nil {
		return false, internal("read the factors", err)
	}
	return len(codes)+len(keys) > 0, nil
}

// openWebSession opens a session in a browser for a person who has shown who they
// are by a method of package identity. Whatever way they came, a second factor that
// their account has or their role asks for is still to be shown.
func (a *App) openWebSession(ctx context.Context, userID, method string, from From) (Opened, error) {
	return a.openWebSessionSince(ctx, userID, method, a.door.now(), from)
}

// openWebSessionSince is openWebSession for a person who showed who they are at an
// instant that may lie back: the sign-in counts as fresh from then.
func (a *App) openWebSessionSince(ctx context.Context, userID, method string, shown time.Time, from From) (Opened, error) {
	acct, err := a.Store.AccountByID(ctx, userID)
	if err != nil {
		return Opened{}, internal("read the account", err)
	}
	if !acct.Active {
		return Opened{}, fail(CodeSignIn, "the account is closed")
	}
	s, err := a.session(ctx, acct.User, method)
	if err != nil {
		return Opened{}, err
	}
	step, err := a.stepFor(ctx, acct, method, rolesOf(s.Memberships))
	if err != nil {
		return Opened{}, err
	}
	secret, err := identity.NewSecret()
	if err != nil {
		return Opened{}, err
	}
	now := a.door.now()
	w := postgres.WebSession{
		ID: uuid.NewString(), User: acct.ID, Method: method, Step: step, Address: from.Address, Agent: from.Agent,
		CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(a.lifeOf(step)), FreshUntil: shown.Add(a.door.settings.Fresh),
	}
	ended, err := a.Store.AddWebSession(ctx, w, identity.Digest(secret), a.door.settings.MaxSessions)
	if err != nil {
		return Opened{}, internal("open the session", err)
	}
	for _, id := range ended {
		if err := a.note(ctx, acct.ID, postgres.SignInEvent{Kind: eventEnded, Detail: "too-many", Session: &id}, from); err != nil {
			return Opened{}, err
		}
	}
	kind := eventSignIn
	if step != identity.StepDone {
		kind = eventFirst
	}
	if err := a.note(ctx, acct.ID, postgres.SignInEvent{Kind: kind, Method: method, Session: &w.ID}, from); err != nil {
		return Opened{}, err
	}
	return Opened{Secret: secret, Session: ofWeb(s, w, step, identity.Digest(secret))}, nil
}

// lifeOf is how long a session at a step may last at most.
func (a *App) lifeOf(step string) time.Duration {
	if step != identity.StepDone {
		return a.door.settings.Pending
	}
	return a.door.settings.Absolute
}

// ofWeb completes a session by what its row says. Until every step is done it has
// no memberships and is good for nothing but its own account.
func ofWeb(s Session, w postgres.WebSession, step string, hash []byte) Session {
	s.Web, s.Step, s.FreshUntil, s.Expires, s.hash = w.ID, step, w.FreshUntil, w.ExpiresAt, hash
	s.SignedIn, s.from = w.Method, From{Address: w.Address, Agent: w.Agent}
	if step != identity.StepDone {
		s.Memberships, s.Scopes = nil, nil
	}
	return s
}

// SignInByCookie opens the session whose secret a cookie holds, unless it has
// ended, was idle too long or has lasted too long.
func (a *App) SignInByCookie(ctx context.Context, secret string) (Session, error) {
	hash := identity.Digest(secret)
	w, err := a.Store.WebSessionByHash(ctx, hash)
	if errors.Is(err, postgres.ErrNotFound) {
		return Session{}, fail(CodeUnauthorised, "no such session")
	}
	if err != nil {
		return Session{}, internal("read the session", err)
	}
	now := a.door.now()
	if ended := a.timedOut(w, now); ended != "" {
		return Session{}, a.endByTime(ctx, w, ended)
	}
	acct, err := a.Store.AccountByID(ctx, w.User)
	if err != nil {
		return Session{}, internal("read the account", err)
	}
	if !acct.Active {
		return Session{}, a.endByTime(ctx, w, "account-closed")
	}
	s, err := a.session(ctx, acct.User, w.Method)
	if err != nil {
		return Session{}, err
	}
	step := w.Step
	if step == identity.StepDone && identity.NeedsTwo(rolesOf(s.Memberships)) {
		// A role may have come after the sign-in.
		if step, err = a.stepFor(ctx, acct, w.Method, rolesOf(s.Memberships)); err != nil {
			return Session{}, err
		}
	}
	if err := a.Store.TouchWebSession(ctx, w.ID, now); err != nil {
		return Session{}, internal("note the session", err)
	}
	return ofWeb(s, w, step, hash), nil
}

// timedOut says why a session is over, "" if it is not.
func (a *App) timedOut(w postgres.WebSession, now time.Time) string {
	switch {
	case !now.Before(w.ExpiresAt):
		return "expired"
	case now.Sub(w.LastSeenAt) >= a.door.settings.Idle:
		return "idle"
	}
	return ""
}

func (a *App) endByTime(ctx context.Context, w postgres.WebSession, by string) error {
	ended, err := a.Store.EndWebSession(ctx, w.User, w.ID, by)
	if err != nil {
		return internal("end the session", err)
	}
	if ended {
		e := postgres.SignInEvent{Kind: eventEnded, Detail: by, Session: &w.ID, Method: w.Method}
		if err := a.note(ctx, w.User, e, From{Address: w.Address, Agent: w.Agent}); err != nil {
			return err
		}
	}
	return fail(CodeUnauthorised, "the session has ended: "+by)
}

// stepUp exchanges the secret of a session that has shown more. method is how it
// has signed in by now.
func (a *App) stepUp(ctx context.Context, s Session, method, kind string) (Opened, error) {
	return a.stepUpSince(ctx, s, method, kind, a.door.now())
}

// stepUpSince is stepUp for what was shown at an instant before.
func (a *App) stepUpSince(ctx context.Context, s Session, method, kind string, shown time.Time) (Opened, error) {
	secret, err := identity.NewSecret()
	if err != nil {
		return Opened{}, err
	}
	now := a.door.now()
	w := postgres.WebSession{
		ID: s.Web, User: s.User, Method: method, Address: s.from.Address, Agent: s.from.Agent,
		LastSeenAt: now, ExpiresAt: s.Expires, FreshUntil: shown.Add(a.door.settings.Fresh),
	}
	if s.Step != identity.StepDone {
		w.ExpiresAt = now.Add(a.door.settings.Absolute)
	}
	moved, err := a.Store.StepUpWebSession(ctx, w, s.hash, identity.Digest(secret))
	if err != nil {
		return Opened{}, internal("raise the session", err)
	}
	if !moved {
		return Opened{}, fail(CodeUnauthorised, "the session has moved on")
	}
	u, err := a.Store.UserByID(ctx, s.User)
	if err != nil {
		return Opened{}, internal("read the account", err)
	}
	up, err := a.session(ctx, u, method)
	if err != nil {
		return Opened{}, err
	}
	up = ofWeb(up, w, identity.StepDone, identity.Digest(secret))
	return Opened{Secret: secret, Session: up}, a.noteOf(ctx, up, kind, "")
}
