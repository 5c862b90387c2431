// Package phrase is the sentences of documents and messages that an installation may
// word by itself. A wording holds placeholders like {{.name}} and nothing else that
// acts: they are substituted here, no template runs.
package phrase

import (
	"regexp"
	"slices"
	"strings"
)

// Most is the greatest length of a wording, in letters.
const Most = 4000

var (
	placeholder = regexp.MustCompile(`\{\{\s*\.([a-z_]+)\s*\}\}`)
	anyBrace    = regexp.MustCompile(`\{\{|\}\}|\{%|<%`)
	spaced      = regexp.MustCompile(` ?\{\{\s*\.([a-z_]+)\s*\}\}`)
)

// Phrase is one sentence with its built-in wording.
type Phrase struct {
	Name     string   // decision-abstract
	Default  string   // the built-in wording
	Required []string // placeholders without which the sentence says too little
	Optional []string // placeholders that may be left out, or be empty
}

// Placeholders are all that the phrase has.
func (p Phrase) Placeholders() []string { return slices.Concat(p.Required, p.Optional) }

// Fault is what is wrong with a wording.
type Fault struct {
	What string // empty, too-long, unknown, missing, braces, lines
	Name string // of the placeholder that is unknown or missing
}

// Check lists what is wrong with a wording of the phrase; a document's sentence is one line.
func (p Phrase) Check(text string) []Fault {
	out := Faults(text, Most, p.Placeholders())
	if strings.ContainsAny(strings.TrimSpace(text), "\r\n") {
		out = append(out, Fault{What: "lines"})
	}
	for _, name := range p.Required {
		if !slices.ContainsFunc(placeholder.FindAllStringSubmatch(text, -1), func(m []string) bool { return m[1] == name }) {
			out = append(out, Fault{What: "missing", Name: name})
		}
	}
	return out
}

// Say is the phrase in the installation's words where they fit, else in the built-in
// ones, with the values put in as they are; a placeholder without a value goes with the
// blank before it.
func (p Phrase) Say(own string, values map[string]string) string {
	if own == "" || len(p.Check(own)) > 0 {
		own = p.Default
	}
	own = spaced.ReplaceAllStringFunc(own, func(m string) string {
		if values[placeholder.FindStringSubmatch(m)[1]] == "" {
			return ""
		}
		return m
	})
	return Fill(strings.TrimSpace(own), func(name string) string { return values[name] })
}

// Faults lists what is wrong with any wording that may use the named placeholders.
func Faults(text string, most int, known []string) []Fault {
	var out []Fault
	switch {
	case strings.TrimSpace(text) == "":
		out = append(out, Fault{What: "empty"})
	case len([]rune(text)) > most:
		out = append(out, Fault{What: "too-long"})
	}
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(known, m[1]) {
			out = append(out, Fault{What: "unknown", Name: m[1]})
		}
	}
	if anyBrace.MatchString(placeholder.ReplaceAllString(text, "")) {
		out = append(out, Fault{What: "braces"})
	}
	return out
}

// Fill puts values in the place of placeholders. What a value holds is never read as a
// placeholder again.
func Fill(text string, value func(name string) string) string {
	return placeholder.ReplaceAllStringFunc(text, func(m string) string { return value(placeholder.FindStringSubmatch(m)[1]) })
}
