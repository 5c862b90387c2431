package ui

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/edge"
)

// View is what a template is executed with.
type View struct {
	Data     any
	Lang     string
	Area     string
	Path     string // where the reader is, with the query
	Session  app.Session
	SignedIn bool
	Nonce    string // of the Content-Security-Policy
	CSRF     string
	Nav      []NavEntry
	Flash    string // what was just done
	Failure  *Failure
	Support  string
	Today    string // business date, ISO
	Request  string // id, to be told to support
	Unread   int    // notices
	Values   map[string][]string
}

// NavEntry is an entry of the main navigation as it is shown.
type NavEntry struct {
	Path, Text string
	Here       bool
}

// Failure is why a form came back.
type Failure struct {
	Title  string
	Fields []FieldFailure
}

// FieldFailure is one wrong field.
type FieldFailure struct{ Field, Text string }

// Of is what is wrong with a field, or "".
func (f *Failure) Of(field string) string {
	if f == nil {
		return ""
	}
	for _, x := range f.Fields {
		if x.Field == field {
			return x.Text
		}
	}
	return ""
}

func (c *Context) view(data any, failure *app.Error) *View {
	v := &View{
		Data: data, Lang: c.Lang, Area: c.Area, Path: c.R.URL.RequestURI(), Session: c.Session, SignedIn: c.SignedIn(),
		Nonce: c.nonce, CSRF: c.token(), Support: c.site.options.Support, Request: edge.CallOf(c).ID,
		Nav: c.navigation(), Failure: c.failure(failure), Values: c.R.Form,
	}
	if c.App.Today != nil {
		v.Today = c.App.Today().String()
	}
	if c.flash != "" {
		v.Flash = c.T(c.flash)
	}
	if c.site.options.Notices != nil && c.SignedIn() {
		v.Unread = c.site.options.Notices(c.R, c.Session)
	}
	return v
}

// failure is an error in the reader's words.
func (c *Context) failure(e *app.Error) *Failure {
	if e == nil {
		return nil
	}
	f := &Failure{Title: e.Text(c.Lang)}
	for _, x := range e.Fields {
		f.Fields = append(f.Fields, FieldFailure{Field: x.Field, Text: x.Text(c.Lang)})
	}
	return f
}
