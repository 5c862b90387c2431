package workflows

import "go.temporal.io/sdk/workflow"

// Dispatch drains the outbox once. LISTEN/NOTIFY wakes it; a schedule is the
// safety net.
func Dispatch(ctx workflow.Context) error {
	return workflow.ExecuteActivity(withSweep(ctx, "send what waits"), ActivityDispatch).Get(ctx, nil)
}

// Deadlines reminds before the due day and escalates after it.
func Deadlines(ctx workflow.Context) error {
	return workflow.ExecuteActivity(withSweep(ctx, "remind and escalate"), ActivitySweepDeadlines).Get(ctx, nil)
}

// Archive bundles cases that closed and are not archived yet.
func Archive(ctx workflow.Context) error {
	return workflow.ExecuteActivity(withSweep(ctx, "archive closed cases"), ActivityArchive).Get(ctx, nil)
}
