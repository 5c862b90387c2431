package ops

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"vinhdanh/workflows"
)

// Known are the schedules that set-up makes, in the order of pages.
var Known = []string{workflows.TypeDispatch, workflows.TypeDeadlines, workflows.TypeArchive}

// ErrUnknown is returned for a schedule that is none of Known.
var ErrUnknown = errors.New("ops: no such schedule")

// patience is how long Temporal is waited for; a page must not hang on it.
const patience = 4 * time.Second

// Temporal is Operations over clients of both namespaces.
type Temporal struct {
	Cases, Ops client.Client
}

var _ Operations = Temporal{}

// Schedules implements Operations.
func (t Temporal) Schedules(ctx context.Context) []Schedule {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	out := make([]Schedule, 0, len(Known))
	for _, id := range Known {
		out = append(out, t.schedule(ctx, id))
	}
	return out
}

func (t Temporal) schedule(ctx context.Context, id string) Schedule {
	s := Schedule{ID: id}
	d, err := t.Ops.ScheduleClient().GetHandle(ctx, id).Describe(ctx)
	if err != nil {
		s.Error = reason(err)
		return s
	}
	if spec := d.Schedule.Spec; spec != nil && len(spec.Intervals) > 0 {
		s.Every = spec.Intervals[0].Every
	}
	if st := d.Schedule.State; st != nil {
		s.Paused, s.Note = st.Paused, st.Note
	}
	s.Runs, s.Running = d.Info.NumActions, len(d.Info.RunningWorkflows)
	if n := len(d.Info.RecentActions); n > 0 {
		at := d.Info.RecentActions[n-1].ActualTime
		s.LastRun = &at
	}
	if len(d.Info.NextActionTimes) > 0 && !s.Paused {
		s.NextRun = &d.Info.NextActionTimes[0]
	}
	return s
}

// Trigger implements Operations.
func (t Temporal) Trigger(ctx context.Context, id string) error {
	return t.patch(ctx, id, func(ctx context.Context, h client.ScheduleHandle) error {
		return h.Trigger(ctx, client.ScheduleTriggerOptions{Overlap: enumspb.SCHEDULE_OVERLAP_POLICY_SKIP})
	})
}

// Pause implements Operations.
func (t Temporal) Pause(ctx context.Context, id, note string) error {
	return t.patch(ctx, id, func(ctx context.Context, h client.ScheduleHandle) error {
		return h.Pause(ctx, client.SchedulePauseOptions{Note: note})
	})
}

// Resume implements Operations.
func (t Temporal) Resume(ctx context.Context, id, note string) error {
	return t.patch(ctx, id, func(ctx context.Context, h client.ScheduleHandle) error {
		return h.Unpause(ctx, client.ScheduleUnpauseOptions{Note: note})
	})
}

func (t Temporal) patch(ctx context.Context, id string, f func(context.Context, client.ScheduleHandle) error) error {
	if !slices.Contains(Known, id) {
		return ErrUnknown
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := f(ctx, t.Ops.ScheduleClient().GetHandle(ctx, id)); err != nil {
		return fmt.Errorf("ops: schedule %s: %w", id, err)
	}
	return nil
}

// Queues implements Operations.
func (t Temporal) Queues(ctx context.Context) []Queue {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var out []Queue
	for _, q := range []struct {
		c    client.Client
		name string
	}{{t.Cases, workflows.QueueCases}, {t.Ops, workflows.QueueOps}} {
		for kind, code := range map[string]enumspb.TaskQueueType{"workflow": enumspb.TASK_QUEUE_TYPE_WORKFLOW, "activity": enumspb.TASK_QUEUE_TYPE_ACTIVITY} {
			row := Queue{Name: q.name, Kind: kind}
			d, err := q.c.DescribeTaskQueue(ctx, q.name, code)
			if err != nil {
				row.Error = reason(err)
			}
			for _, p := range d.GetPollers() {
				row.Pollers++
				if at := p.GetLastAccessTime().AsTime(); row.LastPoll == nil || at.After(*row.LastPoll) {
					row.LastPoll = &at
				}
			}
			out = append(out, row)
		}
	}
	slices.SortFunc(out, func(a, b Queue) int {
		if a.Name+a.Kind < b.Name+b.Kind {
			return -1
		}
		return 1
	})
	return out
}

// reason is why Temporal did not answer, without addresses.
func reason(err error) string {
	var missing *serviceerror.NotFound
	var denied *serviceerror.PermissionDenied
	switch {
	case errors.As(err, &missing):
		return "not-found"
	case errors.As(err, &denied):
		return "permission-denied"
	}
	return "unavailable"
}
