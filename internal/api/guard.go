package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/edge"
)

// multipartSlack is what a form adds to its file.
const multipartSlack = 1 << 20

// guarded is everything between the door and an operation.
func (h *handlers) guarded(routes *http.ServeMux) http.Handler {
	users, addresses, failures := edge.NewLimiter(h.options.UserRate), edge.NewLimiter(h.options.AddressRate), edge.NewLimiter(h.options.SignInFailures)
	known := newTokens()
	inner := h.bounded(h.idempotent(edge.Routed(h.known(routes))))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from := edge.Address(r, h.options.Proxies)
		// Wrong tokens of a neighbour behind the same address do not lock out those
		// who are signed in.
		if !addresses.Allow(from) || !failures.May(from) && !known.has(r) {
			writeProblem(w, r, &app.Error{Code: app.CodeTooMany})
			return
		}
		s, err := h.signIn(r)
		if err != nil {
			if r.Header.Get("Authorization") != "" && app.ErrorOf(err).Code == app.CodeUnauthorised {
				failures.Allow(from)
			}
			writeProblem(w, r, err)
			return
		}
		known.add(r)
		c := callOf(r.Context())
		c.session, c.Actor = s, s.User
		if c.Locale == "" {
			c.Locale = s.Locale
		}
		if !users.Allow(s.User) {
			writeProblem(w, r, &app.Error{Code: app.CodeTooMany})
			return
		}
		inner.ServeHTTP(w, r)
	})
}

// signIn reads the bearer token.
func (h *handlers) signIn(r *http.Request) (app.Session, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); !strings.EqualFold(scheme, "bearer") || token == "" {
		return app.Session{}, &app.Error{Code: app.CodeUnauthorised}
	}
	return h.app.SignInByToken(r.Context(), token)
}

// bounded reads the body, up to its limit, and gives the request its time.
func (h *handlers) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limit := h.options.MaxBody
		if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
			limit = h.options.MaxFile + multipartSlack
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			writeProblem(w, r, &app.Error{Code: app.CodeTooLarge})
			return
		}
		if err != nil {
			writeProblem(w, r, &app.Error{Code: app.CodeBadRequest})
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), h.options.Timeout)
		defer cancel()
		r = r.WithContext(ctx)
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// known answers for addresses without an operation, in words.
func (h *handlers) known(routes *http.ServeMux) *http.ServeMux {
	methods := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete}
	routes.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		var allow []string
		for _, m := range methods {
			try := r.Clone(r.Context())
			try.Method = m
			if _, pattern := routes.Handler(try); pattern != "/" {
				allow = append(allow, m)
			}
		}
		if len(allow) == 0 {
			writeProblem(w, r, &app.Error{Code: app.CodeNotFound})
			return
		}
		w.Header().Set("Allow", strings.Join(allow, ", "))
		writeProblem(w, r, &app.Error{Code: app.CodeMethod})
	})
	return routes
}
