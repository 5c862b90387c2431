package law

import (
	"slices"

	"vinhdanh/internal/proposal"
)

// Ladder orders awards from the highest to the lowest: which are lower than another,
// for an item that does not reach the one asked for.
type Ladder struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Code    string   `yaml:"code" json:"code"`
	Regimes []string `yaml:"regimes" json:"regimes"`
	Steps   []string `yaml:"steps" json:"steps"` // award codes; a code may stand on several ladders
}

// Lower are the awards that the data rank lower than one, for a kind of subject,
// under a regime and on a way up of levels, the highest first. An award on no ladder has none.
func (l *Law) Lower(award string, kind Kind, regime string, path []proposal.Level) []*Award {
	var out []*Award
	for _, ladder := range l.document.Ladders {
		r, _ := l.Regime(regime)
		if !slices.Contains(ladder.Regimes, baseOf(regime)) && (r == nil || !slices.Contains(ladder.Regimes, r.AssumedFrom)) {
			continue
		}
		i := slices.Index(ladder.Steps, award)
		if i < 0 {
			continue
		}
		for _, code := range ladder.Steps[i+1:] {
			a, err := l.Award(code)
			if err != nil || !a.HasKind(kind) || slices.Contains(out, a) {
				continue
			}
			if _, err := l.Decider(code, regime, path); err == nil {
				out = append(out, a)
			}
		}
	}
	return out
}

func (k *checker) ladders() {
	for _, d := range k.l.document.Ladders {
		what := "ladder " + d.Code
		k.scoped(d.Pos, what, d.Regimes)
		k.cite(d.Pos, what, d.Cite)
		for i, code := range d.Steps {
			if _, err := k.l.Award(code); err != nil {
				k.add(d.Pos, "%s: there is no award %q", what, code)
			}
			if slices.Contains(d.Steps[:i], code) {
				k.add(d.Pos, "%s: %s stands twice", what, code)
			}
		}
	}
}
