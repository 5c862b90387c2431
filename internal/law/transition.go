package law

import (
	"fmt"
	"slices"
)

// Transition is what a regime says of dossiers that began under a former one: until
// when they continue under it, and whether the new rule may be taken.
type Transition struct {
	Cite   `yaml:",inline"`
	From   []string `yaml:"from" json:"from"`     // the former regimes that it speaks of
	Counts string   `yaml:"counts" json:"counts"` // which day must lie before the regime's first: submitted or received
	Rule   string   `yaml:"rule" json:"rule"`     // former or favourable
	Text   Text     `yaml:"text" json:"text"`
}

// Days that a transitional rule may count.
const (
	CountsSubmitted = "submitted" // the day on which the unit sent the dossier
	CountsReceived  = "received"  // the day on which it reached the body that appraises for the deciding authority
)

// Rules of a Transition, and what Confirm says of a case.
const (
	RuleFormer     = "former"     // the former regime goes on
	RuleFavourable = "favourable" // the former one, unless the new one is more favourable: a person says
	RuleSame       = "same"       // no other regime came into force
	RuleNew        = "new"        // too late for the former one
	RuleSilent     = "silent"     // the data say nothing, or a day is missing: a person says
)

// CaseDays are the days of a case that transitional rules count, as civil dates in
// Asia/Ho_Chi_Minh. A zero Received is not known.
type CaseDays struct {
	Submitted Date `json:"submitted"`
	Received  Date `json:"received,omitzero"`
	Accepted  Date `json:"accepted"` // the day on which the dossier is found complete: today
}

// Confirmation is the regime of a complete dossier: what the transitional rules say,
// and whether they leave it to a person.
type Confirmation struct {
	Regime  string   `json:"regime"`  // what applies; with Open: what applies unless a person takes the other
	Open    bool     `json:"open"`    // the rule leaves room: a person chooses and gives the reason
	Choices []string `json:"choices"` // the regimes that may be confirmed
	Rule    string   `json:"rule"`    // same, former, new, favourable or silent
	Text    Text     `json:"text"`    // the rule in words
	Cite    Cite     `json:"cite"`    // of the transitional rule; empty where none was needed
}

// Confirm says which regime a case has that was sent under a provisional one, once
// its dossier is complete. It goes through the regimes that came into force since,
// one after the other. The error is that of RegimeOn or Regime.
func (l *Law) Confirm(provisional string, d CaseDays) (Confirmation, error) {
	now, err := l.RegimeOn(d.Accepted)
	if err != nil {
		return Confirmation{}, err
	}
	was, err := l.Regime(provisional)
	if err != nil {
		return Confirmation{}, err
	}
	out := Confirmation{Regime: was.ID, Choices: []string{was.ID}, Rule: RuleSame, Text: Text{
		VI: fmt.Sprintf("Không có quy định mới từ khi gửi hồ sơ: áp dụng %s.", RegimeName(was.ID).VI),
		EN: fmt.Sprintf("No other rules came into force since the sending: %s applies.", RegimeName(was.ID).EN),
	}}
	for _, next := range l.since(was, now) {
		if i := slices.Index(out.Choices, out.Regime); baseOf(next.ID) != baseOf(out.Regime) && l.continues(next) {
			out.later(next, i)
			continue
		}
		out = out.step(next, d)
	}
	return out, nil
}

// since are the regimes, each as it stood, that began after one, up to another, in the
// order of time.
func (l *Law) since(was, now *Regime) []*Regime {
	var list []*Regime
	for _, r := range l.stretches {
		if r.From.After(was.From) && !r.From.After(now.From) {
			list = append(list, r)
		}
	}
	return list
}

// continues tells a later stretch of a regime from its beginning.
func (l *Law) continues(r *Regime) bool {
	return slices.ContainsFunc(l.stretches, func(s *Regime) bool { return baseOf(s.ID) == baseOf(r.ID) && s.From.Before(r.From) })
}

// later puts a regime as it stands now in the place of how it stood, where a person may
// choose it: the question whether it applies was put when it began.
func (c *Confirmation) later(next *Regime, own int) {
	c.Choices = slices.Clone(c.Choices)
	for i, id := range c.Choices {
		if i != own && baseOf(id) == baseOf(next.ID) {
			c.Choices[i] = next.ID
		}
	}
}

// step is the confirmation once one more regime came into force.
func (c Confirmation) step(next *Regime, d CaseDays) Confirmation {
	i := slices.IndexFunc(next.Transitions, func(t Transition) bool { return slices.Contains(t.From, baseOf(c.Regime)) })
	if i < 0 {
		return c.ask(next, Cite{}, Text{
			VI: fmt.Sprintf("Dữ liệu không có quy định chuyển tiếp từ %s sang %s: cần người quyết định.", RegimeName(c.Regime).VI, next.ID),
			EN: fmt.Sprintf("The data have no transitional rule from %s to %s: a person must say.", RegimeName(c.Regime).EN, next.ID),
		}, RuleSilent)
	}
	t := next.Transitions[i]
	day, what := d.Submitted, Text{VI: "gửi", EN: "submitted"}
	if t.Counts == CountsReceived {
		day, what = d.Received, Text{VI: "đến cơ quan thẩm định", EN: "received for appraisal"}
	}
	if day.IsZero() {
		return c.ask(next, t.Cite, Text{
			VI: fmt.Sprintf("Chưa rõ ngày hồ sơ được %s: cần người quyết định. %s", what.VI, t.Text.VI),
			EN: fmt.Sprintf("The day on which the dossier was %s is not known: a person must say. %s", what.EN, t.Text.EN),
		}, RuleSilent)
	}
	name := Text{VI: baseOf(next.ID), EN: baseOf(next.ID)}
	if name.VI == baseOf(c.Regime) {
		name = Text{VI: "thay đổi trong " + name.VI, EN: "the change within " + name.EN}
	}
	said := Text{
		VI: fmt.Sprintf("Hồ sơ %s ngày %s; %s có hiệu lực từ %s. %s", what.VI, day.VN(), name.VI, next.From.VN(), t.Text.VI),
		EN: fmt.Sprintf("The dossier was %s on %s; %s is in force from %s. %s", what.EN, day.VN(), name.EN, next.From.VN(), t.Text.EN),
	}
	switch {
	case !day.Before(next.From):
		return Confirmation{Regime: next.ID, Choices: []string{next.ID}, Rule: RuleNew, Text: said, Cite: t.Cite}
	case t.Rule == RuleFavourable:
		return c.ask(next, t.Cite, said, RuleFavourable)
	}
	c.Text, c.Cite, c.Rule = said, t.Cite, RuleFormer
	return c
}

// ask leaves it to a person: the former regime stays unless the new one is taken.
func (c Confirmation) ask(next *Regime, cite Cite, said Text, rule string) Confirmation {
	c.Open, c.Rule, c.Text, c.Cite = true, rule, said, cite
	if !slices.Contains(c.Choices, next.ID) {
		c.Choices = append(slices.Clone(c.Choices), next.ID)
	}
	return c
}

func (k *checker) transitions(r *Regime) {
	for i, t := range r.Transitions {
		p, what := r.At(fmt.Sprintf("transitions[%d]", i)), "regime "+r.ID+" transition"
		k.cite(p, what, t.Cite)
		k.text(p, what, t.Text)
		if len(t.From) == 0 {
			k.add(p, "%s: names no former regime", what)
		}
		for _, from := range t.From {
			former, err := k.l.Regime(from)
			if inside := from == r.ID && len(r.Earlier) > 0; err != nil || !inside && !former.From.Before(r.From) {
				k.add(p, "%s: %q is no former regime", what, from)
			}
			k.once(p, what+" from "+from)
		}
		if t.Counts != CountsSubmitted && t.Counts != CountsReceived {
			k.add(p, "%s: counts %q is neither submitted nor received", what, t.Counts)
		}
		if t.Rule != RuleFormer && t.Rule != RuleFavourable {
			k.add(p, "%s: rule %q is neither former nor favourable", what, t.Rule)
		}
	}
}
