package ui

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"
)

// secure sets the headers of every page (ASVS 5.0, 3.4): only our own scripts with
// this page's nonce, only our own styles, nothing framed by others, nothing kept.
func (s *Site) secure(c *Context) {
	h := c.W.Header()
	h.Set("Content-Security-Policy", strings.Join([]string{
		"default-src 'none'", "script-src 'nonce-" + c.nonce + "'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
		"connect-src 'self'", "frame-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'",
	}, "; "))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-store")
	if strings.HasPrefix(s.options.PublicURL, "https://") {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

// Names of our cookies. __Host- binds them to this host and to TLS; browsers treat
// loopback as secure, so a trial on one's own machine works as well.
const (
	cookieSession = "__Host-session"
	cookieForm    = "__Host-form" // for forms before sign-in
	cookieFlash   = "__Host-flash"
	cookieLang    = "__Host-lang"
)

func (c *Context) setCookie(name, value string, maxAge int) {
	http.SetCookie(c.W, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: maxAge, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (c *Context) readCookie(name string) string {
	k, err := c.R.Cookie(name)
	if err != nil {
		return ""
	}
	return k.Value
}

// token is what a form must send back: a hash of the reader's own cookie, masked
// anew each time so that compression tells nothing of it (BREACH).
func (c *Context) token() string {
	sum := c.formSum()
	mask := make([]byte, len(sum))
	_, _ = rand.Read(mask) // never fails (crypto/rand)
	out := make([]byte, 0, 2*len(sum))
	out = append(out, mask...)
	for i := range sum {
		out = append(out, sum[i]^mask[i])
	}
	return base64.RawURLEncoding.EncodeToString(out)
}

// genuine tells whether a form carries the token of the cookie it came with. That
// it came from our own origin was asked before (http.CrossOriginProtection).
func (c *Context) genuine() bool {
	given := c.R.Header.Get("X-CSRF")
	if given == "" {
		given = c.R.PostFormValue("csrf")
	}
	raw, err := base64.RawURLEncoding.DecodeString(given)
	if err != nil || len(raw) != 2*sha256.Size || c.cookie == "" {
		return false
	}
	for i := range sha256.Size {
		raw[sha256.Size+i] ^= raw[i]
	}
	return subtle.ConstantTimeCompare(raw[sha256.Size:], c.formSum()) == 1
}

func (c *Context) formSum() []byte {
	if c.cookie == "" {
		c.cookie = randomText(24)
		c.setCookie(cookieForm, c.cookie, 0)
	}
	m := hmac.New(sha256.New, []byte(c.cookie))
	m.Write([]byte("form"))
	return m.Sum(nil)
}
