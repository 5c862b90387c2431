package gate

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
)

// Sender is the kind of program behind a credential. It is not a person: persons sign acts.
type Sender string

// The senders Temporal's frontend knows. Whoever is none of them is Unknown and may do nothing but ask for health.
const (
	App      Sender = "app"      // serve: starts cases and sends acts
	Worker   Sender = "worker"   // worker: polls, responds, delivers results
	Auditor  Sender = "auditor"  // reads
	Operator Sender = "operator" // the rest, each use on record
	Unknown  Sender = "unknown"
)

// Senders lists every sender that may hold a credential.
func Senders() []Sender { return []Sender{App, Worker, Auditor, Operator} }

// minCredential is the shortest secret accepted from an environment, in characters: 32 of hex are 128 bits.
const minCredential = 32

// Credential is a secret token. It prints as a placeholder, so that it cannot reach a log by accident.
type Credential string

// NewCredential returns 256 random bits as base64url text of 43 characters.
func NewCredential() Credential {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	return Credential(base64.RawURLEncoding.EncodeToString(b[:]))
}

// String hides the secret; Reveal shows it.
func (c Credential) String() string { return "[credential]" }

// GoString hides the secret from %#v.
func (c Credential) GoString() string { return c.String() }

// Reveal returns the secret text itself.
func (c Credential) Reveal() string { return string(c) }

// Check says whether the credential is long enough to be a secret.
func (c Credential) Check() error {
	if len(c) < minCredential {
		return fmt.Errorf("gate.credential-short: a credential has at least %d characters, this one has %d; make one with `openssl rand -hex 32`",
			minCredential, len(c))
	}
	if strings.ContainsAny(string(c), " \t\r\n") {
		return fmt.Errorf("gate.credential-blank: a credential contains no blanks; make one with `openssl rand -hex 32`")
	}
	return nil
}

// Tokens is one credential per sender, as those who hand them out keep them.
type Tokens map[Sender]Credential

// NewTokens returns fresh random credentials for every sender.
func NewTokens() Tokens {
	t := Tokens{}
	for _, s := range Senders() {
		t[s] = NewCredential()
	}
	return t
}

// Keyring recognises credentials. It keeps only their SHA-256 hashes.
type Keyring struct {
	hashes map[Sender][sha256.Size]byte
}

// NewKeyring takes the credentials the door accepts. Short ones, unknown senders and one credential for two
// senders are refused.
func NewKeyring(tokens Tokens) (*Keyring, error) {
	if len(tokens) == 0 {
		return nil, fmt.Errorf("gate.no-credentials: at least one sender needs a credential")
	}
	known := map[Sender]bool{}
	for _, s := range Senders() {
		known[s] = true
	}
	k := &Keyring{hashes: map[Sender][sha256.Size]byte{}}
	owner := map[[sha256.Size]byte]Sender{}
	for s, c := range tokens {
		if !known[s] {
			return nil, fmt.Errorf("gate.sender-unknown: %q is no sender; use one of %v", s, Senders())
		}
		if err := c.Check(); err != nil {
			return nil, fmt.Errorf("credential of %s: %w", s, err)
		}
		h := sha256.Sum256([]byte(c))
		if other, taken := owner[h]; taken {
			return nil, fmt.Errorf("gate.credential-shared: %s and %s have the same credential; give each its own", other, s)
		}
		owner[h], k.hashes[s] = s, h
	}
	return k, nil
}

// Identify returns the sender of an authorization header ("Bearer <credential>"), in time that does not depend on
// which credential came close.
func (k *Keyring) Identify(header string) (Sender, bool) {
	scheme, secret, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(scheme, "bearer") {
		return Unknown, false
	}
	h := sha256.Sum256([]byte(secret))
	found := Unknown
	for s, known := range k.hashes {
		if subtle.ConstantTimeCompare(h[:], known[:]) == 1 {
			found = s
		}
	}
	return found, found != Unknown
}
