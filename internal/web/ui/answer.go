package ui

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"vinhdanh/internal/app"
)

// Render answers with a view of the area: "list" is views/list.html.
func (c *Context) Render(name string, data any) error {
	return c.render(http.StatusOK, name, data, nil)
}

// Fail answers with a view again after something was refused: what was typed, a
// summary of the errors on top, a word beside each field. Errors that are no
// refusal of the input become a page of their own.
func (c *Context) Fail(name string, data any, err error) error {
	e := app.ErrorOf(err)
	switch e.Code {
	case app.CodeInternal, app.CodeNotFound, app.CodeUnauthorised, app.CodeSecondFactor, app.CodeFresh:
		return err
	}
	return c.render(app.HTTPStatus(e.Code), name, data, e)
}

func (c *Context) render(status int, name string, data any, failure *app.Error) error {
	v := c.site.views[c.Area+"/"+name]
	if v == nil {
		return fmt.Errorf("ui: no view %s/%s", c.Area, name)
	}
	var b bytes.Buffer
	if err := v.in(c.Lang).ExecuteTemplate(&b, "layout", c.view(data, failure)); err != nil {
		return fmt.Errorf("ui: view %s/%s: %w", c.Area, name, err)
	}
	c.html(status, b.Bytes())
	return nil
}

// Partial answers with one template of a view, without the layout: "list#rows" is
// the template "rows" of views/list.html.
func (c *Context) Partial(name string, data any) error { return c.partial(name, data, nil) }

// FailPartial is Partial after something was refused. htmx swaps it in like any
// other answer, so its status is 200.
func (c *Context) FailPartial(name string, data any, err error) error {
	return c.partial(name, data, app.ErrorOf(err))
}

func (c *Context) partial(name string, data any, failure *app.Error) error {
	file, part, _ := strings.Cut(name, "#")
	v := c.site.views[c.Area+"/"+file]
	if v == nil {
		return fmt.Errorf("ui: no view %s/%s", c.Area, file)
	}
	var b bytes.Buffer
	if err := v.in(c.Lang).ExecuteTemplate(&b, part, c.view(data, failure)); err != nil {
		return fmt.Errorf("ui: view %s/%s: %w", c.Area, name, err)
	}
	c.html(http.StatusOK, b.Bytes())
	return nil
}

func (c *Context) html(status int, body []byte) {
	c.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.W.WriteHeader(status)
	if c.R.Method != http.MethodHead {
		_, _ = c.W.Write(body) // who asked has gone
	}
}

// Redirect sends the reader to a path of this site (303).
func (c *Context) Redirect(path string) error {
	if c.HTMX() {
		c.W.Header().Set("HX-Redirect", OwnPath(path))
		c.W.WriteHeader(http.StatusOK)
		return nil
	}
	http.Redirect(c.W, c.R, OwnPath(path), http.StatusSeeOther)
	return nil
}

// DoneAt sends the reader on after something was done, and says so there once: key
// is a text key, which takes no argument that could name a person.
func (c *Context) DoneAt(path, key string) error {
	c.setFlash(key)
	return c.Redirect(path)
}

// OwnPath is a path of this site, or the home page where it is anything else: an
// address elsewhere, //host, /\host, a control character.
func OwnPath(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" ||
		!strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t\x00") {
		return "/"
	}
	return path
}

// Download answers with a file to be kept. A file is never run in our origin.
func (c *Context) Download(name, mediaType string, content io.Reader) error {
	return c.file("attachment", name, mediaType, content)
}

// Inline answers with a document of our own making that the browser shows in a
// frame of our page, such as the PDF of a draft.
func (c *Context) Inline(name, mediaType string, content io.Reader) error {
	return c.file("inline", name, mediaType, content)
}

func (c *Context) file(how, name, mediaType string, content io.Reader) error {
	h := c.W.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": name}))
	csp := "sandbox; default-src 'none'; frame-ancestors 'none'"
	if how == "inline" {
		// Chromium's own viewer does not run in a sandbox.
		csp = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
	}
	h.Set("Content-Security-Policy", csp)
	_, err := io.Copy(c.W, content)
	return err
}
