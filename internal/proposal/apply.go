package proposal

import (
	"slices"
	"time"

	"vinhdanh/internal/envelope"
)

// Apply does the act and returns its transition. It checks again: validators do
// not run in a replay, so this check is the one that the verifier relies on. On
// a refusal the case is unchanged.
func (c *Case) Apply(o envelope.Opened, at time.Time) (Transition, error) {
	if err := c.Check(o, at); err != nil {
		return Transition{}, err
	}
	before := c.clone()
	t := c.begin(o, at)
	if err := table[Action(o.Act.Action)].apply(c, o.Act, &t); err != nil {
		*c = *before
		return Transition{}, err
	}
	c.finish(&t, o)
	return c.history[len(c.history)-1], nil
}

// Rehearse tells whether Apply would succeed, without changing the case.
func (c *Case) Rehearse(o envelope.Opened, at time.Time) error {
	_, err := c.clone().Apply(o, at)
	return err
}

// begin fills what a transition takes from the act.
func (c *Case) begin(o envelope.Opened, at time.Time) Transition {
	a := o.Act
	return Transition{
		Step: envelope.NewStep(o, c.number+1, at), Stage: c.at().Kind,
		Also: c.earlierRoles(Role(a.Role), a.Persons()),
	}
}

// finish numbers the transition, remembers its persons, and says where the case stands.
func (c *Case) finish(t *Transition, o envelope.Opened) {
	c.number++
	c.spent[o.Act.Nonce] = true
	c.traces = append(c.traces, trace{persons: o.Act.Persons(), role: Role(o.Act.Role)})
	c.settle()
	t.Revision, t.Regime, t.LawHash = c.revision, c.regime, c.lawHash
	t.After = c.Place()
	c.history = append(c.history, *t)
}

// settle closes a case in which nothing more can happen.
func (c *Case) settle() {
	if c.openItems() > 0 {
		return
	}
	for _, it := range c.items {
		if c.mayStillReconsider(it) {
			return
		}
	}
	c.closed, c.returned, c.held = true, nil, false
}

// mayStillReconsider tells whether the unit can still ask for a second look.
func (c *Case) mayStillReconsider(it *Item) bool {
	return it.Outcome == OutcomeNotProposed && (it.Reconsider || !it.Reconsidered) && c.beforeCouncil()
}

func (c *Case) beforeCouncil() bool {
	return slices.Contains(beforeCouncil, c.at().Kind)
}

// Place says where the case stands and whom it waits for.
func (c *Case) Place() Place {
	s := c.at()
	p := Place{Stage: s.Kind, Index: c.stage, OnHold: c.held, Closed: c.closed, Open: c.openItems()}
	switch {
	case c.closed:
	case c.returned != nil:
		p.Returned = true
		p.Unit, p.Roles = c.route.Stages[0].Unit, []Role{RoleClerk, RoleUnitHead}
	case c.held: // whoever else is awaited, it must be released first
		p.Unit, p.Roles = s.Unit, s.Roles
	case c.secondLook():
		r := c.route.Stages[c.indexOf(StageReview)]
		p.Unit, p.Roles = r.Unit, r.Roles
	case p.Open == 0: // all not proposed: the unit asks once for a second look, or withdraws
		p.Unit, p.Roles = c.route.Stages[0].Unit, []Role{RoleUnitHead}
	default:
		p.Unit, p.Roles = c.awaited()
	}
	return p
}

// secondLook tells whether the review level owes an answer.
func (c *Case) secondLook() bool {
	for _, it := range c.items {
		if it.Reconsider {
			return true
		}
	}
	return false
}

// advance moves to the next stage.
func (c *Case) advance() {
	c.stage++
	c.touched = false
}

func (c *Case) clone() *Case {
	d := *c
	d.items = make([]*Item, len(c.items))
	for i, it := range c.items {
		copied := *it
		d.items[i] = &copied
	}
	d.route, d.upward = c.route.clone(), c.upward.clone()
	d.traces = append([]trace(nil), c.traces...)
	d.history = append([]Transition(nil), c.history...)
	d.spent = make(map[string]bool, len(c.spent))
	for _, t := range c.history {
		d.spent[t.Nonce] = true
	}
	if c.returned != nil {
		w := *c.returned
		d.returned = &w
	}
	return &d
}
