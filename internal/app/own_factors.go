package app

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
)

// FactorView is one second factor of a person.
type FactorView struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind"` // totp or passkey
	Name       string     `json:"name"`
	CreatedAt  time.Time  `json:"created_at"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty"`
}

// Factors is what a person has to sign in with beside the password.
type Factors struct {
	Factors       []FactorView `json:"factors"`
	RecoveryCodes int          `json:"recovery_codes"` // left
	Required      bool         `json:"required"`       // by a role
	Passkeys      bool         `json:"passkeys"`       // can be used at this address
}

// Factors lists one's own second factors.
func (a *App) Factors(ctx context.Context, s Session) (Factors, error) {
	if s.Step == identity.StepSecond {
		return Factors{}, fail(CodeSecondFactor, "the second factor has to be shown first")
	}
	if s.Step == identity.StepDone {
		if err := a.needScope(ctx, s, ScopeAccount, "factors", ""); err != nil {
			return Factors{}, err
		}
	}
	codes, err := a.Store.CodeFactors(ctx, s.User)
	if err != nil {
		return Factors{}, internal("read the factors", err)
	}
	keys, err := a.Store.Passkeys(ctx, s.User)
	if err != nil {
		return Factors{}, internal("read the factors", err)
	}
	out := Factors{Factors: []FactorView{}}
	for _, f := range codes {
		out.Factors = append(out.Factors, FactorView{f.ID, identity.FactorCode, f.Name, f.CreatedAt, f.LastUsedAt})
	}
	for _, k := range keys {
		out.Factors = append(out.Factors, FactorView{k.ID, identity.FactorKey, k.Name, k.CreatedAt, k.LastUsedAt})
	}
	if out.RecoveryCodes, err = a.Store.RecoveryCodesLeft(ctx, s.User); err != nil {
		return out, internal("count the recovery codes", err)
	}
	_, noKeys := a.door.keys()
	out.Passkeys = noKeys == nil
	out.Required, err = a.factorRequired(ctx, s)
	return out, err
}

// factorRequired tells whether a role of the person asks for a second factor.
func (a *App) factorRequired(ctx context.Context, s Session) (bool, error) {
	ms, err := a.Store.Memberships(ctx, s.User, a.Today().String())
	if err != nil {
		return false, internal("read memberships", err)
	}
	if !identity.NeedsTwo(rolesOf(ms)) {
		return false, nil
	}
	acct, err := a.Store.AccountByID(ctx, s.User)
	if err != nil {
		return false, internal("read the account", err)
	}
	waived, err := a.waived(ctx, acct)
	return !waived, err
}

// mayEnrol is asked before a factor is added: by a session that has to enrol its
// first one, while the account has none, or by a whole session that is fresh.
func (a *App) mayEnrol(ctx context.Context, s Session, action string, p Proof) error {
	if s.Step != identity.StepEnrol {
		return a.ownAccount(ctx, s, action, p)
	}
	has, err := a.hasFactor(ctx, s.User)
	if err != nil {
		return err
	}
	if has {
		return a.refuse(ctx, s, action, "", fail(CodeSecondFactor, "the account has a second factor by now"))
	}
	return nil
}

// CodeEnrolment is what an authenticator app is set up with. The secret is shown
// until the first code was entered, and never again.
type CodeEnrolment struct {
	Secret  string `json:"secret"` // base32, for typing
	Issuer  string `json:"issuer"`
	Account string `json:"account"`
}

// EnrolCodeInput begins with an authenticator app.
type EnrolCodeInput struct {
	Proof
}

// EnrolCode begins with an authenticator app; ConfirmCode ends it. A page that is
// opened again shows the same secret.
func (a *App) EnrolCode(ctx context.Context, s Session, in EnrolCodeInput) (CodeEnrolment, error) {
	if err := a.mayEnrol(ctx, s, "enrol-code", in.Proof); err != nil {
		return CodeEnrolment{}, err
	}
	out := CodeEnrolment{Issuer: a.door.settings.Issuer, Account: s.Login}
	f, err := a.Store.PendingCodeFactor(ctx, s.User)
	if err == nil && a.door.now().Sub(f.CreatedAt) < a.door.settings.Pending {
		out.Secret, err = a.openSecret(f)
		return out, err
	}
	if err != nil && !errors.Is(err, postgres.ErrNotFound) {
		return out, internal("read the factor", err)
	}
	box, err := a.door.box()
	if err != nil {
		return out, err
	}
	if out.Secret, err = identity.NewCodeKey(out.Issuer, out.Account); err != nil {
		return out, err
	}
	f = postgres.CodeFactor{ID: uuid.NewString()}
	f.Secret = box.Seal(out.Secret, f.ID)
	if err := a.Store.AddCodeFactor(ctx, s.User, f); err != nil {
		return out, internal("store the factor", err)
	}
	return out, nil
}

// EnrolmentPNG is the QR code of the app that is being enrolled.
func (a *App) EnrolmentPNG(ctx context.Context, s Session) ([]byte, error) {
	if err := a.mayEnrol(ctx, s, "enrol-code", Proof{}); err != nil {
		return nil, err
	}
	f, err := a.Store.PendingCodeFactor(ctx, s.User)
	if err != nil {
		return nil, internal("read the factor", err)
	}
	secret, err := a.openSecret(f)
	if err != nil {
		return nil, err
	}
	var png bytes.Buffer
	err = identity.CodePNG(&png, a.door.settings.Issuer, s.Login, secret, 264)
	return png.Bytes(), err
}

// ConfirmCodeInput is the first code of an app.
type ConfirmCodeInput struct {
	CodeInput
	Name string `json:"name,omitempty" validate:"max=80"` // to tell factors apart
}

// Enrolled is what adding a factor gives: a session with a new secret where it was
// raised, and recovery codes with the first factor, shown once.
type Enrolled struct {
	Opened        `json:"-"`
	RecoveryCodes []string `json:"recovery_codes,omitempty"`
}

// ConfirmCode takes the first code of an app: from then on the app is a factor. The
// person proved who they are when the enrolment began, a moment ago.
func (a *App) ConfirmCode(ctx context.Context, s Session, in ConfirmCodeInput) (Enrolled, error) {
	if err := a.check(in); err != nil {
		return Enrolled{}, err
	}
	if s.Step != identity.StepEnrol {
		if err := a.needScope(ctx, s, ScopeAccount, "enrol-code", ""); err != nil {
			return Enrolled{}, err
		}
	} else if err := a.mayEnrol(ctx, s, "enrol-code", Proof{}); err != nil {
		return Enrolled{}, err
	}
	f, err := a.Store.PendingCodeFactor(ctx, s.User)
	if errors.Is(err, postgres.ErrNotFound) || err == nil && a.door.now().Sub(f.CreatedAt) >= a.door.settings.Pending {
		return Enrolled{}, &Error{
			Code: CodeNotReady, Detail: "no enrolment is under way",
			Vi: "Chưa bắt đầu đăng ký ứng dụng tạo mã, hoặc đã quá lâu; hãy bắt đầu lại.",
			En: "No enrolment of an app is under way, or it took too long; begin again.",
		}
	}
	if err != nil {
		return Enrolled{}, internal("read the factor", err)
	}
	key := identity.Pseudonym("factor", s.User)
	if err := a.guess(ctx, s.User, s.from, postgres.PaceKey{Key: key, Pace: identity.PaceFactor}); err != nil {
		return Enrolled{}, err
	}
	ok, err := a.codeOf(ctx, f, in.Code, in.Name)
	if err != nil {
		return Enrolled{}, err
	}
	if !ok {
		return Enrolled{}, &Error{Code: CodeWrongCode, Fields: []FieldError{{Field: "code", Rule: "value"}}}
	}
	if err := a.Store.ForgetGuesses(ctx, key); err != nil {
		return Enrolled{}, internal("clear the pace", err)
	}
	return a.enrolled(ctx, s, identity.FactorCode)
}

// enrolled records a new factor, makes recovery codes where there are none, raises
// a session that waited for it, and ends the person's other sessions: they have not
// shown the new factor.
func (a *App) enrolled(ctx context.Context, s Session, factor string) (Enrolled, error) {
	if err := a.noteOf(ctx, s, eventFactorAdded, factor); err != nil {
		return Enrolled{}, err
	}
	if _, err := a.endOthers(ctx, s, "factor"); err != nil {
		return Enrolled{}, err
	}
	var out Enrolled
	left, err := a.Store.RecoveryCodesLeft(ctx, s.User)
	if err != nil {
		return out, internal("count the recovery codes", err)
	}
	if left == 0 {
		if out.RecoveryCodes, err = a.makeRecoveryCodes(ctx, s); err != nil {
			return out, err
		}
	}
	switch {
	case s.Web == "":
		return out, nil
	case identity.TwoFactors(s.SignedIn):
		out.Opened, err = a.stepUp(ctx, s, s.SignedIn, eventSecond)
	default:
		out.Opened, err = a.stepUp(ctx, s, identity.With(s.SignedIn, factor), eventSecond)
	}
	return out, err
}
