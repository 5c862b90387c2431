package envelope

import "errors"

// Refusal codes. A code is stable: it stands in histories, in the table of
// refused attempts and in the API's problem documents.
const (
	CodeMalformed    = "malformed"     // not a JWS of ours, or its data does not decode
	CodeUnknownKey   = "unknown-key"   // no such key in the ring
	CodeSignature    = "bad-signature" // the signature or the Merkle path does not hold
	CodePurpose      = "wrong-purpose" // the key may not sign this action
	CodeRevoked      = "revoked-key"   // the key was revoked
	CodeInstallation = "wrong-installation"
	CodeCase         = "wrong-case"
	CodeRevision     = "stale-revision"
	CodeNumber       = "stale-number"
	CodeStage        = "wrong-stage"
	CodeRole         = "wrong-role"
	CodeUnit         = "wrong-unit"
	CodeSeparation   = "separation-of-duties"
	CodeOwnCase      = "own-case"
	CodeExpired      = "expired"
	CodeReplayed     = "replayed"
	CodeOnHold       = "on-hold"
	CodeClosed       = "closed"
	CodeValidating   = "validating"
	CodeData         = "bad-data"
	CodeItem         = "unknown-item"
)

// Refusal is why an act does not take effect. Detail is for the record and
// holds no personal data; what a reader sees is looked up by Code.
type Refusal struct {
	Code   string
	Detail string
}

func (r *Refusal) Error() string { return r.Code + ": " + r.Detail }

// Refuse makes a Refusal.
func Refuse(code, detail string) *Refusal { return &Refusal{Code: code, Detail: detail} }

// CodeOf returns the refusal code in err's chain, or "".
func CodeOf(err error) string {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}
