package law

import "reflect"

// Marks counts how well the data are supported: the cites by mark, of every entry and
// every part of one.
func (l *Law) Marks() map[Mark]int {
	n := map[Mark]int{MarkConfirmed: 0, MarkSecondary: 0, MarkUnconfirmed: 0, MarkOld: 0}
	l.Each(func(_ string, e any) { countMarks(reflect.ValueOf(e), n) })
	return n
}

// AssumedRules counts the rules that a regime takes from another one because its own
// text was not seen.
func (l *Law) AssumedRules() int {
	n := 0
	for _, r := range l.Regimes {
		if r.AssumedFrom == "" {
			continue
		}
		for _, a := range l.document.Awards {
			if rule, err := l.AwardRule(a.Code, r.ID); err == nil && rule.AssumedFrom != "" {
				n++
			}
		}
	}
	return n
}

var citeType = reflect.TypeFor[Cite]()

func countMarks(v reflect.Value, n map[Mark]int) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			countMarks(v.Elem(), n)
		}
	case reflect.Slice:
		for i := range v.Len() {
			countMarks(v.Index(i), n)
		}
	case reflect.Struct:
		if v.Type() == citeType {
			if m := v.Interface().(Cite).Mark; m != "" {
				n[m]++
			}
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				countMarks(v.Field(i), n)
			}
		}
	}
}
