package proposal

import (
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
)

func (c *Case) councilResult(a envelope.Act, t *Transition) error {
	var d CouncilData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	t.Session = d.Session
	if len(d.Items) != c.openItems() {
		return envelope.Refuse(envelope.CodeData, "the result must name each open item once")
	}
	seen := map[string]bool{}
	for _, r := range d.Items {
		it := c.item(r.Item)
		if it == nil || !it.inPlay() || seen[r.Item] {
			return envelope.Refuse(envelope.CodeItem, "no open item "+r.Item)
		}
		seen[r.Item] = true
		if err := c.checkResult(it, r); err != nil {
			return err
		}
		it.Outcome = r.Outcome
		t.Items = append(t.Items, ItemChange{Item: it.ID, Outcome: r.Outcome, Held: it.Held})
	}
	t.Verdict = VerdictForward
	c.advance()
	return nil
}

func (c *Case) checkResult(it *Item, r ItemResult) error {
	if it.Held && r.Outcome != OutcomeDeferred {
		return envelope.Refuse(envelope.CodeOnHold, "item "+it.ID+" is on hold; the Council can only defer it")
	}
	choice := map[Outcome]Choice{OutcomePassed: ChoosePass, OutcomeNotPassed: ChooseNotPass, OutcomeDeferred: ChooseDefer}[r.Outcome]
	if choice != "" && !c.at().May(choice) {
		return envelope.Refuse(envelope.CodeStage, "the Council may not decide so here: "+string(r.Outcome))
	}
	switch r.Outcome {
	case OutcomePassed:
		if r.Sum == nil || !r.Sum.Met || !c.counts(*r.Sum) {
			return envelope.Refuse(envelope.CodeData, "an item passes only with a count that meets the rule")
		}
		return nil
	case OutcomeNotPassed, OutcomeDeferred:
		return nil
	}
	return envelope.Refuse(envelope.CodeData, "a council result is passed, not_passed or deferred")
}

// counts does the arithmetic of a count again, by this case's own rule.
func (c *Case) counts(s council.Sum) bool {
	needed := s.Needed
	if r := c.at().Council; r != nil {
		needed = r.Required(s.Base)
	}
	return s.Base > 0 && s.Needed == needed && s.Yes >= needed && s.Yes <= s.Base
}

// issued closes the case: the decision names exactly the items that passed.
func (c *Case) issued(a envelope.Act, t *Transition) error {
	var d IssuedData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if d.Decision == "" || d.Number == "" || d.Date == "" || d.Document == "" || len(d.Signer) == 0 {
		return envelope.Refuse(envelope.CodeData, "an issued decision has a number, a date, a document and a signer")
	}
	if !c.at().May(ChooseSign) {
		return envelope.Refuse(envelope.CodeStage, "this stage does not sign")
	}
	if err := c.checkSigners(a, d); err != nil {
		return err
	}
	if len(d.Items) != c.openItems() {
		return envelope.Refuse(envelope.CodeItem, "the decision must name exactly the items that passed, each once")
	}
	for _, it := range c.items {
		named := slices.Contains(d.Items, it.ID)
		passed := it.inPlay()
		if named != passed {
			return envelope.Refuse(envelope.CodeItem, "the decision must name exactly the items that passed: "+it.ID)
		}
		if named && it.Held {
			return envelope.Refuse(envelope.CodeOnHold, "item "+it.ID+" is on hold")
		}
	}
	for _, it := range c.items {
		if it.inPlay() {
			it.Outcome = OutcomeRecognised
			t.Items = append(t.Items, ItemChange{Item: it.ID, Outcome: OutcomeRecognised})
		}
	}
	t.Decision = &d
	return nil
}

// checkSigners applies the separation of duties to the people behind a decision:
// against who acted in the case before, and among themselves.
func (c *Case) checkSigners(a envelope.Act, d IssuedData) error {
	behind := []trace{
		{a.Persons(), Role(a.Role)}, {d.Submitter, RoleStandingHead}, {d.Signer, RoleSigner}, {d.Registrar, RoleRegistrar},
	}
	for i, t := range behind {
		for _, other := range append(slices.Clone(c.traces), behind[:i]...) {
			if c.excludes(other.role, t.role) && shared(other.persons, t.persons) {
				return envelope.Refuse(envelope.CodeSeparation, "the same person acted as "+string(other.role))
			}
		}
	}
	return nil
}

func shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(p string) bool { return slices.Contains(b, p) })
}

func (c *Case) resubmit(a envelope.Act, t *Transition) error {
	var d ResubmitData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if d.Content == "" || len(d.Items) == 0 {
		return envelope.Refuse(envelope.CodeData, "a resubmission has content and items")
	}
	kept := map[string]InputItem{}
	covered := make([]string, 0, len(d.Items))
	for _, in := range d.Items {
		it := c.item(in.ID)
		if it == nil || !it.inPlay() {
			return envelope.Refuse(envelope.CodeItem, "items cannot be added to a sent proposal: "+in.ID)
		}
		if _, twice := kept[in.ID]; twice {
			return envelope.Refuse(envelope.CodeItem, "an item stands twice: "+in.ID)
		}
		if it.Subject != in.Subject {
			return envelope.Refuse(envelope.CodeItem, "an item cannot change its subject: "+in.ID)
		}
		kept[in.ID] = in
		covered = append(covered, in.ID)
	}
	for _, it := range c.items {
		in, ok := kept[it.ID]
		switch {
		case ok:
			it.InputItem = in
		case it.inPlay():
			it.Outcome = OutcomeWithdrawn
			t.Items = append(t.Items, ItemChange{Item: it.ID, Outcome: OutcomeWithdrawn})
		}
	}
	c.revision, c.content, c.covered = c.revision+1, d.Content, covered
	t.Content = d.Content
	if d.LawHash != "" {
		c.lawHash = d.LawHash
	}
	c.stage, c.returned, c.touched, c.validating = c.returned.from, nil, false, true
	return nil
}

// recall takes the case back while nobody above has acted on it. Whether it was
// already opened is known to the application, which says so before it signs.
func (c *Case) recall(a envelope.Act, t *Transition) error {
	var d ReasonData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if len(d.Items) > 0 {
		return envelope.Refuse(envelope.CodeData, "a recall takes the whole case back")
	}
	if c.touched || c.stage != 1 {
		return envelope.Refuse(envelope.CodeStage, "the next level has already acted; ask it to return the case")
	}
	t.Reason = d.Reason
	c.returned = &waiting{from: c.stage, recalled: true}
	return nil
}

func (c *Case) withdraw(a envelope.Act, t *Transition) error {
	var d ReasonData
	if err := decode(a.Data, &d); err != nil {
		return err
	}
	if len(d.Items) > 0 {
		return envelope.Refuse(envelope.CodeData, "a withdrawal ends the whole case; single items leave it by a resubmission")
	}
	t.Reason = d.Reason
	for _, it := range c.items {
		if it.inPlay() {
			it.Outcome = OutcomeWithdrawn
			t.Items = append(t.Items, ItemChange{Item: it.ID, Outcome: OutcomeWithdrawn})
		}
		it.Reconsider, it.Reconsidered = false, true
	}
	c.returned, c.held = nil, false
	return nil
}
