// Package client talks to the API for the command line and for tests: one call,
// one answer, errors as problem documents with their exit code.
//
// A POST carries an Idempotency-Key, so it may be sent again after an outage: the
// server does it once.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Client is a way to one server as one user.
type Client struct {
	URL   string // of the server, without /api/v1
	Token string
	Lang  string       // vi or en
	HTTP  *http.Client // nil: with a timeout of two minutes
	// Tries is how often a request that is safe to repeat is sent while the
	// server is away; zero means 3.
	Tries int
	Pause time.Duration // before the second try, doubled after; zero means 1 s
}

// Request is one call. Path is below /api/v1 and escaped already (see Path).
type Request struct {
	Method string
	Path   string
	Query  url.Values
	Body   any    // JSON
	Form   *Form  // a multipart form, instead of Body
	Key    string // Idempotency-Key; empty: a new one for a POST
	PIN    string // of the caller's signing key, for acts that sign
}

// Form is a file with its fields.
type Form struct {
	Name    string // of the file; empty: no file
	Content []byte
	Fields  map[string]string
}

// Response is a good answer, whole.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Path joins segments, each percent-encoded: ids may hold slashes.
func Path(segments ...string) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(s))
	}
	return b.String()
}

// Do sends a request. An error is a *Problem, or an *Offline when no server
// answered.
func (c *Client) Do(ctx context.Context, r Request) (Response, error) {
	body, kind, err := encode(r)
	if err != nil {
		return Response{}, err
	}
	if r.Key == "" && r.Method == http.MethodPost {
		r.Key = uuid.NewString()
	}
	tries, pause := max(c.Tries, 1), c.Pause
	if c.Tries == 0 {
		tries = 3
	}
	if pause == 0 {
		pause = time.Second
	}
	for {
		resp, err := c.once(ctx, r, body, kind)
		tries--
		if err == nil || tries == 0 || !again(r, err) {
			return resp, err
		}
		select {
		case <-ctx.Done():
			return resp, err
		case <-time.After(pause):
			pause *= 2
		}
	}
}

// again tells whether sending once more is harmless and may help.
func again(r Request, err error) bool {
	return r.Method != http.MethodPut && r.Method != http.MethodDelete && transient(err)
}

func (c *Client) once(ctx context.Context, r Request, body []byte, kind string) (Response, error) {
	address := strings.TrimRight(c.URL, "/") + "/api/v1" + r.Path
	if len(r.Query) > 0 {
		address += "?" + r.Query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, address, bytes.NewReader(body))
	if err != nil {
		return Response{}, fmt.Errorf("client: address %s: %w", c.URL, err)
	}
	req.Header.Set("Authorization", "Bearer "+c.Token)
	req.Header.Set("Accept-Language", c.Lang)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if r.Key != "" {
		req.Header.Set("Idempotency-Key", r.Key)
	}
	if r.PIN != "" {
		req.Header.Set("Signing-PIN", r.PIN)
	}
	h := c.HTTP
	if h == nil {
		h = &http.Client{Timeout: 2 * time.Minute}
	}
	resp, err := h.Do(req)
	if err != nil {
		return Response{}, &Offline{URL: c.URL, Cause: err}
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return Response{}, &Offline{URL: c.URL, Cause: err}
	}
	if resp.StatusCode >= 400 {
		return Response{}, problem(resp, answer)
	}
	return Response{Status: resp.StatusCode, Header: resp.Header, Body: answer}, nil
}

// encode makes the body and its content type.
func encode(r Request) (body []byte, kind string, err error) {
	switch {
	case r.Form != nil:
		return r.Form.encode()
	case r.Body != nil:
		body, err = json.Marshal(r.Body)
		return body, "application/json", err
	}
	return nil, "", nil
}

func (f *Form) encode() ([]byte, string, error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if f.Name != "" {
		part, err := w.CreateFormFile("file", f.Name)
		if err != nil {
			return nil, "", err
		}
		if _, err := part.Write(f.Content); err != nil {
			return nil, "", err
		}
	}
	for k, v := range f.Fields {
		if v == "" {
			continue
		}
		if err := w.WriteField(k, v); err != nil {
			return nil, "", err
		}
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return b.Bytes(), w.FormDataContentType(), nil
}

// Get reads one thing.
func Get[T any](ctx context.Context, c *Client, path string, q url.Values) (T, Response, error) {
	return Send[T](ctx, c, Request{Method: http.MethodGet, Path: path, Query: q})
}

// Send does a request and decodes its answer.
func Send[T any](ctx context.Context, c *Client, r Request) (T, Response, error) {
	var out T
	resp, err := c.Do(ctx, r)
	if err != nil {
		return out, resp, err
	}
	if err := json.Unmarshal(resp.Body, &out); err != nil {
		return out, resp, fmt.Errorf("client: %s answered something else than JSON: %w", c.URL, err)
	}
	return out, resp, nil
}
