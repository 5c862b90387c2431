package embedded

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	enumspb "go.temporal.io/api/enums/v1"

	"vinhdanh/internal/gate"
)

const queue = gate.QueueCases

type vote struct{ Yes bool }

// sampleCase stands in for a commendation: it takes Updates and the Signal, runs an activity and ends on withdraw.
func sampleCase(ctx workflow.Context, n int) (int, error) {
	done := false
	handler := func(ctx workflow.Context, v vote) (int, error) { n++; return n, nil }
	for _, name := range []string{"decide", "council-result"} {
		err := workflow.SetUpdateHandlerWithOptions(ctx, name, handler, workflow.UpdateHandlerOptions{
			Validator: func(ctx workflow.Context, v vote) error {
				if !v.Yes {
					return errors.New("forged")
				}
				return nil
			},
		})
		if err != nil {
			return 0, err
		}
	}
	err := workflow.SetUpdateHandler(ctx, "withdraw", func(ctx workflow.Context) error { done = true; return nil })
	if err != nil {
		return 0, err
	}
	if err := workflow.SetQueryHandler(ctx, "count", func() (int, error) { return n, nil }); err != nil {
		return 0, err
	}
	workflow.Go(ctx, func(ctx workflow.Context) {
		workflow.GetSignalChannel(ctx, "decide").Receive(ctx, nil)
		n += 100
	})
	actx := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, HeartbeatTimeout: time.Minute})
	if err := workflow.ExecuteActivity(actx, "sample-activity").Get(ctx, nil); err != nil {
		return 0, err
	}
	return n, workflow.Await(ctx, func() bool { return done })
}

func sampleActivity(context.Context) error { return nil }

// tooManyCommands tries to reach other workflows from workflow code.
func tooManyCommands(ctx workflow.Context, _ int) (int, error) {
	return 0, workflow.SignalExternalWorkflow(ctx, "commendation/other", "", "decide", vote{}).Get(ctx, nil)
}

// work runs a worker with the worker's credential until the test ends.
func (h *house) work(t *testing.T, namespace string) {
	t.Helper()
	w := worker.New(h.dial(t, gate.Worker, namespace), queue, worker.Options{})
	w.RegisterWorkflowWithOptions(sampleCase, workflow.RegisterOptions{Name: "commendation"})
	w.RegisterWorkflowWithOptions(tooManyCommands, workflow.RegisterOptions{Name: "council"})
	w.RegisterActivityWithOptions(sampleActivity, activityName)
	require.NoError(t, w.Start())
	t.Cleanup(w.Stop)
}

func startOptions(id string) client.StartWorkflowOptions {
	return client.StartWorkflowOptions{
		ID: id, TaskQueue: queue, WorkflowIDReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
	}
}

func update(ctx context.Context, c client.Client, id, name string, args ...any) (int, error) {
	h, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: id, UpdateName: name, Args: args, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err != nil {
		return 0, err
	}
	var n int
	return n, h.Get(ctx, &n)
}

func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}

func workflowName(name string) workflow.RegisterOptions { return workflow.RegisterOptions{Name: name} }

// noticed returns a workflow that says it ran.
func noticed(ran chan<- struct{}) func(workflow.Context) error {
	return func(workflow.Context) error {
		select {
		case ran <- struct{}{}:
		default:
		}
		return nil
	}
}
