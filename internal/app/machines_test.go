package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// machines stands in for Temporal: it drives the same pure state machines as the
// workflows do, one per workflow id, and answers an Update id always the same.
type machines struct {
	client.Client // what is not overridden is not used
	ring          *envelope.Ring
	mu            sync.Mutex
	runs          map[string]*machineRun
}

type machineRun struct {
	id      string
	failed  error
	apply   func(envelope.Opened, time.Time) (any, error)
	history func(after int) any
	updates map[string]machineUpdate
}

type machineUpdate struct {
	client.WorkflowUpdateHandle
	body []byte
	err  error
}

func (u machineUpdate) Get(_ context.Context, into any) error {
	if u.err != nil {
		return u.err
	}
	return json.Unmarshal(u.body, into)
}

func refusedBy(err error) error {
	var r *envelope.Refusal
	if errors.As(err, &r) {
		return temporal.NewNonRetryableApplicationError(r.Detail, r.Code, nil)
	}
	return err
}

func (m *machines) ExecuteWorkflow(_ context.Context, o client.StartWorkflowOptions, kind any, args ...any) (client.WorkflowRun, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, ok := m.runs[o.ID]; ok && r.failed == nil {
		return machineHandle{run: r}, nil
	}
	r := &machineRun{id: o.ID, updates: map[string]machineUpdate{}}
	r.failed = refusedBy(m.open(r, kind.(string), args[0].(json.RawMessage)))
	m.runs[o.ID] = r
	return machineHandle{run: r}, nil
}

func (m *machines) open(r *machineRun, kind string, raw json.RawMessage) error {
	now := time.Now()
	switch kind {
	case workflows.TypeCommendation:
		var in proposal.Input
		o, err := m.read(raw, &in, func() envelope.Message { return in.Send })
		if err != nil {
			return err
		}
		c, err := proposal.New(in, o, now)
		if err != nil {
			return err
		}
		c.Validated(proposal.Validation{Revision: 1})
		r.apply = func(o envelope.Opened, at time.Time) (any, error) {
			t, err := c.Apply(o, at)
			if err == nil && c.Validating() {
				c.Validated(proposal.Validation{Revision: c.Revision()})
			}
			return t, err
		}
		r.history = func(after int) any { return c.Transitions(after) }
	case workflows.TypeCouncil:
		var in council.Input
		o, err := m.read(raw, &in, func() envelope.Message { return in.Convene })
		if err != nil {
			return err
		}
		s, err := council.New(in, o, now)
		if err != nil {
			return err
		}
		r.apply = func(o envelope.Opened, at time.Time) (any, error) { return s.Apply(o, at) }
		r.history = func(after int) any { return s.Transitions(after) }
	case workflows.TypeIssuance:
		var in proposal.IssuanceInput
		o, err := m.read(raw, &in, func() envelope.Message { return in.Submit })
		if err != nil {
			return err
		}
		i, err := proposal.NewIssuance(in, o, now)
		if err != nil {
			return err
		}
		r.apply = func(o envelope.Opened, at time.Time) (any, error) { return i.Apply(o, at) }
		r.history = func(after int) any { return i.Transitions(after) }
	case workflows.TypeRevocation:
		var in proposal.RevocationInput
		o, err := m.read(raw, &in, func() envelope.Message { return in.Submit })
		if err != nil {
			return err
		}
		v, err := proposal.NewRevocation(in, o, now)
		if err != nil {
			return err
		}
		r.apply = func(o envelope.Opened, at time.Time) (any, error) { return v.Apply(o, at) }
		r.history = func(after int) any { return v.Transitions(after) }
	}
	return nil
}

func (m *machines) read(raw json.RawMessage, into any, msg func() envelope.Message) (envelope.Opened, error) {
	if err := json.Unmarshal(raw, into); err != nil {
		return envelope.Opened{}, err
	}
	return m.ring.Open(msg())
}

func (m *machines) UpdateWorkflow(_ context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.runs[o.WorkflowID]
	if !ok {
		return nil, serviceerror.NewNotFound("no such workflow")
	}
	if u, known := r.updates[o.UpdateID]; known {
		return u, nil
	}
	opened, err := m.ring.Open(o.Args[0].(envelope.Message))
	if err == nil && (opened.Act.Nonce != o.UpdateID || opened.Act.Action != o.UpdateName) {
		err = fmt.Errorf("update %s under name %s carries %s", o.UpdateID, o.UpdateName, opened.Act.Action)
	}
	var t any
	if err == nil {
		t, err = r.apply(opened, time.Now())
	}
	if err != nil {
		return machineUpdate{err: refusedBy(err)}, nil // a rejected Update leaves no trace
	}
	body, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	r.updates[o.UpdateID] = machineUpdate{body: body}
	return r.updates[o.UpdateID], nil
}

func (m *machines) QueryWorkflow(_ context.Context, id, _, _ string, args ...any) (converter.EncodedValue, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.runs[id]
	if !ok || r.failed != nil {
		return nil, serviceerror.NewNotFound("no such workflow")
	}
	body, err := json.Marshal(r.history(args[0].(int)))
	return machineValue(body), err
}

func (m *machines) DescribeWorkflowExecution(_ context.Context, id, _ string) (*workflowservice.DescribeWorkflowExecutionResponse, error) {
	return &workflowservice.DescribeWorkflowExecutionResponse{WorkflowExecutionInfo: &workflowpb.WorkflowExecutionInfo{
		Status: enumspb.WORKFLOW_EXECUTION_STATUS_FAILED,
	}}, nil
}

type machineValue []byte

func (v machineValue) HasValue() bool     { return len(v) > 0 }
func (v machineValue) Get(into any) error { return json.Unmarshal(v, into) }

type machineHandle struct {
	client.WorkflowRun
	run *machineRun
}

func (h machineHandle) GetID() string                  { return h.run.id }
func (h machineHandle) Get(context.Context, any) error { return h.run.failed }
