package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
)

// SignInInput is what a person types to sign in.
type SignInInput struct {
	Login    string `json:"login" validate:"required,max=200"`
	Password string `json:"password" validate:"required,max=2000"`
}

// SignIn opens a session by login and password. Whether the login exists does not
// show: not in the words, and not in the work that is done (ASVS 6.3.8).
func (a *App) SignIn(ctx context.Context, in SignInInput, from From) (Opened, error) {
	if err := a.check(in); err != nil {
		return Opened{}, err
	}
	login := strings.ToLower(strings.TrimSpace(in.Login))
	pair := identity.Pseudonym("pair", login+"\n"+from.network())
	account, address := identity.Pseudonym("account", login), identity.Pseudonym("address", from.network())
	acct, err := a.Store.AccountByLogin(ctx, login)
	if err != nil && !errors.Is(err, postgres.ErrNotFound) {
		return Opened{}, internal("read the account", err)
	}
	err = a.guess(ctx, acct.ID, from,
		postgres.PaceKey{Key: pair, Pace: identity.PacePair}, postgres.PaceKey{Key: account, Pace: identity.PaceAccount},
		postgres.PaceKey{Key: address, Pace: identity.PaceAddress})
	if err != nil {
		return Opened{}, err
	}
	ok, stale, err := a.door.hasher.Check(in.Password, acct.Hash)
	if err != nil {
		return Opened{}, err
	}
	if !ok || !acct.Active {
		if err := a.note(ctx, acct.ID, postgres.SignInEvent{Kind: eventFailed, Method: identity.ByPassword}, from); err != nil {
			return Opened{}, err
		}
		return Opened{}, fail(CodeSignIn, "")
	}
	if err := a.Store.ForgetGuesses(ctx, pair, account); err != nil {
		return Opened{}, internal("clear the pace", err)
	}
	if err := a.Store.GiveBackGuess(ctx, address); err != nil {
		return Opened{}, internal("clear the pace", err)
	}
	if stale {
		if err := a.rehash(ctx, acct, in.Password); err != nil {
			return Opened{}, err
		}
	}
	return a.openWebSession(ctx, acct.ID, identity.ByPassword, from)
}

// rehash makes a hash of today's cost from a password that was just right.
func (a *App) rehash(ctx context.Context, acct postgres.Account, password string) error {
	hash, err := a.door.hasher.Hash(password)
	if err != nil {
		return err
	}
	if err := a.Store.Rehash(ctx, acct.ID, acct.Hash, hash); err != nil {
		return internal("renew the hash", err)
	}
	return nil
}

// guess counts a guess before it is looked at; while it is too early the guess is
// not looked at, and the refusal says for how long.
func (a *App) guess(ctx context.Context, user string, from From, keys ...postgres.PaceKey) error {
	wait, err := a.Store.TakeGuess(ctx, a.door.now(), keys...)
	if err != nil {
		return internal("count the guess", err)
	}
	if wait == 0 {
		return nil
	}
	if err := a.note(ctx, user, postgres.SignInEvent{Kind: eventSlowed}, from); err != nil {
		return err
	}
	return slowed(wait)
}

func slowed(wait time.Duration) *Error {
	s := int(wait.Round(time.Second)/time.Second) + 1
	vi, en := fmt.Sprintf("%d giây", s), fmt.Sprintf("%d seconds", s)
	if s > 90 {
		m := (s + 59) / 60
		vi, en = fmt.Sprintf("%d phút", m), fmt.Sprintf("%d minutes", m)
	}
	return &Error{
		Code: CodeTooMany, Detail: "too many wrong guesses",
		Vi: "Đã thử sai nhiều lần; hãy đợi " + vi + " rồi thử lại.", En: "Too many wrong attempts; wait " + en + ", then try again.",
	}
}

// CodeInput is a one-time code, or a recovery code in its place.
type CodeInput struct {
	Code string `json:"code" validate:"required,max=60"`
}

// recoveryLength is from how many letters on a code is a recovery code.
const recoveryLength = 16

// ShowCode shows the second factor of a session that waits for it.
func (a *App) ShowCode(ctx context.Context, s Session, in CodeInput) (Opened, error) {
	if err := a.check(in); err != nil {
		return Opened{}, err
	}
	if s.Web == "" || s.Step != identity.StepSecond {
		return Opened{}, fail(CodeUnauthorised, "no session waits for a second factor")
	}
	factor, err := a.takeCode(ctx, s, in.Code)
	if err != nil {
		return Opened{}, err
	}
	return a.stepUp(ctx, s, identity.With(s.SignedIn, factor), eventSecond)
}

// takeCode uses up a code of the person's and says which factor it was. Wrong ones
// count against the person, from wherever they come (ASVS 6.6.3).
func (a *App) takeCode(ctx context.Context, s Session, code string) (string, error) {
	key := identity.Pseudonym("factor", s.User)
	if err := a.guess(ctx, s.User, s.from, postgres.PaceKey{Key: key, Pace: identity.PaceFactor}); err != nil {
		return "", err
	}
	factor, ok, err := a.codeFits(ctx, s.User, code)
	if err != nil {
		return "", err
	}
	if !ok {
		if err := a.noteOf(ctx, s, eventWrongCode, ""); err != nil {
			return "", err
		}
		return "", &Error{Code: CodeWrongCode, Fields: []FieldError{{Field: "code", Rule: "value"}}}
	}
	if err := a.Store.ForgetGuesses(ctx, key); err != nil {
		return "", internal("clear the pace", err)
	}
	return factor, nil
}

func (a *App) codeFits(ctx context.Context, user, code string) (factor string, ok bool, err error) {
	if len(strings.TrimSpace(code)) >= recoveryLength {
		ok, err := a.Store.TakeRecoveryCode(ctx, user, identity.RecoveryDigest(code))
		if err != nil {
			return "", false, internal("take the recovery code", err)
		}
		return identity.FactorRecovery, ok, nil
	}
	apps, err := a.Store.CodeFactors(ctx, user)
	if err != nil {
		return "", false, internal("read the factors", err)
	}
	for _, f := range apps {
		ok, err := a.codeOf(ctx, f, code, "")
		if err != nil || ok {
			return identity.FactorCode, ok, err
		}
	}
	return "", false, nil
}

// codeOf takes a code of one app; its time step never counts again.
func (a *App) codeOf(ctx context.Context, f postgres.CodeFactor, code, name string) (bool, error) {
	secret, err := a.openSecret(f)
	if err != nil {
		return false, err
	}
	step, fits := identity.CheckCode(code, secret, a.door.now())
	if !fits {
		return false, nil
	}
	taken, err := a.Store.TakeCodeStep(ctx, f.ID, step, name)
	if err != nil {
		return false, internal("take the code", err)
	}
	return taken, nil
}

func (a *App) openSecret(f postgres.CodeFactor) (string, error) {
	box, err := a.door.box()
	if err != nil {
		return "", err
	}
	return box.Open(f.Secret, f.ID)
}

// SignOut ends the session.
func (a *App) SignOut(ctx context.Context, s Session) error {
	if s.Web == "" {
		return fail(CodeUnauthorised, "no session in a browser")
	}
	ended, err := a.Store.EndWebSession(ctx, s.User, s.Web, "sign-out")
	if err != nil {
		return internal("end the session", err)
	}
	if !ended {
		return nil
	}
	return a.noteOf(ctx, s, eventSignOut, "")
}
