package decision

import (
	"crypto/sha256"
	"encoding/json"
	"time"
)

// digestDomain separates this hash from every other SHA-256 in the system.
const digestDomain = "vinhdanh decision text v1\n"

// Digest hashes what the decision says: every printed text, name, sum and the
// signer, but not number, date of issue and date of the draft, which come after
// the signer's act. It is SHA-256 over the domain line and the document's JSON,
// whose field order is fixed by the type.
func Digest(doc Document) ([32]byte, error) {
	if err := doc.Validate(); err != nil {
		return [32]byte{}, err
	}
	doc.Number, doc.Date, doc.Drafted = "", time.Time{}, time.Time{}
	text, err := json.Marshal(doc)
	if err != nil {
		return [32]byte{}, refuse(CodeText, "the document cannot be encoded: %v", "không mã hóa được văn bản: %v", err)
	}
	return sha256.Sum256(append([]byte(digestDomain), text...)), nil
}
