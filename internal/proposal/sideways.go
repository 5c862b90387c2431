package proposal

import (
	"vinhdanh/internal/envelope"
)

// setHeld holds or releases items, or the whole case when none is named.
func (c *Case) setHeld(a envelope.Act, t *Transition, held bool) error {
	var d ReasonData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if held && d.Reason == "" {
		return envelope.Refuse(envelope.CodeData, "a hold needs its reason")
	}
	t.Reason = d.Reason
	if len(d.Items) == 0 {
		if c.held == held {
			return envelope.Refuse(envelope.CodeOnHold, "the case is already so")
		}
		c.held, c.touched = held, true
		return nil
	}
	for _, id := range d.Items {
		it := c.item(id)
		if it == nil || !it.inPlay() || it.Held == held {
			return envelope.Refuse(envelope.CodeItem, "no item "+id+" to hold or release")
		}
		it.Held = held
		t.Items = append(t.Items, ItemChange{Item: id, Outcome: it.Outcome, Held: held, Reason: d.Reason})
	}
	c.touched = true
	return nil
}

func (c *Case) hold(a envelope.Act, t *Transition) error    { return c.setHeld(a, t, true) }
func (c *Case) release(a envelope.Act, t *Transition) error { return c.setHeld(a, t, false) }

// reconsider asks the level that did not propose items to look again, once.
func (c *Case) reconsider(a envelope.Act, t *Transition) error {
	var d ItemsData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if len(d.Items) == 0 {
		return envelope.Refuse(envelope.CodeData, "name the items to look at again")
	}
	for _, id := range d.Items {
		it := c.item(id)
		if it == nil || it.Outcome != OutcomeNotProposed || it.Reconsidered || it.Reconsider {
			return envelope.Refuse(envelope.CodeItem, "item "+id+" cannot be looked at again")
		}
		it.Reconsider = true
		t.Items = append(t.Items, ItemChange{Item: id, Outcome: it.Outcome, Reconsider: true})
	}
	return nil
}

// lower closes an item in favour of a linked one for a lower award.
func (c *Case) lower(a envelope.Act, t *Transition) error {
	var d LowerData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	it := c.item(d.Item)
	if it == nil || !it.inPlay() {
		return envelope.Refuse(envelope.CodeItem, "no open item "+d.Item)
	}
	if d.Award == "" || d.Award == c.in.Award || d.Link == "" {
		return envelope.Refuse(envelope.CodeData, "a lower award names the award and the linked proposal")
	}
	it.Outcome, it.LinkedTo = OutcomeLower, d.Link
	t.Items = append(t.Items, ItemChange{Item: it.ID, Outcome: OutcomeLower, Link: d.Link})
	return nil
}

// reassign hands the stages of a dissolved or renamed unit to its successor.
func (c *Case) reassign(a envelope.Act, t *Transition) error {
	var d ReassignData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if d.From == "" || d.To == "" || d.From == d.To {
		return envelope.Refuse(envelope.CodeData, "a hand-over names two units")
	}
	t.Reason = d.Reason
	changed := false
	for i := range c.route.Stages {
		if c.route.Stages[i].Unit == d.From {
			c.route.Stages[i].Unit, changed = d.To, true
		}
	}
	for _, s := range c.route.Stages[1:] {
		if c.route.refusesOwn(s) {
			return envelope.Refuse(envelope.CodeUnit, "the proposing unit may not process its own case: "+string(s.Kind))
		}
	}
	if !changed {
		return envelope.Refuse(envelope.CodeUnit, "no stage of this case belongs to unit "+d.From)
	}
	route := c.route.clone()
	t.Route = &route
	return nil
}
