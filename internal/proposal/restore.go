package proposal

import (
	"time"

	"vinhdanh/internal/envelope"
)

// Restore builds the state of a case from its input and its recorded transitions,
// oldest first. It is for looking ahead (Foresee): a reader who may not talk to
// the workflow learns from the record what the workflow would answer. The rules
// count as checked, because whoever sends an act waits for that. Commitments of
// items are those of the input; no rule looks at them.
func Restore(in Input, history []Transition) (*Case, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	c := &Case{
		in: in, route: in.Route.clone(), regime: in.Regime, lawHash: in.LawHash, content: in.Content,
		revision: in.Revision, spent: map[string]bool{},
	}
	for _, it := range in.Items {
		c.items = append(c.items, &Item{InputItem: it})
		c.covered = append(c.covered, it.ID)
	}
	for i, t := range history {
		if t.Number != i+1 {
			return nil, envelope.Refuse(envelope.CodeNumber, "the record has a gap")
		}
		if err := c.follow(t); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Foresee tells what Apply would return, without changing the case.
func (c *Case) Foresee(o envelope.Opened, at time.Time) (Transition, error) {
	return c.clone().Apply(o, at)
}

// follow changes the case as a transition says that it changed.
func (c *Case) follow(t Transition) error {
	at := c.stage
	refuser := c.route.Stages[at].Unit
	for _, ch := range t.Items {
		it := c.item(ch.Item)
		if it == nil {
			return envelope.Refuse(envelope.CodeItem, "the record names an item that the case has not: "+ch.Item)
		}
		it.follow(Action(t.Action), ch, refuser, at)
	}
	if t.Route != nil {
		c.route = t.Route.clone()
	}
	c.aside(t)
	c.number, c.revision, c.regime, c.lawHash = t.Number, t.Revision, t.Regime, t.LawHash
	c.stage, c.held, c.closed = t.After.Index, t.After.OnHold, t.After.Closed
	if c.stage >= len(c.route.Stages) {
		return envelope.Refuse(envelope.CodeData, "the record names a stage that the route has not")
	}
	if c.stage != at {
		c.touched = c.stage < at // sent back to a stage that had its turn
	}
	c.spent[t.Nonce] = true
	persons := envelope.Act{Actor: t.Actor, OnBehalfOf: t.OnBehalfOf}.Persons()
	c.traces = append(c.traces, trace{persons: persons, role: Role(t.Role)})
	c.history = append(c.history, t)
	return nil
}

// aside follows what a transition changes beside its items and its place.
func (c *Case) aside(t Transition) {
	switch Action(t.Action) {
	case ActionHold, ActionRelease:
		c.touched = true
	case ActionDecide:
		c.touched = c.touched || t.Verdict == VerdictForward
		if t.Verdict == VerdictReconsidered {
			c.looked()
		}
		if t.To != "" {
			c.upward = Upward{}
		}
	case ActionConsult, ActionPublish, ActionSubmitUp:
		c.touched = true
		c.upwards(t)
	case ActionUpperOutcome:
		c.touched = true
	case ActionWithdraw:
		for _, it := range c.items {
			it.Reconsider, it.Reconsidered = false, true
		}
	case ActionResubmit:
		c.content, c.touched, c.covered = t.Content, false, nil
		for _, it := range c.items {
			if it.inPlay() {
				c.covered = append(c.covered, it.ID)
			}
		}
	}
	switch {
	case !t.After.Returned:
		c.returned = nil
	case c.returned == nil:
		c.returned = &waiting{from: t.After.Index, recalled: Action(t.Action) == ActionRecall}
	}
}

// upwards follows an act on a stage above the province.
func (c *Case) upwards(t Transition) {
	switch {
	case t.Consult != nil:
		c.upward.consulted(*t.Consult)
	case t.Publish != nil:
		c.upward.published(*t.Publish)
	case t.Letter != nil:
		c.upward.lettered(*t.Letter)
	}
}

// looked marks each request to look again as answered.
func (c *Case) looked() {
	for _, it := range c.items {
		if it.Reconsider {
			it.Reconsider, it.Reconsidered = false, true
		}
	}
}

// follow changes an item as a transition says that it changed.
func (i *Item) follow(action Action, ch ItemChange, unit string, stage int) {
	if ch.Opinion != "" {
		i.Opinion = ch.Opinion
	}
	switch {
	case ch.Outcome == OutcomeNotProposed && ch.Opinion != "":
		if i.Outcome != OutcomeNotProposed {
			i.RefusedBy, i.RefusedAt = unit, stage
		}
		i.DecidedReason = ch.Reason
	case action == ActionUpperOutcome:
		i.DecidedReason = ch.Reason
	case ch.Outcome == OutcomeNone:
		i.DecidedReason = ""
	}
	i.Outcome = ch.Outcome
	switch action {
	case ActionHold, ActionRelease:
		i.Held = ch.Held
	case ActionReconsider:
		i.Reconsider = ch.Reconsider
	case ActionLower:
		i.LinkedTo = ch.Link
	}
}
