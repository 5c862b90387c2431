package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
)

// Commendation is the workflow of one proposal.
type Commendation struct {
	Rings Rings
}

// CommendationResult is how a case ended.
type CommendationResult struct {
	Transitions int               `json:"transitions"`
	Items       []CommendationEnd `json:"items"`
}

// CommendationEnd is the outcome of one item.
type CommendationEnd struct {
	Item    string           `json:"item"`
	Outcome proposal.Outcome `json:"outcome"`
}

// ValidateInput asks the validation activity for the law's word on a revision.
type ValidateInput struct {
	Proposal string `json:"proposal"`
	Revision int    `json:"revision"`
	Regime   string `json:"regime"`
	LawHash  string `json:"law_hash"`
	Content  string `json:"content"`
	// Items are the items that content is over, in the order in which they were signed.
	Items []string `json:"items"`
}

// updates are the messages of the workflow, in the order of a case's life.
var updates = []proposal.Action{
	proposal.ActionDecide, proposal.ActionAccept, proposal.ActionAppraise, proposal.ActionCouncilResult,
	proposal.ActionIssued, proposal.ActionResubmit, proposal.ActionRecall, proposal.ActionWithdraw,
	proposal.ActionHold, proposal.ActionRelease, proposal.ActionReconsider, proposal.ActionLower,
	proposal.ActionReassign,
	proposal.ActionConsult, proposal.ActionPublish, proposal.ActionSubmitUp, proposal.ActionUpperOutcome,
}

// Run is the workflow. It starts with the sender's act, has the rules checked at
// the start and after every resubmission, and ends when no item is in play.
func (w *Commendation) Run(ctx workflow.Context, in proposal.Input) (CommendationResult, error) {
	c, err := w.open(ctx, in)
	if err != nil {
		return CommendationResult{}, refused(err)
	}
	if err := w.listen(ctx, c); err != nil {
		return CommendationResult{}, err
	}
	signals := newInbox(ctx, w.Rings, in, c)
	for !c.Closed() || signals.waiting() { // what waits when the case closes is still put on record
		switch {
		case c.Validating():
			if err := w.validate(ctx, in, c); err != nil {
				return CommendationResult{}, err
			}
		case signals.waiting():
			if err := signals.take(ctx); err != nil {
				return CommendationResult{}, err
			}
		default:
			err := workflow.Await(ctx, func() bool { return c.Closed() || c.Validating() || signals.waiting() })
			if err != nil {
				return CommendationResult{}, err
			}
		}
	}
	if err := workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) }); err != nil {
		return CommendationResult{}, err
	}
	return resultOf(c), nil
}

func (w *Commendation) open(ctx workflow.Context, in proposal.Input) (*proposal.Case, error) {
	if in.Case != workflow.GetInfo(ctx).WorkflowExecution.ID {
		return nil, envelope.Refuse(envelope.CodeCase, "the input is for another case")
	}
	o, err := w.Rings().Open(in.Send)
	if err != nil {
		return nil, err
	}
	return proposal.New(in, o, workflow.Now(ctx))
}

func (w *Commendation) listen(ctx workflow.Context, c *proposal.Case) error {
	for _, a := range updates {
		if err := handleAct[proposal.Transition](ctx, w.Rings, string(a), c); err != nil {
			return err
		}
	}
	transitions := func(after int) ([]proposal.Transition, error) { return c.Transitions(after), nil }
	if err := workflow.SetQueryHandler(ctx, QueryTransitions, transitions); err != nil {
		return err
	}
	return workflow.SetQueryHandler(ctx, QueryAccount, func() (proposal.Account, error) { return c.Account(), nil })
}

func (w *Commendation) validate(ctx workflow.Context, in proposal.Input, c *proposal.Case) error {
	ask := ValidateInput{
		Proposal: in.Proposal, Revision: c.Revision(), Regime: c.Regime(), LawHash: c.LawHash(), Content: c.Content(),
		Items: c.Covered(),
	}
	v, err := w.checkRules(ctx, ask, c.Number() > 1)
	if err != nil {
		return err
	}
	if v.Revision != ask.Revision {
		return temporal.NewNonRetryableApplicationError("the validation is of another revision", envelope.CodeRevision, nil)
	}
	c.Validated(v)
	return nil
}

// checkRules asks the validation activity. Again, after a return or under other
// law, it asks within the workflow task first, which keeps a case that went back
// once inside its event budget (design.md section 9); an outage is waited out by
// the regular activity.
func (w *Commendation) checkRules(ctx workflow.Context, ask ValidateInput, again bool) (proposal.Validation, error) {
	var v proposal.Validation
	if again {
		if err := workflow.ExecuteLocalActivity(withinTask(ctx, "check the rules again"), ActivityValidate, ask).Get(ctx, &v); err == nil {
			return v, nil
		}
	}
	err := workflow.ExecuteActivity(withQuick(ctx, "check the rules"), ActivityValidate, ask).Get(ctx, &v)
	return v, err
}

func resultOf(c *proposal.Case) CommendationResult {
	r := CommendationResult{Transitions: c.Number()}
	for _, it := range c.Items() {
		r.Items = append(r.Items, CommendationEnd{Item: it.ID, Outcome: it.Outcome})
	}
	return r
}
