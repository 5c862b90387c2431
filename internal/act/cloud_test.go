package act

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
)

// cloud stands in for Temporal: the same pure state machine as the workflow's,
// one per id; an Update id that was accepted always gets its first answer, a
// refused one leaves no trace.
type cloud struct {
	client.Client // what is not overridden is not used
	ring          *envelope.Ring

	mu   sync.Mutex
	runs map[string]*run
	// before and after are called around each message; they may kill or cut.
	before, after func(id string)
	sent          int
	dumb          map[string]bool // cases that do not answer
}

type run struct {
	id      string
	c       *proposal.Case
	failed  error
	updates map[string]handle
}

type handle struct {
	client.WorkflowUpdateHandle
	body []byte
	err  error
}

func (h handle) Get(_ context.Context, into any) error {
	if h.err != nil {
		return h.err
	}
	return json.Unmarshal(h.body, into)
}

type runHandle struct {
	client.WorkflowRun
	run *run
}

func (r runHandle) GetID() string                  { return r.run.id }
func (r runHandle) Get(context.Context, any) error { return r.run.failed }

func newCloud(ring *envelope.Ring) *cloud {
	nothing := func(string) {}
	return &cloud{ring: ring, runs: map[string]*run{}, before: nothing, after: nothing, dumb: map[string]bool{}}
}

func asFailure(err error) error {
	var r *envelope.Refusal
	if errors.As(err, &r) {
		return temporal.NewNonRetryableApplicationError(r.Detail, r.Code, nil)
	}
	return err
}

func (c *cloud) ExecuteWorkflow(_ context.Context, o client.StartWorkflowOptions, _ any, args ...any) (client.WorkflowRun, error) {
	c.before(o.ID)
	defer c.after(o.ID)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent++
	known, ok := c.runs[o.ID]
	again := o.WorkflowIDReusePolicy == enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY
	switch {
	case ok && known.failed == nil:
		return runHandle{run: known}, nil
	case ok && !again:
		return nil, serviceerror.NewWorkflowExecutionAlreadyStarted("already started", "", "")
	}
	r := &run{id: o.ID, updates: map[string]handle{}}
	var in proposal.Input
	err := json.Unmarshal(args[0].(json.RawMessage), &in)
	if err == nil {
		var opened envelope.Opened
		if opened, err = c.ring.Open(in.Send); err == nil {
			r.c, err = proposal.New(in, opened, time.Now())
		}
	}
	if r.failed = asFailure(err); err == nil {
		r.c.Validated(proposal.Validation{Revision: 1})
	}
	c.runs[o.ID] = r
	return runHandle{run: r}, nil
}

func (c *cloud) UpdateWorkflow(ctx context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	if c.silent(o.WorkflowID) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	c.before(o.WorkflowID)
	defer c.after(o.WorkflowID)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent++
	r, ok := c.runs[o.WorkflowID]
	if !ok {
		return nil, serviceerror.NewNotFound("no such workflow")
	}
	if h, known := r.updates[o.UpdateID]; known {
		return h, nil
	}
	opened, err := c.ring.Open(o.Args[0].(envelope.Message))
	var t proposal.Transition
	if err == nil {
		t, err = r.c.Apply(opened, time.Now())
	}
	if err != nil {
		return handle{err: asFailure(err)}, nil
	}
	h := handle{}
	h.body, h.err = json.Marshal(t)
	r.updates[o.UpdateID] = h
	return h, nil
}

func (c *cloud) silent(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dumb[id]
}

func (c *cloud) history(id string) ([]proposal.Transition, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, ok := c.runs[id]
	if !ok || r.failed != nil {
		return nil, serviceerror.NewNotFound("no such workflow")
	}
	return r.c.Transitions(0), nil
}

func (c *cloud) QueryWorkflow(_ context.Context, id, _, _ string, args ...any) (converter.EncodedValue, error) {
	all, err := c.history(id)
	if err != nil {
		return nil, err
	}
	dc := converter.GetDefaultDataConverter()
	p, err := dc.ToPayloads(all[args[0].(int):])
	return client.NewValue(p), err
}

func (c *cloud) GetWorkflow(_ context.Context, id, _ string) client.WorkflowRun {
	c.mu.Lock()
	defer c.mu.Unlock()
	return runHandle{run: c.runs[id]}
}

func (c *cloud) DescribeWorkflowExecution(_ context.Context, id, _ string) (*workflowservice.DescribeWorkflowExecutionResponse, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, ok := c.runs[id]
	if !ok {
		return nil, serviceerror.NewNotFound("no such workflow")
	}
	status := enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING
	if r.failed != nil {
		status = enumspb.WORKFLOW_EXECUTION_STATUS_FAILED
	}
	return &workflowservice.DescribeWorkflowExecutionResponse{WorkflowExecutionInfo: &workflowpb.WorkflowExecutionInfo{Status: status}}, nil
}
