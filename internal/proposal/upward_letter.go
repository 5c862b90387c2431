package proposal

import "vinhdanh/internal/envelope"

// submitUp takes the letter upward through its three hands: the standing body
// prepares, the head of the authority signs, the registrar gives number and date.
// With the number the province's part ends.
func (c *Case) submitUp(a envelope.Act, t *Transition) error {
	var d SubmitUpData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	t.Verdict, t.Reason, t.Letter = d.Verdict, d.Reason, &d
	if err := c.checkLetter(d); err != nil {
		return err
	}
	c.upward.lettered(d)
	c.touched = true
	if d.Verdict == VerdictNumbered {
		c.advance()
	}
	return nil
}

func (c *Case) checkLetter(d SubmitUpData) error {
	phase := map[string]string{VerdictPrepared: "", VerdictSigned: VerdictPrepared, VerdictSentBack: VerdictPrepared, VerdictNumbered: VerdictSigned}
	if was, known := phase[d.Verdict]; !known || was != c.upward.Phase {
		return envelope.Refuse(envelope.CodeStage, "the letter is prepared, then signed or sent back, then numbered")
	}
	switch d.Verdict {
	case VerdictPrepared:
		if d.Letter == "" {
			return envelope.Refuse(envelope.CodeData, "the letter upward has its text")
		}
		return c.noneHeld()
	case VerdictSigned:
		if !c.at().May(ChooseSign) {
			return envelope.Refuse(envelope.CodeStage, "this stage does not sign")
		}
		if d.Letter != c.upward.Letter {
			return envelope.Refuse(envelope.CodeData, "the signer saw another text than was prepared")
		}
		return c.noneHeld()
	case VerdictSentBack:
		if !c.at().May(ChooseSendBack) {
			return envelope.Refuse(envelope.CodeStage, "this stage does not send back")
		}
		if d.Reason == "" {
			return envelope.Refuse(envelope.CodeData, "sending back needs its reason")
		}
	default:
		if d.Number == "" || !days(d.Date) {
			return envelope.Refuse(envelope.CodeData, "the letter has a number and a date")
		}
	}
	return nil
}

func (c *Case) noneHeld() error {
	for _, it := range c.items {
		if it.inPlay() && it.Held {
			return envelope.Refuse(envelope.CodeOnHold, "item "+it.ID+" is on hold")
		}
	}
	return nil
}

// awaited is whose turn it is at the stage: at the submission it goes by the letter.
func (c *Case) awaited() (unit string, roles []Role) {
	s := c.at()
	if s.Kind != StageSubmission {
		return s.Unit, s.Roles
	}
	only := func(r Role) []Role { return []Role{r} }
	switch c.upward.Phase {
	case VerdictPrepared:
		return s.Unit, only(RoleSigner)
	case VerdictSigned:
		return s.Unit, only(RoleRegistrar)
	}
	return c.route.Stages[c.indexOf(StageReception)].Unit, only(RoleStandingHead)
}

// upperOutcome enters what was decided above, item by item.
func (c *Case) upperOutcome(a envelope.Act, t *Transition) error {
	var d AboveData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if len(d.Items) == 0 {
		return envelope.Refuse(envelope.CodeData, "name the items that were decided")
	}
	for _, r := range d.Items {
		it := c.item(r.Item)
		if it == nil || !it.inPlay() {
			return envelope.Refuse(envelope.CodeItem, "no open item "+r.Item)
		}
		if err := c.checkAbove(d, r); err != nil {
			return err
		}
		it.Outcome, it.DecidedReason = r.Outcome, r.Reason
		t.Items = append(t.Items, ItemChange{Item: it.ID, Outcome: r.Outcome, Held: it.Held, Reason: r.Reason})
	}
	t.Above, c.touched = &d, true
	return nil
}

func (c *Case) checkAbove(d AboveData, r AboveItem) error {
	switch r.Outcome {
	case OutcomeRecognised:
		if !c.at().May(ChooseAward) {
			return envelope.Refuse(envelope.CodeStage, "this stage does not award")
		}
		if d.Number == "" || !days(d.Date) || d.Issuer == "" || c.route.Above != "" && d.Issuer != c.route.Above {
			return envelope.Refuse(envelope.CodeData, "an award from above has the issuer that the route names, a number and a date")
		}
		return nil
	case OutcomeNotAwarded:
		if !c.at().May(ChooseNotAward) {
			return envelope.Refuse(envelope.CodeStage, "this stage does not refuse")
		}
		if r.Reason == "" {
			return envelope.Refuse(envelope.CodeData, "what was not awarded has its reason: "+r.Item)
		}
		return nil
	}
	return envelope.Refuse(envelope.CodeData, "an outcome from above is recognised or not_awarded")
}
