package authz

import (
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/types/known/durationpb"

	"vinhdanh/internal/gate"
)

// starting is what a request to start a workflow and a request to signal-with-start have in common.
type starting interface {
	GetWorkflowId() string
	GetWorkflowIdReusePolicy() enumspb.WorkflowIdReusePolicy
	GetWorkflowIdConflictPolicy() enumspb.WorkflowIdConflictPolicy
	GetCronSchedule() string
	GetTaskQueue() *taskqueuepb.TaskQueue
	GetWorkflowExecutionTimeout() *durationpb.Duration
	GetWorkflowRunTimeout() *durationpb.Duration
	GetWorkflowStartDelay() *durationpb.Duration
}

func checkStart(request any) string {
	r, ok := request.(*workflowservice.StartWorkflowExecutionRequest)
	if !ok {
		return "not a start request"
	}
	switch {
	case len(r.GetCompletionCallbacks()) > 0:
		return "a start may not ask Temporal to call an address back"
	case r.GetRequestEagerExecution():
		return "a start may not ask for a workflow task: that is the worker's"
	case r.GetTimeSkippingConfig() != nil:
		return "a case may not skip time"
	}
	return checkStarting(r, r.GetWorkflowType().GetName())
}

// checkStarting refuses unknown types and ids, and the policies by which a start would end or replace a case.
func checkStarting(r starting, typeName string) string {
	prefix, known := gate.StartableTypes[typeName]
	switch {
	case !known:
		return fmt.Sprintf("workflow type %q may not be started", typeName)
	case !strings.HasPrefix(r.GetWorkflowId(), prefix) || len(r.GetWorkflowId()) == len(prefix):
		return fmt.Sprintf("the id of a %s is %s<id>", typeName, prefix)
	case r.GetWorkflowIdReusePolicy() != enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE &&
		r.GetWorkflowIdReusePolicy() != enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY:
		return "an id is used once, or after a start that failed: start with REJECT_DUPLICATE or ALLOW_DUPLICATE_FAILED_ONLY"
	case r.GetTaskQueue().GetName() != gate.QueueCases:
		return "a case is worked on in the queue " + gate.QueueCases + "; in another it would wait for ever"
	case r.GetWorkflowExecutionTimeout().AsDuration() > 0 || r.GetWorkflowRunTimeout().AsDuration() > 0:
		return "a case has no time limit"
	case r.GetWorkflowStartDelay().AsDuration() > 0:
		return "a case starts at once"
	case r.GetWorkflowIdConflictPolicy() == enumspb.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING:
		return "a start may not terminate a running case"
	case r.GetCronSchedule() != "":
		return "a case runs once, not by cron"
	}
	return ""
}

func checkUpdate(names map[string]bool) func(any) string {
	return func(request any) string {
		r, ok := request.(*workflowservice.UpdateWorkflowExecutionRequest)
		if !ok {
			return "not an update request"
		}
		if name := r.GetRequest().GetInput().GetName(); !names[name] {
			return fmt.Sprintf("update %q may not be sent", name)
		}
		return ""
	}
}

func checkSignal(request any) string {
	r, ok := request.(*workflowservice.SignalWorkflowExecutionRequest)
	if !ok {
		return "not a signal request"
	}
	return checkSignalName(r.GetSignalName())
}

func checkSignalName(name string) string {
	if !gate.AppSignals[name] {
		return fmt.Sprintf("signal %q may not be sent", name)
	}
	return ""
}

func checkSignalWithStart(request any) string {
	r, ok := request.(*workflowservice.SignalWithStartWorkflowExecutionRequest)
	if !ok {
		return "not a signal-with-start request"
	}
	if r.GetTimeSkippingConfig() != nil {
		return "a case may not skip time"
	}
	if why := checkSignalName(r.GetSignalName()); why != "" {
		return why
	}
	return checkStarting(r, r.GetWorkflowType().GetName())
}

// checkMulti lets an update-with-start pass if both of its parts would pass alone, in the same namespace.
func checkMulti(request any) string {
	r, ok := request.(*workflowservice.ExecuteMultiOperationRequest)
	if !ok {
		return "not a multi-operation request"
	}
	if len(r.GetOperations()) == 0 {
		return "a multi-operation without operations"
	}
	update := checkUpdate(gate.AppUpdates)
	for _, op := range r.GetOperations() {
		var why, namespace string
		switch {
		case op.GetStartWorkflow() != nil:
			namespace, why = op.GetStartWorkflow().GetNamespace(), checkStart(op.GetStartWorkflow())
		case op.GetUpdateWorkflow() != nil:
			namespace, why = op.GetUpdateWorkflow().GetNamespace(), update(op.GetUpdateWorkflow())
		default:
			why = "an unknown part of a multi-operation"
		}
		if why != "" {
			return why
		}
		if namespace != "" && namespace != r.GetNamespace() {
			return "a multi-operation stays in its namespace"
		}
	}
	return ""
}

// checkPatch lets administrators run, pause and resume what set-up has scheduled; times that are past are not
// filled in.
func checkPatch(request any) string {
	r, ok := request.(*workflowservice.PatchScheduleRequest)
	switch {
	case !ok:
		return "not a schedule patch"
	case !gate.Schedules[r.GetScheduleId()]:
		return fmt.Sprintf("schedule %q may not be changed", r.GetScheduleId())
	case len(r.GetPatch().GetBackfillRequest()) > 0:
		return "a schedule runs now or as planned; the past is not filled in"
	}
	return ""
}

// forbiddenCommands would let workflow code reach other workflows past the matrix. Results travel by activity and
// Update instead, where the receiving case checks their signature.
var forbiddenCommands = map[enumspb.CommandType]bool{
	enumspb.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION:             true,
	enumspb.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION:         true,
	enumspb.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION: true,
	enumspb.COMMAND_TYPE_SCHEDULE_NEXUS_OPERATION:                   true,
}

func checkCommands(request any) string {
	r, ok := request.(*workflowservice.RespondWorkflowTaskCompletedRequest)
	if !ok {
		return "not a workflow task completion"
	}
	for _, c := range r.GetCommands() {
		if forbiddenCommands[c.GetCommandType()] {
			return fmt.Sprintf("a workflow may not issue the command %s", c.GetCommandType())
		}
	}
	return ""
}
