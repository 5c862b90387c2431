package law

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Whatever code a reader meets in the shipped data has words in both languages.
func TestEveryCodeHasWords(t *testing.T) {
	t.Parallel()
	l := Default()
	for _, a := range l.document.Awards {
		inWords(t, a.Kinds...)
		inWords(t, a.Types...)
		inWords(t, a.Class, a.Verb)
	}
	for _, a := range l.Authorities {
		for _, o := range a.Offices {
			inWords(t, o.Level)
		}
	}
	for _, r := range l.Routes {
		for _, s := range r.Stages {
			inWords(t, s.Kind)
			inWords(t, s.At)
			inWords(t, s.Body)
			inWords(t, s.Levels...)
			inWords(t, s.Roles...)
			inWords(t, s.ReturnsTo...)
			inWords(t, s.Decides...)
		}
	}
	for _, c := range l.CouncilRules {
		inWords(t, c.Levels...)
		inWords(t, c.Mode)
		inWords(t, c.Base)
		inWords(t, c.Ballot)
		inWords(t, c.Absent)
	}
	for _, s := range l.document.Several {
		inWords(t, s.When, s.Pay)
	}
	for _, d := range l.Dossiers {
		for _, p := range d.Papers {
			assert.Equal(t, p.Unless != "", p.Why.VI != "" && p.Why.EN != "", "%s: %s", d.Code, p.Paper)
		}
	}
	for _, r := range l.Regimes {
		for _, x := range r.Transitions {
			inWords(t, x.Counts, x.Rule)
		}
	}
	assert.Equal(t, "regimes.yaml", Pos{File: "regimes.yaml"}.String(), "no line zero")
}

func inWords[T ~string](t *testing.T, codes ...T) {
	t.Helper()
	for _, c := range codes {
		if w := Word(c); c != "" && (w.VI == string(c) || w.VI == "" || w.EN == "") {
			t.Errorf("%q has no words", c)
		}
	}
}
