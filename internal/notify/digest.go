package notify

import (
	"strings"
	"text/template"
	"unicode"
)

// Digest is a mail that gathers notices by their subjects, which name no person.
// Its facts are FactSubjects, FactLink and FactSettings.
const Digest Kind = "digest"

// FactSubjects are the subjects of the notices that a digest gathers: []string.
const FactSubjects = "subjects"

// digestAtMost is how many notices a digest names; it counts them all.
const digestAtMost = 50

func renderDigest(t *template.Template, data map[string]any) (Text, error) {
	subjects, ok := data[FactSubjects].([]string)
	if !ok || len(subjects) == 0 {
		return Text{}, textError("%s: %q is missing", Digest, FactSubjects)
	}
	facts := map[string]any{FactItems: len(subjects)}
	for _, name := range []string{FactLink, FactSettings} {
		v, err := checkFact(name, data[name])
		if err != nil {
			return Text{}, textError("%s: %v", Digest, err)
		}
		facts[name] = v
	}
	for _, s := range subjects {
		if strings.TrimSpace(s) == "" || strings.ContainsFunc(s, unicode.IsControl) {
			return Text{}, textError("%s: a subject is one line of text", Digest)
		}
	}
	if len(subjects) > digestAtMost {
		subjects = append(subjects[:digestAtMost:digestAtMost], "…")
	}
	facts[FactSubjects] = subjects
	out := Text{}
	for part, into := range map[string]*string{".subject": &out.Subject, ".body": &out.Body} {
		text, err := execute(t, string(Digest)+part, facts)
		if err != nil {
			return Text{}, err
		}
		*into = text
	}
	foot, err := execute(t, string(Digest)+".foot", facts)
	out.Body += "\n\n" + foot + "\n"
	return out, err
}
