package ui

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"vinhdanh/internal/app"
)

// What somebody typed outlives their session. Nothing of it is kept by the server:
// the answer to a form whose session has ended is a page that holds its fields, and
// a button that sends them again. The reader signs in in another window, comes back
// and presses it. Two things are asked of that second sending: the form token of
// this browser (the cookie that also guards the forms before sign-in, since the
// session's own is new by then), and a mark of whose page the fields come from, so
// that nobody sends in their own name what another one typed. Files, passwords and
// personal numbers (fields named by "unkept") are not kept.

const (
	fieldTypedBy = "typed_by" // the token of the page that the fields were typed on
	fieldUnkept  = "unkept"   // names of fields that are never sent back
)

// kept is what the page of an ended session holds.
type kept struct {
	Action    string
	SignIn    string // where to sign in; "" where the reader is signed in again
	Multipart bool   // files, if there were any, must be chosen again
	TypedBy   string
	Token     string
	Fields    []keptField
	Words     []string // what looks like sentences, to be read again
}

type keptField struct{ Name, Value string }

// keep answers a form that was sent after its session had ended, and tells whether
// it did: not where nothing can be lost, and not for a form from elsewhere.
func (c *Context) keep(signIn string) bool {
	if safe(c.R.Method) || c.HTMX() || c.Area == "account" || c.Area == "oidc" || !c.sameOrigin() {
		return false
	}
	fields, err := c.typed()
	if err != nil || len(fields) == 0 {
		return false
	}
	k := kept{Action: c.R.URL.RequestURI(), SignIn: signIn, TypedBy: c.typedBy}
	if k.TypedBy == "" {
		k.TypedBy = first(fields[fieldTypedBy], fields["csrf"])
	}
	if k.TypedBy == "" || (c.Session.User != "" && !typedBy(k.TypedBy, c.Session.User)) {
		return false
	}
	kind, _, _ := mime.ParseMediaType(c.R.Header.Get("Content-Type"))
	k.Multipart = kind == "multipart/form-data"
	k.fill(fields)
	c.showKept(k)
	return true
}

// fill takes over what may be sent back.
func (k *kept) fill(fields url.Values) {
	unkept := append([]string{"csrf", fieldTypedBy, fieldUnkept}, fields[fieldUnkept]...)
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if slices.Contains(unkept, name) {
			continue
		}
		for _, v := range fields[name] {
			k.Fields = append(k.Fields, keptField{name, v})
			if strings.ContainsAny(strings.TrimSpace(v), " \n") {
				k.Words = append(k.Words, strings.ReplaceAll(v, "\r\n", "\n"))
			}
		}
	}
}

func (c *Context) showKept(k kept) {
	status := http.StatusUnauthorized
	if c.SignedIn() {
		status = http.StatusForbidden
	}
	k.Token = tokenOf(c.browserSecret(), "")
	c.Area = "ui"
	if err := c.render(status, "kept", k, nil); err != nil {
		c.fail(err)
	}
}

// typed are the fields that were sent; files are passed over and not held.
func (c *Context) typed() (url.Values, error) {
	switch {
	case c.R.MultipartForm != nil:
		return c.R.MultipartForm.Value, nil
	case c.R.PostForm != nil:
		return c.R.PostForm, nil
	}
	kind, _, _ := mime.ParseMediaType(c.R.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		c.R.Body = http.MaxBytesReader(c.W, c.R.Body, c.site.options.MaxBody)
		err := c.R.ParseForm()
		return c.R.PostForm, err
	}
	c.R.Body = http.MaxBytesReader(c.W, c.R.Body, c.site.options.MaxFile)
	parts, err := c.R.MultipartReader()
	if err != nil {
		return nil, err
	}
	fields, left := url.Values{}, c.site.options.MaxBody
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return fields, nil
		}
		if err != nil {
			return nil, err
		}
		if part.FileName() != "" {
			continue
		}
		v, err := io.ReadAll(io.LimitReader(part, left+1))
		if left -= int64(len(v)); err != nil || left < 0 {
			return nil, &app.Error{Code: app.CodeTooLarge}
		}
		fields.Add(part.FormName(), string(v))
	}
}

// resent tells whether a form comes from the page of an ended session, in the name
// of who typed it. The mark is taken out, so that no handler sees it.
func (c *Context) resent() bool {
	c.typedBy = c.R.PostFormValue(fieldTypedBy)
	for _, form := range []url.Values{c.R.Form, c.R.PostForm} {
		form.Del(fieldTypedBy)
		form.Del(fieldUnkept)
	}
	if c.R.MultipartForm != nil {
		delete(c.R.MultipartForm.Value, fieldTypedBy)
		delete(c.R.MultipartForm.Value, fieldUnkept)
	}
	secret := c.readCookie(cookieForm)
	return c.typedBy != "" && c.sameOrigin() && tokenFits(c.R.PostFormValue("csrf"), secret) && typedBy(c.typedBy, c.Session.User)
}

// sameOrigin tells whether the browser says that our own page sent this. That no
// other's did was asked before; here a browser that says nothing is not believed.
func (c *Context) sameOrigin() bool {
	if site := c.R.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin"
	}
	u, err := url.Parse(c.R.Header.Get("Origin"))
	return err == nil && u.Host != "" && u.Host == c.R.Host
}

// endedJSON answers a script whose request needs a session: {error, sign_in}.
func (c *Context) endedJSON(e *app.Error, signIn bool) {
	text := e.Text(c.Lang)
	if signIn {
		text = c.T("ui.ended")
	}
	c.json(app.HTTPStatus(e.Code), map[string]any{"error": text, "sign_in": signIn})
}

func (c *Context) json(status int, body any) {
	c.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	c.W.WriteHeader(status)
	_ = json.NewEncoder(c.W).Encode(body) // who asked has gone
}

// sessionState tells a page's script whether its session lasts, and gives it a fresh
// form token where the same person has signed in again.
func sessionState(c *Context) error {
	switch {
	case !c.SignedIn():
		c.endedJSON(&app.Error{Code: app.CodeUnauthorised}, true)
	case !typedBy(c.R.Header.Get("X-CSRF"), c.Session.User):
		c.json(http.StatusForbidden, map[string]any{"error": c.T("ui.ended.other"), "sign_in": false, "other": true})
	default:
		c.json(http.StatusOK, map[string]any{"csrf": c.token()})
	}
	return nil
}

// signedInAgain is where signing in in another window ends.
func signedInAgain(c *Context) error { return c.Render("again", nil) }

func first(lists ...[]string) string {
	for _, l := range lists {
		if len(l) > 0 && l[0] != "" {
			return l[0]
		}
	}
	return ""
}
