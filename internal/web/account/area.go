// Package account is the pages by which people sign in and look after the means to
// it. Whoever has shown only a part of what their role asks for is kept on these
// pages by the kit until the rest is shown.
//
//	sign_in.go        login and password, or a passkey
//	second_factor.go  the code, a recovery code or a passkey, after the password
//	freshen.go        once more, before what weighs much; then back to where one was
//	factors.go        apps, passkeys and recovery codes; code.go and passkeys.go add one
//	sessions.go       where one is signed in, and ending it
//	tokens.go         personal access tokens for programs
//	password.go       a new password
//	link.go           invitation, reset and first set-up by a link that works once
//	history.go        the record of signing in: one's own, and everybody's for auditors
//	assist.go         what an admin does for people who cannot get in
//
// What is shown once (a token, recovery codes) is in the answer to the form that
// made it, and nowhere after. Secrets are read exactly as typed and never sent back.
package account

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed static
var static embed.FS

//go:embed text.yaml
var words []byte

// Area is the pages of one's account.
func Area() ui.Area {
	return ui.Area{
		Name: "account", Views: views, Text: words, Static: static,
		Nav: []ui.Nav{
			{Path: "/account/assist", Key: "account.assist.nav", Order: 90, Roles: []proposal.Role{proposal.RoleAdmin}},
			{Path: "/account/sign-ins", Key: "account.signins.nav", Order: 80, Roles: []proposal.Role{proposal.RoleAuditor}},
		},
		Routes: routes,
	}
}

func routes(m *ui.Mux) {
	m.Open("GET /sign-in", signInForm)
	m.Open("POST /sign-in", signIn)
	m.Open("POST /sign-in/passkey/ask", askSignIn)
	m.Open("POST /sign-in/passkey", signInByPasskey)
	m.Open("GET "+linkPath+"{secret}", linkForm)
	m.Open("POST "+linkPath+"{secret}", useLink)
	m.Page("POST /sign-out", signOut)
	m.Page("GET /account/second-factor", secondForm)
	m.Page("POST /account/second-factor", second)
	m.Page("POST /account/second-factor/passkey/ask", askSecond)
	m.Page("POST /account/second-factor/passkey", secondByPasskey)
	m.Page("GET /account/freshen", freshenForm)
	m.Page("POST /account/freshen", freshen)
	m.Page("POST /account/freshen/passkey/ask", askFreshen)
	m.Page("POST /account/freshen/passkey", freshenByPasskey)
	m.Page("GET /account", overview)
	m.Page("GET /account/password", passwordForm)
	m.Page("POST /account/password", changePassword)
	m.Page("GET /account/sessions", sessions)
	m.Page("POST /account/sessions/end", endSession)
	m.Page("POST /account/sessions/end-others", endOthers)
	m.Page("GET /account/tokens", tokens)
	m.Page("POST /account/tokens", createToken)
	m.Page("POST /account/tokens/revoke", revokeToken)
	m.Page("GET /account/factors", factors)
	m.Page("POST /account/factors/remove", removeFactor)
	m.Page("POST /account/factors/recovery", newRecoveryCodes)
	m.Page("GET /account/factors/code", codeForm)
	m.Page("GET /account/factors/code.png", codePicture)
	m.Page("POST /account/factors/code", confirmCode)
	m.Page("POST /account/factors/passkey/ask", askRegister)
	m.Page("POST /account/factors/passkey", registerPasskey)
	m.Page("GET /account/history", history)
	m.Page("GET /account/sign-ins", signIns)
	m.Page("GET /account/assist", assistForm)
	m.Page("POST /account/assist/link", assistLink)
	m.Page("POST /account/assist/factors", assistFactors)
}

// linkPath is where the pages of links are; app makes their addresses.
const linkPath = "/account/link/"
