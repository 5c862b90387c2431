package ui

import (
	"fmt"
	"net/url"
	"strings"
)

// Status is a state in a word, a tone and a shape: never by colour alone.
type Status struct{ Text, Tone, Shape string }

// tones give each state its colour and shape; what is not listed is plain.
var tones = map[string]string{
	"draft": "plain", "ready": "here", "answer": "warn", "sent": "here", "waiting": "here", "here": "here", "returned": "warn", "held": "warn", "on_hold": "warn",
	"late": "bad", "due_soon": "warn", "closed": "plain", "archived": "plain", "done": "good", "todo": "plain", "doing": "here", "missing": "bad",
	"met": "good", "not_met": "bad", "needs_person": "warn", "incomplete": "warn",
	"passed": "good", "recognised": "good", "not_passed": "bad", "not_awarded": "bad", "not_proposed": "bad", "deferred": "warn", "lower_award": "warn", "withdrawn": "plain",
	"propose": "good", "not_propose": "bad",
	"convened": "here", "open": "here", "cancelled": "bad", "submitted": "here", "signed": "good", "issued": "good", "numbered": "good",
	"confirmed": "good", "secondary": "warn", "unconfirmed": "warn", "old": "plain", "assumed": "warn",
	"letter_held": "warn", "letter_released": "good", "letter_discarded": "plain", "release_would": "here", "release_done": "good", "release_refused": "bad",
	"ok": "good", "error": "bad", "warning": "warn", "new": "here", "matched": "good", "active": "good", "revoked": "bad", "expired": "plain",
	"accepted": "good", "refused": "bad", "pending": "warn",
}

var shapes = map[string]string{"good": "●", "warn": "▲", "bad": "■", "here": "◆", "plain": "○"}

func statusOf(code, text string) Status {
	tone, ok := tones[code]
	if !ok {
		tone = "plain"
	}
	return Status{Text: text, Tone: tone, Shape: shapes[tone]}
}

// Form is the opening of a form that acts.
type Form struct {
	View   *View
	Action string
	File   bool // carries files
	Attrs  map[string]any
}

// newForm begins a form: {{template "form" (form $ "/path" "file" true "hx-post" "/x")}}.
// Attributes beside file, class and id must begin with hx- or data-.
func newForm(v *View, action string, kv ...any) (Form, error) {
	attrs, err := dict(kv...)
	if err != nil {
		return Form{}, err
	}
	f := Form{View: v, Action: action, Attrs: attrs}
	if _, ok := attrs["file"]; ok {
		f.File = true
		delete(attrs, "file")
	}
	return f, nil
}

// Field is one question of a form.
type Field struct {
	ID, Name, Label, Value, Hint, Error string
	Type                                string // text by default
	Required                            bool
	Options                             []Option
	Chosen                              []string // of checkboxes
	Attrs                               map[string]any
}

// newField makes a field. After a refusal it shows again what was typed.
// kv: hint, type, required, options, error, id, rows, and attributes of the
// element such as autocomplete, maxlength, min, max, inputmode, accept.
func newField(v *View, name, label string, value any, kv ...any) (Field, error) {
	attrs, err := dict(kv...)
	if err != nil {
		return Field{}, err
	}
	f := Field{ID: "f-" + strings.NewReplacer(".", "-", "[", "-", "]", "").Replace(name), Name: name, Label: label, Type: "text", Attrs: attrs}
	switch x := value.(type) {
	case nil:
	case []string:
		f.Chosen = x
	case *string:
		if x != nil {
			f.Value = *x
		}
	default:
		f.Value = fmt.Sprint(value)
	}
	if typed, ok := v.Values[name]; ok && v.Failure != nil {
		f.Value, f.Chosen = typed[0], typed
	}
	f.Error = v.Failure.Of(name)
	f.take(attrs)
	if f.Type == "password" {
		f.Value, f.Chosen = "", nil // a secret is never sent back
	}
	return f, nil
}

// take moves what is not an attribute of the element out of attrs.
func (f *Field) take(attrs map[string]any) {
	for k, v := range attrs {
		switch k {
		case "hint":
			f.Hint = fmt.Sprint(v)
		case "type":
			f.Type = fmt.Sprint(v)
		case "id":
			f.ID = fmt.Sprint(v)
		case "required":
			f.Required, _ = v.(bool)
		case "options":
			f.Options, _ = v.([]Option)
		case "error":
			if f.Error == "" {
				f.Error = fmt.Sprint(v)
			}
		default:
			continue
		}
		delete(attrs, k)
	}
}

// Has tells whether a value is chosen.
func (f Field) Has(value string) bool {
	if f.Value == value {
		return true
	}
	for _, c := range f.Chosen {
		if c == value {
			return true
		}
	}
	return false
}

// Describedby is the ids of the field's hint and error.
func (f Field) Describedby() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID+"-error")
	}
	return strings.Join(ids, " ")
}

// Option is one choice of a select, radios or checkboxes.
type Option struct{ Value, Text, Hint string }

// newOptions makes options of value, text, value, text ….
func newOptions(kv ...string) ([]Option, error) {
	if len(kv)%2 != 0 {
		return nil, fmt.Errorf("options takes pairs")
	}
	var out []Option
	for i := 0; i < len(kv); i += 2 {
		out = append(out, Option{Value: kv[i], Text: kv[i+1]})
	}
	return out, nil
}

// Pager leads to the next and the first page of a list by cursor or offset; its
// links keep the filters.
type Pager struct{ First, Next string }

// newPager makes a pager: param is the query's name of the cursor, next its value
// for the next page or "".
func newPager(v *View, param string, next any) (Pager, error) {
	u, err := url.Parse(v.Path)
	if err != nil {
		return Pager{}, err
	}
	var p Pager
	q := u.Query()
	if q.Get(param) != "" {
		q.Del(param)
		p.First = (&url.URL{Path: u.Path, RawQuery: q.Encode()}).String()
	}
	if n := fmt.Sprint(next); n != "" && n != "0" {
		q.Set(param, n)
		p.Next = (&url.URL{Path: u.Path, RawQuery: q.Encode()}).String()
	}
	return p, nil
}

// Crumb is one step of the way back.
type Crumb struct{ Path, Text string }

// newCrumbs makes crumbs of path, text, path, text ….
func newCrumbs(kv ...string) ([]Crumb, error) {
	if len(kv)%2 != 0 {
		return nil, fmt.Errorf("crumbs takes pairs")
	}
	var out []Crumb
	for i := 0; i < len(kv); i += 2 {
		out = append(out, Crumb{Path: kv[i], Text: kv[i+1]})
	}
	return out, nil
}
