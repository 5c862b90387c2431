// Package fields looks at what an item says field by field, without knowing the
// fields: to merge what two people (or two tabs of one) typed, and to show what
// changed between two revisions.
//
// The model: any JSON object is flattened (Flat) into paths such as "name" or
// "facts.members.total", each with one value: a scalar or a whole list. Merge is
// three-way: a field that only one side changed keeps that side's value; a list
// that both changed keeps the rows of both; a scalar that both changed to
// different values is a Clash, which a person settles. Nothing typed is dropped
// without being told of.
package fields

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Flat is an object as fields: its path and the canonical JSON of its value.
// What is null or empty text is absent; an empty list is a value.
type Flat map[string]string

// Of flattens a value that encodes to a JSON object.
func Of(v any) (Flat, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("fields: encode: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var object map[string]any
	if err := d.Decode(&object); err != nil {
		return nil, fmt.Errorf("fields: no object: %w", err)
	}
	out := Flat{}
	return out, out.add("", object)
}

func (f Flat) add(prefix string, object map[string]any) error {
	for name, v := range object {
		switch v := v.(type) {
		case nil:
		case map[string]any:
			if err := f.add(prefix+name+".", v); err != nil {
				return err
			}
		default:
			raw, err := json.Marshal(v)
			if err != nil {
				return fmt.Errorf("fields: encode %s: %w", name, err)
			}
			if string(raw) != `""` {
				f[prefix+name] = string(raw)
			}
		}
	}
	return nil
}

// Into decodes the fields into a value, strictly: a field that the value does not
// have is an error.
func (f Flat) Into(v any) error {
	root := map[string]any{}
	for _, path := range f.paths() {
		at, parts := root, strings.Split(path, ".")
		for _, p := range parts[:len(parts)-1] {
			next, ok := at[p].(map[string]any)
			if !ok {
				next = map[string]any{}
				at[p] = next
			}
			at = next
		}
		at[parts[len(parts)-1]] = json.RawMessage(f[path])
	}
	raw, err := json.Marshal(root)
	if err != nil {
		return fmt.Errorf("fields: encode: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("fields: %w", err)
	}
	return nil
}

// paths are the fields in alphabetical order.
func (f Flat) paths() []string {
	out := make([]string, 0, len(f))
	for p := range f {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// Text is a field's value as plain text: a string without its quotes, else JSON.
func (f Flat) Text(path string) string {
	var s string
	if json.Unmarshal([]byte(f[path]), &s) == nil {
		return s
	}
	return f[path]
}

// union lists the fields of several in alphabetical order.
func union(all ...Flat) []string {
	var out []string
	for _, f := range all {
		out = append(out, f.paths()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Change is one field that differs; an absent value is "".
type Change struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Changes lists the fields that differ, in alphabetical order, as plain text.
func Changes(from, to Flat) []Change {
	var out []Change
	for _, p := range union(from, to) {
		if from[p] != to[p] {
			out = append(out, Change{Field: p, From: from.Text(p), To: to.Text(p)})
		}
	}
	return out
}
