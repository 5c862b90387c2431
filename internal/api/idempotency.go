package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/app"
)

// keyHeader names the header of draft-ietf-httpapi-idempotency-key-header.
const keyHeader = "Idempotency-Key"

var (
	keyForm  = regexp.MustCompile(`^[!-~]{1,200}$`)
	purgedAt atomic.Int64
)

// answer is a response as it is kept for a repetition.
type answer struct {
	Type     string `json:"type"`
	Location string `json:"location,omitempty"`
	Link     string `json:"link,omitempty"`
	Body     []byte `json:"body"`
}

// readOnly are POSTs that change nothing; their answers, which may be long and
// full of names, are not kept. Nor are those about accounts: they hold secrets that
// are shown once; nor those about personal numbers, of which not even a hash of the
// request is kept.
func readOnly(path string) bool {
	for _, p := range []string{"/account/", "/import/", "/admin/import/", "/admin/unit-endings/plan", "/admin/law/simulate", "/admin/text/preview",
		"/ledger/numbers/", "/ledger/import/"} {
		if strings.HasPrefix(path, prefix+p) {
			return true
		}
	}
	return unkept.MatchString(path)
}

// unkept are requests that hold a share of the key of sealed ballots, and those that may
// hold a personal number: a hash of so few digits could be tried out.
var unkept = regexp.MustCompile(`/sessions/[^/]+/(ballot-key|count-sealed)$|/lists/[^/]+/changes$`)

// idempotent does the same POST under the same Idempotency-Key once.
func (h *handlers) idempotent(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get(keyHeader)
		if r.Method != http.MethodPost || key == "" || readOnly(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		if !keyForm.MatchString(key) {
			writeProblem(w, r, invalid(keyHeader, "value", ""))
			return
		}
		hash, err := requestHash(r)
		if err != nil {
			writeProblem(w, r, &app.Error{Code: app.CodeBadRequest})
			return
		}
		s := sessionOf(r.Context())
		stored, err := h.app.ClaimKey(r.Context(), s, key, hash)
		switch {
		case err != nil:
			writeProblem(w, r, err)
		case stored != nil:
			replay(w, r, stored)
		default:
			h.runKeyed(w, r, next, key)
		}
	})
}

// runKeyed runs the request to its end even if the caller hangs up, and keeps the
// answer. An outage gives the key back.
func (h *handlers) runKeyed(w http.ResponseWriter, r *http.Request, next http.Handler, key string) {
	c := callOf(r.Context())
	c.nonce = app.KeyNonce(c.session, key)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), h.options.Timeout)
	defer cancel()
	go h.beat(ctx, c.session, key)
	buf := &buffer{header: w.Header(), status: http.StatusOK}
	finished := false
	defer func() {
		if !finished { // a panic on its way out
			h.note(ctx, h.app.FreeKey(context.WithoutCancel(ctx), c.session, key))
		}
	}()
	r = r.WithContext(ctx)
	next.ServeHTTP(buf, r)
	finished = true
	store := context.WithoutCancel(ctx)
	if buf.status >= 500 || buf.status == http.StatusTooManyRequests {
		h.note(ctx, h.app.FreeKey(store, c.session, key))
	} else {
		kept, err := json.Marshal(answer{
			Type: w.Header().Get("Content-Type"), Location: w.Header().Get("Location"), Body: buf.body.Bytes(),
		})
		if err == nil {
			err = h.app.FinishKey(store, c.session, key, app.Response{Status: buf.status, Body: kept})
		}
		h.note(ctx, err)
	}
	h.purge(store)
	w.WriteHeader(buf.status)
	_, _ = w.Write(buf.body.Bytes()) // the caller has gone: the answer is kept
}

func (h *handlers) note(ctx context.Context, err error) {
	if err != nil {
		zerolog.Ctx(ctx).Warn().Err(err).Msg("idempotency key")
	}
}

// beat keeps the key alive while its request runs.
func (h *handlers) beat(ctx context.Context, s app.Session, key string) {
	tick := time.NewTicker(app.KeyBeat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			h.note(ctx, h.app.BeatKey(ctx, s, key))
		}
	}
}

// purge forgets old keys, once an hour.
func (h *handlers) purge(ctx context.Context) {
	now, last := time.Now().Unix(), purgedAt.Load()
	if now-last < 3600 || !purgedAt.CompareAndSwap(last, now) {
		return
	}
	h.note(ctx, h.app.PurgeKeys(ctx))
}

func replay(w http.ResponseWriter, r *http.Request, stored *app.Response) {
	var kept answer
	if err := json.Unmarshal(stored.Body, &kept); err != nil {
		writeProblem(w, r, fmt.Errorf("api: stored answer: %w", err))
		return
	}
	w.Header().Set("Content-Type", kept.Type)
	if kept.Location != "" {
		w.Header().Set("Location", kept.Location)
	}
	w.Header().Set("Idempotency-Replayed", "true")
	w.WriteHeader(stored.Status)
	_, _ = w.Write(kept.Body) // the caller has gone: it may ask again
}

// requestHash tells requests apart. A form is hashed by its parts, because each
// sending of it draws another boundary.
func requestHash(r *http.Request) (string, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return "", err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	sum := sha256.New()
	part := func(b []byte) { fmt.Fprintf(sum, "%d\n%s\n", len(b), b) }
	part([]byte(r.Method))
	part([]byte(r.URL.RequestURI()))
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		part(body)
		return hex.EncodeToString(sum.Sum(nil)), nil
	}
	form := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		p, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(sum.Sum(nil)), nil
		}
		if err != nil {
			return "", err
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return "", err
		}
		part([]byte(p.FormName()))
		part([]byte(p.FileName()))
		part(content)
	}
}

// buffer holds a response back until it is kept.
type buffer struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

func (b *buffer) Header() http.Header { return b.header }

func (b *buffer) WriteHeader(status int) {
	if !b.wrote {
		b.status, b.wrote = status, true
	}
}

func (b *buffer) Write(p []byte) (int, error) {
	b.wrote = true
	return b.body.Write(p)
}
