package law

import "slices"

// Clock says from when the time for the next award counts: what of the previous
// decision is taken, in order, and what follows where the time is too short.
type Clock struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Code    string   `yaml:"code" json:"code"`
	Regimes []string `yaml:"regimes" json:"regimes"`
	Text    Text     `yaml:"text" json:"text"`
	// From is FromPeriod and FromDecision in the order in which they are asked: the next
	// one counts where the decision does not say the one before.
	From []string `yaml:"runs_from" json:"runs_from"`
	// Otherwise is "needs_person" where a time that is too short is a question.
	Otherwise string `yaml:"otherwise" json:"otherwise,omitempty"`
}

// What a Clock may run from, and the id of its node in a result tree.
const (
	FromPeriod   = "achievement_period" // the end of the achievement period that the decision names
	FromDecision = "decision_date"

	ClockNode = "NEXT_AWARD_CLOCK"
)

// Clock is the clock of a regime, its cite as it reads there; false where the data
// have none.
func (l *Law) Clock(regime string) (Clock, bool) {
	found, from, ok := pick(l, l.document.Clocks, regime, func(c *Clock) ([]string, bool) { return c.Regimes, true })
	if !ok {
		return Clock{}, false
	}
	c := *found
	c.Cite = c.Cite.assumed(from)
	return c, true
}

func (k *checker) clocks() {
	for _, c := range k.l.document.Clocks {
		what := "clock " + c.Code
		k.scoped(c.Pos, "clock", c.Regimes)
		k.cite(c.Pos, what, c.Cite)
		k.text(c.Pos, what, c.Text)
		if len(c.From) == 0 {
			k.add(c.Pos, "%s: needs runs_from: %s, %s, or both in order", what, FromPeriod, FromDecision)
		}
		for i, f := range c.From {
			if f != FromPeriod && f != FromDecision || slices.Contains(c.From[:i], f) {
				k.add(c.At("runs_from"), "%s: runs_from %q is not %s or %s, each once", what, f, FromPeriod, FromDecision)
			}
		}
		if c.Otherwise != "" && c.Otherwise != "needs_person" {
			k.add(c.At("otherwise"), "%s: otherwise may only be needs_person", what)
		}
	}
}
