package proposal

import (
	"slices"

	"vinhdanh/internal/envelope"
)

// checkWho compares key, role and unit with whose act it is.
func (c *Case) checkWho(r rule, o envelope.Opened) error {
	switch r.who {
	case bySession:
		return c.checkBody(o, envelope.PurposeSession)
	case byIssuance:
		return c.checkBody(o, envelope.PurposeIssuance)
	}
	if o.Key.Purpose != envelope.PurposeApp && !(o.Key.Purpose.Integration() && r.who == byStage) {
		return envelope.Refuse(envelope.CodePurpose, "key purpose "+string(o.Key.Purpose)+" may not sign this")
	}
	a := o.Act
	switch r.who {
	case byStage:
		return c.checkStageActor(a)
	case byAwaited:
		unit, roles := c.awaited()
		return roleAndUnit(a, roles, unit)
	case byUnit:
		return roleAndUnit(a, []Role{RoleUnitHead}, c.route.Stages[0].Unit)
	case byClerk:
		return roleAndUnit(a, []Role{RoleClerk, RoleUnitHead}, c.route.Stages[0].Unit)
	case byHolder:
		return c.checkHolder(a)
	default: // byManager
		if Role(a.Role) == RoleAdmin {
			return nil
		}
		return c.checkStandingHead(a)
	}
}

// checkStandingHead lets only the head of the body that receives this case act.
func (c *Case) checkStandingHead(a envelope.Act) error {
	i := c.indexOf(StageReception)
	if Role(a.Role) != RoleStandingHead || i < 0 {
		return envelope.Refuse(envelope.CodeRole, "an admin or the head of the standing body reassigns")
	}
	return roleAndUnit(a, []Role{RoleStandingHead}, c.route.Stages[i].Unit)
}

// checkStageActor lets the current stage's unit act; the answer to a request to
// look again comes from the level that did not propose the item.
func (c *Case) checkStageActor(a envelope.Act) error {
	s := c.at()
	if Action(a.Action) == ActionDecide {
		var d DecideData
		if err := decode(a.Data, &d); err != nil {
			return err
		}
		if d.Verdict == VerdictReconsidered {
			i := c.indexOf(StageReview)
			if i < 0 {
				return envelope.Refuse(envelope.CodeStage, "this route has no review")
			}
			s = c.route.Stages[i]
		}
	}
	return roleAndUnit(a, s.Roles, s.Unit)
}

// checkHolder lets the current stage or the standing body hold and release.
func (c *Case) checkHolder(a envelope.Act) error {
	s := c.at()
	if Action(a.Action) == ActionHold && !s.May(ChooseHold) {
		return envelope.Refuse(envelope.CodeStage, "this stage may not hold")
	}
	err := roleAndUnit(a, s.Roles, s.Unit)
	if err == nil {
		return nil
	}
	if i := c.indexOf(StageReception); i >= 0 && c.stage >= i {
		second := roleAndUnit(a, c.route.Stages[i].Roles, c.route.Stages[i].Unit)
		if second == nil || envelope.CodeOf(err) == envelope.CodeRole {
			return second
		}
	}
	return err // the role fits the stage, so the unit is what is wrong
}

func roleAndUnit(a envelope.Act, roles []Role, unit string) error {
	if !slices.Contains(roles, Role(a.Role)) {
		return envelope.Refuse(envelope.CodeRole, "role "+a.Role+" does not act here")
	}
	if a.Unit != unit {
		return envelope.Refuse(envelope.CodeUnit, "the case waits for another unit")
	}
	return nil
}

// checkBody lets a session or an issuance of the stage's own body speak.
func (c *Case) checkBody(o envelope.Opened, want envelope.Purpose) error {
	if err := purpose(o, want); err != nil {
		return err
	}
	if o.Act.Unit != c.at().Unit {
		return envelope.Refuse(envelope.CodeUnit, "the result is another body's")
	}
	return nil
}

func purpose(o envelope.Opened, want envelope.Purpose) error {
	if o.Key.Purpose != want {
		return envelope.Refuse(envelope.CodePurpose, "key purpose "+string(o.Key.Purpose)+" may not sign this")
	}
	return nil
}

// earlierRoles lists the other roles these persons held in the case, in order.
func (c *Case) earlierRoles(role Role, persons []string) []string {
	var out []string
	for _, t := range c.traces {
		for _, p := range persons {
			if t.role != role && slices.Contains(t.persons, p) && !slices.Contains(out, string(t.role)) {
				out = append(out, string(t.role))
			}
		}
	}
	return out
}
