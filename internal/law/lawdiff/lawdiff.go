// Package lawdiff says in words what differs between two states of the law data, so
// that somebody who reads no YAML can decide whether the new one shall hold.
//
// The model: each entry of either side has a name that people know (an award for a
// kind of subject under a regime, a criterion, a day) and leaves, its values by path.
// Entries are paired by section, code and regimes; what has no partner was added or
// removed; leaves that differ are changes, each with one sentence in both languages.
// Nothing here knows the files or the order of their entries.
package lawdiff

import (
	"fmt"
	"slices"
	"strings"

	"vinhdanh/internal/law"
)

// What happened to an entry.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
)

// Change is one difference.
type Change struct {
	What     string   `json:"what"`    // added, removed or changed
	Section  string   `json:"section"` // of the data: multiples, criteria …
	Code     string   `json:"code"`
	Regimes  []string `json:"regimes,omitempty"`
	Field    string   `json:"field,omitempty"` // path of the value, for programs
	Old      law.Text `json:"old,omitzero"`
	New      law.Text `json:"new,omitzero"`
	Sentence law.Text `json:"sentence"`
	Where    string   `json:"where"` // file and line, in the new data unless removed
}

// Between lists what differs, in the order of the sections and of the new data.
func Between(old, new *law.Law) []Change {
	was, is := entries(old), entries(new)
	pairs := match(was, is)
	out := []Change{}
	for _, e := range is {
		partner := pairs[e]
		if partner == nil {
			out = append(out, whole(Added, e))
			continue
		}
		out = append(out, leaves(partner, e)...)
	}
	matched := map[*entry]bool{}
	for _, p := range pairs {
		matched[p] = true
	}
	for _, e := range was {
		if !matched[e] {
			out = append(out, whole(Removed, e))
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return order(a.Section) - order(b.Section) })
	return out
}

// match pairs entries: first those that agree in everything that names them, then
// those of one code whose regimes or levels changed.
func match(was, is []*entry) map[*entry]*entry {
	pairs, used := map[*entry]*entry{}, map[*entry]bool{}
	for _, same := range []func(a, b *entry) bool{
		func(a, b *entry) bool { return a.section == b.section && a.key == b.key },
		func(a, b *entry) bool { return a.section == b.section && a.code == b.code && a.code != "" },
	} {
		for _, e := range is {
			if pairs[e] != nil {
				continue
			}
			for _, c := range was {
				if !used[c] && same(c, e) {
					pairs[e], used[c] = c, true
					break
				}
			}
		}
	}
	return pairs
}

func whole(what string, e *entry) Change {
	n := e.named()
	verbVI, verbEN := "Thêm mới", "Added"
	if what == Removed {
		verbVI, verbEN = "Bỏ", "Removed"
	}
	return Change{
		What: what, Section: e.section, Code: e.code, Regimes: e.regimes, Where: e.where,
		Sentence: law.Text{VI: verbVI + ": " + n.VI + ".", EN: verbEN + ": " + n.EN + "."},
	}
}

// leaves compares the values of a pair.
func leaves(was, is *entry) []Change {
	var out []Change
	for _, path := range union(was.paths, is.paths) {
		a, b := was.leaves[path], is.leaves[path]
		if a.raw == b.raw {
			continue
		}
		out = append(out, Change{
			What: Changed, Section: is.section, Code: is.code, Regimes: is.regimes, Field: path,
			Old: a.text, New: b.text, Where: is.where, Sentence: sentence(is, path, a, b),
		})
	}
	return out
}

func sentence(e *entry, path string, a, b leaf) law.Text {
	n, f := e.named(), fieldName(path)
	vi, en := n.VI+": "+f.VI, n.EN+": "+f.EN
	switch {
	case a.raw == "":
		return law.Text{VI: vi + " nay là " + b.text.VI + ".", EN: en + " is now " + b.text.EN + "."}
	case b.raw == "":
		return law.Text{VI: vi + " bỏ (trước là " + a.text.VI + ").", EN: en + " falls away (was " + a.text.EN + ")."}
	}
	return law.Text{
		VI: fmt.Sprintf("%s từ %s thành %s.", vi, a.text.VI, b.text.VI),
		EN: fmt.Sprintf("%s from %s to %s.", en, a.text.EN, b.text.EN),
	}
}

// union keeps the order of the new side and puts what only the old one has behind.
func union(was, is []string) []string {
	out := slices.Clone(is)
	for _, p := range was {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// Count sums changes up.
func Count(cs []Change) map[string]int {
	n := map[string]int{Added: 0, Removed: 0, Changed: 0}
	for _, c := range cs {
		n[c.What]++
	}
	return n
}

// named is what people call the entry.
func (e *entry) named() law.Text {
	s := sectionNames[e.section]
	out := law.Text{VI: s.VI, EN: s.EN}
	if e.name.VI != "" {
		out.VI, out.EN = out.VI+" “"+e.name.VI+"”", out.EN+" “"+e.name.EN+"”"
	}
	if len(e.regimes) > 0 {
		r := strings.Join(e.regimes, ", ")
		out.VI, out.EN = out.VI+" ("+r+")", out.EN+" ("+r+")"
	}
	return out
}
