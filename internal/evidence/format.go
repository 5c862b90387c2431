package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"vinhdanh/internal/proposal"
)

// Format is the version of the bundle's form that this package writes.
const Format = 1

// Names of the files in a bundle. Law data stands under law/<hash>/, documents
// under documents/<sha256>. All files stand in order of name, the manifest last.
const (
	nameManifest    = "manifest.json"
	nameHistory     = "history.json"
	nameCaseKey     = "case-key"
	nameTrail       = "trail.json"
	nameEnvelopes   = "envelopes.json"
	nameRing        = "keyring.jws"
	nameRoot        = "root.pub"
	nameContent     = "content.json"
	nameValidations = "validations.json"
	dirLaw          = "law/"
	dirDocuments    = "documents/"
)

// Manifest says what a bundle is and names its files.
type Manifest struct {
	Format       int       `json:"format"`
	Case         string    `json:"case"` // the workflow's id
	Kind         string    `json:"kind"` // commendation, council or issuance
	Run          string    `json:"run"`  // Temporal's run id
	Installation string    `json:"installation"`
	Root         string    `json:"root"`   // fingerprint of the root key
	Closed       time.Time `json:"closed"` // when the workflow closed, UTC
	Files        []File    `json:"files"`
}

// File is one line of the manifest.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // hex
	Size   int64  `json:"size"`   // bytes
}

// TrailRow is one link of the case's chain as PostgreSQL holds it. Body is the
// transition's JSON, byte for byte.
type TrailRow struct {
	Number   int    `json:"number"`
	Body     []byte `json:"body"`
	PrevHash string `json:"prev_hash"`
	Hash     string `json:"hash"`
}

// Attempt is a signed message as it was stored before it was sent, with what
// became of it: accepted, refused, or "" while nobody knows.
type Attempt struct {
	Nonce   string          `json:"nonce"`
	Action  string          `json:"action"`
	Actor   string          `json:"actor"`
	At      time.Time       `json:"at"`
	Message json.RawMessage `json:"message"` // envelope.Message
	Status  string          `json:"status,omitempty"`
	Number  int             `json:"number,omitempty"`
	Code    string          `json:"code,omitempty"`
}

// Content is what the history carries only as commitments.
type Content struct {
	Items    []ItemRevision  `json:"items,omitempty"`
	Reasons  []Reason        `json:"reasons,omitempty"`
	Decision json.RawMessage `json:"decision,omitempty"` // an issuance's draft
	Papers   []Paper         `json:"papers,omitempty"`
}

// ItemRevision is what an item said at one revision.
type ItemRevision struct {
	Item       string               `json:"item"`
	Revision   int                  `json:"revision"`
	Content    proposal.ItemContent `json:"content"`
	Salt       []byte               `json:"salt"`
	Commitment string               `json:"commitment"`
}

// Reason is free text behind a commitment.
type Reason struct {
	Commitment string `json:"commitment"`
	Salt       []byte `json:"salt"`
	Body       string `json:"body"`
	Field      string `json:"field,omitempty"`
	Item       string `json:"item,omitempty"`
}

// Paper is an attachment; a paper marked "mật" has only its reference.
type Paper struct {
	Kind      string `json:"kind"`
	FileName  string `json:"file_name"`
	SHA256    string `json:"sha256,omitempty"`
	Size      int64  `json:"size,omitempty"`
	SecretRef string `json:"secret_ref,omitempty"`
}

// Validation is what the rules said of one revision, as PostgreSQL holds it.
type Validation struct {
	Revision   int             `json:"revision"`
	LawHash    string          `json:"law_hash"`
	Facts      json.RawMessage `json:"facts"`
	FactsHash  string          `json:"facts_hash"`
	Result     json.RawMessage `json:"result"`
	ResultHash string          `json:"result_hash"`
}

// ChainHash is the hash of a trail row: SHA-256 of the previous hash, a line
// break, and the body. The first row's previous hash is the case's id.
func ChainHash(prev string, body []byte) string {
	h := sha256.New()
	h.Write([]byte(prev + "\n"))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// KindOf is the kind of case an id names: what stands before the slash.
func KindOf(caseID string) string {
	kind, _, _ := strings.Cut(caseID, "/")
	return kind
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// encode is the one form of a JSON file in a bundle.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// decodeCanonical reads a JSON file that must be in the form that encode gives:
// no unknown fields, no field twice, nothing beside it.
func decodeCanonical(name string, data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if len(data) > maxJSON || dec.Decode(into) != nil {
		return fault(faultJSON, name)
	}
	again, err := encode(into)
	if err != nil || !bytes.Equal(again, data) {
		return fault(faultJSON, name)
	}
	return nil
}

// order puts files into the order of a bundle.
func order(files []file) {
	slices.SortFunc(files, func(a, b file) int {
		if last := isManifest(a) - isManifest(b); last != 0 {
			return last
		}
		return strings.Compare(a.name, b.name)
	})
}

func isManifest(f file) int {
	if f.name == nameManifest {
		return 1
	}
	return 0
}

// isHash tells whether s is a SHA-256 in lower-case hex.
func isHash(s string) bool {
	return len(s) == sha256.Size*2 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'f')
	})
}
