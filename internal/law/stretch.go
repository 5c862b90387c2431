package law

import (
	"fmt"
	"slices"
	"strings"
)

// Earlier is a regime as it stood up to a day within it, before a text of its stack came
// into force: a circular that begins weeks after its decree. Criteria say with from and to
// on which side of that day they hold.
type Earlier struct {
	Cite  `yaml:",inline"`
	To    Date   `yaml:"to" json:"to"` // its last day
	Stack []Text `yaml:"stack" json:"stack"`
}

// stretchMark stands in the id of a regime as it stood, between the regime's own id and
// the last day: "R3@2025-08-04". The regime as it last stands has its plain id. The whole
// travels in cases where the id of a regime does, so that a dossier keeps the side of the
// day on which it was sent, and is checked again where another is confirmed.
const stretchMark = "@"

// baseOf is the id of the regime that a stretch belongs to, its own for a regime.
func baseOf(id string) string {
	base, _, _ := strings.Cut(id, stretchMark)
	return base
}

// Stretches are the regimes as they stood, in the order of time: those without earlier
// stretches as they are.
func (l *Law) Stretches() []*Regime { return l.stretches }

func stretchesOf(regimes []*Regime) []*Regime {
	var out []*Regime
	for _, r := range regimes {
		from := r.From
		for _, e := range r.Earlier {
			part := *r
			part.ID, part.From, part.To, part.Stack, part.Earlier = r.ID+stretchMark+e.To.String(), from, e.To, e.Stack, nil
			out, from = append(out, &part), e.To.AddDays(1)
		}
		last := *r
		last.From, last.Earlier = from, nil
		out = append(out, &last)
	}
	slices.SortStableFunc(out, func(a, b *Regime) int { return a.From.Compare(b.From) })
	return out
}

// RegimeName is the id of a regime, or of a stretch of one, in words.
func RegimeName(id string) Text {
	base, to, part := strings.Cut(id, stretchMark)
	last, err := ParseDate(to)
	if !part || err != nil {
		return Text{VI: id, EN: id}
	}
	return Text{VI: base + " (đến " + last.VN() + ")", EN: base + " (to " + last.VN() + ")"}
}

// dated tells whether a criterion holds in a part of its regimes only.
func (c *Criterion) dated() bool { return !c.From.IsZero() || !c.To.IsZero() }

// holds tells whether a criterion holds in a stretch, by the stretch's last day; the zero
// day is that of a regime without an end.
func (c *Criterion) holds(last Date) bool {
	after := c.From.IsZero() || last.IsZero() || !last.Before(c.From)
	return after && (c.To.IsZero() || !last.IsZero() && !last.After(c.To))
}

// within tells whether an entry of any section holds in a stretch.
func within(entry any, last Date) bool {
	c, ok := entry.(*Criterion)
	return !ok || c.holds(last)
}

// lastDay is the last day of a regime or of a stretch of one; zero where it has none.
func (l *Law) lastDay(id string) Date {
	if r, err := l.Regime(id); err == nil {
		return r.To
	}
	return Date{}
}

// StretchesOf are the ids under which a criterion holds: the stretches of its regimes for
// one with dates, else its regimes.
func (l *Law) StretchesOf(c *Criterion) []string {
	if !c.dated() {
		return c.Regimes
	}
	var out []string
	for _, s := range l.stretches {
		if slices.Contains(c.Regimes, baseOf(s.ID)) && c.holds(s.To) {
			out = append(out, s.ID)
		}
	}
	return out
}

func (k *checker) earlier(r *Regime) {
	before := r.From.AddDays(-1)
	for i, e := range r.Earlier {
		p, what := r.At(fmt.Sprintf("earlier[%d]", i)), "regime "+r.ID+" earlier"
		k.cite(p, what, e.Cite)
		for _, s := range e.Stack {
			k.text(p, what, s)
		}
		if !e.To.After(before) || !r.To.IsZero() && !e.To.Before(r.To) {
			k.add(p, "%s: to %s must lie within the regime, before its last day and after the one before", what, e.To)
		}
		before = e.To
	}
}

// datesOf checks the days of a criterion: they are days on which a stretch of its regimes
// begins and ends, no two entries hold in one stretch, and none is left without.
func (k *checker) datesOf(c *Criterion, what string) {
	for _, id := range c.Regimes {
		begins, ends := c.From.IsZero(), c.To.IsZero()
		for _, s := range k.l.stretches {
			if baseOf(s.ID) != id {
				continue
			}
			begins, ends = begins || s.From == c.From, ends || s.To == c.To
			if c.holds(s.To) {
				k.once(c.Pos, what+" in "+s.ID)
			}
			if _, _, err := k.l.Criterion(c.Code, s.ID); c.dated() && err != nil {
				k.add(c.Pos, "%s: nothing holds from %s to %s: a gap in %s", what, s.From, s.To, id)
			}
		}
		if !begins || !ends || !c.From.IsZero() && !c.To.IsZero() && c.To.Before(c.From) {
			k.add(c.Pos, "%s: from and to must be days on which %s is said to change (earlier)", what, id)
		}
	}
}
