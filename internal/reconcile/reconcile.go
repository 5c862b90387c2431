// Package reconcile compares what PostgreSQL recorded with what Temporal's
// histories have, case by case, and repairs what only fell behind.
//
// The history is the truth. A transition that the trail lacks is recorded again:
// a trail row and its projection are pure functions of the transition. Whatever
// else differs is a Finding, because no crash of ours leaves it: somebody changed
// a row, a history was reset or ended from outside, or a fault of ours did it.
package reconcile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Run is how Temporal describes the latest run of a case.
type Run struct {
	Found  bool
	Open   bool
	Status string // as Temporal names it: Completed, Failed, Terminated, …
	Reset  bool
	// Others are the statuses of earlier runs. One that failed at its start is
	// followed by a new one; anything else is not ours.
	Others []string
}

// Workflows is what reconcile asks of Temporal; see FromClient.
type Workflows interface {
	Describe(ctx context.Context, caseID string) (Run, error)
	// Transitions asks the workflow, open or closed, for all its transitions.
	Transitions(ctx context.Context, caseID string) ([]json.RawMessage, error)
	// Account asks a commendation where it stands.
	Account(ctx context.Context, caseID string) (proposal.Account, error)
	// All calls back with the id of every case that Temporal knows.
	All(ctx context.Context, each func(caseID string) error) error
}

// Deps is what a reconciliation works with.
type Deps struct {
	Store     *postgres.Store
	Workflows Workflows
	// Record writes a transition that the trail lacks, and those before it. Nil
	// only reports them.
	Record func(ctx context.Context, caseID string, body json.RawMessage) error
}

// Report is the outcome of a reconciliation.
type Report struct {
	Cases       int       `json:"cases"`
	Transitions int       `json:"transitions"`
	Rebuilt     int       `json:"rebuilt"` // trail rows recorded again
	Findings    []Finding `json:"findings"`
}

// OK tells whether record and histories agree, after what was rebuilt. The CLI
// exits with 0 then, and with its code for "does not hold" otherwise.
func (r Report) OK() bool { return len(r.Findings) == 0 }

// Finding is one thing that does not agree. Detail names ids and numbers only.
type Finding struct {
	Case   string `json:"case"`
	Code   string `json:"code"`
	Detail string `json:"detail,omitempty"`
	Vi     string `json:"vi"`
	En     string `json:"en"`
}

const page = 200

// Reconcile goes through all cases. An error means that it could not finish; the
// report then holds what was found until there.
func Reconcile(ctx context.Context, d Deps) (Report, error) {
	r := &run{Deps: d, ctx: ctx, known: map[string]bool{}, report: Report{Findings: []Finding{}}}
	after := ""
	for {
		ids, err := d.Store.CasesAfter(ctx, after, page)
		if err != nil {
			return r.report, fmt.Errorf("reconcile: list cases: %w", err)
		}
		for _, id := range ids {
			after, r.known[id] = id, true
			r.report.Cases++
			if err := r.one(id); err != nil {
				return r.report, fmt.Errorf("reconcile: %s: %w", id, err)
			}
		}
		if len(ids) < page {
			break
		}
	}
	return r.report, errors.Join(r.strangers(), r.breaches())
}

// run is one reconciliation in progress.
type run struct {
	Deps
	ctx    context.Context
	known  map[string]bool
	report Report
}

func (r *run) found(caseID, code string, detail ...any) {
	text := texts[code]
	r.report.Findings = append(r.report.Findings, Finding{
		Case: caseID, Code: code, Detail: fmt.Sprint(detail...), Vi: text[0], En: text[1],
	})
}

// strangers reports cases in Temporal that PostgreSQL has nothing of.
func (r *run) strangers() error {
	return r.Workflows.All(r.ctx, func(id string) error {
		if !r.known[id] {
			r.known[id] = true
			r.found(id, CodeStranger)
		}
		return nil
	})
}

func (r *run) breaches() error {
	bs, err := r.Store.Breaches(r.ctx)
	for _, b := range bs {
		r.found(b.CaseID, b.Code, b.Detail)
	}
	return err
}
