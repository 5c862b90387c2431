package embedded

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	batchpb "go.temporal.io/api/batch/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	querypb "go.temporal.io/api/query/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/server/api/adminservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"vinhdanh/internal/gate"
)

// call is one raw request that somebody without the right credential may try.
type call struct {
	name    string
	allowed []gate.Sender // besides the operator
	do      func(ctx context.Context, c *grpc.ClientConn, namespace string) error
}

const victim = "commendation/victim"

var victimRun = &commonpb.WorkflowExecution{WorkflowId: victim}

func wf(c *grpc.ClientConn) workflowservice.WorkflowServiceClient {
	return workflowservice.NewWorkflowServiceClient(c)
}

func updateCall(name string, allowed ...gate.Sender) call {
	return call{"update " + name, allowed, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).UpdateWorkflowExecution(ctx, updateRequest(ns, name))
		return err
	}}
}

func updateRequest(ns, name string) *workflowservice.UpdateWorkflowExecutionRequest {
	return &workflowservice.UpdateWorkflowExecutionRequest{
		Namespace: ns, WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: victim},
		WaitPolicy: &updatepb.WaitPolicy{LifecycleStage: enumspb.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED},
		Request: &updatepb.Request{
			Meta:  &updatepb.Meta{UpdateId: fmt.Sprint(name, time.Now().UnixNano()), Identity: "operator/somebody"},
			Input: &updatepb.Input{Name: name},
		},
	}
}

func startRequest(ns, typeName, id string) *workflowservice.StartWorkflowExecutionRequest {
	return &workflowservice.StartWorkflowExecutionRequest{
		Namespace: ns, WorkflowId: id, WorkflowType: &commonpb.WorkflowType{Name: typeName}, RequestId: id,
		TaskQueue:             &taskqueuepb.TaskQueue{Name: gate.QueueCases},
		WorkflowIdReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
	}
}

func startCall(name string, change func(*workflowservice.StartWorkflowExecutionRequest)) call {
	return call{"start " + name, nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		r := startRequest(ns, "commendation", fmt.Sprint("commendation/", time.Now().UnixNano()))
		change(r)
		_, err := wf(c).StartWorkflowExecution(ctx, r)
		return err
	}}
}

// calls that leave the victim alive come first; the operator, who may do all, makes only those.
var calls = []call{
	{"describe", []gate.Sender{gate.App, gate.Worker, gate.Auditor}, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).DescribeWorkflowExecution(ctx, &workflowservice.DescribeWorkflowExecutionRequest{Namespace: ns, Execution: victimRun})
		return err
	}},
	{"list", []gate.Sender{gate.App, gate.Worker, gate.Auditor}, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).ListWorkflowExecutions(ctx, &workflowservice.ListWorkflowExecutionsRequest{Namespace: ns})
		return err
	}},
	{"query", []gate.Sender{gate.App, gate.Worker, gate.Auditor}, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).QueryWorkflow(ctx, &workflowservice.QueryWorkflowRequest{Namespace: ns, Execution: victimRun, Query: &querypb.WorkflowQuery{QueryType: "count"}})
		return err
	}},
	{"list namespaces", []gate.Sender{gate.Auditor}, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).ListNamespaces(ctx, &workflowservice.ListNamespacesRequest{})
		return err
	}},
	{"system info", []gate.Sender{gate.App, gate.Worker, gate.Auditor}, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).GetSystemInfo(ctx, &workflowservice.GetSystemInfoRequest{})
		return err
	}},
	{"signal decide", []gate.Sender{gate.App}, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).SignalWorkflowExecution(ctx, &workflowservice.SignalWorkflowExecutionRequest{Namespace: ns, WorkflowExecution: victimRun, SignalName: "decide"})
		return err
	}},
	{"signal other", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).SignalWorkflowExecution(ctx, &workflowservice.SignalWorkflowExecutionRequest{Namespace: ns, WorkflowExecution: victimRun, SignalName: "other"})
		return err
	}},
	updateCall("decide", gate.App), updateCall("council-result", gate.App, gate.Worker),
	updateCall("decide-for-me"), updateCall("__temporal_x"),
	startCall("unknown type", func(r *workflowservice.StartWorkflowExecutionRequest) { r.WorkflowType.Name = "archive" }),
	startCall("foreign id", func(r *workflowservice.StartWorkflowExecutionRequest) { r.WorkflowId = "council/" + r.WorkflowId }),
	startCall("reuse of an id", func(r *workflowservice.StartWorkflowExecutionRequest) { r.WorkflowIdReusePolicy = 0 }),
	startCall("that terminates", func(r *workflowservice.StartWorkflowExecutionRequest) {
		r.WorkflowIdConflictPolicy = enumspb.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING
	}),
	{"multi with an unknown update", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		type op = workflowservice.ExecuteMultiOperationRequest_Operation
		start := startRequest(ns, "commendation", victim)
		start.WorkflowIdConflictPolicy = enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING
		_, err := wf(c).ExecuteMultiOperation(ctx, &workflowservice.ExecuteMultiOperationRequest{Namespace: ns, Operations: []*op{
			{Operation: &workflowservice.ExecuteMultiOperationRequest_Operation_StartWorkflow{StartWorkflow: start}},
			{Operation: &workflowservice.ExecuteMultiOperationRequest_Operation_UpdateWorkflow{UpdateWorkflow: updateRequest(ns, "unheard-of")}},
		}})
		return err
	}},
	{"complete an activity by id", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).RespondActivityTaskCompletedById(ctx, &workflowservice.RespondActivityTaskCompletedByIdRequest{Namespace: ns, WorkflowId: victim, ActivityId: "5"})
		return err
	}},
	{"create a schedule", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).DeleteSchedule(ctx, &workflowservice.DeleteScheduleRequest{Namespace: ns, ScheduleId: "x"})
		return err
	}},
	{"change a namespace", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).UpdateNamespace(ctx, &workflowservice.UpdateNamespaceRequest{Namespace: ns})
		return err
	}},
	{"batch", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).StartBatchOperation(ctx, &workflowservice.StartBatchOperationRequest{
			Namespace: ns, JobId: "j", Reason: "r", VisibilityQuery: "WorkflowType='none'",
			Operation: &workflowservice.StartBatchOperationRequest_TerminationOperation{TerminationOperation: &batchpb.BatchOperationTermination{}},
		})
		return err
	}},
	{"operator service", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := operatorservice.NewOperatorServiceClient(c).ListClusters(ctx, &operatorservice.ListClustersRequest{})
		return err
	}},
	{"admin service", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := adminservice.NewAdminServiceClient(c).DescribeMutableState(ctx, &adminservice.DescribeMutableStateRequest{Namespace: ns, Execution: victimRun})
		return err
	}},
	{"poll workflow tasks", []gate.Sender{gate.Worker}, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		ctx, cancel := context.WithTimeout(ctx, 1500*time.Millisecond)
		defer cancel()
		_, err := wf(c).PollWorkflowTaskQueue(ctx, &workflowservice.PollWorkflowTaskQueueRequest{Namespace: ns, TaskQueue: &taskqueuepb.TaskQueue{Name: "empty"}})
		return err
	}},
	{"poll activities", []gate.Sender{gate.Worker}, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		ctx, cancel := context.WithTimeout(ctx, 1500*time.Millisecond)
		defer cancel()
		_, err := wf(c).PollActivityTaskQueue(ctx, &workflowservice.PollActivityTaskQueueRequest{Namespace: ns, TaskQueue: &taskqueuepb.TaskQueue{Name: "empty"}})
		return err
	}},
	{"complete a stolen activity", []gate.Sender{gate.Worker}, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).RespondActivityTaskCompleted(ctx, &workflowservice.RespondActivityTaskCompletedRequest{Namespace: ns})
		return err
	}},
	{"reset", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).ResetWorkflowExecution(ctx, &workflowservice.ResetWorkflowExecutionRequest{Namespace: ns, WorkflowExecution: victimRun, RequestId: "r", WorkflowTaskFinishEventId: 4})
		return err
	}},
	{"cancel", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).RequestCancelWorkflowExecution(ctx, &workflowservice.RequestCancelWorkflowExecutionRequest{Namespace: ns, WorkflowExecution: victimRun})
		return err
	}},
	{"terminate", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).TerminateWorkflowExecution(ctx, &workflowservice.TerminateWorkflowExecutionRequest{Namespace: ns, WorkflowExecution: victimRun})
		return err
	}},
	{"delete", nil, func(ctx context.Context, c *grpc.ClientConn, ns string) error {
		_, err := wf(c).DeleteWorkflowExecution(ctx, &workflowservice.DeleteWorkflowExecutionRequest{Namespace: ns, WorkflowExecution: victimRun})
		return err
	}},
}

// TestMatrix tries every call with every credential. Refused is PermissionDenied; whatever else comes back, an
// answer or an error of Temporal's about the request itself, got past the gate.
func TestMatrix(t *testing.T) {
	t.Parallel()
	h := start(t, nil)
	h.work(t, gate.NamespaceCases)
	ctx := within(t, 60*time.Second)
	app := h.dial(t, gate.App, gate.NamespaceCases)
	_, err := app.ExecuteWorkflow(ctx, startOptions(victim), "commendation", 0)
	require.NoError(t, err)
	conn, err := dial(h.server.Address())
	require.NoError(t, err)
	defer func() { _ = conn.Close() }()
	forged := gate.NewCredential()
	for _, sender := range []gate.Sender{gate.Unknown, "forged", gate.Auditor, gate.Worker, gate.App} {
		as := ctx
		switch sender {
		case gate.Unknown:
		case "forged":
			as = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+forged.Reveal())
		default:
			as = h.as(ctx, sender)
		}
		for _, c := range calls {
			allowed := false
			for _, a := range c.allowed {
				allowed = allowed || a == sender
			}
			code := status.Code(c.do(as, conn, gate.NamespaceCases))
			if allowed {
				require.NotEqual(t, codes.PermissionDenied, code, "%s: %s", sender, c.name)
			} else {
				require.Equal(t, codes.PermissionDenied, code, "%s: %s", sender, c.name)
			}
		}
	}
	d, err := app.DescribeWorkflowExecution(ctx, victim, "")
	require.NoError(t, err)
	require.Equal(t, enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, d.GetWorkflowExecutionInfo().GetStatus(), "the case was disturbed")
	for _, sender := range []gate.Sender{gate.Auditor, gate.Worker, gate.App} {
		r := h.recorded(t, func(r gate.Refusal) bool { return r.Sender == sender && r.API == "TerminateWorkflowExecution" })
		require.Equal(t, gate.CodeDenied, r.Code)
		require.Equal(t, victim, r.WorkflowID)
		require.Equal(t, gate.NamespaceCases, r.Namespace)
	}
	h.recorded(t, func(r gate.Refusal) bool { return r.Sender == gate.Unknown && r.Code == gate.CodeNoSender })
	h.recorded(t, func(r gate.Refusal) bool {
		return r.Sender == gate.App && r.Name == "decide-for-me" && r.Code == gate.CodeDenied && r.UpdateID != ""
	})

	// The operator may, and leaves a trace.
	_, err = wf(conn).TerminateWorkflowExecution(h.as(ctx, gate.Operator), &workflowservice.TerminateWorkflowExecutionRequest{Namespace: gate.NamespaceCases, WorkflowExecution: victimRun, Identity: "app"})
	require.NoError(t, err)
	h.recorded(t, func(r gate.Refusal) bool {
		return r.Sender == gate.Operator && r.API == "TerminateWorkflowExecution" && r.Code == gate.CodeOperatorUse && r.WorkflowID == victim
	})
}
