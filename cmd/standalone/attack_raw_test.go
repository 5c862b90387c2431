package main

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	batchpb "go.temporal.io/api/batch/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	schedulepb "go.temporal.io/api/schedule/v1"
	"go.temporal.io/api/serviceerror"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"

	"vinhdanh/internal/gate"
	"vinhdanh/workflows"
)

type rawService = workflowservice.WorkflowServiceClient

// rawCall is one request past the SDK. covered are senders whose credential
// covers it.
type rawCall struct {
	name    string
	covered []gate.Sender
	do      func(ctx context.Context, c rawService, x *commonpb.WorkflowExecution) error
}

const cases, ops = workflows.NamespaceCases, workflows.NamespaceOps

var rawCalls = []rawCall{
	{"complete an activity by its id", nil, func(ctx context.Context, c rawService, x *commonpb.WorkflowExecution) error {
		return second(c.RespondActivityTaskCompletedById(ctx, &workflowservice.RespondActivityTaskCompletedByIdRequest{Namespace: cases, WorkflowId: x.WorkflowId, ActivityId: "5"}))
	}},
	{"fail an activity by its id", nil, func(ctx context.Context, c rawService, x *commonpb.WorkflowExecution) error {
		return second(c.RespondActivityTaskFailedById(ctx, &workflowservice.RespondActivityTaskFailedByIdRequest{Namespace: cases, WorkflowId: x.WorkflowId, ActivityId: "5"}))
	}},
	{"complete an activity by an invented token", []gate.Sender{gate.Worker}, func(ctx context.Context, c rawService, _ *commonpb.WorkflowExecution) error {
		return second(c.RespondActivityTaskCompleted(ctx, &workflowservice.RespondActivityTaskCompletedRequest{Namespace: cases, TaskToken: []byte("token")}))
	}},
	{"answer a workflow task by an invented token", []gate.Sender{gate.Worker}, func(ctx context.Context, c rawService, _ *commonpb.WorkflowExecution) error {
		return second(c.RespondWorkflowTaskCompleted(ctx, &workflowservice.RespondWorkflowTaskCompletedRequest{Namespace: cases, TaskToken: []byte("token")}))
	}},
	{"poll for activities", []gate.Sender{gate.Worker}, func(ctx context.Context, c rawService, _ *commonpb.WorkflowExecution) error {
		return second(c.PollActivityTaskQueue(ctx, &workflowservice.PollActivityTaskQueueRequest{Namespace: cases, TaskQueue: &taskqueuepb.TaskQueue{Name: "nobody"}}))
	}},
	{"poll for workflow tasks", []gate.Sender{gate.Worker}, func(ctx context.Context, c rawService, _ *commonpb.WorkflowExecution) error {
		return second(c.PollWorkflowTaskQueue(ctx, &workflowservice.PollWorkflowTaskQueueRequest{Namespace: cases, TaskQueue: &taskqueuepb.TaskQueue{Name: "nobody"}}))
	}},
	{"reset", nil, func(ctx context.Context, c rawService, x *commonpb.WorkflowExecution) error {
		return second(c.ResetWorkflowExecution(ctx, &workflowservice.ResetWorkflowExecutionRequest{Namespace: cases, WorkflowExecution: x, RequestId: uuid.NewString(), WorkflowTaskFinishEventId: 4}))
	}},
	{"terminate", nil, func(ctx context.Context, c rawService, x *commonpb.WorkflowExecution) error {
		return second(c.TerminateWorkflowExecution(ctx, &workflowservice.TerminateWorkflowExecutionRequest{Namespace: cases, WorkflowExecution: x}))
	}},
	{"cancel", nil, func(ctx context.Context, c rawService, x *commonpb.WorkflowExecution) error {
		return second(c.RequestCancelWorkflowExecution(ctx, &workflowservice.RequestCancelWorkflowExecutionRequest{Namespace: cases, WorkflowExecution: x}))
	}},
	{"delete", nil, func(ctx context.Context, c rawService, x *commonpb.WorkflowExecution) error {
		return second(c.DeleteWorkflowExecution(ctx, &workflowservice.DeleteWorkflowExecutionRequest{Namespace: cases, WorkflowExecution: x}))
	}},
	{"pause", nil, func(ctx context.Context, c rawService, x *commonpb.WorkflowExecution) error {
		return second(c.PauseWorkflowExecution(ctx, &workflowservice.PauseWorkflowExecutionRequest{Namespace: cases, WorkflowId: x.WorkflowId, RequestId: uuid.NewString()}))
	}},
	{"batch of terminations", nil, func(ctx context.Context, c rawService, x *commonpb.WorkflowExecution) error {
		return second(c.StartBatchOperation(ctx, &workflowservice.StartBatchOperationRequest{
			Namespace: cases, JobId: uuid.NewString(), Reason: "r", VisibilityQuery: "WorkflowId = '" + x.WorkflowId + "'",
			Operation: &workflowservice.StartBatchOperationRequest_TerminationOperation{TerminationOperation: &batchpb.BatchOperationTermination{}},
		}))
	}},
	{"delete the archive's schedule", nil, func(ctx context.Context, c rawService, _ *commonpb.WorkflowExecution) error {
		return second(c.DeleteSchedule(ctx, &workflowservice.DeleteScheduleRequest{Namespace: ops, ScheduleId: workflows.TypeArchive}))
	}},
	// Administrators pause and resume our three schedules from a page; nobody any other.
	{"resume the archive's schedule", []gate.Sender{gate.App}, func(ctx context.Context, c rawService, _ *commonpb.WorkflowExecution) error {
		return second(c.PatchSchedule(ctx, &workflowservice.PatchScheduleRequest{Namespace: ops, ScheduleId: workflows.TypeArchive, Patch: &schedulepb.SchedulePatch{Unpause: "p"}}))
	}},
	{"pause a schedule that is none of ours", nil, func(ctx context.Context, c rawService, _ *commonpb.WorkflowExecution) error {
		return second(c.PatchSchedule(ctx, &workflowservice.PatchScheduleRequest{Namespace: ops, ScheduleId: "own", Patch: &schedulepb.SchedulePatch{Pause: "p"}}))
	}},
	{"a schedule of one's own", nil, func(ctx context.Context, c rawService, _ *commonpb.WorkflowExecution) error {
		return second(c.CreateSchedule(ctx, &workflowservice.CreateScheduleRequest{Namespace: ops, ScheduleId: "own", RequestId: uuid.NewString()}))
	}},
	{"shorten the retention", nil, func(ctx context.Context, c rawService, _ *commonpb.WorkflowExecution) error {
		return second(c.UpdateNamespace(ctx, &workflowservice.UpdateNamespaceRequest{Namespace: cases}))
	}},
}

// TestRawCalls: nobody completes, polls, resets, ends or reschedules what the own
// credential does not cover; the case goes on, and each try is on record.
func TestRawCalls(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.atRest(w.sent("BKT-PT", 1))
	before := w.standing(p)
	for _, sender := range senders {
		c := w.raw(sender).WorkflowService()
		for _, call := range rawCalls {
			ctx, cancel := context.WithTimeout(w.ctx, time.Second)
			err := call.do(ctx, c, &commonpb.WorkflowExecution{WorkflowId: p.CaseID})
			cancel()
			var denied *serviceerror.PermissionDenied
			covered := false
			for _, s := range call.covered {
				covered = covered || s == sender
			}
			if covered {
				require.NotErrorAs(t, err, &denied, "%s: %s", sender, call.name)
			} else {
				require.ErrorAs(t, err, &denied, "%s: %s", sender, call.name)
			}
		}
	}
	require.Equal(t, before, w.standing(p))
	require.Equal(t, "reception", w.forward(p).Stage)
	for _, sender := range []gate.Sender{gate.Auditor, gate.Worker, gate.App} {
		w.waitFor("the record of "+string(sender), func() (bool, error) {
			var n int
			err := w.sql(w.urls.App).QueryRow(w.ctx, `
				select count(distinct api) from gate_refusals where sender = $1 and workflow_id = $2 and code = 'denied'`,
				string(sender), p.CaseID).Scan(&n)
			return n >= 6, err
		})
	}
}

// TestBogusStart: somebody with the app's credential starts a workflow at a
// draft's id, without a key. The draft can then still be sent.
func TestBogusStart(t *testing.T) {
	t.Parallel()
	w := shared(t)
	sub, err := w.draft(w.ctx, "BKT-PT", 1)
	require.NoError(t, err)
	p := sub.Proposals[0].Proposal
	for _, input := range []string{`{}`, `[1]`, `{"case":"` + p.CaseID + `","send":{"jws":"e30.e30.e30"}}`} {
		for _, sender := range senders {
			_, err := w.raw(sender).WorkflowService().StartWorkflowExecution(w.ctx, &workflowservice.StartWorkflowExecutionRequest{
				Namespace: cases, WorkflowId: p.CaseID, WorkflowType: &commonpb.WorkflowType{Name: workflows.TypeCommendation},
				RequestId: uuid.NewString(), TaskQueue: &taskqueuepb.TaskQueue{Name: workflows.QueueCases},
				WorkflowIdReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
				Input: &commonpb.Payloads{Payloads: []*commonpb.Payload{{
					Metadata: map[string][]byte{"encoding": []byte("json/plain")}, Data: []byte(input),
				}}},
			})
			require.False(t, sender != gate.App && err == nil, sender)
		}
	}
	require.Equal(t, 0, w.now(p.ID).Number)
	got := w.sentNow(sub.ID)
	require.Equal(t, "review", got.Stage)
	require.Equal(t, "reception", w.forward(got).Stage)
}
