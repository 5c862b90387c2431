package evidence

import (
	"encoding/json"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/payload"
	"vinhdanh/workflows"
)

// reader walks the events of a history.
type reader struct {
	*record
	last     time.Time // time of the event before
	taskAt   time.Time // start of the latest workflow task: the workflow's clock
	updates  map[int64]*happened
	tasks    map[int64]*asked
	finished bool
}

// readHistory decodes a closed case's history with its key.
func readHistory(h *historypb.History, caseID string, key []byte) (*record, error) {
	keys := payload.Single{CaseID: caseID, Secret: key}
	r := &reader{
		record:  &record{events: h.GetEvents(), caseID: caseID, keys: keys},
		updates: map[int64]*happened{}, tasks: map[int64]*asked{},
	}
	r.bound = converter.WithDataConverterSerializationContext(payload.Converter(keys),
		converter.WorkflowSerializationContext{Namespace: workflows.NamespaceCases, WorkflowID: caseID})
	if len(r.events) < 4 {
		return nil, fault(faultHistory, "fewer than four events")
	}
	for i, e := range r.events {
		if e.GetEventId() != int64(i+1) {
			return nil, fault(faultEvent, i+1, fmt.Sprintf("its number is %d", e.GetEventId()))
		}
		if err := r.clock(e); err != nil {
			return nil, err
		}
		if err := r.take(e); err != nil {
			return nil, err
		}
	}
	if !r.finished {
		return nil, fault(faultHistory, "the event that closes the workflow is missing")
	}
	for _, a := range r.acts {
		if a.via == viaUpdate && a.outcome == nil && !a.failed {
			return nil, fault(faultHistory, fmt.Sprintf("the Update at event %d has no result", a.event))
		}
	}
	return r.record, nil
}

// clock lets time only go forward. The server may write events of one batch with
// clocks of two machines; a second of difference is not a finding.
func (r *reader) clock(e *historypb.HistoryEvent) error {
	if e.GetEventTime() == nil || e.GetEventTime().CheckValid() != nil {
		return fault(faultTime, e.GetEventId(), "it has none")
	}
	at := e.GetEventTime().AsTime()
	if at.Before(r.last.Add(-time.Second)) {
		return fault(faultTime, e.GetEventId(), "it lies before the event before it")
	}
	if at.After(r.last) {
		r.last = at
	}
	return nil
}

func (r *reader) take(e *historypb.HistoryEvent) error {
	id := e.GetEventId()
	if r.finished {
		return fault(faultEvent, id, "the workflow was closed before")
	}
	if (e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED) != (id == 1) {
		return fault(faultEvent, id, "a history has one start, at its beginning")
	}
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
		return r.started(e)
	case enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED:
		r.taskAt = e.GetEventTime().AsTime()
	case enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
		if r.acts[0].at.IsZero() { // tasks that failed before it do not count
			r.acts[0].at = r.taskAt
		}
	case enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED:
		if e.GetWorkflowTaskFailedEventAttributes().GetCause() == enumspb.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW {
			return fault(faultReset, id)
		}
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
		return r.accepted(e)
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
		return r.completed(e)
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
		return r.scheduled(e)
	case enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
		return r.answered(e)
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
		r.finished, r.closedAt = true, e.GetEventTime().AsTime()
		var err error
		r.result, err = r.clear(e.GetWorkflowExecutionCompletedEventAttributes().GetResult(), 1)
		return err
	case enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, enumspb.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
		enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
	case enumspb.EVENT_TYPE_MARKER_RECORDED:
		return r.marked(e)
	default:
		return fault(faultEvent, id, "no case of ours has a "+e.GetEventType().String())
	}
	return nil
}

// Ways in which an act comes to a workflow.
const (
	viaStart  = "start"
	viaUpdate = "update"
	viaSignal = "signal"
)

func (r *reader) started(e *historypb.HistoryEvent) error {
	a := e.GetWorkflowExecutionStartedEventAttributes()
	r.kind, r.run = a.GetWorkflowType().GetName(), a.GetOriginalExecutionRunId()
	if a.GetWorkflowId() != r.caseID {
		return fault(faultHistory, "it belongs to another case")
	}
	if a.GetFirstExecutionRunId() != r.run || a.GetContinuedExecutionRunId() != "" || a.GetParentWorkflowExecution() != nil {
		return fault(faultHistory, "it is not the first run of its workflow")
	}
	var err error
	if r.input, err = r.clear(a.GetInput(), 1); err != nil {
		return err
	}
	var in struct {
		Send    *envelope.Message `json:"send"`
		Convene *envelope.Message `json:"convene"`
		Submit  *envelope.Message `json:"submit"`
	}
	if err := json.Unmarshal(r.input, &in); err != nil {
		return fault(faultHistory, "its input does not decode")
	}
	act := &happened{event: 1, via: viaStart, sender: a.GetIdentity()}
	for _, m := range []*envelope.Message{in.Send, in.Convene, in.Submit} {
		if m != nil {
			act.message = *m
		}
	}
	r.acts = append(r.acts, act)
	return nil
}

func (r *reader) accepted(e *historypb.HistoryEvent) error {
	a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes()
	req := a.GetAcceptedRequest()
	act := &happened{
		event: e.GetEventId(), at: r.taskAt, via: viaUpdate, id: req.GetMeta().GetUpdateId(),
		name: req.GetInput().GetName(), sender: req.GetMeta().GetIdentity(),
	}
	if a.GetProtocolInstanceId() != act.id {
		return fault(faultUpdate, act.event, "it was accepted under another id than it was sent")
	}
	raw, err := r.clear(req.GetInput().GetArgs(), 1)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &act.message); err != nil {
		return fault(faultUpdate, act.event, "its argument is not a message")
	}
	r.acts = append(r.acts, act)
	r.updates[act.event] = act
	return nil
}

func (r *reader) completed(e *historypb.HistoryEvent) error {
	a := e.GetWorkflowExecutionUpdateCompletedEventAttributes()
	act := r.updates[a.GetAcceptedEventId()]
	if act == nil || act.outcome != nil || act.failed {
		return fault(faultEvent, e.GetEventId(), "it completes no open Update")
	}
	if a.GetMeta().GetUpdateId() != act.id {
		return fault(faultUpdate, act.event, "its result stands under another id")
	}
	if a.GetOutcome().GetFailure() != nil {
		act.failed = true
		return nil
	}
	var err error
	act.outcome, err = r.clear(a.GetOutcome().GetSuccess(), 1)
	return err
}

func (r *reader) scheduled(e *historypb.HistoryEvent) error {
	a := e.GetActivityTaskScheduledEventAttributes()
	task := &asked{event: e.GetEventId(), kind: a.GetActivityType().GetName()}
	var err error
	if task.input, err = r.clear(a.GetInput(), 1); err != nil {
		return err
	}
	r.activities = append(r.activities, task)
	r.tasks[task.event] = task
	if task.kind == workflows.ActivityRecordSignals {
		return r.signals(task)
	}
	return nil
}

// marked takes what was asked within a workflow task; the history keeps its
// answer, not what was asked, which the replay makes anew.
func (r *reader) marked(e *historypb.HistoryEvent) error {
	a := e.GetMarkerRecordedEventAttributes()
	if a.GetMarkerName() != localActivity {
		return nil
	}
	raw, err := r.clear(a.GetDetails()["data"], 1)
	if err != nil {
		return err
	}
	var data struct{ ActivityType string }
	if err := json.Unmarshal(raw, &data); err != nil {
		return fault(faultEvent, e.GetEventId(), "its marker does not decode")
	}
	task := &asked{event: e.GetEventId(), kind: data.ActivityType, local: true, completed: e.GetEventId()}
	if a.GetFailure() == nil {
		if task.result, err = r.clear(a.GetDetails()["result"], 0); err != nil {
			return err
		}
	}
	r.activities = append(r.activities, task)
	return nil
}

// localActivity is the SDK's name of the marker of an activity within a task.
const localActivity = "LocalActivity"

func (r *reader) answered(e *historypb.HistoryEvent) error {
	a := e.GetActivityTaskCompletedEventAttributes()
	task := r.tasks[a.GetScheduledEventId()]
	if task == nil || task.completed != 0 {
		return fault(faultEvent, e.GetEventId(), "it answers no open activity")
	}
	task.completed = e.GetEventId()
	var err error
	task.result, err = r.clear(a.GetResult(), 0)
	return err
}

// signals takes the accepted acts that came by Signal from what the workflow
// asked to be recorded.
func (r *reader) signals(task *asked) error {
	var records []workflows.SignalRecord
	if err := json.Unmarshal(task.input, &records); err != nil {
		return fault(faultEvent, task.event, "its records do not decode")
	}
	for _, rec := range records {
		if rec.Transition == nil {
			continue
		}
		act := &happened{event: task.event, at: r.taskAt, via: viaSignal, id: rec.Transition.Nonce, name: workflows.SignalDecide}
		if err := json.Unmarshal(rec.Message, &act.message); err != nil {
			return fault(faultUpdate, task.event, "a Signal's message does not decode")
		}
		var err error
		if act.outcome, err = json.Marshal(rec.Transition); err != nil {
			return fault(faultUpdate, task.event, "a Signal's transition does not encode")
		}
		r.acts = append(r.acts, act)
	}
	return nil
}
