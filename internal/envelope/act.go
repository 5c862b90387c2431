// Package envelope holds signed acts: what a person, a council session, a
// decision or an outside system does to a case is one compact JWS (RFC 7515,
// EdDSA over Ed25519), and nothing beside it is read.
//
// The model, in the order one meets it:
//
//   - an Act says who does what to which case, at which step, until when, once;
//   - a Signer turns an act into a JWS with a key that has one Purpose;
//   - a Ring holds the public keys, is append-only, and is itself signed by an
//     offline root whose fingerprint is configuration;
//   - a Message is what travels to a workflow: the JWS, and for an act on many
//     cases (a council result, a decision) the Leaf of this case with its path
//     to the Merkle root that the JWS signs (RFC 6962 hashing);
//   - Ring.Open checks all of it and returns the act as it holds for one case.
//
// The package is pure: no clock, no randomness in checking, no input or output.
package envelope

import (
	"encoding/json"
	"strings"
	"time"
)

// Purpose limits what a key may sign (design.md section 4).
type Purpose string

const (
	PurposeApp         Purpose = "app"          // what people do, signed by the web tier
	PurposeSession     Purpose = "session"      // council results
	PurposeIssuance    Purpose = "issuance"     // issued decisions
	PurposeIntegration Purpose = "integration/" // prefix: integration/<name>, outside systems
)

// Act is one act on one case. Field names follow the registered JWT claims
// (RFC 7519) where there is one.
type Act struct {
	Installation string          `json:"iss"`            // which vinhdanh this act belongs to
	Nonce        string          `json:"jti"`            // spent once; also the Update's id
	Actor        string          `json:"sub"`            // opaque id of the person who acts
	OnBehalfOf   string          `json:"obo,omitempty"`  // opaque id of the person acted for (xử lý thay)
	Self         string          `json:"self,omitempty"` // the actor's own subject reference, if the ledger knows one
	Role         string          `json:"role"`
	Unit         string          `json:"unit"`
	SignedIn     string          `json:"amr"` // how the actor signed in: password, token, service
	Case         string          `json:"case,omitempty"`
	Revision     int             `json:"rev,omitempty"`
	Stage        string          `json:"stage,omitempty"`
	Number       int             `json:"num,omitempty"` // the transition number this act expects to become
	Action       string          `json:"act"`
	Data         json.RawMessage `json:"data,omitempty"`
	Batch        *Batch          `json:"batch,omitempty"` // set when the act covers many cases
	IssuedAt     int64           `json:"iat"`             // Unix seconds, UTC
	Expires      int64           `json:"exp"`             // Unix seconds, UTC
}

// Batch binds an act on many cases to the Merkle root over their leaves.
type Batch struct {
	Root string `json:"root"` // base64 (standard) of 32 bytes
	Size int64  `json:"size"` // number of leaves
}

// Persons lists who stands behind the act: the actor, and whom he acts for.
func (a Act) Persons() []string {
	if a.OnBehalfOf == "" {
		return []string{a.Actor}
	}
	return []string{a.Actor, a.OnBehalfOf}
}

// maxLife bounds how long any act may travel: minutes for people's acts, a day for
// results that reach thousands of cases.
const maxLife = 24 * time.Hour

// clockSkew is how far a signer's clock may run ahead of the workflow's.
const clockSkew = 2 * time.Minute

// Fresh refuses an act before its time or after its expiry.
func (a Act) Fresh(now time.Time) error {
	if now.Unix() > a.Expires {
		return Refuse(CodeExpired, "the act expired at "+time.Unix(a.Expires, 0).UTC().Format(time.RFC3339))
	}
	if a.Expires-a.IssuedAt > int64(maxLife/time.Second) {
		return Refuse(CodeExpired, "the act would live longer than a day")
	}
	if now.Add(clockSkew).Unix() < a.IssuedAt {
		return Refuse(CodeExpired, "the act is dated in the future")
	}
	return nil
}

// Message is what an Update or a Signal carries.
type Message struct {
	JWS   string `json:"jws"`
	Leaf  *Leaf  `json:"leaf,omitempty"`
	Proof *Proof `json:"proof,omitempty"`
}

// Integration tells whether the purpose is that of an outside system.
func (p Purpose) Integration() bool { return strings.HasPrefix(string(p), string(PurposeIntegration)) }
