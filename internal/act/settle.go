package act

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"golang.org/x/sync/errgroup"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// retryPause is between two tries while the rules are still being checked or the
// server is busy.
const retryPause = 200 * time.Millisecond

// Settle sends a stored attempt, again if need be, and records what comes back.
// It never loses an attempt: what stays unknown is Pending and left to Sweep.
func (d *Desk) Settle(ctx context.Context, a postgres.Attempt) Result {
	if o, err := d.Store.OutcomeOf(ctx, a.Nonce); err == nil {
		return fromOutcome(o)
	}
	for {
		body, err := d.send(ctx, a)
		if err == nil {
			return d.accept(ctx, a, body)
		}
		switch code := codeOf(err); {
		case code == envelope.CodeValidating || busy(err):
			if !pause(ctx) {
				return Result{Status: Pending, Nonce: a.Nonce, Code: code, Detail: "the rules are being checked"}
			}
		case code != "":
			return d.refuse(ctx, a, code, detailOf(err))
		default:
			zerolog.Ctx(ctx).Warn().Err(err).Str("case", a.CaseID).Str("nonce", a.Nonce).Msg("attempt left to the sweep")
			return Result{Status: Pending, Nonce: a.Nonce}
		}
	}
}

// send delivers the attempt to Temporal and returns the transition.
func (d *Desk) send(ctx context.Context, a postgres.Attempt) (json.RawMessage, error) {
	if len(a.Start) > 0 {
		return d.start(ctx, a)
	}
	var msg envelope.Message
	if err := json.Unmarshal(a.Message, &msg); err != nil {
		return nil, envelope.Refuse(envelope.CodeMalformed, "the stored message does not decode")
	}
	h, err := d.Temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		UpdateID: a.Nonce, WorkflowID: a.CaseID, UpdateName: a.Action, Args: []any{msg},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err != nil {
		return nil, err
	}
	var body json.RawMessage
	err = h.Get(ctx, &body)
	return body, err
}

// start begins the workflow. A run that is there already is ours if its first
// transition carries our nonce.
func (d *Desk) start(ctx context.Context, a postgres.Attempt) (json.RawMessage, error) {
	run, err := d.execute(ctx, a, enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
	var started *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &started) {
		run, err = d.startAgain(ctx, a)
	}
	if err != nil {
		return nil, err
	}
	all, err := d.Transitions(ctx, a.CaseID, 0)
	if err != nil {
		if err = d.whyNoTransition(ctx, run, err); codeOf(err) == "" {
			return nil, err
		}
		// The run that failed may be somebody's bogus start that was still open when
		// ours joined it; our own act fails again for its own reason.
		if run, err = d.startAgain(ctx, a); err != nil {
			return nil, err
		}
		if all, err = d.Transitions(ctx, a.CaseID, 0); err != nil {
			return nil, d.whyNoTransition(ctx, run, err)
		}
	}
	var step envelope.Step
	if len(all) == 0 || json.Unmarshal(all[0], &step) != nil || step.Nonce != a.Nonce {
		return nil, envelope.Refuse(envelope.CodeReplayed, "it was already started by another act")
	}
	return all[0], nil
}

func (d *Desk) execute(ctx context.Context, a postgres.Attempt, reuse enumspb.WorkflowIdReusePolicy) (client.WorkflowRun, error) {
	return d.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: a.CaseID, TaskQueue: d.Queue,
		WorkflowIDReusePolicy:                    reuse,
		WorkflowIDConflictPolicy:                 enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowExecutionErrorWhenAlreadyStarted: true,
	}, a.Workflow, a.Start)
}

// startAgain is for an id that was used before. A run that failed without ever
// becoming the case (refused as expired, or started by somebody without a key)
// does not keep the genuine one from its start.
func (d *Desk) startAgain(ctx context.Context, a postgres.Attempt) (client.WorkflowRun, error) {
	desc, err := d.Temporal.DescribeWorkflowExecution(ctx, a.CaseID, "")
	if err != nil {
		return nil, err
	}
	have, err := d.Store.Recorded(ctx, a.CaseID)
	if err != nil {
		return nil, err
	}
	switch desc.GetWorkflowExecutionInfo().GetStatus() {
	case enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED:
		return d.Temporal.GetWorkflow(ctx, a.CaseID, ""), nil
	}
	if have > 0 {
		return d.Temporal.GetWorkflow(ctx, a.CaseID, ""), nil
	}
	return d.execute(ctx, a, enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
}

// whyNoTransition tells a refused start from an outage.
func (d *Desk) whyNoTransition(ctx context.Context, run client.WorkflowRun, queryErr error) error {
	desc, err := d.Temporal.DescribeWorkflowExecution(ctx, run.GetID(), "")
	if err != nil || desc.GetWorkflowExecutionInfo().GetStatus() != enumspb.WORKFLOW_EXECUTION_STATUS_FAILED {
		return queryErr
	}
	return run.Get(ctx, nil)
}

// Transitions asks the workflow for its transitions after a number.
func (d *Desk) Transitions(ctx context.Context, caseID string, after int) ([]json.RawMessage, error) {
	v, err := d.Temporal.QueryWorkflow(ctx, caseID, "", "transitions", after)
	if err != nil {
		return nil, err
	}
	var all []json.RawMessage
	err = v.Get(&all)
	return all, err
}

func (d *Desk) accept(ctx context.Context, a postgres.Attempt, body json.RawMessage) Result {
	var step envelope.Step
	_ = json.Unmarshal(body, &step) // a transition of ours; Record refuses any other
	res := Result{Status: Accepted, Nonce: a.Nonce, Number: step.Number, Body: body, Recorded: true}
	zerolog.Ctx(ctx).Info().Str("case", a.CaseID).Int("number", step.Number).Str("action", a.Action).
		Str("actor", a.Actor).Msg("transition")
	if err := d.Record(ctx, a.CaseID, body); err != nil {
		zerolog.Ctx(ctx).Warn().Err(err).Str("case", a.CaseID).Int("number", step.Number).Msg("accepted, being recorded")
		res.Recorded = false
	}
	return res
}

func (d *Desk) refuse(ctx context.Context, a postgres.Attempt, code, detail string) Result {
	res := Result{Status: Refused, Nonce: a.Nonce, Code: code, Detail: detail, Recorded: true}
	if err := d.Store.RefuseAttempt(ctx, a.Nonce, code, detail); err != nil {
		res.Recorded = false
	}
	return res
}

// Record writes a transition, and first those before it that are still missing.
func (d *Desk) Record(ctx context.Context, caseID string, body json.RawMessage) error {
	err := d.Store.Record(ctx, caseID, body)
	var gap postgres.ErrGap
	if !errors.As(err, &gap) {
		return err
	}
	missing, err := d.Transitions(ctx, caseID, gap.Have)
	if err != nil {
		return err
	}
	for _, m := range missing {
		if err := d.Store.Record(ctx, caseID, m); err != nil {
			return err
		}
	}
	return d.Store.Record(ctx, caseID, body)
}

// sweepers is how many attempts a sweep settles at a time.
const sweepers = 8

// Sweep settles attempts without an outcome that are older than age, and returns
// how many it settled. Each has its own time limit: a case that does not answer
// keeps no other one waiting.
func (d *Desk) Sweep(ctx context.Context, age time.Duration) (int, error) {
	open, err := d.Store.OpenAttempts(ctx, age, 500)
	if err != nil {
		return 0, err
	}
	var n atomic.Int64
	var g errgroup.Group
	g.SetLimit(sweepers)
	for _, a := range open {
		g.Go(func() error {
			wait, cancel := context.WithTimeout(ctx, d.wait())
			defer cancel()
			if r := d.Settle(wait, a); r.Status != Pending && r.Recorded {
				n.Add(1)
			}
			return ctx.Err()
		})
	}
	err = g.Wait()
	return int(n.Load()), err
}

func fromOutcome(o postgres.Outcome) Result {
	r := Result{Status: o.Status, Nonce: o.Nonce, Code: o.Code, Detail: o.Detail, Recorded: true}
	if o.Number != nil {
		r.Number = *o.Number
	}
	return r
}

// codeOf finds the refusal code in what Temporal or we returned; "" is an outage.
func codeOf(err error) string {
	if c := envelope.CodeOf(err); c != "" {
		return c
	}
	var app *temporal.ApplicationError
	if errors.As(err, &app) {
		return app.Type()
	}
	var gone *serviceerror.NotFound
	if errors.As(err, &gone) {
		return envelope.CodeClosed
	}
	return ""
}

func detailOf(err error) string {
	var app *temporal.ApplicationError
	if errors.As(err, &app) {
		return app.Message()
	}
	var r *envelope.Refusal
	if errors.As(err, &r) {
		return r.Detail
	}
	return "the case takes no more acts"
}

func busy(err error) bool {
	var full *serviceerror.ResourceExhausted
	return errors.As(err, &full)
}

func pause(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(retryPause):
		return true
	}
}
