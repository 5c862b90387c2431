// Package ballotbox keeps secret ballots that are held electronically.
//
// Two people hold a session's key: its chair and its secretary. Each has a key pair
// of their own, and a ballot is sealed twice, first to the chair's public key and
// then to the secretary's (Seal). The two private keys are the shares: a whole key
// exists nowhere, not even while it is made, and only both shares together open a
// ballot (Open). Each layer is HPKE (RFC 9180) in base mode with DHKEM(P-256,
// HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, which a browser's WebCrypto does too.
//
// Session and voter are bound to each layer, so that nobody casts a copy of
// somebody's ballot. All ballots of a session are of one length. Once opened, the
// choices of each item are shuffled on their own (Shuffle).
package ballotbox

import (
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
)

// ErrShare says that a share is not one, or not the one of this session.
var ErrShare = errors.New("ballotbox: this is not the share")

// ErrSealed says that a ballot does not open, or could not have been sealed.
var ErrSealed = errors.New("ballotbox: the ballot does not open")

// Layers of a sealed ballot, by who holds the share that opens it.
const (
	Chair     = "chair"     // the inner layer
	Secretary = "secretary" // the outer layer
)

// Keys are the public keys of a session, each an uncompressed point of P-256
// (65 bytes).
type Keys struct {
	Chair     []byte `json:"chair"`
	Secretary []byte `json:"secretary"`
}

// Shares are the private keys, each a scalar of P-256 (32 bytes).
type Shares struct {
	Chair, Secretary []byte
}

func kem() hpke.KEM { return hpke.DHKEM(ecdh.P256()) }

// Generate makes one holder's share and its public key.
func Generate() (share, public []byte, err error) {
	k, err := kem().GenerateKey()
	if err != nil {
		return nil, nil, fmt.Errorf("ballotbox: make a key: %w", err)
	}
	share, err = k.Bytes()
	return share, k.PublicKey().Bytes(), err
}

// Public is the public key of a share. Error: ErrShare.
func Public(share []byte) ([]byte, error) {
	k, err := kem().NewPrivateKey(share)
	if err != nil {
		return nil, ErrShare
	}
	return k.PublicKey().Bytes(), nil
}

// IsPublic tells whether a public key is one.
func IsPublic(public []byte) bool {
	_, err := kem().NewPublicKey(public)
	return err == nil
}

// Info is what a layer is bound to (info of RFC 9180, section 5.1).
func Info(caseID, member, layer string) []byte {
	return []byte("vinhdanh secret ballot 1\n" + caseID + "\n" + member + "\n" + layer)
}

// Size is the length of a sealed ballot over n items, in bytes: each layer adds a
// point and a tag.
func Size(n int) int { return n + 2*(65+16) }

// Seal seals the choices of one voter, one byte per item with a secret ballot.
func Seal(k Keys, caseID, member, choices string) ([]byte, error) {
	inner, err := layer(k.Chair, Info(caseID, member, Chair), []byte(choices))
	if err != nil {
		return nil, err
	}
	return layer(k.Secretary, Info(caseID, member, Secretary), inner)
}

func layer(public, info, plain []byte) ([]byte, error) {
	p, err := kem().NewPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("ballotbox: public key: %w", err)
	}
	return hpke.Seal(p, hpke.HKDFSHA256(), hpke.AES256GCM(), info, plain)
}

// Open opens a sealed ballot with both shares. Errors: ErrShare, ErrSealed.
func Open(s Shares, caseID, member string, sealed []byte) (string, error) {
	plain := sealed
	for _, l := range []struct {
		share []byte
		name  string
	}{{s.Secretary, Secretary}, {s.Chair, Chair}} {
		k, err := kem().NewPrivateKey(l.share)
		if err != nil {
			return "", ErrShare
		}
		plain, err = hpke.Open(k, hpke.HKDFSHA256(), hpke.AES256GCM(), Info(caseID, member, l.name), plain)
		if err != nil {
			return "", ErrSealed
		}
	}
	return string(plain), nil
}

// Digest names a sealed ballot: SHA-256, lower-case hexadecimal. It is the voter's
// receipt.
func Digest(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return hex.EncodeToString(sum[:])
}

// Shuffle puts choices in an order drawn from crypto/rand, each as likely as any
// other (Fisher and Yates).
func Shuffle(choices []byte) error {
	for i := len(choices) - 1; i > 0; i-- {
		j, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err != nil {
			return fmt.Errorf("ballotbox: shuffle: %w", err)
		}
		choices[i], choices[j.Int64()] = choices[j.Int64()], choices[i]
	}
	return nil
}
