// Package identity is how a person proves who they are, and nothing of what they
// may do: password hashes and the policy for new passwords, one-time codes
// (RFC 6238), passkeys (WebAuthn), recovery codes, opaque secrets of sessions and
// links, and the pace at which wrong guesses are answered.
//
// The model: a Method says how a session began. A password alone is one factor; a
// passkey with user verification is two at once. Roles in SecondFactorRoles open
// nothing until two factors were shown. All rules here are pure: what is stored,
// and who is let in, is package app's.
//
// Requirement numbers in this package are those of OWASP ASVS 5.0.
package identity

import "time"

// Settings are the choices of an installation. Zero values mean the defaults.
type Settings struct {
	Idle          time.Duration // a session without a request ends; default 30 minutes (ASVS 7.3.1)
	Absolute      time.Duration // a session ends whatever it does; default 12 hours (ASVS 7.3.2)
	Fresh         time.Duration // how long a sign-in counts as fresh; default 5 minutes (ASVS 7.5.1)
	Pending       time.Duration // time to show the second factor or to enrol one; default 15 minutes
	MaxSessions   int           // at once per person, the oldest end; default 10 (ASVS 7.1.2)
	LinkLife      time.Duration // of an invitation or reset link; default 72 hours
	BreachedFile  string        // SHA-1 hashes in order, as HIBP publishes them; optional
	ContextWords  []string      // words of the place that no password may consist of (ASVS 6.1.2)
	Params        Params        // of the password hash
	SampleWaived  bool          // sample people of a sample installation need no second factor
	Issuer        string        // as authenticator apps show it; default vinhdanh
	PublicURL     string        // where people reach the pages: origin and domain of passkeys
	RecoveryCodes int           // how many are made at once; default 10
	Issuers       []Issuer      // identity providers that people may sign in at
}

// WithDefaults fills in what is not set.
func (s Settings) WithDefaults() Settings {
	span := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	span(&s.Idle, 30*time.Minute)
	span(&s.Absolute, 12*time.Hour)
	span(&s.Fresh, 5*time.Minute)
	span(&s.Pending, 15*time.Minute)
	span(&s.LinkLife, 72*time.Hour)
	if s.MaxSessions == 0 {
		s.MaxSessions = 10
	}
	if s.RecoveryCodes == 0 {
		s.RecoveryCodes = 10
	}
	if s.Issuer == "" {
		s.Issuer = "vinhdanh"
	}
	if s.Params == (Params{}) {
		s.Params = DefaultParams
	}
	return s
}
