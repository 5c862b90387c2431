package workflows

import (
	"go.temporal.io/sdk/workflow"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
)

// Issuance is the workflow of one decision.
type Issuance struct {
	Rings Rings
}

// IssuanceResult is how an issuance ended.
type IssuanceResult struct {
	Phase    string   `json:"phase"`
	Document string   `json:"document,omitempty"`
	Delivery Delivery `json:"delivery"`
}

var issuanceUpdates = []string{proposal.ActionSign, proposal.ActionSendBack, proposal.ActionNumber}

// Run is the workflow: submitted, signed, numbered; then the document is made
// and signed, each case is told exactly once, and the ledger is written.
func (w *Issuance) Run(ctx workflow.Context, in proposal.IssuanceInput) (IssuanceResult, error) {
	i, err := w.open(ctx, in)
	if err != nil {
		return IssuanceResult{}, refused(err)
	}
	for _, name := range issuanceUpdates {
		if err := handleAct[proposal.IssuanceTransition](ctx, w.Rings, name, i); err != nil {
			return IssuanceResult{}, err
		}
	}
	transitions := func(after int) ([]proposal.IssuanceTransition, error) { return i.Transitions(after), nil }
	if err := workflow.SetQueryHandler(ctx, QueryTransitions, transitions); err != nil {
		return IssuanceResult{}, err
	}
	err = workflow.Await(ctx, func() bool { return i.Done() && workflow.AllHandlersFinished(ctx) })
	if err != nil {
		return IssuanceResult{}, err
	}
	res := IssuanceResult{Phase: i.Phase()}
	if i.Phase() != proposal.IssuanceNumbered {
		return res, nil
	}
	return w.complete(ctx, in, i, res)
}

func (w *Issuance) open(ctx workflow.Context, in proposal.IssuanceInput) (*proposal.Issuance, error) {
	if in.Case != workflow.GetInfo(ctx).WorkflowExecution.ID {
		return nil, envelope.Refuse(envelope.CodeCase, "the input is for another decision")
	}
	o, err := w.Rings().Open(in.Submit)
	if err != nil {
		return nil, err
	}
	return proposal.NewIssuance(in, o, workflow.Now(ctx))
}

// complete makes the document, tells the cases, and writes the ledger; a correction
// tells no case, it puts right what stands in the ledger.
func (w *Issuance) complete(ctx workflow.Context, in proposal.IssuanceInput, i *proposal.Issuance, res IssuanceResult) (IssuanceResult, error) {
	issued := i.Issued()
	ask := FinishInput{Case: in.Case, Decision: in.Decision, Number: issued.Number, Date: issued.Date, Content: in.Content, Signed: i.Signed(), Scan: i.Scan()}
	var done Finished
	err := workflow.ExecuteActivity(withShort(ctx, "make the document"), ActivityFinishDecision, ask).Get(ctx, &done)
	if err != nil {
		return res, err
	}
	issued.Document, res.Document = done.Document, done.Document
	if c := in.Corrects; c != nil {
		put := CorrectedInput{Decision: in.Decision, Number: issued.Number, Date: issued.Date, Lines: c.Lines}
		err = workflow.ExecuteActivity(withShort(ctx, "correct the ledger"), ActivityWriteCorrection, put).Get(ctx, nil)
		return res, err
	}
	seal := func(round int, _ []string) (Sealed, error) {
		s := SealIssuedInput{SealInput: SealInput{Case: in.Case, ID: in.Decision, Round: round}, Issued: issued}
		var sealed Sealed
		err := workflow.ExecuteActivity(withShort(ctx, "seal the decision"), ActivitySealIssued, s).Get(ctx, &sealed)
		return sealed, err
	}
	if res.Delivery, err = deliverAll(ctx, seal); err != nil {
		return res, err
	}
	err = workflow.ExecuteActivity(withLong(ctx, "write the ledger"), ActivityWriteLedger, issued).Get(ctx, nil)
	return res, err
}
