package identity

import (
	"slices"

	"vinhdanh/internal/proposal"
)

// Methods are how a person signed in, as acts carry it ("amr").
const (
	ByPassword         = "password"
	ByPasswordCode     = "password+totp"
	ByPasswordKey      = "password+passkey"
	ByPasswordRecovery = "password+recovery"
	ByPasskey          = "passkey"
	ByOIDC             = "oidc"
	ByOIDCTwo          = "oidc+mfa" // the provider says that it asked for two factors
	ByOIDCCode         = "oidc+totp"
	ByOIDCKey          = "oidc+passkey"
	ByOIDCRecovery     = "oidc+recovery"
	ByToken            = "token"
)

// Second factors.
const (
	FactorCode     = "totp"
	FactorKey      = "passkey"
	FactorRecovery = "recovery"
)

// twoFactors are the methods that show two.
var twoFactors = []string{
	ByPasswordCode, ByPasswordKey, ByPasswordRecovery, ByPasskey, ByOIDCTwo, ByOIDCCode, ByOIDCKey, ByOIDCRecovery,
}

// TwoFactors tells whether a method shows two factors.
func TwoFactors(method string) bool { return slices.Contains(twoFactors, method) }

// With is the method once a second factor was shown after the first.
func With(method, factor string) string { return method + "+" + factor }

// SecondFactorRoles must show two factors (ASVS 6.3.3): those who sign, who run
// the Council, and who rule over accounts.
var SecondFactorRoles = []proposal.Role{proposal.RoleSigner, proposal.RoleSecretary, proposal.RoleAdmin}

// NeedsTwo tells whether one of the roles must show two factors.
func NeedsTwo(roles []string) bool {
	return slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(SecondFactorRoles, proposal.Role(r)) })
}

// Steps of a session. Only StepDone opens anything.
const (
	StepDone   = ""
	StepSecond = "second-factor" // a second factor has to be shown
	StepEnrol  = "enrol"         // one has to be enrolled first
)
