package ui

import (
	"context"
	"net/http"

	"vinhdanh/internal/app"
	"vinhdanh/internal/law"
)

// Context is one request of a page, and how it is answered. It is a
// context.Context, to be passed on to the application.
type Context struct {
	context.Context
	W       http.ResponseWriter
	R       *http.Request
	App     *app.App
	Session app.Session
	Lang    string // vi or en
	Area    string

	site   *Site
	nonce  string // of the Content-Security-Policy
	cookie string // secret that the form token is made from
	flash  string

	fresh   string // form cookie that this answer sets
	typedBy string // mark of a form that is sent again after its session ended
}

// SignedIn tells whether somebody is, with everything shown that their role asks for.
func (c *Context) SignedIn() bool { return c.Session.User != "" && c.Session.Step == "" }

// T is a text of the catalogue in the reader's language; arguments fill {0}, {1} ….
func (c *Context) T(key string, args ...any) string { return c.site.texts.say(c.Lang, key, args...) }

// Regime is a regime in words, by its id: "R3", "R3 (đến 04/08/2025)".
func (c *Context) Regime(id string) string { return pick(c.Lang, law.RegimeName(id)) }

// Path is a wildcard of the route's pattern.
func (c *Context) Path(name string) string { return c.R.PathValue(name) }

// HTMX tells whether a part of a page is asked for.
func (c *Context) HTMX() bool { return c.R.Header.Get("HX-Request") == "true" }

// Support is whom to ask.
func (c *Context) Support() string { return c.site.options.Support }

// Development tells whether pages for developers are shown.
func (c *Context) Development() bool { return c.site.options.Development }
