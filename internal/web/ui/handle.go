package ui

import (
	"cmp"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"mime"
	"net/http"
	"net/url"

	"github.com/rs/zerolog"

	"vinhdanh/internal/app"
	"vinhdanh/internal/edge"
)

// handle is everything between the door and a handler: headers, rate limits,
// sign-in, language, size and origin of what is sent.
func (s *Site) handle(area string, open bool, h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := s.context(w, r, area)
		s.secure(c)
		if err := s.admit(c, open); err != nil {
			c.fail(err)
			return
		}
		if c.Session.Step != "" && !open && area != "account" {
			c.fail(&app.Error{Code: app.CodeSecondFactor})
			return
		}
		if err := h(c); err != nil {
			c.fail(err)
		}
	})
}

func (s *Site) context(w http.ResponseWriter, r *http.Request, area string) *Context {
	c := &Context{Context: r.Context(), W: w, R: r, App: s.app, Area: area, site: s, nonce: randomText(16)}
	c.Lang = language(c)
	c.flash = c.takeFlash()
	return c
}

func (s *Site) admit(c *Context, open bool) error {
	if !s.froms.Allow(c.Address()) {
		return &app.Error{Code: app.CodeTooMany}
	}
	err := c.signIn()
	if err != nil && !(open && app.ErrorOf(err).Code == app.CodeUnauthorised) {
		return err
	}
	if c.SignedIn() && !s.users.Allow(c.Session.User) {
		return &app.Error{Code: app.CodeTooMany}
	}
	if safe(c.R.Method) {
		return nil
	}
	return c.readForm()
}

// Address is where the request comes from.
func (c *Context) Address() string { return edge.Address(c.R, c.site.options.Proxies) }

func safe(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// readForm reads what was sent, up to its limit, and checks that a page of ours
// sent it.
func (c *Context) readForm() error {
	kind, _, _ := mime.ParseMediaType(c.R.Header.Get("Content-Type"))
	limit := c.site.options.MaxBody
	if kind == "multipart/form-data" {
		limit = c.site.options.MaxFile
	}
	c.R.Body = http.MaxBytesReader(c.W, c.R.Body, limit)
	err := c.R.ParseForm()
	if kind == "multipart/form-data" {
		err = c.R.ParseMultipartForm(c.site.options.MaxFile)
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return &app.Error{Code: app.CodeTooLarge}
	case err != nil:
		return &app.Error{Code: app.CodeBadRequest}
	case !c.resent() && !c.genuine():
		return &app.Error{Code: app.CodeForeign}
	}
	return nil
}

// fail answers with an error: who is not signed in goes to sign in and comes back,
// anybody else reads what is wrong and what to do.
func (c *Context) fail(err error) {
	e := app.ErrorOf(err)
	if c.R.Header.Get("X-Autosave") != "" {
		c.endedJSON(e, c.ended(e))
		return
	}
	if c.ended(e) && c.keep(c.signInAgain()) {
		return
	}
	switch e.Code {
	case app.CodeUnauthorised:
		to := "/sign-in"
		if c.R.Method == http.MethodGet && c.R.URL.Path != "/" {
			to += "?next=" + url.QueryEscape(c.R.URL.RequestURI())
		}
		_ = c.Redirect(to) // writes nothing that can fail
		return
	case app.CodeSecondFactor:
		if c.Session.Step != "" {
			_ = c.unfinished()
			return
		}
	case app.CodeFresh:
		_ = c.freshen()
		return
	case app.CodeInternal:
		zerolog.Ctx(c).Error().Err(err).Msg("page failed")
	case app.CodeUnavailable:
		zerolog.Ctx(c).Warn().Err(err).Msg("page not served")
	}
	c.Area = "ui"
	if err := c.render(app.HTTPStatus(e.Code), "error", app.HTTPStatus(e.Code), e); err != nil {
		zerolog.Ctx(c).Error().Err(err).Msg("the page of errors failed")
		http.Error(c.W, e.Text(c.Lang), http.StatusInternalServerError)
	}
}

// ended tells whether an error says no more than that the page's session is over, or
// another one of the same person by now.
func (c *Context) ended(e *app.Error) bool {
	switch e.Code {
	case app.CodeUnauthorised:
		return true
	case app.CodeSecondFactor:
		return c.Session.Step != ""
	case app.CodeForeign:
		return c.R.PostForm != nil && typedBy(cmp.Or(c.R.Header.Get("X-CSRF"), c.typedBy, c.R.PostFormValue("csrf")), c.Session.User)
	}
	return false
}

// signInAgain is where a session that ended is begun anew, or "" where it was.
func (c *Context) signInAgain() string {
	to := "/sign-in"
	switch {
	case c.SignedIn():
		return ""
	case c.Session.Step != "":
		to = steps[c.Session.Step]
	}
	return to + "?next=%2Fsession%2Fagain"
}

// sorry answers outside of a handler.
func (s *Site) sorry(w http.ResponseWriter, r *http.Request, err error) {
	c := s.context(w, r, "ui")
	s.secure(c)
	c.fail(err)
}

// randomText is n random bytes as text.
func randomText(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}
