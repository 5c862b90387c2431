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
		"connect-src 'self'", "frame-src 'self'", "object-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'",
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
// anew each time so that compression tells nothing of it (BREACH), and a mark of who
// the reader is.
func (c *Context) token() string {
	if c.cookie == "" {
		c.cookie = c.browserSecret()
	}
	return tokenOf(c.cookie, c.Session.User)
}

// browserSecret is the cookie that forms before sign-in are guarded by.
func (c *Context) browserSecret() string {
	secret := c.readCookie(cookieForm)
	if secret == "" {
		secret = c.fresh
	}
	if secret == "" {
		secret = randomText(24)
		c.fresh = secret
		c.setCookie(cookieForm, secret, 0)
	}
	return secret
}

// A token is three parts of 32 bytes: a random mask, the cookie's hash under that
// mask, and a hash of mask and reader.
func tokenOf(secret, user string) string {
	out := make([]byte, sha256.Size, 3*sha256.Size)
	_, _ = rand.Read(out) // never fails (crypto/rand)
	for i, b := range formSum(secret) {
		out = append(out, b^out[i])
	}
	out = append(out, whose(out[:sha256.Size], user)...)
	return base64.RawURLEncoding.EncodeToString(out)
}

func readToken(token string) ([]byte, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	return raw, err == nil && len(raw) == 3*sha256.Size
}

// tokenFits tells whether a token was made from that cookie.
func tokenFits(token, secret string) bool {
	raw, ok := readToken(token)
	if !ok || secret == "" {
		return false
	}
	for i := range sha256.Size {
		raw[sha256.Size+i] ^= raw[i]
	}
	return subtle.ConstantTimeCompare(raw[sha256.Size:2*sha256.Size], formSum(secret)) == 1
}

// typedBy tells whether a token stood on a page of that reader.
func typedBy(token, user string) bool {
	raw, ok := readToken(token)
	return ok && user != "" && subtle.ConstantTimeCompare(raw[2*sha256.Size:], whose(raw[:sha256.Size], user)) == 1
}

// genuine tells whether a form carries the token of the cookie it came with. That
// it came from our own origin was asked before (http.CrossOriginProtection).
func (c *Context) genuine() bool {
	given := c.R.Header.Get("X-CSRF")
	if given == "" {
		given = c.R.PostFormValue("csrf")
	}
	return tokenFits(given, c.cookie)
}

func formSum(secret string) []byte { return hashed([]byte(secret), "form") }

func whose(mask []byte, user string) []byte { return hashed(mask, "whose "+user) }

func hashed(key []byte, what string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(what))
	return m.Sum(nil)
}
