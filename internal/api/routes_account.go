package api

import (
	"context"

	"vinhdanh/internal/app"
)

// Did says that something was done that has nothing else to tell.
type Did struct {
	Done bool `json:"done"`
}

// did is the answer to an operation that only may fail.
func did(err error) (*One[Did], error) { return &One[Did]{Did{err == nil}}, err }

// registerAccount is one's own account: what is open, what opens it. What changes
// the means to sign in takes the present password beside it, and a code of whoever
// has an authenticator app: a token is no fresh sign-in.
func (h *handlers) registerAccount() {
	add(h, get("web-sessions", "/account/sessions", "account", "My open sessions in browsers"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.WebSessionRow], error) {
			v, err := h.app.WebSessions(ctx, s)
			return &One[[]app.WebSessionRow]{v}, err
		})
	add(h, post("end-web-session", "/account/sessions/{id}/end", "account", "End one of my sessions"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[Did], error) {
			return did(h.app.EndWebSession(ctx, s, in.ID))
		})
	add(h, post("end-web-sessions", "/account/sessions/end", "account", "End all my sessions in browsers"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[app.Ended], error) {
			v, err := h.app.EndOtherWebSessions(ctx, s)
			return &One[app.Ended]{v}, err
		})
	add(h, get("tokens", "/account/tokens", "account", "My tokens, dead ones too"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.TokenRow], error) {
			v, err := h.app.Tokens(ctx, s)
			return &One[[]app.TokenRow]{v}, err
		})
	add(h, post("create-token", "/account/tokens", "account", "Make a token with no more scopes than the one that asks; it is shown once"),
		func(ctx context.Context, s app.Session, in *struct{ Body app.TokenInput }) (*One[app.NewToken], error) {
			v, err := h.app.CreateToken(ctx, s, in.Body)
			return &One[app.NewToken]{v}, err
		})
	add(h, post("revoke-token", "/account/tokens/{id}/revoke", "account", "End one of my tokens"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[Did], error) {
			return did(h.app.RevokeToken(ctx, s, in.ID))
		})
	add(h, post("change-password", "/account/password", "account", "Change my password; all my sessions end"),
		func(ctx context.Context, s app.Session, in *struct{ Body app.PasswordInput }) (*One[Did], error) {
			return did(h.app.ChangePassword(ctx, s, in.Body))
		})
}

// registerFactors is one's own second factors.
func (h *handlers) registerFactors() {
	add(h, get("factors", "/account/factors", "account", "My second factors"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[app.Factors], error) {
			v, err := h.app.Factors(ctx, s)
			return &One[app.Factors]{v}, err
		})
	add(h, post("enrol-code", "/account/factors/code", "account", "Begin with an authenticator app: its secret"),
		func(ctx context.Context, s app.Session, in *struct{ Body app.EnrolCodeInput }) (*One[app.CodeEnrolment], error) {
			v, err := h.app.EnrolCode(ctx, s, in.Body)
			return &One[app.CodeEnrolment]{v}, err
		})
	add(h, post("confirm-code", "/account/factors/confirm", "account", "Show the first code of the app; recovery codes come with the first factor, once"),
		func(ctx context.Context, s app.Session, in *struct{ Body app.ConfirmCodeInput }) (*One[app.Enrolled], error) {
			v, err := h.app.ConfirmCode(ctx, s, in.Body)
			return &One[app.Enrolled]{v}, err
		})
	add(h, post("remove-factor", "/account/factors/{id}/remove", "account", "Remove one of my second factors"),
		func(ctx context.Context, s app.Session, in *struct {
			ByID
			Body app.Proof
		},
		) (*One[Did], error) {
			return did(h.app.RemoveFactor(ctx, s, in.ID, in.Body))
		})
	add(h, post("recovery-codes", "/account/recovery-codes", "account", "Replace my recovery codes; the new ones are shown once"),
		func(ctx context.Context, s app.Session, in *struct{ Body app.Proof }) (*One[app.RecoveryCodes], error) {
			v, err := h.app.NewRecoveryCodes(ctx, s, in.Body)
			return &One[app.RecoveryCodes]{v}, err
		})
}

// registerSignIns is the record of signing in, and what admins do for people who
// cannot get in.
func (h *handlers) registerSignIns() {
	add(h, get("own-sign-ins", "/account/sign-ins", "account", "My sign-ins, failures and changes of factors, newest first"),
		func(ctx context.Context, s app.Session, in *Paging) (*PageOut[app.SignInEventRow], error) {
			return page(ctx, "/account/sign-ins", query(), *in, func(limit, offset int) ([]app.SignInEventRow, error) {
				return h.app.SignInEvents(ctx, s, true, limit, offset)
			})
		})
	add(h, get("sign-ins", "/sign-ins", "audit", "Everybody's sign-ins, failures and changes of factors, newest first"),
		func(ctx context.Context, s app.Session, in *Paging) (*PageOut[app.SignInEventRow], error) {
			return page(ctx, "/sign-ins", query(), *in, func(limit, offset int) ([]app.SignInEventRow, error) {
				return h.app.SignInEvents(ctx, s, false, limit, offset)
			})
		})
	add(h, post("issue-link", "/account/links", "account", "Make a link by which a person of my units sets a password; it is shown once and skips no second factor"),
		func(ctx context.Context, s app.Session, in *struct{ Body app.LinkInput }) (*One[app.LinkView], error) {
			v, err := h.app.IssueLink(ctx, s, in.Body)
			return &One[app.LinkView]{v}, err
		})
	add(h, post("reset-factors", "/account/factors/reset", "account", "Remove the lost second factors of a person of my units whom I have identified"),
		func(ctx context.Context, s app.Session, in *struct{ Body app.ResetFactorsInput }) (*One[Did], error) {
			return did(h.app.ResetFactors(ctx, s, in.Body))
		})
}
