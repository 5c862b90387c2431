package api

import (
	"context"
	"net/http"

	"vinhdanh/internal/app"
	"vinhdanh/internal/edge"
)

// call is what the API knows of a request beside what every door knows.
type call struct {
	*edge.Call
	session app.Session
	nonce   string // of the act, from the Idempotency-Key
}

type callKey struct{}

// pinHeader carries the PIN of a signer's key: bodies are kept as digests under an
// Idempotency-Key, and a PIN is short enough to be guessed from one.
const pinHeader = "Signing-PIN"

func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{Call: edge.CallOf(ctx)}
}

func sessionOf(ctx context.Context) app.Session { return callOf(ctx).session }

func localeOf(ctx context.Context) string { return callOf(ctx).Locale }

// observed is a request's log line, and the call that the handlers fill.
func observed(next http.Handler) http.Handler {
	return edge.Observed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{Call: edge.CallOf(r.Context())}
		ctx := context.WithValue(r.Context(), callKey{}, c)
		if pin := r.Header.Get(pinHeader); pin != "" {
			ctx = app.WithPIN(ctx, pin)
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	}), func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, r, &app.Error{Code: app.CodeInternal})
	})
}

// secured sets the headers of an API: nothing is cached, framed, sniffed or run.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Vary", "Authorization, Accept-Language")
		next.ServeHTTP(w, r)
	})
}
