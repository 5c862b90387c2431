package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"vinhdanh/internal/postgres"
)

// keyAbandoned is the silence after which a keyed request is taken to have died
// with its process; KeyBeat is how often a living one says so.
const (
	keyAbandoned = 20 * time.Second
	KeyBeat      = 5 * time.Second
	keyKept      = 48 * time.Hour
)

// Response is a stored answer to a keyed request.
type Response struct {
	Status int
	Body   []byte
}

// ClaimKey takes an Idempotency-Key for a request (the hash of what was asked).
// nil means: run it, then FinishKey or FreeKey. Otherwise the first answer is
// returned, or an error: the key belongs to another request, or the first one is
// still running.
func (a *App) ClaimKey(ctx context.Context, s Session, key, request string) (*Response, error) {
	mine, stored, err := a.Store.ClaimKey(ctx, s.User, key, request, keyAbandoned)
	if errors.Is(err, postgres.ErrNotFound) { // given back in between
		return nil, fail(CodeKeyBusy, "the first request has just ended; send it again")
	}
	if err != nil {
		return nil, internal("claim the key", err)
	}
	switch {
	case mine:
		return nil, nil
	case stored.Request != request:
		return nil, &Error{Code: CodeKeyReused, Fields: []FieldError{{Field: "Idempotency-Key", Rule: "unique"}}}
	case stored.Status == 0:
		return nil, fail(CodeKeyBusy, "")
	}
	return &Response{Status: stored.Status, Body: stored.Body}, nil
}

// BeatKey is the sign of life of a running keyed request.
func (a *App) BeatKey(ctx context.Context, s Session, key string) error {
	return a.Store.TouchKey(ctx, s.User, key)
}

// FinishKey stores the answer to a keyed request.
func (a *App) FinishKey(ctx context.Context, s Session, key string, r Response) error {
	return a.Store.FinishKey(ctx, s.User, key, r.Status, r.Body)
}

// FreeKey gives a key back after an outage, so that the same request may be tried again.
func (a *App) FreeKey(ctx context.Context, s Session, key string) error {
	return a.Store.FreeKey(ctx, s.User, key)
}

// PurgeKeys forgets old keys.
func (a *App) PurgeKeys(ctx context.Context) error { return a.Store.PurgeKeys(ctx, keyKept) }

// KeyNonce is the nonce of the act that a user does under an Idempotency-Key. It
// is the same for each repetition, so that the act is one even where the stored
// answer was lost with its process.
func KeyNonce(s Session, key string) string {
	sum := sha256.Sum256([]byte(s.User + "\n" + key))
	return "key-" + hex.EncodeToString(sum[:20])
}
