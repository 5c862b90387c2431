package app

import (
	"context"
	"strconv"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
)

// PasswordInput changes one's own password; the present one is asked for always.
type PasswordInput struct {
	Proof
	NewPassword string `json:"new_password" validate:"required,max=2000"`
}

// ChangePassword sets a new password and ends all other sessions of the person
// (ASVS 6.2.2, 6.2.3, 7.4.3).
func (a *App) ChangePassword(ctx context.Context, s Session, in PasswordInput) error {
	if err := a.check(in); err != nil {
		return err
	}
	if err := a.needScope(ctx, s, ScopeAccount, "change-password", ""); err != nil {
		return err
	}
	if s.Web != "" {
		if err := a.passwordAgain(ctx, s, in.Password); err != nil {
			return err
		}
	} else if err := a.ownAccount(ctx, s, "change-password", in.Proof); err != nil {
		return err
	}
	if in.NewPassword == in.Password {
		return &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "new_password", Rule: "password_same"}}}
	}
	acct, err := a.Store.AccountByID(ctx, s.User)
	if err != nil {
		return internal("read the account", err)
	}
	hash, err := a.newHash(in.NewPassword, "new_password", acct.User)
	if err != nil {
		return err
	}
	if err := a.Store.SetPassword(ctx, s.User, hash); err != nil {
		return internal("store the password", err)
	}
	if err := a.noteOf(ctx, s, eventPassword, ""); err != nil {
		return err
	}
	_, err = a.endOthers(ctx, s, "password")
	return err
}

// newHash judges a new password and hashes it.
func (a *App) newHash(password, field string, u postgres.User) (string, error) {
	policy, err := a.door.policy()
	if err != nil {
		return "", err
	}
	fault, err := policy.Fault(password, u.Login, u.FullName, u.Email)
	if err != nil {
		return "", err
	}
	if fault != "" {
		f := FieldError{Field: field, Rule: fault}
		switch fault {
		case identity.FaultShort:
			f.Param = strconv.Itoa(identity.MinPassword)
		case identity.FaultLong:
			f.Param = strconv.Itoa(identity.MaxPassword)
		}
		return "", &Error{Code: CodeInvalid, Fields: []FieldError{f}}
	}
	return a.door.hasher.Hash(password)
}

// WebSessions lists one's own open sessions.
func (a *App) WebSessions(ctx context.Context, s Session) ([]WebSessionRow, error) {
	if err := a.needScope(ctx, s, ScopeAccount, "web-sessions", ""); err != nil {
		return nil, err
	}
	now := a.door.now()
	out, err := a.Store.WebSessions(ctx, s.User, now, now.Add(-a.door.settings.Idle))
	if err != nil {
		return nil, internal("read the sessions", err)
	}
	return out, nil
}

// EndWebSession ends one of one's own sessions.
func (a *App) EndWebSession(ctx context.Context, s Session, id string) error {
	if err := a.needScope(ctx, s, ScopeAccount, "end-web-session", id); err != nil {
		return err
	}
	ended, err := a.Store.EndWebSession(ctx, s.User, id, "owner")
	if err != nil {
		return internal("end the session", err)
	}
	if !ended {
		return &Error{Code: CodeNotFound}
	}
	return a.note(ctx, s.User, postgres.SignInEvent{Kind: eventEnded, Detail: "owner", Session: &id, Method: s.SignedIn}, s.from)
}

// Ended is how many sessions were ended.
type Ended struct {
	Ended int `json:"ended"`
}

// EndOtherWebSessions ends all of one's own sessions but the present one.
func (a *App) EndOtherWebSessions(ctx context.Context, s Session) (Ended, error) {
	if err := a.needScope(ctx, s, ScopeAccount, "end-web-sessions", ""); err != nil {
		return Ended{}, err
	}
	n, err := a.endOthers(ctx, s, "owner")
	return Ended{n}, err
}

func (a *App) endOthers(ctx context.Context, s Session, by string) (int, error) {
	n, err := a.Store.EndWebSessions(ctx, s.User, s.Web, by)
	if err != nil {
		return 0, internal("end the sessions", err)
	}
	if n == 0 {
		return 0, nil
	}
	return n, a.noteOf(ctx, s, eventEnded, by)
}
