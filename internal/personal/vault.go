package personal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
)

// KeySize is the length in bytes of a key: half encrypts, half hashes.
const KeySize = 64

// Errors of a Vault.
var (
	ErrNoKey  = errors.New("personal: the key of a number is not in personal.key; restore it from its backup")
	ErrClosed = errors.New("personal: the number was not closed under this key, or for another record")
)

// Key is one key of an installation with its id.
type Key struct {
	ID    string
	Bytes []byte
}

// Sealed is a number as it is kept.
type Sealed struct {
	KeyID string
	Data  []byte // nonce and AES-256-GCM of the digits
	Hash  []byte // HMAC-SHA-256 of the digits
}

// Vault closes numbers under the newest key and opens them under the one they were
// closed with.
type Vault struct {
	keys []Key // the newest last
}

// NewVault makes a vault of keys, the newest last.
func NewVault(keys []Key) (*Vault, error) {
	if len(keys) == 0 {
		return nil, errors.New("personal: there is no key")
	}
	for _, k := range keys {
		if k.ID == "" || len(k.Bytes) != KeySize {
			return nil, fmt.Errorf("personal: key %q must have %d bytes", k.ID, KeySize)
		}
	}
	return &Vault{keys: keys}, nil
}

// Current is the id of the key that numbers are closed under.
func (v *Vault) Current() string { return v.newest().ID }

func (v *Vault) newest() Key { return v.keys[len(v.keys)-1] }

// Seal closes a number for the record with an id; it opens for no other.
func (v *Vault) Seal(record string, n Number) (Sealed, error) {
	k := v.newest()
	gcm, err := gcmOf(k)
	if err != nil {
		return Sealed{}, err
	}
	nonce := make([]byte, gcm.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return Sealed{}, fmt.Errorf("personal: nonce: %w", err)
	}
	return Sealed{KeyID: k.ID, Data: gcm.Seal(nonce, nonce, []byte(n.digits), about(record)), Hash: hash(k, n)}, nil
}

// Open opens what Seal closed. Errors: ErrNoKey, ErrClosed.
func (v *Vault) Open(record string, s Sealed) (Number, error) {
	for _, k := range v.keys {
		if k.ID != s.KeyID {
			continue
		}
		gcm, err := gcmOf(k)
		if err != nil {
			return Number{}, err
		}
		if len(s.Data) < gcm.NonceSize() {
			return Number{}, ErrClosed
		}
		plain, err := gcm.Open(nil, s.Data[:gcm.NonceSize()], s.Data[gcm.NonceSize():], about(record))
		if err != nil {
			return Number{}, ErrClosed
		}
		return Number{string(plain)}, nil
	}
	return Number{}, ErrNoKey
}

// Hashes are the keyed hashes that a number has under each key: what is kept under an
// older key is found too.
func (v *Vault) Hashes(n Number) [][]byte {
	out := make([][]byte, len(v.keys))
	for i, k := range v.keys {
		out[i] = hash(k, n)
	}
	return out
}

func hash(k Key, n Number) []byte {
	m := hmac.New(sha256.New, k.Bytes[KeySize/2:])
	m.Write([]byte(n.digits))
	return m.Sum(nil)
}

// about binds a number to its record.
func about(record string) []byte { return []byte("personal-number/" + record) }

func gcmOf(k Key) (cipher.AEAD, error) {
	block, err := aes.NewCipher(k.Bytes[:KeySize/2])
	if err != nil {
		return nil, fmt.Errorf("personal: key: %w", err)
	}
	return cipher.NewGCM(block)
}
