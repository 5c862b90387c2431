package webtest

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// Visitor is one person at a browser without scripts.
type Visitor struct {
	t       testing.TB
	base    string
	cookies map[string]string
	client  *http.Client
}

// Visit is a visitor of a site with cookies of its own.
func Visit(t testing.TB, base string, cookies ...*http.Cookie) *Visitor {
	v := &Visitor{t: t, base: base, cookies: map[string]string{}, client: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	for _, c := range cookies {
		v.cookies[c.Name] = c.Value
	}
	return v
}

// As is a visitor signed in as a sample person; "" is a stranger.
func (w *World) As(t testing.TB, login string) *Visitor {
	t.Helper()
	if login == "" {
		return Visit(t, w.Server.URL)
	}
	return Visit(t, w.Server.URL, w.Cookie(t, login))
}

// English turns the visitor's pages to English.
func (v *Visitor) English() *Visitor { v.cookies["__Host-lang"] = "en"; return v }

// Forget drops a cookie, as the end of a session does.
func (v *Visitor) Forget(name string) { delete(v.cookies, name) }

// Take puts a cookie into the visitor's jar.
func (v *Visitor) Take(c *http.Cookie) { v.cookies[c.Name] = c.Value }

// Vietnamese turns the visitor's pages to Vietnamese, whatever they prefer.
func (v *Visitor) Vietnamese() *Visitor { v.cookies["__Host-lang"] = "vi"; return v }

// Page is what came back.
type Page struct {
	t       testing.TB
	Status  int
	Header  http.Header
	Path    string // where the redirects ended
	Body    string
	Doc     *html.Node
	visitor *Visitor
}

// Get opens an address, following redirects.
func (v *Visitor) Get(path string) *Page {
	v.t.Helper()
	return v.do(http.MethodGet, path, nil, "")
}

// Post sends a form as it is, following the redirect after it.
func (v *Visitor) Post(path string, form url.Values) *Page {
	v.t.Helper()
	return v.do(http.MethodPost, path, strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
}

// Do is one request without following redirects, for tests of headers.
func (v *Visitor) Do(r *http.Request) *http.Response {
	v.t.Helper()
	for k, c := range v.cookies {
		r.AddCookie(&http.Cookie{Name: k, Value: c})
	}
	res, err := v.client.Do(r)
	require.NoError(v.t, err)
	v.t.Cleanup(func() { _ = res.Body.Close() })
	for _, c := range res.Cookies() {
		if c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		} else {
			v.cookies[c.Name] = c.Value
		}
	}
	return res
}

func (v *Visitor) do(method, path string, body io.Reader, kind string) *Page {
	v.t.Helper()
	for range 5 {
		r, err := http.NewRequest(method, v.base+path, body)
		require.NoError(v.t, err)
		if kind != "" {
			r.Header.Set("Content-Type", kind)
			r.Header.Set("Origin", v.base)
			r.Header.Set("Sec-Fetch-Site", "same-origin")
		}
		res := v.Do(r)
		if to := res.Header.Get("Location"); res.StatusCode == http.StatusSeeOther {
			method, path, body, kind = http.MethodGet, to, nil, ""
			continue
		}
		raw, err := io.ReadAll(res.Body)
		require.NoError(v.t, err)
		p := &Page{t: v.t, Status: res.StatusCode, Header: res.Header, Path: path, Body: string(raw), visitor: v}
		if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			p.Doc, err = html.Parse(bytes.NewReader(raw))
			require.NoError(v.t, err)
		}
		return p
	}
	require.Fail(v.t, "the redirects do not end", path)
	return nil
}

// File is a file to send with a form.
type File struct {
	Field, Name string
	Content     []byte
}

// Submit fills in the page's form whose action is given and sends it: its hidden
// and preset fields go along, values replaces or adds, files are attached.
func (p *Page) Submit(action string, values url.Values, files ...File) *Page {
	p.t.Helper()
	form := p.Form(action)
	require.NotNil(p.t, form, "no form with action %s on %s:\n%s", action, p.Path, p.Text())
	fields := preset(form)
	for k, v := range values {
		fields[k] = v
	}
	if len(files) == 0 && attr(form, "enctype") != "multipart/form-data" {
		return p.visitor.Post(action, fields)
	}
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for k, vs := range fields {
		for _, v := range vs {
			require.NoError(p.t, m.WriteField(k, v))
		}
	}
	for _, f := range files {
		part, err := m.CreateFormFile(f.Field, f.Name)
		require.NoError(p.t, err)
		_, err = part.Write(f.Content)
		require.NoError(p.t, err)
	}
	require.NoError(p.t, m.Close())
	return p.visitor.do(http.MethodPost, action, &b, m.FormDataContentType())
}
