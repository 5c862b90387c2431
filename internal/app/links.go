package app

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// Kinds of links that work once.
const (
	LinkSetup      = "setup"      // the first admin of a new installation
	LinkInvitation = "invitation" // a person's first password
	LinkReset      = "reset"      // a forgotten password; never a second factor
)

// LinkPath is where the page of a link is; its secret follows.
const LinkPath = "/account/link/"

// setupLife is how long a set-up link works.
const setupLife = 24 * time.Hour

// LinkInput asks for a link for a person.
type LinkInput struct {
	Proof
	Login string `json:"login" validate:"required,max=200"`
}

// LinkView is a link, shown this once to who made it; it is handed over by another
// way than the one it protects.
type LinkView struct {
	Kind      string    `json:"kind"`
	Login     string    `json:"login,omitempty"`
	URL       string    `json:"url,omitempty"`
	ExpiresAt time.Time `json:"expires_at"`
}

// IssueLink makes a link by which a person of the admin's units sets a password: an
// invitation for who has none yet, a reset for who has. Neither opens anything
// without the second factor (ASVS 6.4.3).
func (a *App) IssueLink(ctx context.Context, s Session, in LinkInput) (LinkView, error) {
	if err := a.check(in); err != nil {
		return LinkView{}, err
	}
	acct, err := a.administered(ctx, s, "issue-link", in.Login, in.Proof)
	if err != nil {
		return LinkView{}, err
	}
	kind := LinkReset
	if acct.Hash == "" {
		kind = LinkInvitation
	}
	out, err := a.makeLink(ctx, kind, &acct.ID, s.User, a.door.settings.LinkLife)
	if err != nil {
		return LinkView{}, err
	}
	out.Login = acct.Login
	return out, a.note(ctx, acct.ID, postgres.SignInEvent{Kind: eventLink, Detail: kind, ByUser: &s.User}, s.from)
}

// administered reads the account of a person whom the session, fresh, is an admin
// over: one whose every unit lies in a unit of the admin's. Somebody else's account
// reads as if it were not there.
func (a *App) administered(ctx context.Context, s Session, action, login string, p Proof) (postgres.Account, error) {
	var none postgres.Account
	if err := a.needScope(ctx, s, ScopeAdmin, action, ""); err != nil {
		return none, err
	}
	if len(s.where("account.administer", permission.Unit)) == 0 {
		return none, a.refuse(ctx, s, action, "", fail(CodeForbidden, "admins rule over accounts"))
	}
	if err := a.proveAgain(ctx, s, action, p); err != nil {
		return none, err
	}
	acct, err := a.Store.AccountByLogin(ctx, login)
	if errors.Is(err, postgres.ErrNotFound) {
		return none, &Error{Code: CodeNotFound}
	}
	if err != nil {
		return none, internal("read the account", err)
	}
	over, err := a.Store.AdministeredBy(ctx, acct.ID, s.where("account.administer", permission.Unit))
	if err != nil {
		return none, internal("read the units", err)
	}
	if !over || !acct.Active {
		return none, a.refuse(ctx, s, action, "", fail(CodeNotFound, ""))
	}
	return acct, nil
}

func (a *App) makeLink(ctx context.Context, kind string, user *string, by string, life time.Duration) (LinkView, error) {
	secret, err := identity.NewSecret()
	if err != nil {
		return LinkView{}, err
	}
	l := postgres.Link{ID: uuid.NewString(), Kind: kind, User: user, ExpiresAt: time.Now().Add(life)}
	if err := a.Store.AddLink(ctx, l, identity.Digest(secret), by); err != nil {
		return LinkView{}, internal("store the link", err)
	}
	return LinkView{Kind: kind, URL: a.Place.PublicURL + LinkPath + secret, ExpiresAt: l.ExpiresAt}, nil
}

// SetupLink makes the link by which the first admin is made, for the operator at
// the machine. An installation that has an admin gives none.
func (a *App) SetupLink(ctx context.Context) (LinkView, error) {
	have, err := a.Store.Administered(ctx)
	if err != nil {
		return LinkView{}, internal("look for an admin", err)
	}
	if have {
		return LinkView{}, &Error{
			Code: CodeDuplicate, Detail: "there is an admin",
			Vi: "Hệ thống đã có quản trị; hãy nhờ quản trị cấp đường dẫn.", En: "There is an admin already; ask them for a link.",
		}
	}
	out, err := a.makeLink(ctx, LinkSetup, nil, "", setupLife)
	if err != nil {
		return out, err
	}
	return out, a.note(ctx, "", postgres.SignInEvent{Kind: eventLink, Detail: LinkSetup}, From{})
}

// OperatorLink makes a reset link without an admin, for the operator at the
// machine: when the only admin has forgotten the password.
func (a *App) OperatorLink(ctx context.Context, login string) (LinkView, error) {
	acct, err := a.Store.AccountByLogin(ctx, login)
	if err != nil {
		return LinkView{}, internal("read the account", err)
	}
	kind := LinkReset
	if acct.Hash == "" {
		kind = LinkInvitation
	}
	out, err := a.makeLink(ctx, kind, &acct.ID, "", a.door.settings.LinkLife)
	if err != nil {
		return out, err
	}
	out.Login = acct.Login
	return out, a.note(ctx, acct.ID, postgres.SignInEvent{Kind: eventLink, Detail: "operator"}, From{})
}

// OpenLink tells what a link is for, without using it up: programs that look at
// mail follow links.
func (a *App) OpenLink(ctx context.Context, secret string) (LinkView, error) {
	l, err := a.link(ctx, secret)
	if err != nil {
		return LinkView{}, err
	}
	out := LinkView{Kind: l.Kind, ExpiresAt: l.ExpiresAt}
	if l.User != nil {
		u, err := a.Store.UserByID(ctx, *l.User)
		if err != nil {
			return LinkView{}, internal("read the account", err)
		}
		out.Login = u.Login
	}
	return out, nil
}

func (a *App) link(ctx context.Context, secret string) (postgres.Link, error) {
	l, err := a.Store.LinkByHash(ctx, identity.Digest(secret))
	if errors.Is(err, postgres.ErrNotFound) {
		return l, fail(CodeLink, "")
	}
	if err != nil {
		return l, internal("read the link", err)
	}
	return l, nil
}

// UseLinkInput is the password that a link sets.
type UseLinkInput struct {
	NewPassword string `json:"new_password" validate:"required,max=2000"`
}

// UseLink sets a password by an invitation or reset, ends whatever was open for the
// account, and opens a session that has shown one factor: the second is asked for
// as at every sign-in.
func (a *App) UseLink(ctx context.Context, secret string, in UseLinkInput, from From) (Opened, error) {
	if err := a.check(in); err != nil {
		return Opened{}, err
	}
	l, err := a.link(ctx, secret)
	if err != nil {
		return Opened{}, err
	}
	if l.User == nil {
		return Opened{}, fail(CodeLink, "this link sets an installation up")
	}
	u, err := a.Store.UserByID(ctx, *l.User)
	if err != nil {
		return Opened{}, internal("read the account", err)
	}
	hash, err := a.newHash(in.NewPassword, "new_password", u)
	if err != nil {
		return Opened{}, err
	}
	used, err := a.Store.UsePasswordLink(ctx, identity.Digest(secret), hash)
	if err != nil {
		return Opened{}, internal("use the link", err)
	}
	if !used {
		return Opened{}, fail(CodeLink, "")
	}
	if err := a.note(ctx, u.ID, postgres.SignInEvent{Kind: eventLinkUsed, Detail: l.Kind}, from); err != nil {
		return Opened{}, err
	}
	if _, err := a.Store.EndWebSessions(ctx, u.ID, "", "password"); err != nil {
		return Opened{}, internal("end the sessions", err)
	}
	if _, err := a.Store.RevokeTokens(ctx, u.ID); err != nil {
		return Opened{}, internal("revoke the tokens", err)
	}
	return a.openWebSession(ctx, u.ID, identity.ByPassword, from)
}

// MayAssist tells whether the session may help people of its units to get in.
func (a *App) MayAssist(ctx context.Context, s Session) error {
	if err := a.needScope(ctx, s, ScopeAdmin, "assist", ""); err != nil {
		return err
	}
	if len(s.where("account.administer", permission.Unit)) == 0 {
		return a.refuse(ctx, s, "assist", "", fail(CodeForbidden, "admins rule over accounts"))
	}
	return nil
}
