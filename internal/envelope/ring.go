package envelope

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Key is one public key of the ring.
type Key struct {
	ID      string     `json:"id"`
	Purpose Purpose    `json:"purpose"`
	Public  string     `json:"public"` // base64 of 32 bytes
	Added   time.Time  `json:"added"`
	Revoked *time.Time `json:"revoked,omitempty"`
	Reason  string     `json:"reason,omitempty"`
}

// Ring is the keyring of one installation: append-only, signed by the root.
type Ring struct {
	Installation string `json:"installation"`
	Version      int    `json:"version"`
	Keys         []Key  `json:"keys"`
}

// SignRing signs the ring with the root key, as a compact JWS. Which root is
// trusted is not said in it: ParseRing is given the key and its fingerprint.
func SignRing(r Ring, root *Signer) (string, error) {
	payload, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("envelope: encode ring: %w", err)
	}
	return root.signRaw(payload)
}

// ParseRing opens a signed ring. rootPublic is the root's public key in base64;
// fingerprint is its KeyID as configured. Nothing else makes a ring trusted.
func ParseRing(signed, rootPublic, fingerprint string) (*Ring, error) {
	pub, err := publicKey(rootPublic)
	if err != nil {
		return nil, fmt.Errorf("envelope: root key: %w", err)
	}
	if KeyID(pub) != fingerprint {
		return nil, fmt.Errorf("envelope: the root key's fingerprint is %s, but %s is configured", KeyID(pub), fingerprint)
	}
	payload, err := verify(strings.TrimSpace(signed), pub)
	if err != nil {
		return nil, fmt.Errorf("envelope: the keyring is not signed by the configured root: %w", err)
	}
	var r Ring
	dec := json.NewDecoder(bytes.NewReader(payload))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return nil, fmt.Errorf("envelope: decode keyring: %w", err)
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	return &r, nil
}

// check refuses a ring in which an id could mean two keys, or another key than
// the one it is derived from.
func (r *Ring) check() error {
	seen := make(map[string]bool, len(r.Keys))
	for _, k := range r.Keys {
		pub, err := publicKey(k.Public)
		if err != nil {
			return fmt.Errorf("envelope: key %s of the keyring: %w", k.ID, err)
		}
		if k.ID != KeyID(pub) || seen[k.ID] {
			return fmt.Errorf("envelope: key %s of the keyring has a foreign id or stands twice", k.ID)
		}
		seen[k.ID] = true
	}
	return nil
}

// Extends tells whether r only adds keys or revocations to old.
func (r *Ring) Extends(old *Ring) bool {
	if r.Installation != old.Installation || r.Version < old.Version || len(r.Keys) < len(old.Keys) {
		return false
	}
	for i, was := range old.Keys {
		now := r.Keys[i]
		if now.ID != was.ID || now.Public != was.Public || now.Purpose != was.Purpose || !now.Added.Equal(was.Added) {
			return false
		}
		if was.Revoked != nil && (now.Revoked == nil || !now.Revoked.Equal(*was.Revoked) || now.Reason != was.Reason) {
			return false
		}
	}
	return true
}

// Key finds a key by id.
func (r *Ring) Key(id string) (Key, bool) {
	for _, k := range r.Keys {
		if k.ID == id {
			return k, true
		}
	}
	return Key{}, false
}

// Opened is a checked message as it holds for one case.
type Opened struct {
	Act    Act
	Key    Key
	Digest string // of the JWS, see Digest
}

// Open checks signature, type, installation and, for an act on many cases, the
// leaf's path, and returns the act as it holds for this case. It does not look
// at time or revocation: see Act.Fresh and Ring.Usable.
func (r *Ring) Open(m Message) (Opened, error) {
	id, err := keyIDOf(m.JWS)
	if err != nil {
		return Opened{}, Refuse(CodeMalformed, err.Error())
	}
	key, ok := r.Key(id)
	if !ok {
		return Opened{}, Refuse(CodeUnknownKey, "no key "+id+" in the keyring")
	}
	pub, err := publicKey(key.Public)
	if err != nil {
		return Opened{}, Refuse(CodeUnknownKey, err.Error())
	}
	payload, err := verify(m.JWS, pub)
	if err != nil {
		return Opened{}, Refuse(CodeSignature, err.Error())
	}
	act, err := decodeAct(payload, m)
	if err != nil {
		return Opened{}, err
	}
	if act.Installation != r.Installation {
		return Opened{}, Refuse(CodeInstallation, "the act belongs to installation "+act.Installation)
	}
	return Opened{Act: act, Key: key, Digest: Digest(m.JWS)}, nil
}

// Usable refuses a revoked key. Only validators and the verifier ask this:
// a handler must decide the same way in every replay, before and after a
// revocation.
func (r *Ring) Usable(k Key) error {
	if k.Revoked != nil {
		return Refuse(CodeRevoked, "key "+k.ID+" was revoked")
	}
	return nil
}

func decodeAct(payload []byte, m Message) (Act, error) {
	var a Act
	dec := json.NewDecoder(bytes.NewReader(payload))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&a); err != nil || dec.InputOffset() != int64(len(payload)) {
		return Act{}, Refuse(CodeMalformed, "the act does not decode")
	}
	if a.Batch == nil {
		if m.Leaf != nil || m.Proof != nil {
			return Act{}, Refuse(CodeMalformed, "a leaf beside an act on one case")
		}
		return a, nil
	}
	return a.forLeaf(m)
}

func keyIDOf(compact string) (string, error) {
	obj, err := jose.ParseSignedCompact(compact, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		return "", fmt.Errorf("not a compact JWS signed with EdDSA")
	}
	if !canonical(compact) {
		return "", fmt.Errorf("the JWS is not in its one base64url form")
	}
	h := obj.Signatures[0].Protected
	if typ, _ := h.ExtraHeaders[jose.HeaderType].(string); typ != actType {
		return "", fmt.Errorf("the JWS is not of type %s", actType)
	}
	return h.KeyID, nil
}

// canonical tells whether each part is written in the one way that base64url
// allows. Go's decoder skips line breaks and ignores trailing bits; were they
// let through, one signed act could go under many digests.
func canonical(compact string) bool {
	if strings.ContainsAny(compact, "\r\n") {
		return false
	}
	for part := range strings.SplitSeq(compact, ".") {
		if _, err := base64.RawURLEncoding.Strict().DecodeString(part); err != nil {
			return false
		}
	}
	return true
}

func verify(compact string, pub ed25519.PublicKey) ([]byte, error) {
	obj, err := jose.ParseSignedCompact(compact, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		return nil, fmt.Errorf("not a compact JWS: %w", err)
	}
	payload, err := obj.Verify(pub)
	if err != nil {
		return nil, fmt.Errorf("the signature does not hold")
	}
	return payload, nil
}

func publicKey(b64 string) (ed25519.PublicKey, error) {
	raw, err := base64.StdEncoding.DecodeString(b64)
	if err != nil || len(raw) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("a public key must be 32 bytes in base64")
	}
	return ed25519.PublicKey(raw), nil
}
