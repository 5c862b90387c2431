package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// Activity options by intent. Refusals are typed errors that are not retried; an
// outage is retried for as long as it lasts.

func withShort(ctx workflow.Context, summary string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		Summary:             summary,
		RetryPolicy:         outageRetry(),
	})
}

// withQuick is for one question to the database. When its worker is killed the
// next one is asked after this time, and a case waits for no longer than that.
func withQuick(ctx workflow.Context, summary string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 20 * time.Second,
		Summary:             summary,
		RetryPolicy:         outageRetry(),
	})
}

// withLong is for work over thousands of cases; it reports where it stands by
// heartbeat and goes on from there.
func withLong(ctx workflow.Context, summary string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Hour,
		HeartbeatTimeout:    time.Minute,
		Summary:             summary,
		RetryPolicy:         outageRetry(),
	})
}

// withSweep is for the schedules: the next run tries again anyway.
func withSweep(ctx workflow.Context, summary string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 10 * time.Minute,
		HeartbeatTimeout:    time.Minute,
		Summary:             summary,
		RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 2},
	})
}

func outageRetry() *temporal.RetryPolicy {
	return &temporal.RetryPolicy{
		InitialInterval: 500 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: time.Minute,
	}
}

// withinTask runs an activity inside the workflow task: one event instead of six.
// It is given up after a few seconds, so that an outage is waited out elsewhere.
func withinTask(ctx workflow.Context, summary string) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		ScheduleToCloseTimeout: 4 * time.Second,
		Summary:                summary,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: 200 * time.Millisecond, MaximumAttempts: 3},
	})
}
