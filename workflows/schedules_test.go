package workflows_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"vinhdanh/workflows"
)

// TestSchedules: each scheduled workflow runs its own activity, twice at most;
// the next run of the schedule tries again anyway.
func TestSchedules(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		run      func(workflow.Context) error
		activity string
		fails    int32
		calls    int32
	}{
		"dispatch":                {workflows.Dispatch, workflows.ActivityDispatch, 0, 1},
		"deadlines":               {workflows.Deadlines, workflows.ActivitySweepDeadlines, 0, 1},
		"archive":                 {workflows.Archive, workflows.ActivityArchive, 0, 1},
		"once more":               {workflows.Archive, workflows.ActivityArchive, 1, 2},
		"then leaves it for next": {workflows.Dispatch, workflows.ActivityDispatch, 9, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, "schedule/"+tc.activity)
			var calls atomic.Int32
			d.activity(tc.activity, func(context.Context) error {
				if calls.Add(1) <= tc.fails {
					return errors.New("the database is away")
				}
				return nil
			})
			d.env.ExecuteWorkflow(tc.run)
			require.True(t, d.env.IsWorkflowCompleted())
			require.Equal(t, tc.fails >= tc.calls, d.env.GetWorkflowError() != nil)
			require.Equal(t, tc.calls, calls.Load())
		})
	}
}
