package browsertest

import (
	"github.com/chromedp/cdproto/webauthn"
)

// Passkeys gives the window an authenticator of its own, which keeps passkeys and
// verifies its user without asking.
func (b *Tab) Passkeys() *Tab {
	b.t.Helper()
	call(b, webauthn.Enable, webauthn.EnableParams{})
	call(b, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	return b
}
