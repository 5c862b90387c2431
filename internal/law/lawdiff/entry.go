package lawdiff

import (
	"fmt"
	"reflect"
	"strings"

	"vinhdanh/internal/law"
)

// entry is one entry of the data, flattened.
type entry struct {
	section, key, code string
	name               law.Text
	regimes            []string
	where              string
	leaves             map[string]leaf
	paths              []string // of the leaves, in the order of the type
}

// leaf is one value: raw compares, text is read.
type leaf struct {
	raw  string
	text law.Text
}

func entries(l *law.Law) []*entry {
	var out []*entry
	l.Each(func(section string, v any) {
		e := &entry{section: section, leaves: map[string]leaf{}}
		e.identify(l, v)
		e.walk("", reflect.ValueOf(v).Elem())
		out = append(out, e)
	})
	return out
}

// identify finds what names an entry: by its fields that say which thing it is about.
func (e *entry) identify(l *law.Law, v any) {
	award := func(code string) law.Text {
		if a, err := l.Award(code); err == nil {
			return a.Names
		}
		return law.Text{VI: code, EN: code}
	}
	var extra any
	switch x := v.(type) {
	case *law.Regime:
		e.code, e.name, e.where = x.ID, law.Text{VI: x.ID, EN: x.ID}, x.Pos.String()
	case *law.Award:
		e.code, e.name, e.where = x.Code, x.Names, x.Pos.String()
	case *law.Authority:
		e.code, e.name, e.regimes, e.where = x.Code, plain(x.Code), x.Regimes, x.Pos.String()
	case *law.RouteTemplate:
		e.code, e.name, e.regimes, e.where = x.Code, x.Names, x.Regimes, x.Pos.String()
	case *law.Deadline:
		e.code, e.name, e.regimes, e.where, extra = x.Code, x.Names, x.Regimes, x.Pos.String(), x.Levels
	case *law.CouncilRule:
		e.code, e.name, e.regimes, e.where, extra = x.Code, x.Names, x.Regimes, x.Pos.String(), x.Levels
	case *law.Paper:
		e.code, e.name, e.where = x.Code, x.Names, x.Pos.String()
	case *law.Dossier:
		e.code, e.name, e.regimes, e.where = x.Code, plain(x.Code), x.Regimes, x.Pos.String()
	case *law.Retention:
		e.code, e.name, e.where = x.Code, x.Names, x.Pos.String()
	case *law.BaseSalary:
		e.name, e.where, extra = plain(x.From.VN()), x.Pos.String(), x.From.String()
	case *law.Multiple:
		e.code, e.regimes, e.where, extra = x.Award, x.Regimes, x.Pos.String(), x.Kinds
		n := award(x.Award)
		e.name = law.Text{VI: n.VI + ", " + list(x.Kinds).VI, EN: n.EN + ", " + list(x.Kinds).EN}
	case *law.Criterion:
		e.code, e.name, e.regimes, e.where, extra = x.Code, x.Text, x.Regimes, x.Pos.String(), fmt.Sprint(x.Draft, x.From, x.To)
	case *law.SigningFor:
		e.code, e.name, e.where, extra = string(x.Role)+" "+x.Mode, law.Text{VI: law.Word(x.Role).VI + " " + x.Mode, EN: law.Word(x.Role).EN + " " + x.Mode}, x.Pos.String(), x.From.String()
	case *law.RevocationGround:
		e.code, e.name, e.where = x.Code, x.Text, x.Pos.String()
	case *law.GlobalRules:
		e.code, e.regimes, e.where = "global", x.Regimes, x.Pos.String()
	case *law.CalendarYear:
		e.code, e.name, e.where = fmt.Sprint(x.Year), plain(fmt.Sprint(x.Year)), x.Pos.String()
	default:
		e.identifyList(v)
	}
	e.key = fmt.Sprint(e.code, "|", e.regimes, "|", extra)
}

// identifyList names the entries that are about lists of items and of awards.
func (e *entry) identifyList(v any) {
	switch x := v.(type) {
	case *law.CorrectionRule:
		e.code, e.name, e.where = x.Code, x.Text, x.Pos.String()
	case *law.ReissueReason:
		e.code, e.name, e.where = x.Code, x.Text, x.Pos.String()
	case *law.RequiredStage:
		e.code, e.name, e.regimes, e.where = x.Code, x.Names, x.Regimes, x.Pos.String()
	case *law.Agency:
		e.code, e.name, e.where = x.Code, x.Names, x.Pos.String()
	case *law.Rounding:
		e.code, e.regimes, e.where = "rounding", x.Regimes, x.Pos.String()
	case *law.Number:
		e.code, e.name, e.regimes, e.where = x.Code, x.Names, x.Regimes, x.Pos.String()
	case *law.AppliedDraft:
		e.code, e.name, e.where = x.Regime, plain(x.Regime), x.Pos.String()
	case *law.Quota:
		e.code, e.name, e.regimes, e.where = x.Code, x.Text, x.Regimes, x.Pos.String()
	case *law.Ladder:
		e.code, e.name, e.regimes, e.where = x.Code, plain(x.Code), x.Regimes, x.Pos.String()
	case *law.Clock:
		e.code, e.name, e.regimes, e.where = x.Code, x.Text, x.Regimes, x.Pos.String()
	case *law.SeveralAwards:
		e.code, e.name, e.regimes, e.where = x.When, x.Text, x.Regimes, x.Pos.String()
	}
}

func plain(s string) law.Text { return law.Text{VI: s, EN: s} }

// walk flattens a value into leaves.
func (e *entry) walk(path string, v reflect.Value) {
	if t, ok := leafOf(path, v); ok {
		if _, there := e.leaves[path]; !there {
			e.paths = append(e.paths, path)
		}
		e.leaves[path] = t
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		e.fields(path, v)
	case reflect.Slice:
		for i := range v.Len() {
			e.walk(fmt.Sprintf("%s[%s]", path, elementName(i, v.Index(i))), v.Index(i))
		}
	}
}

func (e *entry) fields(path string, v reflect.Value) {
	t := v.Type()
	if r, ok := fraction(v); ok {
		e.paths = append(e.paths, path)
		e.leaves[path] = r
	}
	for i := range t.NumField() {
		name, opts, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		switch {
		case name == "-" || name == "num" || name == "den":
		case name == "cases":
			n := v.Field(i).Len()
			at := join(path, name)
			e.paths = append(e.paths, at)
			e.leaves[at] = leaf{raw: fmt.Sprintf("%#v", v.Field(i).Interface()), text: law.Text{VI: fmt.Sprintf("%d ca thử", n), EN: fmt.Sprintf("%d cases", n)}}
		case strings.Contains(opts, "inline"):
			e.inline(path, v.Field(i))
		default:
			e.walk(join(path, name), v.Field(i))
		}
	}
}

// inline flattens an embedded part at the same path; an embedded fraction is a value
// of its own.
func (e *entry) inline(path string, v reflect.Value) {
	if r, ok := fraction(v); ok {
		at := join(path, "share")
		e.paths = append(e.paths, at)
		e.leaves[at] = r
		return
	}
	e.fields(path, v)
}

// fraction recognises num over den.
func fraction(v reflect.Value) (leaf, bool) {
	num, den := v.FieldByName("Num"), v.FieldByName("Den")
	if v.NumField() != 2 || v.Type().Field(0).Anonymous || !num.IsValid() || !den.IsValid() || den.IsZero() {
		return leaf{}, false
	}
	s := fmt.Sprintf("%v/%v", num, den)
	return leaf{raw: s, text: plain(s)}, true
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// elementName names an element of a list by what it is, so that one that moved or was
// put in before it is not taken for a change of all others.
func elementName(i int, v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() == reflect.Struct {
		for _, f := range []string{"Paper", "Level", "Name"} {
			if x := v.FieldByName(f); x.IsValid() && x.Kind() == reflect.String && x.String() != "" {
				return x.String()
			}
		}
		if x := v.FieldByName("Regimes"); x.IsValid() {
			return fmt.Sprint(x.Interface())
		}
		if x := v.FieldByName("Kind"); x.IsValid() {
			return fmt.Sprintf("%d %v", i+1, x.Interface())
		}
	}
	return fmt.Sprint(i + 1)
}
