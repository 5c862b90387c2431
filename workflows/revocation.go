package workflows

import (
	"go.temporal.io/sdk/workflow"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
)

// Revocation is the workflow of one revocation.
type Revocation struct {
	Rings Rings
}

// RevocationResult is how a revocation ended.
type RevocationResult struct {
	Phase    string `json:"phase"`
	Document string `json:"document,omitempty"`
}

var revocationUpdates = []string{
	proposal.ActionAnswer, string(proposal.ActionAppraise), proposal.ActionSubmit, proposal.ActionSign,
	proposal.ActionSendBack, proposal.ActionRefuse, proposal.ActionNumber, string(proposal.ActionWithdraw),
}

// Run is the workflow: opened, heard, appraised, submitted, signed, numbered; then the
// revoking document is made and signed, and the ledger is marked. Refused and
// withdrawn it ends on record, and nothing is marked.
func (w *Revocation) Run(ctx workflow.Context, in proposal.RevocationInput) (RevocationResult, error) {
	r, err := w.open(ctx, in)
	if err != nil {
		return RevocationResult{}, refused(err)
	}
	for _, name := range revocationUpdates {
		if err := handleAct[proposal.RevocationTransition](ctx, w.Rings, name, r); err != nil {
			return RevocationResult{}, err
		}
	}
	transitions := func(after int) ([]proposal.RevocationTransition, error) { return r.Transitions(after), nil }
	if err := workflow.SetQueryHandler(ctx, QueryTransitions, transitions); err != nil {
		return RevocationResult{}, err
	}
	err = workflow.Await(ctx, func() bool { return r.Done() && workflow.AllHandlersFinished(ctx) })
	if err != nil {
		return RevocationResult{}, err
	}
	res := RevocationResult{Phase: r.Phase()}
	if r.Phase() != proposal.RevocationNumbered {
		return res, nil
	}
	number, date, content, signed, scan := r.Decided()
	ask := FinishInput{Case: in.Case, Decision: in.Case, Number: number, Date: date, Content: content, Signed: signed, Scan: scan}
	var done Finished
	if err := workflow.ExecuteActivity(withShort(ctx, "make the document"), ActivityFinishDecision, ask).Get(ctx, &done); err != nil {
		return res, err
	}
	res.Document = done.Document
	mark := RevokedInput{Revocation: in.Revocation, Number: number, Date: date}
	err = workflow.ExecuteActivity(withShort(ctx, "mark the ledger"), ActivityWriteRevocation, mark).Get(ctx, nil)
	return res, err
}

func (w *Revocation) open(ctx workflow.Context, in proposal.RevocationInput) (*proposal.Revocation, error) {
	if in.Case != workflow.GetInfo(ctx).WorkflowExecution.ID {
		return nil, envelope.Refuse(envelope.CodeCase, "the input is for another revocation")
	}
	o, err := w.Rings().Open(in.Submit)
	if err != nil {
		return nil, err
	}
	return proposal.NewRevocation(in, o, workflow.Now(ctx))
}
