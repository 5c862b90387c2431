package evidence

import (
	"context"
	"errors"

	historypb "go.temporal.io/api/history/v1"
)

// ErrNoDocument says that a document is not in the store.
var ErrNoDocument = errors.New("evidence: the document is not in the store")

// Source gives what a bundle is made of. Every method is asked once, Law and
// Document once per hash.
type Source interface {
	// Case is the case's id, which is its workflow's.
	Case() string
	// History is complete: up to and with the event that closed the workflow.
	History(ctx context.Context) (*historypb.History, error)
	// CaseKey is the 32-byte key that opens the history's payloads.
	CaseKey(ctx context.Context) ([]byte, error)
	// Keyring is the ring as the root signed it, and the root's public key in base64.
	Keyring(ctx context.Context) (signed, rootPublic string, err error)
	Trail(ctx context.Context) ([]TrailRow, error)
	Attempts(ctx context.Context) ([]Attempt, error)
	Content(ctx context.Context) (Content, error)
	Validations(ctx context.Context) ([]Validation, error)
	// Law returns the files of the law data with this hash by name.
	Law(ctx context.Context, hash string) (map[string]string, error)
	// Document returns a stored file by its SHA-256 in hex, or ErrNoDocument.
	Document(ctx context.Context, sha256 string) ([]byte, error)
}
