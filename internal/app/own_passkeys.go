package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/rs/zerolog"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
)

// Kinds of passkey ceremonies.
const (
	CeremonyRegister = "register"
	CeremonySignIn   = "sign-in"
	CeremonySecond   = "second-factor"
	CeremonyFreshen  = "freshen"
)

// ceremonyLife is how long a passkey's question may be answered.
const ceremonyLife = 5 * time.Minute

// PasskeyQuestion goes to the browser: Options for navigator.credentials, ID to
// come back with the answer.
type PasskeyQuestion struct {
	ID      string          `json:"id"`
	Options json.RawMessage `json:"options"`
}

// PasskeyAnswer is what the browser says.
type PasskeyAnswer struct {
	ID     string          `json:"id" validate:"required,uuid"`
	Answer json.RawMessage `json:"answer" validate:"required"`
	Name   string          `json:"name,omitempty" validate:"max=80"` // of a new key
}

// AskPasskey begins a ceremony. For CeremonySignIn the session is empty.
func (a *App) AskPasskey(ctx context.Context, s Session, kind string) (PasskeyQuestion, error) {
	keys, err := a.door.keys()
	if err != nil {
		return PasskeyQuestion{}, fail(CodeNoPasskeys, "")
	}
	c := postgres.Ceremony{ID: uuid.NewString(), Kind: kind}
	out := PasskeyQuestion{ID: c.ID}
	if kind == CeremonySignIn {
		out.Options, c.Data, err = keys.BeginLogin(nil)
		if err != nil {
			return out, err
		}
		return out, a.keepCeremony(ctx, c)
	}
	if err := a.mayAskPasskey(ctx, s, kind); err != nil {
		return out, err
	}
	owner, err := a.passkeyOwner(ctx, s.User)
	if err != nil {
		return out, err
	}
	c.User, c.Session = &s.User, &s.Web
	if kind == CeremonyRegister {
		out.Options, c.Data, err = keys.BeginRegister(owner)
	} else if len(owner.Records) == 0 {
		err = fail(CodePasskey, "the account has no passkey")
	} else {
		out.Options, c.Data, err = keys.BeginLogin(&owner)
	}
	if err != nil {
		return out, err
	}
	return out, a.keepCeremony(ctx, c)
}

// mayAskPasskey asks of the session what the ceremony needs. Passkeys live in
// browsers: a token has none.
func (a *App) mayAskPasskey(ctx context.Context, s Session, kind string) error {
	switch {
	case s.Web == "":
		return fail(CodeUnauthorised, "passkeys need a session in a browser")
	case kind == CeremonyRegister:
		return a.mayEnrol(ctx, s, "enrol-passkey", Proof{})
	case kind == CeremonySecond && s.Step == identity.StepSecond, kind == CeremonyFreshen && s.Step == identity.StepDone:
		return nil
	}
	return fail(CodeUnauthorised, "the session does not wait for a passkey")
}

func (a *App) keepCeremony(ctx context.Context, c postgres.Ceremony) error {
	if err := a.Store.AddCeremony(ctx, c, time.Now().Add(ceremonyLife)); err != nil {
		return internal("keep the passkey's question", err)
	}
	return nil
}

func (a *App) passkeyOwner(ctx context.Context, user string) (identity.PasskeyOwner, error) {
	u, err := a.Store.UserByID(ctx, user)
	if err != nil {
		return identity.PasskeyOwner{}, internal("read the account", err)
	}
	rows, err := a.Store.Passkeys(ctx, user)
	if err != nil {
		return identity.PasskeyOwner{}, internal("read the passkeys", err)
	}
	out := identity.PasskeyOwner{ID: u.ID, Login: u.Login, Name: u.FullName}
	for _, r := range rows {
		out.Records = append(out.Records, r.Record)
	}
	return out, nil
}

// takeCeremony takes a question that belongs to the session: it is answered once.
func (a *App) takeCeremony(ctx context.Context, s Session, in PasskeyAnswer, kind string) (postgres.Ceremony, error) {
	c, err := a.Store.TakeCeremony(ctx, in.ID, kind)
	if errors.Is(err, postgres.ErrNotFound) {
		return c, fail(CodePasskey, "the question was answered or has expired")
	}
	if err != nil {
		return c, internal("take the passkey's question", err)
	}
	if kind != CeremonySignIn && (c.User == nil || *c.User != s.User || c.Session == nil || *c.Session != s.Web) {
		return c, fail(CodePasskey, "the question was for another session")
	}
	return c, nil
}

// EnrolPasskey ends the registration of a passkey.
func (a *App) EnrolPasskey(ctx context.Context, s Session, in PasskeyAnswer) (Enrolled, error) {
	if err := a.check(in); err != nil {
		return Enrolled{}, err
	}
	if err := a.mayAskPasskey(ctx, s, CeremonyRegister); err != nil {
		return Enrolled{}, err
	}
	c, err := a.takeCeremony(ctx, s, in, CeremonyRegister)
	if err != nil {
		return Enrolled{}, err
	}
	keys, err := a.door.keys()
	if err != nil {
		return Enrolled{}, fail(CodeNoPasskeys, "")
	}
	owner, err := a.passkeyOwner(ctx, s.User)
	if err != nil {
		return Enrolled{}, err
	}
	id, record, err := keys.FinishRegister(owner, c.Data, in.Answer)
	if err != nil {
		return Enrolled{}, a.badPasskey(ctx, s, err)
	}
	err = a.Store.AddPasskey(ctx, postgres.Passkey{ID: uuid.NewString(), User: s.User, Credential: id, Record: record, Name: in.Name})
	if postgres.IsUnique(err) {
		return Enrolled{}, &Error{Code: CodeDuplicate}
	}
	if err != nil {
		return Enrolled{}, internal("store the passkey", err)
	}
	return a.enrolled(ctx, s, identity.FactorKey)
}

// SignInByPasskey opens a session by a passkey alone: it is two factors at once.
func (a *App) SignInByPasskey(ctx context.Context, in PasskeyAnswer, from From) (Opened, error) {
	if err := a.check(in); err != nil {
		return Opened{}, err
	}
	c, err := a.takeCeremony(ctx, Session{}, in, CeremonySignIn)
	if err != nil {
		return Opened{}, err
	}
	user, err := a.takePasskey(ctx, Session{from: from}, c, in)
	if err != nil {
		return Opened{}, err
	}
	return a.openWebSession(ctx, user, identity.ByPasskey, from)
}

// ShowPasskey shows the second factor of a session that waits for it, or makes a
// whole one fresh.
func (a *App) ShowPasskey(ctx context.Context, s Session, in PasskeyAnswer) (Opened, error) {
	if err := a.check(in); err != nil {
		return Opened{}, err
	}
	kind, method, event := CeremonySecond, identity.With(s.SignedIn, identity.FactorKey), eventSecond
	if s.Step == identity.StepDone {
		kind, method, event = CeremonyFreshen, s.SignedIn, eventFresh
	}
	if err := a.mayAskPasskey(ctx, s, kind); err != nil {
		return Opened{}, err
	}
	c, err := a.takeCeremony(ctx, s, in, kind)
	if err != nil {
		return Opened{}, err
	}
	user, err := a.takePasskey(ctx, s, c, in)
	if err != nil {
		return Opened{}, err
	}
	if user != s.User {
		return Opened{}, fail(CodePasskey, "the passkey is another person's")
	}
	return a.stepUp(ctx, s, method, event)
}

// takePasskey checks an answer and says whose key it is made with.
func (a *App) takePasskey(ctx context.Context, s Session, c postgres.Ceremony, in PasskeyAnswer) (string, error) {
	keys, err := a.door.keys()
	if err != nil {
		return "", fail(CodeNoPasskeys, "")
	}
	id, err := identity.KeyOf(in.Answer)
	if err != nil {
		return "", a.badPasskey(ctx, s, err)
	}
	row, err := a.Store.PasskeyByCredential(ctx, id)
	if errors.Is(err, postgres.ErrNotFound) {
		return "", a.badPasskey(ctx, s, err)
	}
	if err != nil {
		return "", internal("read the passkey", err)
	}
	owner, err := a.passkeyOwner(ctx, row.User)
	if err != nil {
		return "", err
	}
	used, record, err := keys.FinishLogin(owner, c.Data, in.Answer)
	if err != nil {
		return "", a.badPasskey(ctx, s, err)
	}
	if err := a.Store.UsedPasskey(ctx, used, record); err != nil {
		return "", internal("note the passkey", err)
	}
	return row.User, nil
}

// badPasskey records an answer that does not hold; why is for the log only.
func (a *App) badPasskey(ctx context.Context, s Session, why error) error {
	zerolog.Ctx(ctx).Info().Err(why).Msg("passkey refused")
	e := postgres.SignInEvent{Kind: eventWrongCode, Detail: identity.FactorKey}
	if err := a.note(ctx, s.User, e, s.from); err != nil {
		return err
	}
	return fail(CodePasskey, "")
}
