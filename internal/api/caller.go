package api

import (
	"crypto/sha256"
	"net/http"
	"sync"
	"time"

	"vinhdanh/internal/edge"
)

// tokens remembers, by hash, the tokens that were good a moment ago.
type tokens struct {
	mu    sync.Mutex
	good  map[[sha256.Size]byte]time.Time
	swept time.Time
}

func newTokens() *tokens {
	return &tokens{good: map[[sha256.Size]byte]time.Time{}, swept: time.Now()}
}

func tokenHash(r *http.Request) [sha256.Size]byte {
	return sha256.Sum256([]byte(r.Header.Get("Authorization")))
}

func (t *tokens) has(r *http.Request) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, ok := t.good[tokenHash(r)]
	return ok && time.Since(at) < edge.ForgetAfter
}

func (t *tokens) add(r *http.Request) {
	now := time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.swept) > edge.ForgetAfter {
		t.swept = now
		for k, at := range t.good {
			if now.Sub(at) > edge.ForgetAfter {
				delete(t.good, k)
			}
		}
	}
	t.good[tokenHash(r)] = now
}
