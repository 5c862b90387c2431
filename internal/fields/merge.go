package fields

import (
	"encoding/json"
	"strings"
)

// Clash is a field that both sides changed to different values. The values are
// plain text; "" means that the side emptied the field.
type Clash struct {
	Field  string `json:"field"`
	Base   string `json:"base"`
	Mine   string `json:"mine"`
	Theirs string `json:"theirs"`
}

// Merge joins what two sides made of one base. Where they clash, theirs stands
// in the result until a person chooses. Without a base (nil) every field in which
// the sides differ is a clash.
func Merge(base, mine, theirs Flat) (Flat, []Clash) {
	out, clashes := Flat{}, []Clash(nil)
	for _, p := range union(base, mine, theirs) {
		b, m, t := base[p], mine[p], theirs[p]
		value := t
		switch {
		case m == t, base != nil && m == b:
		case base != nil && t == b:
			value = m
		case isList(b) && isList(m) && isList(t) && base != nil:
			value = mergeRows(b, m, t)
		default:
			clashes = append(clashes, Clash{Field: p, Base: base.Text(p), Mine: mine.Text(p), Theirs: theirs.Text(p)})
		}
		if value != "" {
			out[p] = value
		}
	}
	return out, clashes
}

// Unsettled is what a form shows after a merge, as the base of its next one: what
// its writer typed, with the fields that clashed as they were, so that they clash
// until somebody chooses.
func Unsettled(mine, base Flat, clashes []Clash) Flat {
	out := Flat{}
	for k, v := range mine {
		out[k] = v
	}
	for _, c := range clashes {
		if v, ok := base[c.Field]; ok {
			out[c.Field] = v
		} else {
			delete(out, c.Field)
		}
	}
	return out
}

// isList tells lists, and what is absent, from scalars.
func isList(raw string) bool { return raw == "" || strings.HasPrefix(raw, "[") }

// mergeRows keeps theirs, takes out the rows that mine took out, and adds those
// that mine added. Rows are compared as a whole and counted, so that two equal
// rows stay two.
func mergeRows(base, mine, theirs string) string {
	b, m, t := rows(base), rows(mine), rows(theirs)
	removed, added := surplus(b, m), surplus(m, b)
	out := []json.RawMessage{}
	for _, r := range t {
		if removed[string(r)] > 0 {
			removed[string(r)]--
			continue
		}
		out = append(out, r)
	}
	// A row that both added once stands once.
	byThem := surplus(t, b)
	for _, r := range m {
		key := string(r)
		if added[key] == 0 {
			continue
		}
		added[key]--
		if byThem[key] > 0 {
			byThem[key]--
			continue
		}
		out = append(out, r)
	}
	raw, err := json.Marshal(out)
	if err != nil {
		return theirs // rows that were read as JSON always encode
	}
	return string(raw)
}

func rows(raw string) []json.RawMessage {
	var out []json.RawMessage
	if raw != "" {
		_ = json.Unmarshal([]byte(raw), &out) // canonical JSON of a list
	}
	return out
}

// surplus counts the rows of a that b does not have.
func surplus(a, b []json.RawMessage) map[string]int {
	out := map[string]int{}
	for _, r := range a {
		out[string(r)]++
	}
	for _, r := range b {
		if out[string(r)] > 0 {
			out[string(r)]--
		}
	}
	return out
}
