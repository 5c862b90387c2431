// Package keys loads and makes the key files of an installation: the offline
// root, the signing keys by purpose, the keyring that the root signed, the
// master key of the payload encryption.
//
// A folder of keys looks so, each file readable by its owner only:
//
//	root.key         seed of the root; leaves the machine after set-up
//	root.pub         public key of the root
//	keyring.jws      the ring, signed by the root
//	app.key          serve only: signs what people do
//	session.key      worker only: signs council results
//	issuance.key     worker only: signs issued decisions
//	master.key       wraps the cases' encryption keys
//	personal.key     serve only: closes personal numbers; one key a line, the newest last
package keys

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"vinhdanh/internal/envelope"
)

// Folder is a folder of key files.
type Folder string

// masterSize is the length of the master key in bytes (AES-256).
const masterSize = 32

// Purposes of the signing keys that set-up makes.
var purposes = []envelope.Purpose{envelope.PurposeApp, envelope.PurposeSession, envelope.PurposeIssuance}

// Create makes what is missing of all keys and, last, the first ring. A folder
// that has a ring is left as it is, but for a missing key of personal numbers; one that a crash left without is completed.
// No key file is ever written over: with master.key every history would be lost.
func (f Folder) Create(now time.Time) error {
	if _, err := os.Stat(f.path("keyring.jws")); err == nil {
		return f.ensurePersonal() // which installations of before had not
	}
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	if err := f.rootAway(); err != nil {
		return err
	}
	root, err := f.ensure("root")
	if err != nil {
		return err
	}
	ring := envelope.Ring{Installation: uuid.NewString(), Version: 1}
	for _, p := range purposes {
		s, err := f.ensure(p)
		if err != nil {
			return err
		}
		k := s.Public()
		k.Added = now.UTC()
		ring.Keys = append(ring.Keys, k)
	}
	if err := f.ensureMaster(); err != nil {
		return err
	}
	if err := f.ensurePersonal(); err != nil {
		return err
	}
	return f.seal(ring, root)
}

// rootAway refuses to make a second root where the first one was taken offline.
func (f Folder) rootAway() error {
	_, err := f.read("root.pub")
	_, keyErr := f.read("root.key")
	if err == nil && keyErr != nil {
		return errors.New("keys: keyring.jws is missing, but this folder's root is offline; restore keyring.jws from its backup")
	}
	return nil
}

// ensure loads the signer of a purpose, or makes it and its file.
func (f Folder) ensure(p envelope.Purpose) (*envelope.Signer, error) {
	s, err := f.Signer(p)
	if !errors.Is(err, os.ErrNotExist) {
		return s, err
	}
	if s, err = envelope.GenerateSigner(p); err != nil {
		return nil, err
	}
	return s, f.write(string(p)+".key", s.Seed())
}

func (f Folder) ensureMaster() error {
	if _, err := f.Master(); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	master := make([]byte, masterSize)
	if _, err := rand.Read(master); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	return f.write("master.key", base64.StdEncoding.EncodeToString(master))
}

// seal writes the root's public key and, last, the ring: its presence says "complete".
func (f Folder) seal(ring envelope.Ring, root *envelope.Signer) error {
	signed, err := envelope.SignRing(ring, root)
	if err != nil {
		return err
	}
	if err := f.write("root.pub", root.Public().Public); err != nil {
		return err
	}
	return f.write("keyring.jws", signed)
}

// Add appends a key for another purpose (integration/<name>) to the ring; it
// needs the root's seed in the folder. The private seed is returned, not stored.
func (f Folder) Add(p envelope.Purpose, now time.Time) (*envelope.Signer, error) {
	root, err := f.Signer("root")
	if err != nil {
		return nil, fmt.Errorf("keys: adding a key needs the offline root: %w", err)
	}
	ring, err := f.Ring(root.KeyID)
	if err != nil {
		return nil, err
	}
	s, err := envelope.GenerateSigner(p)
	if err != nil {
		return nil, err
	}
	k := s.Public()
	k.Added = now.UTC()
	ring.Keys = append(ring.Keys, k)
	ring.Version++
	return s, f.seal(*ring, root)
}

// Revoke marks a key of the ring as revoked; it needs the root's seed in the folder.
// Keys and earlier revocations stay.
func (f Folder) Revoke(id, reason string, now time.Time) error {
	root, err := f.Signer("root")
	if err != nil {
		return fmt.Errorf("keys: revoking a key needs the offline root: %w", err)
	}
	ring, err := f.Ring(root.KeyID)
	if err != nil {
		return err
	}
	for i := range ring.Keys {
		k := &ring.Keys[i]
		if k.ID != id {
			continue
		}
		if k.Revoked != nil {
			return fmt.Errorf("keys: key %s was revoked on %s", id, k.Revoked.Format(time.DateOnly))
		}
		at := now.UTC()
		k.Revoked, k.Reason = &at, reason
		ring.Version++
		return f.seal(*ring, root)
	}
	return fmt.Errorf("keys: the ring has no key %s", id)
}

// Renew adds a new key of a purpose to the ring and writes its file; the old file must
// have been moved away, for no key file is ever written over.
func (f Folder) Renew(p envelope.Purpose, now time.Time) (*envelope.Signer, error) {
	if _, err := os.Stat(f.path(string(p) + ".key")); err == nil {
		return nil, fmt.Errorf("keys: move %s.key away first: no key file is written over", p)
	}
	s, err := f.Add(p, now)
	if err != nil {
		return nil, err
	}
	return s, f.write(string(p)+".key", s.Seed())
}

// Signer loads the signing key of a purpose.
func (f Folder) Signer(p envelope.Purpose) (*envelope.Signer, error) {
	seed, err := f.read(string(p) + ".key")
	if err != nil {
		return nil, err
	}
	return envelope.SignerFromSeed(p, seed)
}

// Ring loads the keyring and checks it against the configured root fingerprint.
func (f Folder) Ring(fingerprint string) (*envelope.Ring, error) {
	signed, err := f.read("keyring.jws")
	if err != nil {
		return nil, err
	}
	pub, err := f.read("root.pub")
	if err != nil {
		return nil, err
	}
	return envelope.ParseRing(signed, pub, fingerprint)
}

// SignedRing returns the ring as the root signed it, and the root's public key.
func (f Folder) SignedRing() (signed, rootPublic string, err error) {
	if signed, err = f.read("keyring.jws"); err != nil {
		return "", "", err
	}
	rootPublic, err = f.read("root.pub")
	return signed, rootPublic, err
}

// Fingerprint derives the root's fingerprint from root.pub: what an administrator
// notes down at set-up and configures everywhere.
func (f Folder) Fingerprint() (string, error) {
	pub, err := f.read("root.pub")
	if err != nil {
		return "", err
	}
	raw, err := base64.StdEncoding.DecodeString(pub)
	if err != nil || len(raw) != ed25519.PublicKeySize {
		return "", errors.New("keys: root.pub is not a public key of 32 bytes in base64; restore it from its backup")
	}
	return envelope.KeyID(raw), nil
}

// Master loads the 32-byte master key of the payload encryption.
func (f Folder) Master() ([]byte, error) {
	s, err := f.read("master.key")
	if err != nil {
		return nil, err
	}
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(raw) != masterSize {
		return nil, errors.New("keys: master.key is not 32 bytes in base64; restore it from its backup")
	}
	return raw, nil
}

func (f Folder) path(name string) string { return filepath.Join(string(f), name) }

func (f Folder) read(name string) (string, error) {
	b, err := os.ReadFile(f.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("keys: %s is missing in the keys folder; run `vinhdanh keys create` first: %w", name, err)
	}
	if err != nil {
		return "", fmt.Errorf("keys: %w", err)
	}
	return strings.TrimSpace(string(b)), nil
}

// write replaces a file as a whole: a crash leaves the old one or the new one. A
// temporary file is readable by its owner only from the start.
func (f Folder) write(name, content string) error {
	tmp, err := os.CreateTemp(string(f), name+".*")
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	defer os.Remove(tmp.Name()) // gone already when all went well
	_, err = tmp.WriteString(content + "\n")
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), f.path(name))
	}
	if err != nil {
		return fmt.Errorf("keys: write %s: %w", name, err)
	}
	return nil
}
