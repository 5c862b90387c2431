package evidence

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	sdkpb "go.temporal.io/api/sdk/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/types/known/timestamppb"

	"vinhdanh/internal/payload"
	"vinhdanh/workflows"
)

// historian writes the events that a Temporal server writes for a case of ours;
// the live test shows that a real server's histories are of the same form.
type historian struct {
	t      testing.TB
	caseID string
	key    []byte
	now    time.Time
	events []*historypb.HistoryEvent
	dc     converter.DataConverter
	taskAt int64 // event of the open workflow task's start; 0 when none is open
}

func newHistorian(t testing.TB, caseID string, key []byte) *historian {
	dc := converter.WithDataConverterSerializationContext(
		payload.Converter(payload.Single{CaseID: caseID, Secret: key}),
		converter.WorkflowSerializationContext{Namespace: workflows.NamespaceCases, WorkflowID: caseID})
	return &historian{t: t, caseID: caseID, key: key, now: began, dc: dc}
}

func (h *historian) history() *historypb.History { return &historypb.History{Events: h.events} }

func (h *historian) payloads(v any) *commonpb.Payloads {
	p, err := h.dc.ToPayloads(v)
	require.NoError(h.t, err)
	return p
}

func (h *historian) add(kind enumspb.EventType, fill func(*historypb.HistoryEvent)) int64 {
	e := &historypb.HistoryEvent{EventId: int64(len(h.events) + 1), EventType: kind, EventTime: timestamppb.New(h.now)}
	fill(e)
	h.events = append(h.events, e)
	return e.EventId
}

func (h *historian) start(kind string, in any) {
	h.add(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, func(e *historypb.HistoryEvent) {
		e.Attributes = &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
			WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{
				WorkflowType: &commonpb.WorkflowType{Name: kind}, WorkflowId: h.caseID,
				TaskQueue: &taskqueuepb.TaskQueue{Name: workflows.QueueCases}, Input: h.payloads(in),
				OriginalExecutionRunId: testRun, FirstExecutionRunId: testRun, Identity: senderApp + "/serve-1", Attempt: 1,
			},
		}
	})
	h.task()
}

// task opens and completes a workflow task, some seconds later.
func (h *historian) task() {
	scheduled := h.add(enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, func(e *historypb.HistoryEvent) {
		e.Attributes = &historypb.HistoryEvent_WorkflowTaskScheduledEventAttributes{
			WorkflowTaskScheduledEventAttributes: &historypb.WorkflowTaskScheduledEventAttributes{
				TaskQueue: &taskqueuepb.TaskQueue{Name: workflows.QueueCases}, Attempt: 1,
			},
		}
	})
	h.now = h.now.Add(3 * time.Second)
	started := h.add(enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED, func(e *historypb.HistoryEvent) {
		e.Attributes = &historypb.HistoryEvent_WorkflowTaskStartedEventAttributes{
			WorkflowTaskStartedEventAttributes: &historypb.WorkflowTaskStartedEventAttributes{ScheduledEventId: scheduled},
		}
	})
	h.taskAt = h.add(enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, func(e *historypb.HistoryEvent) {
		e.Attributes = &historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes{
			WorkflowTaskCompletedEventAttributes: &historypb.WorkflowTaskCompletedEventAttributes{
				ScheduledEventId: scheduled, StartedEventId: started,
				SdkMetadata: &sdkpb.WorkflowTaskCompletedMetadata{LangUsedFlags: []uint32{3, 4}},
			},
		}
	})
}

// activity writes an activity and the task that takes its result.
func (h *historian) activity(kind string, in, out any) {
	scheduled := h.add(enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, func(e *historypb.HistoryEvent) {
		e.Attributes = &historypb.HistoryEvent_ActivityTaskScheduledEventAttributes{
			ActivityTaskScheduledEventAttributes: &historypb.ActivityTaskScheduledEventAttributes{
				ActivityId: idOf(e.EventId), ActivityType: &commonpb.ActivityType{Name: kind},
				TaskQueue: &taskqueuepb.TaskQueue{Name: workflows.QueueCases}, Input: h.payloads(in),
				WorkflowTaskCompletedEventId: h.taskAt,
			},
		}
	})
	started := h.add(enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED, func(e *historypb.HistoryEvent) {
		e.Attributes = &historypb.HistoryEvent_ActivityTaskStartedEventAttributes{
			ActivityTaskStartedEventAttributes: &historypb.ActivityTaskStartedEventAttributes{ScheduledEventId: scheduled, Attempt: 1},
		}
	})
	h.add(enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED, func(e *historypb.HistoryEvent) {
		a := &historypb.ActivityTaskCompletedEventAttributes{ScheduledEventId: scheduled, StartedEventId: started}
		if out != nil {
			a.Result = h.payloads(out)
		}
		e.Attributes = &historypb.HistoryEvent_ActivityTaskCompletedEventAttributes{ActivityTaskCompletedEventAttributes: a}
	})
	h.task()
}

// local writes the marker of an activity within the last task.
func (h *historian) local(kind string, out any) {
	data := struct {
		ActivityID, ActivityType string
		ReplayTime               time.Time
		Attempt                  int32
		Backoff                  time.Duration
	}{"1", kind, h.now, 1, 0}
	h.add(enumspb.EVENT_TYPE_MARKER_RECORDED, func(e *historypb.HistoryEvent) {
		e.Attributes = &historypb.HistoryEvent_MarkerRecordedEventAttributes{
			MarkerRecordedEventAttributes: &historypb.MarkerRecordedEventAttributes{
				MarkerName: localActivity, WorkflowTaskCompletedEventId: h.taskAt,
				Details: map[string]*commonpb.Payloads{"data": h.payloads(data), "result": h.payloads(out)},
			},
		}
	})
}

// update writes an accepted and completed Update of the last task.
func (h *historian) update(name, id, sender string, msg, out any) {
	accepted := h.add(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED, func(e *historypb.HistoryEvent) {
		e.Attributes = &historypb.HistoryEvent_WorkflowExecutionUpdateAcceptedEventAttributes{
			WorkflowExecutionUpdateAcceptedEventAttributes: &historypb.WorkflowExecutionUpdateAcceptedEventAttributes{
				ProtocolInstanceId: id, AcceptedRequestMessageId: id + "/request", AcceptedRequestSequencingEventId: h.taskAt - 2,
				AcceptedRequest: &updatepb.Request{
					Meta:  &updatepb.Meta{UpdateId: id, Identity: sender},
					Input: &updatepb.Input{Name: name, Args: h.payloads(msg)},
				},
			},
		}
	})
	h.add(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED, func(e *historypb.HistoryEvent) {
		e.Attributes = &historypb.HistoryEvent_WorkflowExecutionUpdateCompletedEventAttributes{
			WorkflowExecutionUpdateCompletedEventAttributes: &historypb.WorkflowExecutionUpdateCompletedEventAttributes{
				Meta: &updatepb.Meta{UpdateId: id, Identity: sender}, AcceptedEventId: accepted,
				Outcome: &updatepb.Outcome{Value: &updatepb.Outcome_Success{Success: h.payloads(out)}},
			},
		}
	})
}

func (h *historian) complete(result any) {
	h.add(enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, func(e *historypb.HistoryEvent) {
		e.Attributes = &historypb.HistoryEvent_WorkflowExecutionCompletedEventAttributes{
			WorkflowExecutionCompletedEventAttributes: &historypb.WorkflowExecutionCompletedEventAttributes{
				Result: h.payloads(result), WorkflowTaskCompletedEventId: h.taskAt,
			},
		}
	})
}

func idOf(n int64) string { return strconv.FormatInt(n, 10) }
