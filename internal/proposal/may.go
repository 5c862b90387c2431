package proposal

import (
	"encoding/json"
	"slices"

	"vinhdanh/internal/envelope"
)

// byPeople are the actions that a person asks for, in the order in which a reader
// wants them listed. Sending comes before there is a case; results of a session
// and issued decisions are no person's act on the case.
var byPeople = []Action{
	ActionDecide, ActionAccept, ActionAppraise, ActionResubmit, ActionRecall, ActionReconsider, ActionLower,
	ActionConsult, ActionPublish, ActionSubmitUp, ActionUpperOutcome,
	ActionWithdraw, ActionHold, ActionRelease, ActionReassign,
}

// May lists what somebody in a role of a unit can ask of the case as it stands, by
// place, role and unit alone: the data of the act, and who the person is
// (separation of duties, own case), decide beyond that.
func (c *Case) May(role Role, unit string) []Action {
	out := []Action{}
	for _, action := range byPeople {
		if !c.closed && c.offers(action) && c.open(action, role, unit) {
			out = append(out, action)
		}
	}
	return out
}

// open puts an act without data before the rules of place and actor.
func (c *Case) open(action Action, role Role, unit string) bool {
	a := envelope.Act{Action: string(action), Role: string(role), Unit: unit, Stage: string(c.at().Kind)}
	if action == ActionDecide && c.secondLook() {
		a.Data = json.RawMessage(`{"verdict":"` + VerdictReconsidered + `"}`)
	}
	r := table[action]
	return c.checkPlace(r, a) == nil && c.checkWho(r, envelope.Opened{Act: a, Key: envelope.Key{Purpose: envelope.PurposeApp}}) == nil
}

// offers tells whether anything is there for the action to act upon.
func (c *Case) offers(action Action) bool {
	some := func(is func(*Item) bool) bool { return slices.ContainsFunc(c.items, is) }
	switch action {
	case ActionRecall:
		return !c.touched && c.stage == 1
	case ActionReconsider:
		return some(func(i *Item) bool { return i.Outcome == OutcomeNotProposed && !i.Reconsidered && !i.Reconsider })
	case ActionRelease:
		return c.held || some(func(i *Item) bool { return i.Held })
	case ActionDecide:
		return c.secondLook() || c.openItems() > 0
	case ActionAccept, ActionAppraise, ActionLower, ActionConsult, ActionPublish, ActionSubmitUp, ActionUpperOutcome:
		return c.openItems() > 0
	}
	return true
}

// Route is the route in force; an accepted dossier or a successor unit changes it.
func (c *Case) Route() Route { return c.route.clone() }
