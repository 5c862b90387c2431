// Package ops is how the machinery is, and the little that administrators do to it:
// schedules and task queues of Temporal, and what each running process says of itself.
//
// The model: every serve and worker process beats into the database with its Facts;
// the health page reads them, asks Temporal for pollers and schedules, and needs no
// way into the processes. A schedule is run by hand, paused and resumed, never made or
// deleted here: that is the operator's set-up.
package ops

import (
	"context"
	"time"
)

// Facts is what a process says of itself. Zero values are not known to it.
type Facts struct {
	Host        string     `json:"host,omitempty"`
	Version     string     `json:"version,omitempty"`   // of the program
	Law         string     `json:"law,omitempty"`       // hash of the data in force
	Ring        int        `json:"ring,omitempty"`      // version of the keyring
	DiskFree    uint64     `json:"disk_free,omitempty"` // bytes, where files are stored
	DiskTotal   uint64     `json:"disk_total,omitempty"`
	SealOf      string     `json:"seal_of,omitempty"` // whom the organisation's certificate names
	SealExpires *time.Time `json:"seal_expires,omitempty"`
	Mail        string     `json:"mail,omitempty"` // ok, off, or what the mail server said
	Clock       time.Time  `json:"clock"`          // of the process, to compare with the database's
}

// Schedule is something that runs by itself.
type Schedule struct {
	ID      string        `json:"id"` // dispatch, deadlines or archive
	Every   time.Duration `json:"every"`
	Paused  bool          `json:"paused"`
	Note    string        `json:"note,omitempty"`
	LastRun *time.Time    `json:"last_run,omitempty"`
	NextRun *time.Time    `json:"next_run,omitempty"`
	Running int           `json:"running"`
	Runs    int           `json:"runs"`
	Error   string        `json:"error,omitempty"` // why it cannot be read: not set up, Temporal away
}

// Queue is a task queue with who polls it.
type Queue struct {
	Name     string     `json:"name"`
	Kind     string     `json:"kind"` // workflow or activity
	Pollers  int        `json:"pollers"`
	LastPoll *time.Time `json:"last_poll,omitempty"`
	Error    string     `json:"error,omitempty"`
}

// Operations is Temporal as administrators see it.
type Operations interface {
	// Schedules lists the schedules; one that cannot be read says why.
	Schedules(ctx context.Context) []Schedule
	// Trigger runs a schedule now. It must be one of Known.
	Trigger(ctx context.Context, id string) error
	// Pause stops a schedule, Resume lets it go on; the note says who and why.
	Pause(ctx context.Context, id, note string) error
	Resume(ctx context.Context, id, note string) error
	// Queues tells who polls the task queues.
	Queues(ctx context.Context) []Queue
}
