// Package reasons holds the standard reasons that people choose from when they
// return, hold or do not propose something. They are data (reasons.yaml): a text
// in both languages, for which acts and stages it is offered, and which field it
// is about. What is kept on a case is the text as its author left it, never the
// code, so the data may change at any time.
package reasons

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/goccy/go-yaml"

	"vinhdanh/internal/law"
)

//go:embed reasons.yaml
var standard []byte

// Acts that reasons are offered for.
var acts = []string{"not_propose", "return", "hold", "release", "recall", "withdraw"}

// Reason is one standard reason.
type Reason struct {
	Code   string   `yaml:"code" json:"code"`
	Acts   []string `yaml:"acts" json:"acts"`
	Stages []string `yaml:"stages" json:"stages,omitempty"` // empty: at any stage
	Field  string   `yaml:"field" json:"field,omitempty"`   // of a return: the field it is about, or "paper"
	Text   law.Text `yaml:"text" json:"text"`
}

// List is a set of standard reasons. It is read-only.
type List []Reason

// Default is the list that comes with the program.
func Default() List {
	l, err := Parse(bytes.NewReader(standard))
	if err != nil {
		panic(err) // a test reads it
	}
	return l
}

// Parse reads a list strictly: unknown keys, unknown acts, a code that stands
// twice and a text that lacks a language are errors.
func Parse(r io.Reader) (List, error) {
	var doc struct {
		Reasons List `yaml:"reasons"`
	}
	if err := yaml.NewDecoder(r, yaml.Strict()).Decode(&doc); err != nil {
		return nil, fmt.Errorf("reasons: %w", err)
	}
	seen := map[string]bool{}
	var problems []error
	for i, x := range doc.Reasons {
		if err := x.check(seen); err != nil {
			problems = append(problems, fmt.Errorf("reasons: number %d %s: %w", i+1, x.Code, err))
		}
		seen[x.Code] = true
	}
	return doc.Reasons, errors.Join(problems...)
}

func (x Reason) check(seen map[string]bool) error {
	switch {
	case x.Code == "" || seen[x.Code]:
		return errors.New("the code is empty or stands twice")
	case len(x.Acts) == 0:
		return errors.New("it is for no act")
	case x.Text.VI == "" || x.Text.EN == "":
		return errors.New("the text lacks a language")
	}
	for _, a := range x.Acts {
		if !slices.Contains(acts, a) {
			return fmt.Errorf("unknown act %q", a)
		}
	}
	return nil
}

// For lists the reasons for an act at a stage; an empty act or stage means any.
func (l List) For(act, stage string) List {
	out := List{}
	for _, x := range l {
		if (act == "" || slices.Contains(x.Acts, act)) &&
			(stage == "" || len(x.Stages) == 0 || slices.Contains(x.Stages, stage)) {
			out = append(out, x)
		}
	}
	return out
}

// Acts lists the acts that reasons are offered for.
func Acts() []string { return slices.Clone(acts) }
