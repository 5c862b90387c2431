package proposal

import (
	"fmt"
	"slices"
	"strings"
)

// Fork is a copy of the case that may be driven on by itself: for exploring what the
// rules allow (package law/prove).
func (c *Case) Fork() *Case { return c.clone() }

// Key writes down everything that the rules of place look at, without numbers, texts
// and persons: two cases of one route and one key can go the same ways, as long as
// nobody stands in roles that exclude each other.
func (c *Case) Key() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d,%t,%t,%t,%t", c.stage, c.held, c.touched, c.validating, c.closed)
	if c.returned != nil {
		fmt.Fprintf(&b, " back to %d,%t", c.returned.from, c.returned.recalled)
	}
	for _, it := range c.items {
		fmt.Fprintf(&b, " %s,%t,%t,%t", it.Outcome, it.Held, it.Reconsider, it.Reconsidered)
	}
	for _, x := range c.upward.Consulted {
		fmt.Fprintf(&b, " asked %s,%t", x.Agency, x.Answer != "")
	}
	fmt.Fprintf(&b, " %t,%s", c.upward.To != "", c.upward.Phase)
	return b.String()
}

// HeldBy lists the roles in which a person acted in the case so far, sorted, each once.
func (c *Case) HeldBy(person string) []Role {
	var out []Role
	for _, t := range c.traces {
		if slices.Contains(t.persons, person) && !slices.Contains(out, t.role) {
			out = append(out, t.role)
		}
	}
	slices.Sort(out)
	return out
}
