package envelope

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// actType is the JWS "typ" of an act, so that no other JWS can pass for one.
const actType = "vinhdanh-act"

// Signer signs acts with one private key.
type Signer struct {
	KeyID   string
	Purpose Purpose
	jws     jose.Signer
	private ed25519.PrivateKey
}

// NewSigner makes a signer from a private key. The key's id is derived from its
// public part, so that a ring and a signer cannot disagree on it.
func NewSigner(purpose Purpose, private ed25519.PrivateKey) (*Signer, error) {
	id := KeyID(private.Public().(ed25519.PublicKey))
	opts := (&jose.SignerOptions{}).WithType(actType).WithHeader("kid", id)
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.EdDSA, Key: private}, opts)
	if err != nil {
		return nil, fmt.Errorf("envelope: signer: %w", err)
	}
	return &Signer{KeyID: id, Purpose: purpose, jws: s, private: private}, nil
}

// GenerateSigner makes a signer with a fresh key, for set-up and tests.
func GenerateSigner(purpose Purpose) (*Signer, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("envelope: generate key: %w", err)
	}
	return NewSigner(purpose, private)
}

// Public returns the signer's public key as a ring entry.
func (s *Signer) Public() Key {
	pub := s.private.Public().(ed25519.PublicKey)
	return Key{ID: s.KeyID, Purpose: s.Purpose, Public: base64.StdEncoding.EncodeToString(pub)}
}

// Seed returns the 32-byte private seed, base64, for the key file.
func (s *Signer) Seed() string { return base64.StdEncoding.EncodeToString(s.private.Seed()) }

// SignerFromSeed restores a signer from Seed's output.
func SignerFromSeed(purpose Purpose, seed string) (*Signer, error) {
	raw, err := base64.StdEncoding.DecodeString(seed)
	if err != nil || len(raw) != ed25519.SeedSize {
		return nil, fmt.Errorf("envelope: the seed of key %q is not 32 bytes in base64", purpose)
	}
	return NewSigner(purpose, ed25519.NewKeyFromSeed(raw))
}

// Sign makes the compact JWS of an act.
func (s *Signer) Sign(a Act) (string, error) {
	payload, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("envelope: encode act: %w", err)
	}
	return s.signRaw(payload)
}

func (s *Signer) signRaw(payload []byte) (string, error) {
	obj, err := s.jws.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("envelope: sign: %w", err)
	}
	return obj.CompactSerialize()
}

// KeyID is the first 16 bytes of the SHA-256 of a public key, in hex.
func KeyID(pub ed25519.PublicKey) string {
	sum := sha256.Sum256(pub)
	return hex.EncodeToString(sum[:16])
}

// Digest is the SHA-256 of a compact JWS, in hex: how a trail row names it.
func Digest(jws string) string {
	sum := sha256.Sum256([]byte(jws))
	return hex.EncodeToString(sum[:])
}
