package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"golang.org/x/sync/errgroup"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/gate"
)

// bareQueue is where the bare workflows are worked on, beside the cases.
const bareQueue = "bare"

// bareAtOnce is how many bare Updates are under way: as many as a delivery has.
const bareAtOnce = 4

// leafSize is about what a leaf of a batch of a thousand weighs with its act and path.
const leafSize = 1500

// bare are workflows that take an Update and do nothing with it.
type bare struct {
	w   *town
	app client.Client
	ids []string

	stop func()
}

// bareWorkflow answers Updates for ever.
func bareWorkflow(ctx workflow.Context) error {
	err := workflow.SetUpdateHandler(ctx, "council-result", func(workflow.Context, envelope.Message) (int, error) { return 1, nil })
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return false })
}

// bareWorkflows starts n of them on the same server, through the same gate. Only the
// operator starts what is no case.
func (w *town) bareWorkflows(b *testing.B, n int) *bare {
	b.Helper()
	work := worker.New(w.raw(gate.Worker), bareQueue, worker.Options{})
	work.RegisterWorkflowWithOptions(bareWorkflow, workflow.RegisterOptions{Name: "bare"})
	require.NoError(b, work.Start())
	out := &bare{w: w, app: w.raw(gate.App), stop: work.Stop}
	operator := w.raw(gate.Operator)
	for i := range n {
		id := fmt.Sprintf("bare/%d", i)
		_, err := operator.ExecuteWorkflow(w.ctx, client.StartWorkflowOptions{ID: id, TaskQueue: bareQueue}, "bare")
		require.NoError(b, err)
		out.ids = append(out.ids, id)
	}
	// Started, and its first task done: 4 events.
	for _, id := range out.ids {
		require.Eventually(b, func() bool {
			h, err := operator.DescribeWorkflowExecution(w.ctx, id, "")
			return err == nil && h.WorkflowExecutionInfo.HistoryLength >= 4
		}, time.Minute, 10*time.Millisecond)
	}
	return out
}

// updates sends one Update to each workflow from one place on to another, and tells
// how long that took. Each carries as much as a leaf of a batch does.
func (x *bare) updates(b *testing.B, from, to int) time.Duration {
	b.Helper()
	msg := envelope.Message{JWS: strings.Repeat("x", leafSize)}
	began := time.Now()
	g, ctx := errgroup.WithContext(x.w.ctx)
	g.SetLimit(bareAtOnce)
	for _, id := range x.ids[from:to] {
		g.Go(func() error { return x.update(ctx, id, msg) })
	}
	require.NoError(b, g.Wait())
	return time.Since(began)
}

func (x *bare) update(ctx context.Context, id string, msg envelope.Message) error {
	h, err := x.app.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: id, UpdateName: "council-result", UpdateID: uuid.NewString(), Args: []any{msg},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err != nil {
		return err
	}
	return h.Get(ctx, nil)
}
