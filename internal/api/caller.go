package api

import (
	"crypto/sha256"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// address is where a request comes from: the peer, or what our own proxies say of
// it, read from the nearest one outwards.
func (h *handlers) address(r *http.Request) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	at := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && h.ours(at); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = hop.Unmap()
	}
	return at.String()
}

func (h *handlers) ours(a netip.Addr) bool {
	for _, p := range h.options.Proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

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
	return ok && time.Since(at) < forgetAfter
}

func (t *tokens) add(r *http.Request) {
	now := time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.swept) > forgetAfter {
		t.swept = now
		for k, at := range t.good {
			if now.Sub(at) > forgetAfter {
				delete(t.good, k)
			}
		}
	}
	t.good[tokenHash(r)] = now
}
