package web_test

import (
	"bytes"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/edge"
	"vinhdanh/internal/web"
	"vinhdanh/internal/web/ui"
	"vinhdanh/internal/web/webtest"
)

var wildcard = regexp.MustCompile(`\{[^}]*\}`)

// concrete is a route's pattern as a method and an address that is well formed and
// finds nothing.
func concrete(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.ReplaceAll(path, "{$}", "")
	return method, wildcard.ReplaceAllString(path, "00000000-0000-0000-0000-000000000000")
}

// everyRoute calls f with every route of the site.
func everyRoute(t *testing.T, w *webtest.World, f func(method, path string)) {
	t.Helper()
	patterns := w.Site.Patterns()
	require.Greater(t, len(patterns), 2)
	for _, p := range patterns {
		f(concrete(p))
	}
}

func request(t *testing.T, w *webtest.World, method, path, body string, header map[string]string) *http.Request {
	t.Helper()
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	req, err := http.NewRequest(method, w.Server.URL+path, r)
	require.NoError(t, err)
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	return req
}

// Every answer of every route, to strangers and to the signed-in, carries the headers.
func TestASVS_3_4_1_to_3_4_6_and_14_3_2_Headers(t *testing.T) {
	t.Parallel()
	w := webtest.With(t, web.Options{PublicURL: "https://vinhdanh.example", UserRate: fast, AddressRate: fast})
	for _, login := range []string{"", "pgd-clerk", "hg-auditor"} {
		v := w.As(t, login)
		everyRoute(t, w, func(method, path string) {
			res := v.Do(request(t, w, method, path, "", nil))
			where := method + " " + path
			h := res.Header
			csp := h.Get("Content-Security-Policy")
			assert.Contains(t, csp, "default-src 'none'", where)
			assert.NotContains(t, csp, "unsafe-eval", where)
			if strings.HasPrefix(h.Get("Content-Type"), "text/html") {
				assert.Regexp(t, `script-src 'nonce-[A-Za-z0-9_-]{20,}'`, csp, where)
				assert.NotContains(t, csp, "unsafe-inline", where)
				assert.Contains(t, csp, "frame-ancestors 'none'", where)
				assert.Contains(t, csp, "base-uri 'none'", where)
			}
			assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), where)
			assert.Equal(t, "same-origin", h.Get("Referrer-Policy"), where)
			assert.Contains(t, h.Get("Strict-Transport-Security"), "max-age=63072000", where)
			assert.Equal(t, "no-store", h.Get("Cache-Control"), where) // 14.3.2
			assert.Empty(t, h.Get("Access-Control-Allow-Origin"), where)
			assert.Empty(t, h.Get("Server"), where)
			assert.NotEqual(t, http.StatusInternalServerError, res.StatusCode, where)
		})
	}
}

var fast = edge.Rate{PerSecond: 1e6, Burst: 1e6}

// A nonce is new for each answer.
func TestASVS_3_4_3_NonceIsFresh(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	require.NotEqual(t, v.Get("/").Header.Get("Content-Security-Policy"), v.Get("/").Header.Get("Content-Security-Policy"))
}

// Every cookie is bound to the host, to TLS, and out of reach of scripts.
func TestASVS_3_3_2_to_3_3_4_Cookies(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	page := v.Get("/")
	res := v.Do(request(t, w, http.MethodPost, "/language", url.Values{"csrf": {page.Value("csrf")}, "lang": {"en"}, "back": {"/"}}.Encode(), nil))
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.NotEmpty(t, res.Header.Values("Set-Cookie"))
	for _, c := range res.Header.Values("Set-Cookie") {
		assert.True(t, strings.HasPrefix(c, "__Host-"), c)
		for _, want := range []string{"; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
			assert.Contains(t, c, want)
		}
		assert.NotContains(t, c, "Domain=")
	}
}

// What is not sent by a page of ours changes nothing: no token, another person's
// token, another site, another site that a browser of old does not name.
func TestASVS_3_5_1_to_3_5_3_ForeignForms(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	mine, other := w.As(t, "pgd-clerk"), w.As(t, "vt-clerk")
	good, foreign := mine.Get("/").Value("csrf"), other.Get("/").Value("csrf")
	require.NotEmpty(t, good)
	tries := 0
	everyRoute(t, w, func(method, path string) {
		if method == http.MethodGet {
			return
		}
		for name, c := range map[string]struct {
			token  string
			header map[string]string
		}{
			"no token":           {"", nil},
			"another's token":    {foreign, nil},
			"half a token":       {good[:40], nil},
			"another site":       {good, map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}},
			"a sibling site":     {good, map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "https://other.vinhdanh.example"}},
			"an old browser":     {good, map[string]string{"Origin": "https://evil.example"}},
			"a sandboxed frame":  {good, map[string]string{"Origin": "null"}},
			"a token in the URL": {"", nil},
		} {
			tries++
			to := path
			if name == "a token in the URL" {
				to += "?csrf=" + url.QueryEscape(good)
			}
			res := mine.Do(request(t, w, method, to, url.Values{"csrf": {c.token}, "x": {"y"}}.Encode(), c.header))
			assert.Equal(t, http.StatusForbidden, res.StatusCode, "%s %s: %s", method, path, name)
		}
	})
	require.NotZero(t, tries)
}

// No redirect leaves the site (ASVS 3.7.2).
func TestASVS_3_7_2_OpenRedirects(t *testing.T) {
	t.Parallel()
	for _, away := range []string{
		"https://evil.example", "//evil.example", `/\evil.example`, `\\evil.example`, "http:evil.example", "javascript:alert(1)",
		"/\tevil", "/ok\r\nX: y", "evil.example", "", "/\x00", "https:/evil.example", "///evil.example", "data:text/html,x", "@evil.example",
	} {
		require.Equal(t, "/", ui.OwnPath(away), "%q", away)
	}
	for _, own := range []string{"/", "/submissions?state=draft", "/proposals/1#items", "/search?q=a%20b"} {
		require.Equal(t, own, ui.OwnPath(own))
	}
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	res := v.Do(request(t, w, http.MethodPost, "/language", url.Values{"csrf": {v.Get("/").Value("csrf")}, "back": {"//evil.example"}}.Encode(), nil))
	require.Equal(t, "/", res.Header.Get("Location"))
}

// Pages are for the signed-in; a stranger is led to sign in and learns nothing.
func TestStrangersSignInFirst(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	res := w.As(t, "").Do(request(t, w, http.MethodGet, "/", "", nil))
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Equal(t, "/sign-in", res.Header.Get("Location"))
}

// TRACE is refused, folders are not listed, what is not there says so (13.4).
func TestASVS_13_4_2_to_13_4_5_NothingExtra(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	require.NotEqual(t, http.StatusOK, v.Do(request(t, w, http.MethodTrace, "/", "", nil)).StatusCode)
	for _, path := range []string{"/assets/", "/assets/x/site.css", "/static/", "/.git/config", "/debug/pprof/", "/metrics", "/views/_layout.html"} {
		require.Equal(t, http.StatusNotFound, v.Do(request(t, w, http.MethodGet, path, "", nil)).StatusCode, path)
	}
}

// Too many requests of one person are refused in words.
func TestASVS_2_4_1_Rates(t *testing.T) {
	t.Parallel()
	w := webtest.With(t, web.Options{UserRate: edge.Rate{PerSecond: 0.001, Burst: 3}})
	v := w.As(t, "pgd-clerk")
	for range 3 {
		require.Equal(t, http.StatusOK, v.Get("/").Status)
	}
	p := v.Get("/")
	require.Equal(t, http.StatusTooManyRequests, p.Status)
	require.NotEmpty(t, p.Text())
}

// A body beyond the limit is refused, not read.
func TestASVS_2_4_BodyLimit(t *testing.T) {
	t.Parallel()
	w := webtest.With(t, web.Options{MaxBody: 1000, UserRate: fast, AddressRate: fast})
	v := w.As(t, "pgd-clerk")
	body := url.Values{"csrf": {v.Get("/").Value("csrf")}, "back": {strings.Repeat("x", 2000)}}.Encode()
	res := v.Do(request(t, w, http.MethodPost, "/language", body, nil))
	require.Equal(t, http.StatusRequestEntityTooLarge, res.StatusCode)
}

// No view and no style sheet asks for anything inline or elsewhere.
func TestNothingInlineNothingForeign(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	for _, login := range []string{"pgd-clerk", "hg-admin", "hg-auditor"} {
		p := w.As(t, login).Get("/")
		for _, bad := range []string{" style=", " onclick=", " onchange=", " onsubmit=", "javascript:", "<style"} {
			require.False(t, bytes.Contains([]byte(p.Body), []byte(bad)), "%s: %s", login, bad)
		}
		require.NotRegexp(t, `(?:src|href|action)="(?:https?:)?//`, p.Body)
	}
}

// Nothing of the business is kept in the browser: no script of ours uses its storage.
func TestASVS_14_3_3_NothingIsKeptInTheBrowser(t *testing.T) {
	t.Parallel()
	seen := 0
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".js" || strings.Contains(path, "htmx") || strings.Contains(path, "axe") {
			return err
		}
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		seen++
		// A preference, on or off, is nothing of the business.
		raw = regexp.MustCompile(`localStorage\.(getItem\(key\) !== "off"|setItem\(key, on \? "on" : "off"\))`).ReplaceAll(raw, nil)
		for _, store := range []string{"localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches."} {
			assert.NotContains(t, string(raw), store, path)
		}
		return nil
	}))
	require.NotZero(t, seen)
	page := webtest.New(t).As(t, "pgd-clerk").Get("/")
	assert.Contains(t, page.Body, `"historyCacheSize":0`, "htmx keeps no pages")
}
