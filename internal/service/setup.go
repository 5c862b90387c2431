package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/config"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/postgres"
	"vinhdanh/workflows"
)

// Migrate brings the database up to date.
func Migrate(ctx context.Context, cfg config.Config) error {
	if err := cfg.Need("OWNER_DATABASE_URL"); err != nil {
		return err
	}
	return postgres.Migrate(ctx, cfg.OwnerDatabaseURL)
}

// schedules are what runs by itself in namespace ops.
var schedules = []struct {
	workflow string
	every    time.Duration
}{
	{workflows.TypeDispatch, time.Minute},
	{workflows.TypeDeadlines, time.Hour},
	{workflows.TypeArchive, time.Minute},
}

// Schedules creates the schedules, with the operator's credential; those that
// exist stay as they are. every overrides all intervals when it is not zero.
func Schedules(ctx context.Context, cfg config.Config, every time.Duration) error {
	if err := cfg.Need("TEMPORAL_ADDRESS", "TEMPORAL_TOKEN"); err != nil {
		return err
	}
	c, err := client.DialContext(ctx, client.Options{
		HostPort: cfg.TemporalAddress, Namespace: workflows.NamespaceOps,
		HeadersProvider:   gate.HeadersProvider(cfg.TemporalToken),
		ConnectionOptions: client.ConnectionOptions{TLSDisabled: true},
	})
	if err != nil {
		return fmt.Errorf("service: schedules: %w", err)
	}
	defer c.Close()
	for _, s := range schedules {
		if every > 0 {
			s.every = every
		}
		_, err := c.ScheduleClient().Create(ctx, client.ScheduleOptions{
			ID:   s.workflow,
			Spec: client.ScheduleSpec{Intervals: []client.ScheduleIntervalSpec{{Every: s.every}}},
			Action: &client.ScheduleWorkflowAction{
				ID: s.workflow, Workflow: s.workflow, TaskQueue: workflows.QueueOps, WorkflowExecutionTimeout: time.Hour,
			},
			Overlap:       enumspb.SCHEDULE_OVERLAP_POLICY_SKIP,
			CatchupWindow: time.Minute,
		})
		if err != nil && !errors.Is(err, temporal.ErrScheduleAlreadyRunning) {
			return fmt.Errorf("service: schedule %s: %w", s.workflow, err)
		}
	}
	return nil
}
