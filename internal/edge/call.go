// Package edge is what both doors of the product share, the pages and the JSON API:
// a request's id and its one log line, where it comes from behind our own proxies,
// how much a caller may ask, and which language it wants.
package edge

import (
	"context"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/google/uuid"
	"github.com/rs/zerolog"
	"golang.org/x/text/language"
)

// Call is what is known of a request on its way in.
type Call struct {
	ID     string // X-Request-Id, ours or the caller's
	Route  string // pattern that a mux chose
	Actor  string // opaque id of the signed-in user
	Locale string // vi, en, or "" where the request does not say
}

type callKey struct{}

// CallOf is the call of a request's context; an empty one outside of a request.
func CallOf(ctx context.Context) *Call {
	if c, ok := ctx.Value(callKey{}).(*Call); ok {
		return c
	}
	return &Call{}
}

var requestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// Observed gives each request an id and writes one log line for it: no address
// with its query, no body, no name. What panics is answered by sorry, if nothing
// was sent yet.
func Observed(next http.Handler, sorry http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		c := &Call{ID: r.Header.Get("X-Request-Id"), Locale: Accepted(r)}
		if !requestID.MatchString(c.ID) {
			c.ID = uuid.NewString()
		}
		log := zerolog.Ctx(r.Context()).With().Str("request", c.ID).Logger()
		ctx := log.WithContext(context.WithValue(r.Context(), callKey{}, c))
		rec := &recorder{ResponseWriter: w}
		rec.Header().Set("X-Request-Id", c.ID)
		r = r.WithContext(ctx)
		defer func() {
			p := recover()
			if p != nil && p != http.ErrAbortHandler {
				log.Error().Interface("panic", p).Bytes("stack", debug.Stack()).Msg("request panicked")
				if rec.status == 0 {
					sorry(rec, r)
				}
			}
			log.Info().Str("method", r.Method).Str("route", c.Route).Int("status", rec.status).
				Dur("took", time.Since(begun)).Str("actor", c.Actor).Msg("request")
			if p == http.ErrAbortHandler {
				panic(p) // the server must cut the connection
			}
		}()
		next.ServeHTTP(rec, r)
	})
}

// Routed notes the pattern that a mux chose; the innermost one stands.
func Routed(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r)
		if c := CallOf(r.Context()); c.Route == "" {
			c.Route = r.Pattern
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

var languages = language.NewMatcher([]language.Tag{language.Vietnamese, language.English})

// Accepted is the language that the request asks for, or "" if it does not say.
func Accepted(r *http.Request) string {
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(wanted) == 0 {
		return ""
	}
	if _, i, conf := languages.Match(wanted...); conf != language.No {
		return []string{"vi", "en"}[i]
	}
	return ""
}
