package identity

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// secretBytes are the random bytes of a session's or a link's secret: 256 bits
// (ASVS 7.2.3 asks for 128).
const secretBytes = 32

// NewSecret makes an opaque secret; only its Digest is stored.
func NewSecret() (string, error) {
	b := make([]byte, secretBytes)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("identity: secret: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// Digest is what is stored of a secret that has 112 bits or more of randomness.
func Digest(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// recoveryAlphabet has no letters that are taken for digits.
const recoveryAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// NewRecoveryCodes makes codes of 120 random bits each, so that a plain digest may
// be stored (ASVS 6.5.2): XXXX-XXXX-XXXX-XXXX-XXXX-XXXX.
func NewRecoveryCodes(n int) ([]string, error) {
	out := make([]string, n)
	for i := range out {
		b := make([]byte, 24)
		if _, err := rand.Read(b); err != nil {
			return nil, fmt.Errorf("identity: recovery codes: %w", err)
		}
		var s strings.Builder
		for j, x := range b {
			if j > 0 && j%4 == 0 {
				s.WriteByte('-')
			}
			s.WriteByte(recoveryAlphabet[int(x)%len(recoveryAlphabet)])
		}
		out[i] = s.String()
	}
	return out, nil
}

// RecoveryDigest is the digest of a recovery code as typed: case, blanks and
// hyphens do not matter.
func RecoveryDigest(code string) []byte {
	keep := strings.Map(func(r rune) rune {
		if strings.ContainsRune(recoveryAlphabet, r) {
			return r
		}
		return -1
	}, strings.ToUpper(code))
	return Digest("recovery:" + keep)
}

// Box keeps the secrets of one-time codes: the server has to know them, the
// database has not.
type Box struct{ aead cipher.AEAD }

// NewBox derives the box's key from the installation's master key.
func NewBox(master []byte) (*Box, error) {
	key, err := hkdf.Key(sha256.New, master, nil, "vinhdanh one-time codes", 32)
	if err != nil {
		return nil, fmt.Errorf("identity: box: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("identity: box: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("identity: box: %w", err)
	}
	return &Box{aead}, nil
}

// Seal encrypts a secret for one owner; it opens for no other.
func (b *Box) Seal(secret, owner string) []byte {
	return b.aead.Seal(nil, nil, []byte(secret), []byte(owner))
}

// Open decrypts what Seal made.
func (b *Box) Open(sealed []byte, owner string) (string, error) {
	plain, err := b.aead.Open(nil, nil, sealed, []byte(owner))
	if err != nil {
		return "", errors.New("identity: a stored secret cannot be opened; was master.key exchanged?")
	}
	return string(plain), nil
}

// Pseudonym is an opaque name for a key that must not be stored as typed.
func Pseudonym(kind, value string) string {
	sum := sha256.Sum256([]byte(kind + "\n" + value))
	return kind + ":" + hex.EncodeToString(sum[:16])
}
