// Package proposal is the model of a case: one proposal (hồ sơ đề nghị) of one
// award, walking its route item by item. It is pure; the workflow, the tests and
// the offline verifier all drive the same state machine.
//
//   - Input says what the case is, in identifiers, codes and commitments.
//   - An act (package envelope) asks for an Action.
//   - Case.Check says whether the act may be done here and now: a Refusal says why not.
//   - Case.Apply does it and returns the Transition, the only record of change.
//
// Every item ends in an Outcome or visibly waits for a named role (Place).
package proposal

import (
	"time"

	"vinhdanh/internal/envelope"
)

// trace remembers who acted in which role.
type trace struct {
	persons []string
	role    Role
}

// waiting is why the case is with its unit again.
type waiting struct {
	from     int  // stage index to come back to
	recalled bool // by the unit itself
}

// Case is the state of one commendation case.
type Case struct {
	in         Input
	route      Route
	regime     string
	lawHash    string
	content    string
	covered    []string // ids of the items that content is over
	revision   int
	number     int
	stage      int
	items      []*Item
	returned   *waiting
	held       bool
	touched    bool // somebody acted since the case came to this stage
	validating bool
	validation *Validation
	closed     bool
	traces     []trace
	spent      map[string]bool
	history    []Transition
	upward     Upward // on a route above the province
}

// New opens a case from its input and the sender's opened act.
func New(in Input, sent envelope.Opened, at time.Time) (*Case, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	c := &Case{
		in: in, route: in.Route.clone(), regime: in.Regime, lawHash: in.LawHash, content: in.Content,
		revision: in.Revision, validating: true, spent: map[string]bool{},
	}
	for _, it := range in.Items {
		c.items = append(c.items, &Item{InputItem: it})
		c.covered = append(c.covered, it.ID)
	}
	if err := c.checkSend(sent, at); err != nil {
		return nil, err
	}
	t := c.begin(sent, at)
	c.stage = 1
	c.finish(&t, sent)
	return c, nil
}

func (in Input) check() error {
	switch {
	case in.Case == "" || in.Proposal == "" || in.Revision < 1:
		return envelope.Refuse(envelope.CodeData, "the case has no id or revision")
	case len(in.Items) == 0:
		return envelope.Refuse(envelope.CodeData, "a proposal needs at least one item")
	}
	if err := in.Route.check(); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, it := range in.Items {
		if it.ID == "" || seen[it.ID] {
			return envelope.Refuse(envelope.CodeItem, "an item's id is empty or stands twice: "+it.ID)
		}
		seen[it.ID] = true
	}
	return nil
}

func (c *Case) checkSend(sent envelope.Opened, at time.Time) error {
	a := sent.Act
	switch {
	case Action(a.Action) != ActionSend:
		return envelope.Refuse(envelope.CodeStage, "a case starts with the act send")
	case sent.Key.Purpose != envelope.PurposeApp:
		return envelope.Refuse(envelope.CodePurpose, "only the application signs a sending")
	case a.Case != c.in.Case:
		return envelope.Refuse(envelope.CodeCase, "the act is for "+a.Case)
	case a.Revision != c.in.Revision || a.Number != 1:
		return envelope.Refuse(envelope.CodeRevision, "the sending act is not for this revision")
	}
	var d SendData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if d.Content != c.in.Content {
		return envelope.Refuse(envelope.CodeData, "the sender signed other content than the case carries")
	}
	if err := a.Fresh(at); err != nil {
		return err
	}
	nomination := c.route.Stages[0]
	if Role(a.Role) != RoleUnitHead {
		return envelope.Refuse(envelope.CodeRole, "the head of the unit sends")
	}
	if a.Unit != nomination.Unit {
		return envelope.Refuse(envelope.CodeUnit, "the act is by unit "+a.Unit)
	}
	return c.checkSelf(a)
}

// Number is the number of the last transition.
func (c *Case) Number() int { return c.number }

// Revision is the revision in force.
func (c *Case) Revision() int { return c.revision }

// Closed tells whether every item has its outcome and nothing more is awaited.
func (c *Case) Closed() bool { return c.closed }

// Validating tells whether the case waits for the validation activity.
func (c *Case) Validating() bool { return c.validating }

// Validated takes the validation activity's finding for the current revision.
func (c *Case) Validated(v Validation) {
	c.validation, c.validating = &v, false
}

// Transitions returns the transitions after the given number, oldest first.
func (c *Case) Transitions(after int) []Transition {
	if after < 0 || after >= len(c.history) {
		return nil
	}
	return c.history[after:]
}

// Content is the commitment to the revision in force.
func (c *Case) Content() string { return c.content }

// LawHash is the hash of the law data in force for the case.
func (c *Case) LawHash() string { return c.lawHash }

// Items returns a copy of the items in the order of the tờ trình.
func (c *Case) Items() []Item {
	out := make([]Item, len(c.items))
	for i, it := range c.items {
		out[i] = *it
	}
	return out
}

// Covered lists the ids of the items that Content is over, in the order in which
// they were signed: those of the sending, or of the latest resubmission. Items
// that ended since then are among them.
func (c *Case) Covered() []string { return c.covered }

func (c *Case) at() Stage { return c.route.Stages[c.stage] }

func (c *Case) item(id string) *Item {
	for _, it := range c.items {
		if it.ID == id {
			return it
		}
	}
	return nil
}

func (c *Case) indexOf(kind StageKind) int { return c.route.indexOf(kind) }

func (c *Case) openItems() int {
	n := 0
	for _, it := range c.items {
		if it.inPlay() {
			n++
		}
	}
	return n
}
