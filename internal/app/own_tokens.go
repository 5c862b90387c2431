package app

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
)

// TokenInput asks for a personal access token.
type TokenInput struct {
	Proof
	Name   string   `json:"name" validate:"required,max=80"`
	Scopes []string `json:"scopes" validate:"required,min=1,unique"`
	Days   int      `json:"days" validate:"required,min=1,max=366"` // until it expires
}

// NewToken is a token with its text, which is shown this once.
type NewToken struct {
	Token string   `json:"token"`
	Row   TokenRow `json:"row"`
}

// tokenMark begins every token, so that one can be told from other text.
const tokenMark = "vd_"

// CreateToken makes a personal access token with no more scopes than the session
// that asks for it has.
func (a *App) CreateToken(ctx context.Context, s Session, in TokenInput) (NewToken, error) {
	if err := a.check(in); err != nil {
		return NewToken{}, err
	}
	for _, sc := range in.Scopes {
		if !slices.Contains(Scopes, Scope(sc)) || !s.May(Scope(sc)) {
			return NewToken{}, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "scopes", Rule: "scope"}}}
		}
	}
	if err := a.ownAccount(ctx, s, "create-token", in.Proof); err != nil {
		return NewToken{}, err
	}
	secret, err := identity.NewSecret()
	if err != nil {
		return NewToken{}, err
	}
	out := NewToken{Token: tokenMark + secret}
	expires := time.Now().AddDate(0, 0, in.Days)
	t := postgres.NewToken{
		ID: uuid.NewString(), User: s.User, Name: in.Name, Hint: out.Token[len(out.Token)-4:], Hash: identity.Digest(out.Token),
		Scopes: in.Scopes, Expires: expires, MadeBy: s.SignedIn,
	}
	if s.Web == "" { // a token's token shows no more than its maker's password and code
		if t.MadeBy, err = a.proofMethod(ctx, s); err != nil {
			return NewToken{}, err
		}
	}
	if err := a.Store.AddScopedToken(ctx, t); err != nil {
		return NewToken{}, internal("store the token", err)
	}
	rows, err := a.Store.Tokens(ctx, s.User)
	if err != nil {
		return NewToken{}, internal("read the tokens", err)
	}
	for _, r := range rows {
		if r.ID == t.ID {
			out.Row = r
		}
	}
	return out, a.noteOf(ctx, s, eventToken, "…"+t.Hint)
}

// proofMethod is the method that the proof beside a program's request amounts to:
// ownAccount asked for a code of those who have an app.
func (a *App) proofMethod(ctx context.Context, s Session) (string, error) {
	apps, err := a.Store.CodeFactors(ctx, s.User)
	if err != nil {
		return "", internal("read the factors", err)
	}
	if len(apps) > 0 {
		return identity.ByPasswordCode, nil
	}
	return identity.ByPassword, nil
}

// Tokens lists one's own tokens, dead ones too.
func (a *App) Tokens(ctx context.Context, s Session) ([]TokenRow, error) {
	if err := a.needScope(ctx, s, ScopeAccount, "tokens", ""); err != nil {
		return nil, err
	}
	out, err := a.Store.Tokens(ctx, s.User)
	if err != nil {
		return nil, internal("read the tokens", err)
	}
	return out, nil
}

// RevokeToken ends one of one's own tokens.
func (a *App) RevokeToken(ctx context.Context, s Session, id string) error {
	if err := a.needScope(ctx, s, ScopeAccount, "revoke-token", id); err != nil {
		return err
	}
	hint, err := a.Store.RevokeToken(ctx, s.User, id)
	if err != nil {
		return internal("revoke the token", err)
	}
	return a.noteOf(ctx, s, eventTokenGone, "…"+hint)
}
