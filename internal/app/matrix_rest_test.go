package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/tabular"
)

// filler makes arguments that pass the checks of form, so that a function comes as far as its permission.
type filler struct {
	id, unit, ref string
	files         bool          // a bare text is the form of a file
	written       *bytes.Buffer // by functions that write what they answer
}

func (f filler) value(v reflect.Value, name, rules string) {
	switch v.Kind() {
	case reflect.String:
		if v.SetString(f.text(name, rules)); v.Type() == reflect.TypeFor[tabular.Format]() || name == "" && f.files {
			v.SetString("xlsx")
		}
	case reflect.Int, reflect.Int64:
		v.SetInt(max(1, atLeast(rules, "min=")))
	case reflect.Interface:
		for _, stream := range []any{f.written, strings.NewReader("%PDF-1.7 mẫu")} {
			if reflect.TypeOf(stream).Implements(v.Type()) && v.IsNil() {
				v.Set(reflect.ValueOf(stream))
			}
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.value(v.Elem(), name, rules)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte("%PDF-1.7 mẫu"))
			return
		}
		_, inner, _ := strings.Cut(rules, "dive")
		for range max(1, atLeast(strings.TrimSuffix(rules, inner), "min=")) {
			one := reflect.New(v.Type().Elem()).Elem()
			f.value(one, name, inner)
			v.Set(reflect.Append(v, one))
			f.id = uuid.NewString()
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2023, 11, 20, 3, 0, 0, 0, time.UTC)))
			return
		}
		for i := range v.NumField() {
			// What may be left out is: a question asked as widely as can be.
			if t := v.Type().Field(i); t.IsExported() && (t.Anonymous || t.Name == "Reason" || !strings.Contains(t.Tag.Get("json"), "omitempty") || strings.Contains(t.Tag.Get("validate"), "required")) {
				f.value(v.Field(i), t.Name, t.Tag.Get("validate"))
			}
		}
	}
}

func (f filler) text(name, rules string) string {
	name = strings.ToLower(name)
	for _, rule := range strings.Split(rules, ",") {
		if list, ok := strings.CutPrefix(rule, "oneof="); ok {
			return strings.Trim(strings.Fields(list)[0], "'")
		}
		if layout, ok := strings.CutPrefix(rule, "datetime="); ok {
			return time.Date(2023, 11, 20, 3, 0, 0, 0, time.UTC).Format(layout)
		}
	}
	switch {
	case strings.Contains(rules, "hexadecimal") || strings.Contains(rules, "len=64"):
		return strings.Repeat("a", 64)
	case strings.HasSuffix(name, "unit"):
		return f.unit
	case name == "proposal" || name == "id" || strings.Contains(rules, "uuid") || name == "":
		return f.id
	}
	return f.ref
}

func atLeast(rules, of string) (n int64) {
	if _, rest, ok := strings.Cut(","+rules, ","+of); ok {
		_, _ = fmt.Sscan(rest, &n)
	}
	return n
}

// told is what a function answered besides its error, as text.
func told(out []reflect.Value) string {
	var all strings.Builder
	for _, v := range out[:len(out)-1] {
		if b, ok := v.Interface().([]byte); ok {
			all.Write(b)
			continue
		}
		raw, _ := json.Marshal(v.Interface())
		all.Write(raw)
	}
	return all.String()
}

// call is a function of the application with a session of the seat and made-up arguments; ok is false where it does
// not begin with a context and a session, so that no permission of a person is looked at.
func (w *world) call(name string, s Session, f filler) (code, text string, ok bool) {
	f.written, f.files = new(bytes.Buffer), strings.HasPrefix(name, "Export") || strings.HasPrefix(name, "Write")
	m := reflect.ValueOf(w.App).MethodByName(name)
	if !m.IsValid() || m.Type().NumIn() < 2 || m.Type().In(1) != reflect.TypeFor[Session]() || m.Type().NumOut() == 0 {
		return "", "", false
	}
	if err := m.Type().Out(m.Type().NumOut() - 1); err != reflect.TypeFor[error]() {
		return "", "", false
	}
	in := []reflect.Value{reflect.ValueOf(context.Background()), reflect.ValueOf(s)}
	for i := 2; i < m.Type().NumIn(); i++ {
		if m.Type().IsVariadic() && i == m.Type().NumIn()-1 {
			break
		}
		arg := reflect.New(m.Type().In(i)).Elem()
		f.value(arg, "", "")
		in = append(in, arg)
	}
	out := m.Call(in)
	err, _ := out[len(out)-1].Interface().(error)
	return codeOf(err), told(out) + f.written.String(), true
}

// stranger tells whether no row grants a function to a role wherever it sits but at the thing itself.
func (r rows) stranger(function, role string) bool {
	for _, a := range r.Actions {
		if !contains(a.Do, function) {
			continue
		}
		if a.Everybody {
			return false
		}
		for _, g := range a.Grants {
			if contains(g.Roles, role) && g.At == "anywhere" {
				return false
			}
		}
	}
	return true
}

// everybodys tells whether a row gives a function to everybody.
func (r rows) everybodys(function string) bool {
	for _, a := range r.Actions {
		if a.Everybody && contains(a.Do, function) {
			return true
		}
	}
	return false
}

// TestEveryFunctionOfTheTableTurnsStrangersAway calls every function that the table names, as every role that no row
// grants it, sitting in a unit that has nothing to do with what is asked for, over cases in every state, sessions and
// decisions. It is refused, or told nothing of them; what cannot be called so is listed with the reason.
func TestEveryFunctionOfTheTableTurnsStrangersAway(t *testing.T) {
	t.Parallel()
	w := office(t, "2023-11-15")
	cases := casesInEveryState(w)
	things := w.decisionsInEveryState()
	w.deaf()
	planted := []string{"Nguyễn Văn Ví Dụ", cases[0].sub}
	var asked []filler
	for _, c := range cases {
		planted = append(planted, c.item)
		asked = append(asked, filler{id: c.p.ID, unit: proposer, ref: c.p.Ref})
	}
	asked = append(asked[len(asked)-2:], filler{id: cases[0].sub, unit: proposer, ref: cases[0].p.Ref}, filler{id: cases[2].item, unit: proposer, ref: "pgd-clerk"},
		filler{id: things[3].id, unit: authority, ref: "BKT-PT"})
	table, met := readRows(t), map[string]bool{}
	for _, a := range table.Actions {
		for _, function := range a.Do {
			for _, role := range everyRole {
				if !table.stranger(function, role) {
					continue
				}
				s := w.sitting(seat{role, "phong-gddt-vi-thuy"})
				for _, f := range asked {
					s.User = uuid.NewString() // each a person of their own: how often one may ask is another matter
					code, text, ok := w.call(function, s, f)
					if !ok {
						break
					}
					what := fmt.Sprintf("%s of another unit calls %s: %q", role, function, code)
					switch code {
					case CodeForbidden, CodeNotFound:
						met[function] = true
					case "":
						met[function] = true
						for _, secret := range planted {
							assert.False(t, secret != f.id && strings.Contains(text, secret), "%s tells %s", what, secret)
						}
					}
				}
			}
		}
	}
	var reasons map[string]string
	raw, err := os.ReadFile("testdata/functions-not-called.yaml")
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(raw, &reasons))
	for _, a := range table.Actions {
		for _, function := range a.Do {
			if table.everybodys(function) {
				continue
			}
			assert.Equal(t, met[function], reasons[function] == "", "%s of %s: neither turned away nor a reason in testdata/functions-not-called.yaml", function, a.Name)
		}
	}
}
