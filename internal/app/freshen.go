package app

import (
	"context"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
)

// Proof is who a person is, shown again: on a page before a weighty act, or beside
// a request of a program, which has no session that could be fresh.
type Proof struct {
	Password string `json:"password,omitempty" validate:"max=2000"` // the present one
	Code     string `json:"code,omitempty" validate:"max=60"`       // of the authenticator app, where there is one
}

// Freshen takes the password again; the session's sign-in counts as fresh from now
// on, and its secret changes (ASVS 7.2.4).
func (a *App) Freshen(ctx context.Context, s Session, in Proof) (Opened, error) {
	if err := a.check(in); err != nil {
		return Opened{}, err
	}
	if s.Web == "" || s.Step != identity.StepDone {
		return Opened{}, fail(CodeUnauthorised, "no session that could be made fresh")
	}
	if err := a.passwordAgain(ctx, s, in.Password); err != nil {
		return Opened{}, err
	}
	return a.stepUp(ctx, s, s.SignedIn, eventFresh)
}

// passwordAgain compares the present password. Wrong ones count as at sign-in.
func (a *App) passwordAgain(ctx context.Context, s Session, password string) error {
	key := identity.Pseudonym("again", s.User)
	if err := a.guess(ctx, s.User, s.from, postgres.PaceKey{Key: key, Pace: identity.PacePair}); err != nil {
		return err
	}
	acct, err := a.Store.AccountByID(ctx, s.User)
	if err != nil {
		return internal("read the account", err)
	}
	ok, _, err := a.door.hasher.Check(password, acct.Hash)
	if err != nil {
		return err
	}
	if !ok {
		if err := a.noteOf(ctx, s, eventFailed, "again"); err != nil {
			return err
		}
		return &Error{Code: CodePassword, Fields: []FieldError{{Field: "password", Rule: "value"}}}
	}
	if err := a.Store.ForgetGuesses(ctx, key); err != nil {
		return internal("clear the pace", err)
	}
	return nil
}

// ownAccount is asked before a person changes the means to sign in: the whole
// session, fresh; or, of a program, the password and the code beside the request.
func (a *App) ownAccount(ctx context.Context, s Session, action string, p Proof) error {
	if err := a.check(p); err != nil {
		return err
	}
	if err := a.needScope(ctx, s, ScopeAccount, action, ""); err != nil {
		return err
	}
	return a.proveAgain(ctx, s, action, p)
}

// proveAgain asks for a fresh sign-in of a page, and for the proof of a program.
func (a *App) proveAgain(ctx context.Context, s Session, action string, p Proof) error {
	if s.Web != "" {
		return a.needFresh(ctx, s, action, "")
	}
	if p.Password == "" {
		return a.refuse(ctx, s, action, "", fail(CodeFresh, "a program gives the present password beside this"))
	}
	if err := a.passwordAgain(ctx, s, p.Password); err != nil {
		return err
	}
	apps, err := a.Store.CodeFactors(ctx, s.User)
	if err != nil {
		return internal("read the factors", err)
	}
	if len(apps) == 0 {
		return nil
	}
	_, err = a.takeCode(ctx, s, p.Code)
	return err
}
