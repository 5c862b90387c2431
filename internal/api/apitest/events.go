package apitest

import (
	"context"
	"encoding/json"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// The machines keep the events that a reader looks for in a history: the start and
// each Update, with their payloads in the clear.

func plain(v any) *commonpb.Payloads {
	p, err := converter.GetDefaultDataConverter().ToPayloads(v)
	if err != nil {
		return nil // what came in was JSON
	}
	return p
}

func (r *run) add(kind enumspb.EventType) *historypb.HistoryEvent {
	e := &historypb.HistoryEvent{EventId: int64(len(r.events) + 1), EventType: kind, EventTime: timestamppb.New(time.Now())}
	r.events = append(r.events, e)
	return e
}

func (r *run) started(id, kind string, input json.RawMessage) {
	r.add(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED).Attributes = &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
		WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{
			WorkflowType: &commonpb.WorkflowType{Name: kind}, WorkflowId: id, Input: plain(input), Identity: "app/serve",
		},
	}
}

func (r *run) updated(o client.UpdateWorkflowOptions, body []byte) {
	e := r.add(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
	e.Attributes = &historypb.HistoryEvent_WorkflowExecutionUpdateAcceptedEventAttributes{
		WorkflowExecutionUpdateAcceptedEventAttributes: &historypb.WorkflowExecutionUpdateAcceptedEventAttributes{
			ProtocolInstanceId: o.UpdateID, AcceptedRequest: &updatepb.Request{
				Meta:  &updatepb.Meta{UpdateId: o.UpdateID, Identity: "app/serve"},
				Input: &updatepb.Input{Name: o.UpdateName, Args: plain(o.Args[0])},
			},
		},
	}
	r.add(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED).Attributes = &historypb.HistoryEvent_WorkflowExecutionUpdateCompletedEventAttributes{
		WorkflowExecutionUpdateCompletedEventAttributes: &historypb.WorkflowExecutionUpdateCompletedEventAttributes{
			Meta: &updatepb.Meta{UpdateId: o.UpdateID}, AcceptedEventId: e.EventId,
			Outcome: &updatepb.Outcome{Value: &updatepb.Outcome_Success{Success: plain(json.RawMessage(body))}},
		},
	}
}

// GetWorkflowHistory gives the events that were kept.
func (m *Machines) GetWorkflowHistory(_ context.Context, id, _ string, _ bool, _ enumspb.HistoryEventFilterType) client.HistoryEventIterator {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.runs[id]
	switch {
	case m.away:
		return &events{err: m.gone()}
	case r == nil:
		return &events{err: serviceerror.NewNotFound("no such workflow")}
	}
	return &events{rest: r.events}
}

type events struct {
	rest []*historypb.HistoryEvent
	err  error
}

// HasNext implements client.HistoryEventIterator.
func (e *events) HasNext() bool { return e.err != nil || len(e.rest) > 0 }

// Next implements client.HistoryEventIterator.
func (e *events) Next() (*historypb.HistoryEvent, error) {
	if e.err != nil {
		return nil, e.err
	}
	next := e.rest[0]
	e.rest = e.rest[1:]
	return next, nil
}
