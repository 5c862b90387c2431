package law

import (
	"slices"

	"vinhdanh/internal/proposal"
)

// RequiredStage says that no recognition of some awards may go without a stage, whatever
// their route says: what a route is proved against must not stand in the route.
type RequiredStage struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Code    string             `yaml:"code" json:"code"`
	Names   Text               `yaml:"names" json:"names"`
	Stage   proposal.StageKind `yaml:"stage" json:"stage"`
	Regimes []string           `yaml:"regimes" json:"regimes"`
	Awards  []string           `yaml:"awards" json:"awards"`
	// AllWays: also where a type of commendation has a way of its own (the simplified
	// procedure); otherwise only the ordinary way needs the stage.
	AllWays bool `yaml:"all_ways" json:"all_ways,omitempty"`
}

// RequiredStages are the stages that an award needs in a regime, in the order of the
// data; ownWay: on a way that a type of commendation has of its own. A regime whose text
// was not seen needs what the one needs that it is taken from.
func (l *Law) RequiredStages(award, regime string, ownWay bool) []proposal.StageKind {
	from := regime
	if r, err := l.Regime(regime); err == nil && r.AssumedFrom != "" {
		from = r.AssumedFrom
	}
	var out []proposal.StageKind
	for _, s := range l.Required {
		in := slices.Contains(s.Regimes, baseOf(regime)) || slices.Contains(s.Regimes, from)
		if in && slices.Contains(s.Awards, award) && (s.AllWays || !ownWay) && !slices.Contains(out, s.Stage) {
			out = append(out, s.Stage)
		}
	}
	return out
}

// required checks what is said of stages that awards need.
func (k *checker) required() {
	seen := map[string]bool{}
	for _, s := range k.l.Required {
		what := "required stage " + s.Code
		k.scoped(s.Pos, what, s.Regimes)
		k.text(s.Pos, what, s.Names)
		k.cite(s.Pos, what, s.Cite)
		if _, ok := choices[s.Stage]; !ok {
			k.add(s.At("stage"), "%s: there is no stage %q", what, s.Stage)
		}
		if len(s.Awards) == 0 {
			k.add(s.Pos, "%s: it names no award", what)
		}
		for _, a := range s.Awards {
			if _, err := k.l.Award(a); err != nil {
				k.add(s.At("awards"), "%s: there is no award %q", what, a)
			}
			for _, r := range s.Regimes {
				key := string(s.Stage) + " " + a + " " + r
				if seen[key] {
					k.add(s.Pos, "%s: %s needs the stage %s in %s twice", what, a, s.Stage, r)
				}
				seen[key] = true
			}
		}
	}
}
