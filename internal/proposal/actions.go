package proposal

import (
	"vinhdanh/internal/envelope"
)

func (c *Case) decide(a envelope.Act, t *Transition) error {
	var d DecideData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	t.Verdict, t.Minutes, t.Reason = d.Verdict, d.Minutes, d.Reason
	if d.To != StageNomination {
		t.To = d.To
	}
	switch d.Verdict {
	case VerdictReturn:
		return c.giveBack(d)
	case VerdictForward:
		return c.forward(d, t)
	case VerdictReconsidered:
		return c.lookAgain(d, t)
	}
	return envelope.Refuse(envelope.CodeData, "a decision forwards, returns or answers a request to look again")
}

func (c *Case) giveBack(d DecideData) error {
	to := d.To
	if to == "" {
		to = StageNomination
	}
	if s := c.at(); !s.May(ChooseReturn) || !s.MayReturnTo(to) {
		return envelope.Refuse(envelope.CodeStage, "this stage may not return a case there")
	}
	if d.Reason == "" {
		return envelope.Refuse(envelope.CodeData, "a return needs its reasons")
	}
	if c.openItems() == 0 {
		return envelope.Refuse(envelope.CodeStage, "no item is left that the unit could complete")
	}
	if to == StageNomination {
		c.returned = &waiting{from: c.stage}
		return nil
	}
	return c.goBack(to)
}

// goBack sends the case back to a stage it passed, which does its part again; what
// was done above on the way starts anew.
func (c *Case) goBack(to StageKind) error {
	i := c.indexOf(to)
	if i < 1 || i >= c.stage {
		return envelope.Refuse(envelope.CodeStage, "the case did not pass that stage")
	}
	if err := c.mayMoveOn(); err != nil {
		return err
	}
	c.stage, c.touched, c.upward = i, true, Upward{}
	return nil
}

func (c *Case) forward(d DecideData, t *Transition) error {
	s := c.at()
	if s.Kind != StageReview {
		return envelope.Refuse(envelope.CodeStage, "this stage accepts or appraises; it does not forward by opinion")
	}
	if s.Minutes && d.Minutes == "" {
		return envelope.Refuse(envelope.CodeData, "this level's own council minutes are required")
	}
	if err := c.mayMoveOn(); err != nil {
		return err
	}
	if err := c.opine(c.at(), d.Opinions, t, true, func(it *Item) bool { return it.inPlay() }); err != nil {
		return err
	}
	c.touched = true
	if c.openItems() > 0 {
		c.advance()
	}
	return nil
}

// lookAgain is the review level's one answer to a reconsider request.
func (c *Case) lookAgain(d DecideData, t *Transition) error {
	if !c.secondLook() {
		return envelope.Refuse(envelope.CodeStage, "nobody asked to look again")
	}
	review := c.route.Stages[c.indexOf(StageReview)] // it speaks, wherever the case stands
	if review.Minutes && d.Minutes == "" {
		return envelope.Refuse(envelope.CodeData, "this level's own council minutes are required")
	}
	asked := func(it *Item) bool { return it.Reconsider }
	if err := c.opine(review, d.Opinions, t, true, asked); err != nil {
		return err
	}
	for _, it := range c.items {
		if it.Reconsider {
			it.Reconsider, it.Reconsidered = false, true
		}
	}
	if c.at().Kind == StageReview && c.openItems() > 0 {
		c.advance()
	}
	return nil
}

// opine records what a stage says of the chosen items: a default opinion and its
// exceptions. Where
// ends is set, an item that is not proposed ends here, with its reason.
func (c *Case) opine(speaks Stage, o Opinions, t *Transition, ends bool, chosen func(*Item) bool) error {
	if o.Default != OpinionPropose && o.Default != OpinionNotPropose {
		return envelope.Refuse(envelope.CodeData, "the default opinion is propose or not_propose")
	}
	if err := mayChoose(speaks, o); err != nil {
		return err
	}
	exceptions := make(map[string]ItemOpinion, len(o.Exceptions))
	for _, x := range o.Exceptions {
		it := c.item(x.Item)
		if it == nil || !chosen(it) {
			return envelope.Refuse(envelope.CodeItem, "no open item "+x.Item)
		}
		if _, twice := exceptions[x.Item]; twice || (x.Opinion != OpinionPropose && x.Opinion != OpinionNotPropose) {
			return envelope.Refuse(envelope.CodeData, "an item has two opinions, or none of the known ones")
		}
		exceptions[x.Item] = x
	}
	for _, it := range c.items {
		if !chosen(it) {
			continue
		}
		x, ok := exceptions[it.ID]
		if !ok {
			x = ItemOpinion{Item: it.ID, Opinion: o.Default}
		}
		if x.Opinion == OpinionNotPropose && x.Reason == "" {
			return envelope.Refuse(envelope.CodeData, "an item that is not proposed needs a reason: "+it.ID)
		}
		c.setOpinion(it, x, ends)
		t.Items = append(t.Items, ItemChange{Item: it.ID, Opinion: x.Opinion, Outcome: it.Outcome, Reason: x.Reason})
	}
	return nil
}

// mayChoose refuses an opinion that the law's data does not give the stage.
func mayChoose(s Stage, o Opinions) error {
	choices := []Opinion{o.Default}
	for _, x := range o.Exceptions {
		choices = append(choices, x.Opinion)
	}
	for _, x := range choices {
		if !s.May(Choice(x)) {
			return envelope.Refuse(envelope.CodeStage, "this stage may not say "+string(x))
		}
	}
	return nil
}

func (c *Case) setOpinion(it *Item, x ItemOpinion, ends bool) {
	it.Opinion = x.Opinion
	switch {
	case x.Opinion == OpinionNotPropose && ends:
		if it.Outcome != OutcomeNotProposed { // a second look leaves who refused it first
			it.RefusedBy, it.RefusedAt = c.at().Unit, c.stage
		}
		it.Outcome, it.DecidedReason = OutcomeNotProposed, x.Reason
	case x.Opinion == OpinionPropose && it.Outcome == OutcomeNotProposed:
		it.Outcome, it.DecidedReason = OutcomeNone, ""
	}
}

func (c *Case) accept(a envelope.Act, t *Transition) error {
	var d AcceptData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if !c.at().May(ChooseAccept) {
		return envelope.Refuse(envelope.CodeStage, "this stage may not accept")
	}
	if d.Regime == "" || d.LawHash == "" {
		return envelope.Refuse(envelope.CodeData, "an acceptance confirms regime and law data")
	}
	if err := c.mayMoveOn(); err != nil {
		return err
	}
	if d.Route != nil {
		if err := c.reroute(*d.Route); err != nil {
			return err
		}
		t.Route = d.Route
	}
	// Another regime, route or other law data: the rules are checked again.
	c.validating = d.Regime != c.regime || d.LawHash != c.lawHash || d.Route != nil
	c.regime, c.lawHash = d.Regime, d.LawHash
	t.Reason = d.Reason
	t.Verdict = VerdictForward
	c.advance()
	return nil
}

// reroute replaces what lies ahead; what was walked stays.
func (c *Case) reroute(r Route) error {
	if err := r.check(); err != nil {
		return err
	}
	if len(r.Stages) <= c.stage+1 {
		return envelope.Refuse(envelope.CodeData, "the confirmed route has no way to a decision")
	}
	for i := 0; i <= c.stage; i++ {
		if r.Stages[i].Kind != c.route.Stages[i].Kind || r.Stages[i].Unit != c.route.Stages[i].Unit {
			return envelope.Refuse(envelope.CodeData, "the confirmed route differs in what was already walked")
		}
	}
	c.route = r.clone() // the transition keeps the route as confirmed
	return nil
}

// mayMoveOn keeps a case where it is while somebody else is to act: a second
// look is owed, or no item is in play and the unit may still ask for one.
func (c *Case) mayMoveOn() error {
	if c.secondLook() {
		return envelope.Refuse(envelope.CodeStage, "a request to look again is waiting for the reviewing level")
	}
	if c.openItems() == 0 {
		return envelope.Refuse(envelope.CodeStage, "no item is in play; the unit may ask to look again, or withdraws")
	}
	return nil
}

func (c *Case) appraise(a envelope.Act, t *Transition) error {
	var d AppraiseData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if err := c.mayMoveOn(); err != nil {
		return err
	}
	// Without a council, the appraisal is the last say before the signature.
	next := c.route.Stages[c.stage+1].Kind
	ends := next == StageIssuance || next == StageSubmission
	if err := c.opine(c.at(), d.Opinions, t, ends, func(it *Item) bool { return it.inPlay() }); err != nil {
		return err
	}
	t.Verdict, t.Minutes = VerdictForward, d.Report
	c.advance()
	return nil
}
