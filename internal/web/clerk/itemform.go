package clerk

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// plainFields are the fields of an item beside its facts.
var plainFields = []string{"form", "name", "sex", "position", "workplace", "achievement", "period_kind", "period", "note"}

// asked lists the names of the facts that a result tree used or missed.
func asked(n eval.Node, into map[string]bool) map[string]bool {
	for _, f := range n.Facts {
		into[f.Name] = true
	}
	for _, child := range n.Children {
		asked(child, into)
	}
	return into
}

// formReader lays what a form says over the fields of a content. Only what the form
// shows is taken; the rest stays as it is.
type formReader struct {
	c      *ui.Context
	fields map[string]string
	wrong  app.Error
}

// readItem lays what the form says over a content.
func readItem(c *ui.Context, old proposal.ItemContent) (proposal.ItemContent, error) {
	take(c)
	f, err := app.ContentFields(old)
	if err != nil {
		return old, err
	}
	r := formReader{c: c, fields: f, wrong: app.Error{Code: app.CodeInvalid}}
	for _, path := range plainFields {
		if r.shown(path) {
			r.set(path, quoted(c.Field(path)))
		}
	}
	r.number("birth_year")
	for _, x := range factFields {
		r.fact(x)
	}
	for _, l := range rowLists {
		if r.shown("rows." + l.Path) {
			r.rows(l)
		}
	}
	if len(r.wrong.Fields) > 0 {
		return old, &r.wrong
	}
	return app.ContentOf(r.fields)
}

// shown tells whether the form has the field.
func (r *formReader) shown(path string) bool {
	_, ok := r.c.R.Form[path]
	return ok
}

func (r *formReader) set(path, value string) {
	if value == "" {
		delete(r.fields, path)
		return
	}
	r.fields[path] = value
}

func (r *formReader) number(path string) {
	if !r.shown(path) {
		return
	}
	v, ok := digits(r.c.Field(path))
	if !ok {
		r.wrong.Fields = append(r.wrong.Fields, app.FieldError{Field: path, Rule: "value"})
		return
	}
	r.set(path, v)
}

func (r *formReader) fact(x factField) {
	if !r.shown(x.Path) {
		return
	}
	switch v := r.c.Field(x.Path); x.Type {
	case "word":
		r.set(x.Path, quoted(v))
	case "flag":
		r.set(x.Path, map[string]string{"yes": "true", "no": "false"}[v])
	default:
		r.number(x.Path)
	}
}

var notDigits = regexp.MustCompile(`[.,\s]`)

// digits is a whole number as people write it: 1.000.000; "" is none.
func digits(v string) (string, bool) {
	v = notDigits.ReplaceAllString(v, "")
	if v == "" {
		return "", true
	}
	n, err := strconv.ParseInt(v, 10, 64)
	return strconv.FormatInt(n, 10), err == nil && n >= 0
}

func quoted(v string) string {
	if v == "" {
		return ""
	}
	raw, _ := json.Marshal(v) // a string always encodes
	return string(raw)
}

// period reads "2021-2022" as a school year and "2022" as a calendar year.
func period(label string) map[string]string {
	kind := "calendar"
	if strings.ContainsAny(label, "-–") {
		kind = "school"
	}
	return map[string]string{"kind": kind, "label": label}
}

// stripped takes the name of the content from the fields of an error, as the form
// names them.
func stripped(err error) error {
	e := app.ErrorOf(err)
	for i := range e.Fields {
		e.Fields[i].Field = strings.TrimPrefix(e.Fields[i].Field, "content.")
	}
	if e.Code == app.CodeInternal {
		return err
	}
	return e
}
