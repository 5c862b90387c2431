package proposal

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"vinhdanh/internal/envelope"
)

// SendData is the data of ActionSend: the sender signs what is sent.
type SendData struct {
	Content string `json:"content"`
}

// who says whose act an action is.
type who int

const (
	byStage    who = iota // the unit and roles of the current stage
	byUnit                // the head of the nominating unit
	byClerk               // the nominating unit's clerk or head
	byHolder              // the current stage's unit, or the standing body
	byManager             // an admin or the head of the standing body
	byAwaited             // whose turn it is at the stage
	bySession             // a council session's key
	byIssuance            // an issuance's key
)

// rule is one row of the transition table.
type rule struct {
	who    who
	stages []StageKind // empty: any but a closed one
	onHold bool        // allowed while the whole case is held
	away   bool        // allowed (and only allowed) while the case is back with its unit
	either bool        // allowed both at a stage and while away
	apply  func(*Case, envelope.Act, *Transition) error
}

// table is the transition table. It is read by key only, never ranged over.
var table = map[Action]rule{
	ActionDecide:        {who: byStage, stages: beforeCouncil, apply: (*Case).decide},
	ActionAccept:        {who: byStage, stages: []StageKind{StageReception}, apply: (*Case).accept},
	ActionAppraise:      {who: byStage, stages: []StageKind{StageAppraisal}, apply: (*Case).appraise},
	ActionCouncilResult: {who: bySession, stages: []StageKind{StageCouncil}, apply: (*Case).councilResult},
	ActionIssued:        {who: byIssuance, stages: []StageKind{StageIssuance}, apply: (*Case).issued},
	ActionResubmit:      {who: byUnit, away: true, apply: (*Case).resubmit},
	ActionRecall:        {who: byClerk, stages: []StageKind{StageReview, StageReception}, apply: (*Case).recall},
	ActionWithdraw:      {who: byUnit, stages: beforeIssuance, onHold: true, either: true, apply: (*Case).withdraw},
	ActionHold:          {who: byHolder, apply: (*Case).hold},
	ActionRelease:       {who: byHolder, onHold: true, apply: (*Case).release},
	ActionReconsider:    {who: byUnit, stages: beforeCouncil, apply: (*Case).reconsider},
	ActionLower:         {who: byUnit, stages: beforeCouncil, apply: (*Case).lower},
	ActionReassign:      {who: byManager, onHold: true, either: true, apply: (*Case).reassign},
	ActionConsult:       {who: byStage, stages: []StageKind{StageConsultation}, apply: (*Case).consult},
	ActionPublish:       {who: byStage, stages: []StageKind{StagePublication}, apply: (*Case).publish},
	ActionSubmitUp:      {who: byAwaited, stages: []StageKind{StageSubmission}, apply: (*Case).submitUp},
	ActionUpperOutcome:  {who: byStage, stages: []StageKind{StageOutcome}, apply: (*Case).upperOutcome},
}

var (
	beforeCouncil  = []StageKind{StageReview, StageReception, StageAppraisal, StageConsultation, StagePublication}
	beforeIssuance = []StageKind{StageReview, StageReception, StageAppraisal, StageConsultation, StagePublication, StageCouncil}
)

// Check tells whether the act may be done now; nil means yes. It changes nothing.
func (c *Case) Check(o envelope.Opened, now time.Time) error {
	a := o.Act
	r, ok := table[Action(a.Action)]
	if !ok {
		return envelope.Refuse(envelope.CodeStage, "no action "+a.Action)
	}
	if err := c.checkTarget(a, now); err != nil {
		return err
	}
	if err := c.checkPlace(r, a); err != nil {
		return err
	}
	if err := c.checkWho(r, o); err != nil {
		return err
	}
	if err := c.checkSelf(a); err != nil {
		return err
	}
	return c.checkSeparation(Role(a.Role), a.Persons())
}

// checkTarget compares what the act aims at with what the case is.
func (c *Case) checkTarget(a envelope.Act, now time.Time) error {
	switch {
	case a.Case != c.in.Case:
		return envelope.Refuse(envelope.CodeCase, "the act is for "+a.Case)
	case c.spent[a.Nonce]:
		return envelope.Refuse(envelope.CodeReplayed, "this act was already done")
	case c.closed:
		return envelope.Refuse(envelope.CodeClosed, "the case is closed")
	}
	if err := a.Fresh(now); err != nil {
		return err
	}
	switch {
	case a.Revision != c.revision && Action(a.Action) != ActionResubmit,
		a.Revision != c.revision+1 && Action(a.Action) == ActionResubmit:
		return envelope.Refuse(envelope.CodeRevision, "the case is at another revision")
	case a.Number != c.number+1:
		return envelope.Refuse(envelope.CodeNumber, "somebody acted in between")
	}
	return nil
}

// checkPlace compares the act's stage with the case's, and holds.
func (c *Case) checkPlace(r rule, a envelope.Act) error {
	kind := c.at().Kind
	switch {
	case c.validating:
		return envelope.Refuse(envelope.CodeValidating, "the rules are being checked; try again in a moment")
	case a.Stage != string(kind):
		return envelope.Refuse(envelope.CodeStage, "the case is at stage "+string(kind))
	case c.held && !r.onHold:
		return envelope.Refuse(envelope.CodeOnHold, "the case is on hold")
	case r.either:
	case (c.returned != nil) != r.away:
		return envelope.Refuse(envelope.CodeStage, "the case is back with its unit, or not")
	}
	if len(r.stages) > 0 && !slices.Contains(r.stages, kind) {
		return envelope.Refuse(envelope.CodeStage, "not possible at stage "+string(kind))
	}
	return nil
}

// checkSelf refuses somebody who is a subject of the case.
func (c *Case) checkSelf(a envelope.Act) error {
	if a.Self == "" || Action(a.Action) == ActionRecall || Action(a.Action) == ActionWithdraw {
		return nil
	}
	for _, it := range c.items {
		if it.Subject == a.Self && (it.inPlay() || it.Reconsider) {
			return envelope.Refuse(envelope.CodeOwnCase, "nobody decides on themselves")
		}
	}
	return nil
}

// checkSeparation refuses persons who held an excluding role earlier.
func (c *Case) checkSeparation(role Role, persons []string) error {
	for _, t := range c.traces {
		if !c.excludes(t.role, role) {
			continue
		}
		for _, p := range persons {
			if slices.Contains(t.persons, p) {
				return envelope.Refuse(envelope.CodeSeparation, "the same person acted as "+string(t.role))
			}
		}
	}
	return nil
}

func (c *Case) excludes(a, b Role) bool {
	for _, pair := range c.route.Exclusive {
		if pair == [2]Role{a, b} || pair == [2]Role{b, a} {
			return true
		}
	}
	return false
}

// decode reads an act's data strictly: an unknown field is an error.
func decode(raw json.RawMessage, into any) error {
	if len(raw) == 0 {
		raw = json.RawMessage("{}")
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return envelope.Refuse(envelope.CodeData, "the act's data does not decode: "+err.Error())
	}
	return nil
}
