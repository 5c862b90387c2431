package embedded

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"vinhdanh/internal/gate"
)

var activityName = activity.RegisterOptions{Name: "sample-activity"}

// TestNormalLife runs a case with a real worker and a real client, each with its own credential: nothing that
// belongs to it is refused, and history names the authenticated senders, not those the clients claim.
func TestNormalLife(t *testing.T) {
	t.Parallel()
	h := start(t, nil)
	h.work(t, gate.NamespaceCases)
	ctx := within(t, 30*time.Second)
	app := h.dial(t, gate.App, gate.NamespaceCases)
	_, err := client.DialContext(ctx, client.Options{
		HostPort: h.server.Address(), Namespace: gate.NamespaceCases, Logger: quiet{},
		HeadersProvider: gate.HeadersProvider(h.tokens[gate.App]),
	})
	require.NoError(t, err)

	const id = "commendation/1"
	run, err := app.ExecuteWorkflow(ctx, startOptions(id), "commendation", 0)
	require.NoError(t, err)
	n, err := update(ctx, app, id, "decide", vote{Yes: true})
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.NoError(t, app.SignalWorkflow(ctx, id, "", "decide", vote{Yes: true}))
	value, err := app.QueryWorkflow(ctx, id, "", "count")
	require.NoError(t, err)
	require.NoError(t, value.Get(&n))
	n, err = update(ctx, h.dial(t, gate.Worker, gate.NamespaceCases), id, "council-result", vote{Yes: true})
	require.NoError(t, err, "an activity delivers a result")
	require.Equal(t, 102, n)
	_, err = app.DescribeWorkflowExecution(ctx, id, "")
	require.NoError(t, err)
	_, err = app.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{})
	require.NoError(t, err)
	_, err = h.dial(t, gate.Auditor, gate.NamespaceCases).QueryWorkflow(ctx, id, "", "count")
	require.NoError(t, err)

	op := app.NewWithStartWorkflowOperation(withConflict(startOptions("commendation/2")), "commendation", 0)
	_, err = app.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: op,
		UpdateOptions: client.UpdateWorkflowOptions{
			UpdateName: "decide", Args: []any{vote{Yes: true}}, WaitForStage: client.WorkflowUpdateStageCompleted,
		},
	})
	require.NoError(t, err)
	_, err = app.SignalWithStartWorkflow(ctx, "commendation/3", "decide", vote{}, withConflict(startOptions("commendation/3")), "commendation", 0)
	require.NoError(t, err)
	_, err = update(ctx, app, id, "withdraw")
	require.NoError(t, err)
	require.NoError(t, run.Get(ctx, &n))
	require.Empty(t, h.all(), "something normal was refused")

	ids := identities(t, h.dial(t, gate.Auditor, gate.NamespaceCases), id)
	require.Equal(t, "app/test-1", ids["started"])
	require.Equal(t, "app/test-1", ids["signaled"])
	require.Equal(t, "app/test-1", ids["decide"])
	require.Equal(t, "worker/test-1", ids["council-result"])
	require.Equal(t, "worker/test-1", ids["task"])
	require.Equal(t, "app", ids["principal"])
	require.Equal(t, "app/test-1", identities(t, app, "commendation/2")["decide"], "update-with-start")
	require.Equal(t, "app/test-1", identities(t, app, "commendation/3")["signaled"], "signal-with-start")
}

func withConflict(o client.StartWorkflowOptions) client.StartWorkflowOptions {
	o.WorkflowIDConflictPolicy = enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING
	return o
}

// identities reads who history says started, signalled, updated and worked on a workflow.
func identities(t *testing.T, c client.Client, id string) map[string]string {
	t.Helper()
	found := map[string]string{}
	events := c.GetWorkflowHistory(within(t, 10*time.Second), id, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		require.NoError(t, err)
		switch a := e.GetAttributes().(type) {
		case *historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes:
			found["started"] = a.WorkflowExecutionStartedEventAttributes.GetIdentity()
			found["principal"] = e.GetPrincipal().GetName()
		case *historypb.HistoryEvent_WorkflowExecutionSignaledEventAttributes:
			found["signaled"] = a.WorkflowExecutionSignaledEventAttributes.GetIdentity()
		case *historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes:
			found["task"] = a.WorkflowTaskCompletedEventAttributes.GetIdentity()
		case *historypb.HistoryEvent_WorkflowExecutionUpdateAcceptedEventAttributes:
			r := a.WorkflowExecutionUpdateAcceptedEventAttributes.GetAcceptedRequest()
			found[r.GetInput().GetName()] = r.GetMeta().GetIdentity()
		}
	}
	return found
}

// TestSchedulesWorkInOps: the server's own scheduler gets past the gate, a schedule's runs reach the worker.
func TestSchedulesWorkInOps(t *testing.T) {
	t.Parallel()
	h := start(t, nil)
	ctx := within(t, 40*time.Second)
	w := worker.New(h.dial(t, gate.Worker, gate.NamespaceOps), queue, worker.Options{})
	ran := make(chan struct{}, 10)
	w.RegisterWorkflowWithOptions(noticed(ran), workflowName("dispatch"))
	require.NoError(t, w.Start())
	t.Cleanup(w.Stop)
	options := client.ScheduleOptions{
		ID: "dispatch", Spec: client.ScheduleSpec{Intervals: []client.ScheduleIntervalSpec{{Every: time.Second}}},
		Action: &client.ScheduleWorkflowAction{ID: "dispatch", Workflow: "dispatch", TaskQueue: queue},
	}
	for _, sender := range []gate.Sender{gate.App, gate.Worker, gate.Auditor, gate.Unknown} {
		_, err := h.dial(t, sender, gate.NamespaceOps).ScheduleClient().Create(ctx, options)
		require.Error(t, err, sender)
	}
	_, err := h.dial(t, gate.Operator, gate.NamespaceOps).ScheduleClient().Create(ctx, options)
	require.NoError(t, err)
	for range 2 {
		select {
		case <-ran:
		case <-ctx.Done():
			t.Fatal("the schedule did not run")
		}
	}
	h.recorded(t, func(r gate.Refusal) bool {
		return r.Sender == gate.Operator && r.API == "CreateSchedule" && r.Code == gate.CodeOperatorUse && r.WorkflowID == "dispatch"
	})
	for _, r := range h.all() {
		if r.Code == gate.CodeDenied {
			require.Equal(t, "CreateSchedule", r.API, "something normal was refused: %+v", r)
		}
	}
}
