package identity

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// ErrNoPasskeys tells that the installation's address cannot carry passkeys: they
// are bound to a domain name, and to https unless it is localhost.
var ErrNoPasskeys = errors.New("identity: passkeys need a public address with a domain name")

// Passkeys does the ceremonies of WebAuthn for one address. User verification
// (PIN, finger, face) is required, so that a passkey is two factors at once.
type Passkeys struct{ w *webauthn.WebAuthn }

// PasskeyOwner is the person a ceremony is for. ID is the opaque user id.
type PasskeyOwner struct {
	ID      string
	Login   string
	Name    string
	Records []json.RawMessage // of the keys that the person has
}

// NewPasskeys binds to the origin of the public address.
func NewPasskeys(s Settings) (*Passkeys, error) {
	u, err := url.Parse(s.PublicURL)
	if err != nil || u.Hostname() == "" || protocol.ValidateRPID(u.Hostname()) != nil {
		return nil, ErrNoPasskeys
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: s.Issuer, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{
			Login:        webauthn.TimeoutConfig{Enforce: true},
			Registration: webauthn.TimeoutConfig{Enforce: true},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoPasskeys, err)
	}
	return &Passkeys{w}, nil
}

// BeginRegister asks for a new key: options for the browser, state to keep.
func (p *Passkeys) BeginRegister(o PasskeyOwner) (options, state json.RawMessage, err error) {
	person, err := o.person()
	if err != nil {
		return nil, nil, err
	}
	creation, session, err := p.w.BeginRegistration(person,
		webauthn.WithExclusions(webauthn.Credentials(person.keys).CredentialDescriptors()))
	if err != nil {
		return nil, nil, fmt.Errorf("identity: passkey: %w", err)
	}
	return both(creation, session)
}

// FinishRegister checks the browser's answer: the key's id and its record.
func (p *Passkeys) FinishRegister(o PasskeyOwner, state, answer []byte) (id []byte, record json.RawMessage, err error) {
	person, err := o.person()
	if err != nil {
		return nil, nil, err
	}
	var session webauthn.SessionData
	if err := json.Unmarshal(state, &session); err != nil {
		return nil, nil, fmt.Errorf("identity: passkey: %w", err)
	}
	parsed, err := protocol.ParseCredentialCreationResponseBody(bytes.NewReader(answer))
	if err != nil {
		return nil, nil, fmt.Errorf("identity: passkey: %w", err)
	}
	key, err := p.w.CreateCredential(person, session, parsed)
	if err != nil {
		return nil, nil, fmt.Errorf("identity: passkey: %w", err)
	}
	record, err = json.Marshal(key)
	return key.ID, record, err
}

// BeginLogin asks for a key: of the owner if there is one, of anybody otherwise.
func (p *Passkeys) BeginLogin(o *PasskeyOwner) (options, state json.RawMessage, err error) {
	if o == nil {
		assertion, session, err := p.w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
		if err != nil {
			return nil, nil, fmt.Errorf("identity: passkey: %w", err)
		}
		return both(assertion, session)
	}
	person, err := o.person()
	if err != nil {
		return nil, nil, err
	}
	assertion, session, err := p.w.BeginLogin(person, webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, nil, fmt.Errorf("identity: passkey: %w", err)
	}
	return both(assertion, session)
}

// KeyOf reads whose key an answer is made with, before anything of it is believed.
func KeyOf(answer []byte) (id []byte, err error) {
	parsed, err := protocol.ParseCredentialRequestResponseBody(bytes.NewReader(answer))
	if err != nil {
		return nil, fmt.Errorf("identity: passkey: %w", err)
	}
	return parsed.RawID, nil
}

// FinishLogin checks an answer against its owner's keys: the key's id and its
// record, whose counter has moved. A counter that went back is refused: the key
// was copied.
func (p *Passkeys) FinishLogin(o PasskeyOwner, state, answer []byte) (id []byte, record json.RawMessage, err error) {
	person, err := o.person()
	if err != nil {
		return nil, nil, err
	}
	var session webauthn.SessionData
	if err := json.Unmarshal(state, &session); err != nil {
		return nil, nil, fmt.Errorf("identity: passkey: %w", err)
	}
	parsed, err := protocol.ParseCredentialRequestResponseBody(bytes.NewReader(answer))
	if err != nil {
		return nil, nil, fmt.Errorf("identity: passkey: %w", err)
	}
	key, err := p.check(person, session, parsed)
	if err != nil {
		return nil, nil, fmt.Errorf("identity: passkey: %w", err)
	}
	if key.Authenticator.CloneWarning {
		return nil, nil, errors.New("identity: passkey: its counter went back: the key may have been copied")
	}
	record, err = json.Marshal(key)
	return key.ID, record, err
}

func (p *Passkeys) check(person owner, session webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (*webauthn.Credential, error) {
	if len(session.UserID) > 0 {
		return p.w.ValidateLogin(person, session, parsed)
	}
	return p.w.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
		if !bytes.Equal(handle, person.WebAuthnID()) {
			return nil, errors.New("the key belongs to another person")
		}
		return person, nil
	}, session, parsed)
}

// owner is a PasskeyOwner as the library wants it.
type owner struct {
	PasskeyOwner
	keys []webauthn.Credential
}

func (o PasskeyOwner) person() (owner, error) {
	out := owner{PasskeyOwner: o}
	for _, r := range o.Records {
		var k webauthn.Credential
		if err := json.Unmarshal(r, &k); err != nil {
			return out, fmt.Errorf("identity: passkey: a stored key cannot be read: %w", err)
		}
		out.keys = append(out.keys, k)
	}
	return out, nil
}

// WebAuthnID is the handle that the authenticator keeps: the opaque user id.
func (o owner) WebAuthnID() []byte { return []byte(o.ID) }

// WebAuthnName is the login.
func (o owner) WebAuthnName() string { return o.Login }

// WebAuthnDisplayName is the person's name.
func (o owner) WebAuthnDisplayName() string { return o.Name }

// WebAuthnCredentials are the person's keys.
func (o owner) WebAuthnCredentials() []webauthn.Credential { return o.keys }

func both(options, state any) (o, s json.RawMessage, err error) {
	if o, err = json.Marshal(options); err != nil {
		return nil, nil, fmt.Errorf("identity: passkey: %w", err)
	}
	if s, err = json.Marshal(state); err != nil {
		return nil, nil, fmt.Errorf("identity: passkey: %w", err)
	}
	return o, s, nil
}
