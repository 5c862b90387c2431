package payload

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"time"
)

// Shelf stores wrapped keys by case.
type Shelf interface {
	// CaseKey reads the wrapped key; nil when there is none or it was destroyed.
	CaseKey(ctx context.Context, caseID string) ([]byte, error)
	// PutCaseKey stores a wrapped key unless the case has, or had, one.
	PutCaseKey(ctx context.Context, caseID string, wrapped []byte) error
}

// Wrapped keeps one key per case on a shelf, wrapped by a master key. Keys in
// use stay in memory, so that a case goes on while the database is away.
type Wrapped struct {
	shelf  Shelf
	master []byte
	cache  sync.Map // case id -> []byte
}

// NewWrapped makes the keys of an installation; master has 32 bytes.
func NewWrapped(shelf Shelf, master []byte) (*Wrapped, error) {
	if len(master) != 32 {
		return nil, fmt.Errorf("payload: the master key must have 32 bytes, not %d", len(master))
	}
	return &Wrapped{shelf: shelf, master: master}, nil
}

// shelfTimeout bounds a look-up: a workflow task must not hang on it.
const shelfTimeout = 5 * time.Second

// Key implements Keys.
func (w *Wrapped) Key(caseID string, create bool) ([]byte, error) {
	if k, ok := w.cache.Load(caseID); ok {
		return k.([]byte), nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), shelfTimeout)
	defer cancel()
	wrapped, err := w.shelf.CaseKey(ctx, caseID)
	if err != nil {
		return nil, fmt.Errorf("payload: read key of %s: %w", caseID, err)
	}
	if wrapped == nil && create {
		wrapped, err = w.make(ctx, caseID)
		if err != nil {
			return nil, err
		}
	}
	if wrapped == nil {
		return nil, ErrNoKey
	}
	key, err := w.unwrap(caseID, wrapped)
	if err != nil {
		return nil, err
	}
	w.cache.Store(caseID, key)
	return key, nil
}

// Forget drops a key from memory, after it was destroyed on the shelf.
func (w *Wrapped) Forget(caseID string) { w.cache.Delete(caseID) }

func (w *Wrapped) make(ctx context.Context, caseID string) ([]byte, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("payload: new key: %w", err)
	}
	gcm, err := newGCM(w.master)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("payload: new key: %w", err)
	}
	if err := w.shelf.PutCaseKey(ctx, caseID, gcm.Seal(nonce, nonce, key, []byte(caseID))); err != nil {
		return nil, fmt.Errorf("payload: store key of %s: %w", caseID, err)
	}
	return w.shelf.CaseKey(ctx, caseID) // another process may have been first
}

func (w *Wrapped) unwrap(caseID string, wrapped []byte) ([]byte, error) {
	gcm, err := newGCM(w.master)
	if err != nil {
		return nil, err
	}
	if len(wrapped) < gcm.NonceSize() {
		return nil, ErrNoKey
	}
	key, err := gcm.Open(nil, wrapped[:gcm.NonceSize()], wrapped[gcm.NonceSize():], []byte(caseID))
	if err != nil {
		return nil, fmt.Errorf("payload: the master key does not open the key of %s", caseID)
	}
	return key, nil
}

// Single is one case's key, as a bundle carries it: for the offline verifier.
type Single struct {
	CaseID string
	Secret []byte
}

// Key implements Keys for the one case.
func (s Single) Key(caseID string, _ bool) ([]byte, error) {
	if caseID != s.CaseID {
		return nil, ErrNoKey
	}
	return s.Secret, nil
}
