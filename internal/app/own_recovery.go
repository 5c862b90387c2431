package app

import (
	"context"

	"vinhdanh/internal/identity"
)

// RecoveryCodes are shown once; each opens the account once in place of a second
// factor.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

// NewRecoveryCodes replaces all of one's recovery codes.
func (a *App) NewRecoveryCodes(ctx context.Context, s Session, p Proof) (RecoveryCodes, error) {
	if err := a.ownAccount(ctx, s, "recovery-codes", p); err != nil {
		return RecoveryCodes{}, err
	}
	has, err := a.hasFactor(ctx, s.User)
	if err != nil {
		return RecoveryCodes{}, err
	}
	if !has {
		return RecoveryCodes{}, &Error{
			Code: CodeNotReady, Detail: "no second factor",
			Vi: "Hãy đăng ký phương tiện xác thực trước; mã khôi phục dùng thay cho phương tiện đó.",
			En: "Enrol a second factor first; recovery codes stand in for it.",
		}
	}
	codes, err := a.makeRecoveryCodes(ctx, s)
	return RecoveryCodes{codes}, err
}

func (a *App) makeRecoveryCodes(ctx context.Context, s Session) ([]string, error) {
	codes, err := identity.NewRecoveryCodes(a.door.settings.RecoveryCodes)
	if err != nil {
		return nil, err
	}
	hashes := make([][]byte, len(codes))
	for i, c := range codes {
		hashes[i] = identity.RecoveryDigest(c)
	}
	if err := a.Store.SetRecoveryCodes(ctx, s.User, hashes); err != nil {
		return nil, internal("store the recovery codes", err)
	}
	return codes, a.noteOf(ctx, s, eventFactorAdded, identity.FactorRecovery)
}

// RemoveFactor removes an app or a passkey. Where a role asks for a second factor
// the last one stays.
func (a *App) RemoveFactor(ctx context.Context, s Session, id string, p Proof) error {
	if err := a.ownAccount(ctx, s, "remove-factor", p); err != nil {
		return err
	}
	f, err := a.Factors(ctx, s)
	if err != nil {
		return err
	}
	kind := ""
	for _, v := range f.Factors {
		if v.ID == id {
			kind = v.Kind
		}
	}
	if kind == "" {
		return &Error{Code: CodeNotFound}
	}
	if f.Required && len(f.Factors) == 1 {
		return a.refuse(ctx, s, "remove-factor", "", fail(CodeLastFactor, "a role needs a second factor"))
	}
	if _, err := a.Store.RemoveFactor(ctx, s.User, id); err != nil {
		return internal("remove the factor", err)
	}
	if err := a.noteOf(ctx, s, eventFactorGone, kind); err != nil {
		return err
	}
	_, err = a.endOthers(ctx, s, "factor")
	return err
}
