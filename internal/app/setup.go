package app

import (
	"context"
	"regexp"

	"github.com/google/uuid"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/postgres"
)

// SetupInput is what the first admin of a new installation says.
type SetupInput struct {
	UnitName    string `json:"unit_name" validate:"required,max=300"` // the body that the installation serves
	Login       string `json:"login" validate:"required,max=60"`
	FullName    string `json:"full_name" validate:"required,max=200"`
	Email       string `json:"email,omitempty" validate:"omitempty,email,max=200"`
	NewPassword string `json:"new_password" validate:"required,max=2000"`
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,59}$`)

// rootUnit is the id of the province that a set-up makes.
const rootUnit = "tinh"

// SetUp makes the first admin by the link that `vinhdanh setup` printed, and opens a
// session that has to enrol a second factor before anything else.
func (a *App) SetUp(ctx context.Context, secret string, in SetupInput, from From) (Opened, error) {
	if err := a.check(in); err != nil {
		return Opened{}, err
	}
	if !loginForm.MatchString(in.Login) {
		return Opened{}, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "login", Rule: "login"}}}
	}
	l, err := a.link(ctx, secret)
	if err != nil {
		return Opened{}, err
	}
	if l.Kind != LinkSetup {
		return Opened{}, fail(CodeLink, "this link sets a password")
	}
	f := postgres.FirstAdmin{
		ID: uuid.NewString(), Login: in.Login, FullName: in.FullName, Email: in.Email, Locale: "vi",
		UnitID: rootUnit, UnitName: in.UnitName, UnitLevel: "province",
	}
	u := postgres.User{Login: in.Login, FullName: in.FullName, Email: in.Email}
	if f.PasswordHash, err = a.newHash(in.NewPassword, "new_password", u); err != nil {
		return Opened{}, err
	}
	used, err := a.Store.UseSetupLink(ctx, identity.Digest(secret), f)
	if postgres.IsUnique(err) {
		return Opened{}, &Error{Code: CodeDuplicate, Fields: []FieldError{{Field: "login", Rule: "unique"}}}
	}
	if err != nil {
		return Opened{}, internal("set the installation up", err)
	}
	if !used {
		return Opened{}, fail(CodeLink, "")
	}
	if err := a.note(ctx, f.ID, postgres.SignInEvent{Kind: eventLinkUsed, Detail: LinkSetup}, from); err != nil {
		return Opened{}, err
	}
	return a.openWebSession(ctx, f.ID, identity.ByPassword, from)
}

// ResetFactorsInput names whose second factors are to go.
type ResetFactorsInput struct {
	LinkInput
}

// ResetFactors removes all second factors of a person who has lost them and whom
// the admin has identified otherwise, ends their sessions and revokes their tokens.
// Roles that need a second factor open nothing until a new one is enrolled. Nobody
// does this to themselves.
func (a *App) ResetFactors(ctx context.Context, s Session, in ResetFactorsInput) error {
	if err := a.check(in); err != nil {
		return err
	}
	acct, err := a.administered(ctx, s, "reset-factors", in.Login, in.Proof)
	if err != nil {
		return err
	}
	if acct.ID == s.User {
		return a.refuse(ctx, s, "reset-factors", "", fail(CodeForbidden, "another admin resets one's own factors"))
	}
	if _, err := a.Store.RemoveFactors(ctx, acct.ID); err != nil {
		return internal("remove the factors", err)
	}
	if err := a.note(ctx, acct.ID, postgres.SignInEvent{Kind: eventFactorGone, Detail: "admin", ByUser: &s.User}, s.from); err != nil {
		return err
	}
	if _, err := a.Store.EndWebSessions(ctx, acct.ID, "", "admin"); err != nil {
		return internal("end the sessions", err)
	}
	if _, err := a.Store.RevokeTokens(ctx, acct.ID); err != nil {
		return internal("revoke the tokens", err)
	}
	return nil
}
