package api

import (
	"context"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/google/uuid"
	"github.com/rs/zerolog"
	"golang.org/x/text/language"

	"vinhdanh/internal/app"
)

// call is what is known of a request on its way in.
type call struct {
	id      string
	route   string // pattern of the operation
	session app.Session
	locale  string
	nonce   string // of the act, from the Idempotency-Key
}

type callKey struct{}

func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{}
}

func sessionOf(ctx context.Context) app.Session { return callOf(ctx).session }

func localeOf(ctx context.Context) string { return callOf(ctx).locale }

var requestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// observed gives each request an id and writes one log line for it: no address
// with its query, no body, no name.
func observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		c := &call{id: r.Header.Get("X-Request-Id"), locale: accepted(r)}
		if !requestID.MatchString(c.id) {
			c.id = uuid.NewString()
		}
		log := zerolog.Ctx(r.Context()).With().Str("request", c.id).Logger()
		ctx := log.WithContext(context.WithValue(r.Context(), callKey{}, c))
		rec := &recorder{ResponseWriter: w}
		rec.Header().Set("X-Request-Id", c.id)
		r = r.WithContext(ctx)
		defer func() {
			p := recover()
			if p != nil && p != http.ErrAbortHandler {
				log.Error().Interface("panic", p).Bytes("stack", debug.Stack()).Msg("request panicked")
				if rec.status == 0 {
					writeProblem(rec, r, &app.Error{Code: app.CodeInternal})
				}
			}
			log.Info().Str("method", r.Method).Str("route", c.route).Int("status", rec.status).
				Dur("took", time.Since(begun)).Str("actor", c.session.User).Msg("request")
			if p == http.ErrAbortHandler {
				panic(p) // the server must cut the connection
			}
		}()
		next.ServeHTTP(rec, r)
	})
}

// routed notes the pattern that a mux chose; the innermost one stands.
func routed(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r)
		if c := callOf(r.Context()); c.route == "" {
			c.route = r.Pattern
		}
	})
}

// recorder remembers the status.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController through.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

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

var languages = language.NewMatcher([]language.Tag{language.Vietnamese, language.English})

// accepted is the language that the request asks for, or "" if it does not say.
func accepted(r *http.Request) string {
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(wanted) == 0 {
		return ""
	}
	if _, i, conf := languages.Match(wanted...); conf != language.No {
		return []string{"vi", "en"}[i]
	}
	return ""
}
