package main

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"vinhdanh/internal/app"
	"vinhdanh/internal/postgres"
	"vinhdanh/workflows"
)

// tally is what a history costs.
type tally struct{ events, actions, updates, validations int }

func (c tally) String() string {
	return fmt.Sprintf("n=%d validations=%d: %d events, %d Actions", c.updates, c.validations, c.events, c.actions)
}

// billable events by the rules of docs.temporal.io/cloud/actions: a start, an
// activity, an Update, a Signal, a timer, a search attribute upsert, a marker of
// local activities count one; a child workflow two.
var billable = map[enumspb.EventType]int{
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:                   1,
	enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:                      1,
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:           1,
	enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:                  1,
	enumspb.EVENT_TYPE_TIMER_STARTED:                                1,
	enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:            1,
	enumspb.EVENT_TYPE_MARKER_RECORDED:                              1,
	enumspb.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:     2,
	enumspb.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: 1,
}

func count(h *historypb.History) tally {
	c := tally{events: len(h.Events)}
	for _, e := range h.Events {
		c.actions += billable[e.EventType]
		switch e.EventType {
		case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
			c.updates++
		case enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
			if e.GetActivityTaskScheduledEventAttributes().GetActivityType().GetName() == workflows.ActivityValidate {
				c.validations++
			}
		case enumspb.EVENT_TYPE_MARKER_RECORDED: // a further validation, within the workflow task
			if e.GetMarkerRecordedEventAttributes().GetMarkerName() == "LocalActivity" {
				c.validations++
			}
		}
	}
	return c
}

// history is a case's history as the auditor exports it.
func (w *town) history(caseID string) *historypb.History {
	w.t.Helper()
	raw, err := w.app.History(w.ctx, w.who("hg-auditor"), caseID)
	require.NoError(w.t, err)
	var h historypb.History
	require.NoError(w.t, protojson.Unmarshal(raw, &h))
	return &h
}

// atRest waits until a case's rules are checked and nothing is on its way. People
// act after that; an act that arrives while the rules are being checked is tried
// again by the desk, and can cost one more workflow task (3 events).
func (w *town) atRest(p postgres.Proposal) postgres.Proposal {
	w.t.Helper()
	w.waitFor("the validation", func() (bool, error) {
		events := w.history(p.CaseID).Events
		last := events[len(events)-1].EventType
		return count(&historypb.History{Events: events}).validations == p.Revision &&
			(last == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED || last == enumspb.EVENT_TYPE_MARKER_RECORDED), nil
	})
	return p
}

// decided takes an appraised case through its council and decision to its close.
func (w *town) decided(m meeting, o office, number int, p postgres.Proposal) postgres.Proposal {
	w.t.Helper()
	v, err := m.hold(w.ctx, w.stage, []string{p.ID})
	require.NoError(w.t, err)
	d, err := w.stage.decide(w.ctx, o, p.ID, number)
	require.NoError(w.t, err)
	keepForCorpus(w, p.CaseID, v.CaseID, d.CaseID)
	got := w.now(p.ID)
	require.True(w.t, got.Closed)
	return got
}

// bounded asserts the budget of design.md section 9, and the measured count under
// it: 11 + 5n events and 2 + n Actions, and one of each for every further
// validation, which happens within the workflow task.
func bounded(t *testing.T, c tally, updates, validations int) {
	t.Helper()
	t.Log(c)
	require.Equal(t, updates, c.updates)
	require.Equal(t, validations, c.validations)
	again := validations - 1
	require.LessOrEqual(t, c.events, 12+5*c.updates)
	require.LessOrEqual(t, c.actions, 3+c.updates)
	require.Equal(t, 11+5*updates+again, c.events)
	require.Equal(t, 2+updates+again, c.actions)
}

// TestCostOfACase walks a case from its sending to its issue and counts its history.
func TestCostOfACase(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.appraised("snv-appraiser", w.forward(w.atRest(w.sent("BKT-PT", 2))))
	p = w.decided(provincial, provinceOffice, 3001, p)
	w.clean()
	bounded(t, count(w.history(p.CaseID)), 5, 1)
	w.recorded(p, 6)
}

// TestCostOfAReturn: every return adds two Updates and one validation.
func TestCostOfAReturn(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.atRest(w.sent("BKT-PT", 1))
	p = w.must(w.done(w.app.Decide(w.ctx, w.who("ph-reviewer"), app.DecideInput{
		Target: app.Target{Proposal: p.ID}, Verdict: "return", Reason: "Báo cáo thành tích chưa nêu số liệu (giả định).",
	})))
	require.True(t, p.Returned)
	p = w.must(w.done(w.app.Resubmit(w.ctx, w.who("pgd-head"), app.ResubmitInput{Target: app.Target{Proposal: p.ID}})))
	require.Equal(t, 2, p.Revision)
	p = w.appraised("snv-appraiser", w.forward(w.atRest(p)))
	p = w.decided(provincial, provinceOffice, 3002, p)
	w.clean()
	bounded(t, count(w.history(p.CaseID)), 7, 2)
	w.recorded(p, 8)
}

// TestCostOfALocalCase: the district's own awards have one stage less.
func TestCostOfALocalCase(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.appraised("ph-reviewer-2", w.atRest(w.sent("LDTT", 3)))
	p = w.decided(local, districtOffice, 3003, p)
	w.clean()
	bounded(t, count(w.history(p.CaseID)), 4, 1)
	w.recorded(p, 5)
}

// recorded checks that what the count leaves out of the history did happen:
// validation, record, notifications, ledger, archive.
func (w *town) recorded(p postgres.Proposal, transitions int) {
	w.t.Helper()
	rows, err := w.app.Store.Trail(w.ctx, p.CaseID)
	require.NoError(w.t, err)
	require.Len(w.t, rows, transitions)
	found, err := w.app.Store.ValidationsOf(w.ctx, p.ID)
	require.NoError(w.t, err)
	require.Len(w.t, found, p.Revision)
	auditor := w.who("hg-auditor")
	w.waitFor("the archive", func() (bool, error) {
		a, err := w.app.Account(w.ctx, auditor, p.CaseID)
		return err == nil && a.Archive != nil, err
	})
	in, err := w.app.Inbox(w.ctx, w.who("pgd-head"))
	require.NoError(w.t, err)
	told := false
	for _, n := range in.Notices {
		told = told || n.CaseID == p.CaseID
	}
	require.True(w.t, told, "the unit was not told")
	items, err := w.app.Store.ItemsOf(w.ctx, p.ID, postgres.Latest)
	require.NoError(w.t, err)
	for _, it := range items {
		ledger, err := w.app.Store.LedgerOf(w.ctx, []string{it.Subject})
		require.NoError(w.t, err)
		require.NotEmpty(w.t, ledger)
	}
	w.t.Logf("beside it: %d trail rows, %d validations, %d items in the ledger, archived", len(rows), len(found), len(items))
}
