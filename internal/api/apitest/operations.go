package apitest

import (
	"context"
	"slices"
	"sync"
	"time"

	"vinhdanh/internal/ops"
)

// Operations stands in for Temporal's schedules and queues: it remembers what was
// done to them.
type Operations struct {
	mu     sync.Mutex
	paused map[string]string
	ran    []string
	Idle   bool // nobody polls
}

var _ ops.Operations = (*Operations)(nil)

// Ran lists the schedules that were run by hand.
func (o *Operations) Ran() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.ran)
}

// Schedules lists the known schedules, run a minute ago.
func (o *Operations) Schedules(context.Context) []ops.Schedule {
	o.mu.Lock()
	defer o.mu.Unlock()
	var out []ops.Schedule
	last, next := time.Now().Add(-time.Minute), time.Now().Add(time.Minute)
	for _, id := range ops.Known {
		note, paused := o.paused[id]
		out = append(out, ops.Schedule{ID: id, Every: time.Minute, Paused: paused, Note: note, LastRun: &last, NextRun: &next, Runs: 3})
	}
	return out
}

// Trigger remembers a run.
func (o *Operations) Trigger(_ context.Context, id string) error {
	return o.change(id, func() { o.ran = append(o.ran, id) })
}

// Pause remembers a pause.
func (o *Operations) Pause(_ context.Context, id, note string) error {
	return o.change(id, func() { o.paused[id] = note })
}

// Resume forgets a pause.
func (o *Operations) Resume(_ context.Context, id, _ string) error {
	return o.change(id, func() { delete(o.paused, id) })
}

func (o *Operations) change(id string, f func()) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !slices.Contains(ops.Known, id) {
		return ops.ErrUnknown
	}
	if o.paused == nil {
		o.paused = map[string]string{}
	}
	f()
	return nil
}

// Queues are polled, unless Idle is set.
func (o *Operations) Queues(context.Context) []ops.Queue {
	now := time.Now()
	q := ops.Queue{Name: "cases", Kind: "workflow", Pollers: 2, LastPoll: &now}
	if o.Idle {
		q.Pollers, q.LastPoll = 0, nil
	}
	return []ops.Queue{q}
}
