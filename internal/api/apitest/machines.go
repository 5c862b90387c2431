package apitest

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Machines stands in for Temporal: it drives the pure state machines that the
// workflows drive, one per workflow id, and answers an Update id always the same.
type Machines struct {
	client.Client // what is not overridden is not used
	ring          *envelope.Ring
	mu            sync.Mutex
	away          bool
	sent          int
	runs          map[string]*run
}

type run struct {
	apply   func(envelope.Opened) (any, error)
	history func(after int) any
	updates map[string]update
	events  []*historypb.HistoryEvent
}

// NewMachines makes machines that check acts against a keyring.
func NewMachines(ring *envelope.Ring) *Machines {
	return &Machines{ring: ring, runs: map[string]*run{}}
}

// Away takes the server away, or brings it back.
func (m *Machines) Away(away bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.away = away
}

// Updates is how many Updates took effect.
func (m *Machines) Updates() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sent
}

func (m *Machines) gone() error {
	if m.away {
		return serviceerror.NewUnavailable("the server is away")
	}
	return nil
}

// CheckHealth answers while the server is there.
func (m *Machines) CheckHealth(context.Context, *client.CheckHealthRequest) (*client.CheckHealthResponse, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &client.CheckHealthResponse{}, m.gone()
}

// ExecuteWorkflow starts a case or a session.
func (m *Machines) ExecuteWorkflow(_ context.Context, o client.StartWorkflowOptions, kind any, args ...any) (client.WorkflowRun, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.gone(); err != nil {
		return nil, err
	}
	if m.runs[o.ID] != nil {
		return handle{id: o.ID}, nil
	}
	r := &run{updates: map[string]update{}}
	if err := m.open(r, kind.(string), args[0].(json.RawMessage)); err != nil {
		return nil, refusal(err)
	}
	r.started(o.ID, kind.(string), args[0].(json.RawMessage))
	m.runs[o.ID] = r
	return handle{id: o.ID}, nil
}

func (m *Machines) open(r *run, kind string, raw json.RawMessage) error {
	now := time.Now()
	if kind == workflows.TypeCouncil {
		var in council.Input
		if err := json.Unmarshal(raw, &in); err != nil {
			return err
		}
		o, err := m.ring.Open(in.Convene)
		if err != nil {
			return err
		}
		s, err := council.New(in, o, now)
		if err != nil {
			return err
		}
		r.apply = func(o envelope.Opened) (any, error) { return s.Apply(o, time.Now()) }
		r.history = func(after int) any { return s.Transitions(after) }
		return nil
	}
	if kind == workflows.TypeIssuance {
		return m.openIssuance(r, raw, now)
	}
	if kind == workflows.TypeRevocation {
		return m.openRevocation(r, raw, now)
	}
	var in proposal.Input
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	o, err := m.ring.Open(in.Send)
	if err != nil {
		return err
	}
	c, err := proposal.New(in, o, now)
	if err != nil {
		return err
	}
	c.Validated(proposal.Validation{Revision: 1})
	r.apply = func(o envelope.Opened) (any, error) {
		t, err := c.Apply(o, time.Now())
		if err == nil && c.Validating() {
			c.Validated(proposal.Validation{Revision: c.Revision()})
		}
		return t, err
	}
	r.history = func(after int) any { return c.Transitions(after) }
	return nil
}

func (m *Machines) openIssuance(r *run, raw json.RawMessage, now time.Time) error {
	var in proposal.IssuanceInput
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	o, err := m.ring.Open(in.Submit)
	if err != nil {
		return err
	}
	i, err := proposal.NewIssuance(in, o, now)
	if err != nil {
		return err
	}
	r.apply = func(o envelope.Opened) (any, error) { return i.Apply(o, time.Now()) }
	r.history = func(after int) any { return i.Transitions(after) }
	return nil
}

func (m *Machines) openRevocation(r *run, raw json.RawMessage, now time.Time) error {
	var in proposal.RevocationInput
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	o, err := m.ring.Open(in.Submit)
	if err != nil {
		return err
	}
	v, err := proposal.NewRevocation(in, o, now)
	if err != nil {
		return err
	}
	r.apply = func(o envelope.Opened) (any, error) { return v.Apply(o, time.Now()) }
	r.history = func(after int) any { return v.Transitions(after) }
	return nil
}

// UpdateWorkflow applies an act once per Update id.
func (m *Machines) UpdateWorkflow(_ context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.gone(); err != nil {
		return nil, err
	}
	r := m.runs[o.WorkflowID]
	if r == nil {
		return nil, serviceerror.NewNotFound("no such workflow")
	}
	if u, known := r.updates[o.UpdateID]; known {
		return u, nil
	}
	opened, err := m.ring.Open(o.Args[0].(envelope.Message))
	var t any
	if err == nil {
		t, err = r.apply(opened)
	}
	if err != nil {
		return update{err: refusal(err)}, nil
	}
	body, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	m.sent++
	r.updated(o, body)
	r.updates[o.UpdateID] = update{body: body}
	return r.updates[o.UpdateID], nil
}

// QueryWorkflow answers the query for transitions.
func (m *Machines) QueryWorkflow(_ context.Context, id, _, _ string, args ...any) (converter.EncodedValue, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.runs[id]
	if r == nil || m.away {
		return nil, serviceerror.NewUnavailable("no such workflow")
	}
	body, err := json.Marshal(r.history(args[0].(int)))
	return value(body), err
}

func refusal(err error) error {
	var r *envelope.Refusal
	if errors.As(err, &r) {
		return temporal.NewNonRetryableApplicationError(r.Detail, r.Code, nil)
	}
	return err
}

type update struct {
	client.WorkflowUpdateHandle
	body []byte
	err  error
}

func (u update) Get(_ context.Context, into any) error {
	if u.err != nil {
		return u.err
	}
	return json.Unmarshal(u.body, into)
}

type value []byte

func (v value) HasValue() bool     { return len(v) > 0 }
func (v value) Get(into any) error { return json.Unmarshal(v, into) }

type handle struct {
	client.WorkflowRun
	id string
}

func (h handle) GetID() string { return h.id }
