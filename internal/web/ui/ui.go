// Package ui is the kit that every page is built with: layout, components, texts in
// two languages, forms and their errors, sign-in, security headers, assets.
//
// The model: the site is a list of areas. An Area brings its views (html/template),
// its words (text.yaml) and its routes; package web puts the areas together. A
// handler gets a Context and answers with one of its verbs:
//
//	func list(c *ui.Context) error {
//		rows, err := c.App.Submissions(c, c.Session, 50, 0)
//		if err != nil {
//			return err // becomes a page in words, with the right status
//		}
//		return c.Render("list", rows) // views/list.html of the same area
//	}
//
// A view defines "title" and "main"; what it is executed with is a View, whose
// .Data is what the handler gave. In views:
//
//	{{t "ui.saved" "10:42"}}                a text; more arguments fill {0}, {1} …
//	{{date .Data.Day}} {{money 3130000}}    as Vietnamese offices write them
//	{{template "form" (form $ "/path")}} … {{template "form-end" .}}
//	{{template "input" (input $ "number" (t "ui.reason") .Data.Number "required" true)}}
//	{{template "status" (status "late")}}
//
// A POST ends in a redirect (DoneAt), so that the back button repeats nothing; a form
// that acts carries a nonce, so that sending it twice acts once. Refused, it comes
// back through Fail with all that was typed, a summary of the errors on top and a
// word beside each field. Everything works without JavaScript; htmx and app.js add
// comfort. Nothing inline: the Content-Security-Policy allows no inline script and
// no inline style.
package ui

import (
	"io/fs"
	"net/http"
	"net/netip"

	"vinhdanh/internal/app"
	"vinhdanh/internal/edge"
	"vinhdanh/internal/proposal"
)

// Area is a part of the site with its own views, words and routes.
type Area struct {
	Name   string // the first part of its text keys, and its folder
	Views  fs.FS  // holds views/*.html; files that begin with _ are parts for the others
	Text   []byte // text.yaml: key: {vi: …, en: …}
	Static fs.FS  // optional: static/*.css join the style sheet, static/*.js are served by Asset
	Nav    []Nav  // entries of the main navigation
	Routes func(*Mux)
}

// Nav is an entry of the main navigation. It is shown to whoever holds one of the
// roles, or to everybody signed in where none is named.
type Nav struct {
	Path  string
	Key   string // text key
	Roles []proposal.Role
	Order int
}

// Options bound what the pages take. Zero values mean the defaults.
type Options struct {
	MaxBody     int64          // bytes of a form; default 4 MB
	MaxFile     int64          // bytes of a form with files; default 30 MB
	UserRate    edge.Rate      // of a signed-in person; default 30 a second, 200 at once
	AddressRate edge.Rate      // of an address; default 150 a second, 600 at once
	Proxies     []netip.Prefix // our own reverse proxies, whose X-Forwarded-For is believed
	Support     string         // whom to ask: a mail address or a telephone number
	PublicURL   string         // how people reach the site; HSTS is set where it is https
	Development bool           // the style guide is shown
	// Notices counts what a person has not read yet, for the bell of the layout.
	Notices func(r *http.Request, s app.Session) int
}

func (o Options) withDefaults() Options {
	if o.MaxBody == 0 {
		o.MaxBody = 4 << 20
	}
	if o.MaxFile == 0 {
		o.MaxFile = 30 << 20
	}
	if o.UserRate == (edge.Rate{}) {
		o.UserRate = edge.Rate{PerSecond: 30, Burst: 200}
	}
	if o.AddressRate == (edge.Rate{}) {
		o.AddressRate = edge.Rate{PerSecond: 150, Burst: 600}
	}
	return o
}
