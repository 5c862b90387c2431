package main

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/postgres"
)

// one asserts that exactly one act took effect after the case stood as before.
func (w *town) one(before postgres.Proposal) postgres.Proposal {
	w.t.Helper()
	after := w.now(before.ID)
	require.Equal(w.t, before.Number+1, after.Number)
	rows, err := w.app.Store.Trail(w.ctx, before.CaseID)
	require.NoError(w.t, err)
	require.Len(w.t, rows, after.Number)
	updates := 0
	for _, e := range w.history(before.CaseID).Events {
		if e.GetWorkflowExecutionUpdateAcceptedEventAttributes() != nil {
			updates++
		}
	}
	require.Equal(w.t, after.Number-1, updates)
	return after
}

// TestWrongStates: wrong role, stale revision and number, unknown ids. Each is a
// clear error, and the case stands as it stood.
func TestWrongStates(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.atRest(w.sent("BKT-PT", 1))
	before := w.standing(p)
	right := w.forwarding(p)
	for _, x := range []struct {
		name, login, code string
		change            func(*app.DecideInput)
	}{
		{"the unit's head reviews", "pgd-head", app.CodeForbidden, func(*app.DecideInput) {}},
		{"an appraiser reviews, whom it has not reached", "snv-appraiser", app.CodeNotFound, func(*app.DecideInput) {}},
		{"an auditor reviews", "hg-auditor", app.CodeForbidden, func(*app.DecideInput) {}},
		{"an admin reviews", "hg-admin", app.CodeNotFound, func(*app.DecideInput) {}},
		{"another district reviews", "vt-reviewer", app.CodeNotFound, func(*app.DecideInput) {}},
		{"a revision to come", "ph-reviewer", envelope.CodeRevision, func(in *app.DecideInput) { in.Revision = 2 }},
		{"a number to come", "ph-reviewer", envelope.CodeNumber, func(in *app.DecideInput) { in.Number = 2 }},
		{"an unknown case", "ph-reviewer", app.CodeNotFound, func(in *app.DecideInput) { in.Proposal = uuid.NewString() }},
		{"no case at all", "ph-reviewer", app.CodeInvalid, func(in *app.DecideInput) { in.Proposal = "" }},
		{"an unknown verdict", "ph-reviewer", app.CodeInvalid, func(in *app.DecideInput) { in.Verdict = "burn" }},
		{"an unknown item", "ph-reviewer", envelope.CodeItem, func(in *app.DecideInput) {
			in.Exceptions = []app.OpinionInput{{Item: uuid.NewString(), Opinion: "not_propose", Reason: "x"}}
		}},
	} {
		in := right
		x.change(&in)
		_, err := w.app.Decide(w.ctx, w.who(x.login), in)
		require.Equal(t, x.code, codeOf(err), "%s: %v", x.name, err)
	}
	require.Equal(t, before, w.standing(p))
	after := w.forward(p)
	_, err := w.app.Decide(w.ctx, w.who("ph-reviewer"), right) // seen before somebody acted
	require.Equal(t, app.CodeForbidden, codeOf(err), "the case has moved on")
	stale := app.AcceptInput{Target: app.Target{Proposal: p.ID, Revision: 1, Number: 1}}
	_, err = w.app.Accept(w.ctx, w.who("snv-appraiser"), stale)
	require.Equal(t, envelope.CodeNumber, codeOf(err))
	require.Equal(t, after.Number, w.now(p.ID).Number)
}

// TestMissingAndHiddenLookAlike: who may not see a case learns nothing from the error.
func TestMissingAndHiddenLookAlike(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.sent("BKT-PT", 1)
	in := w.forwarding(p)
	_, hidden := w.app.Decide(w.ctx, w.who("vt-reviewer"), in)
	in.Proposal = uuid.NewString()
	_, missing := w.app.Decide(w.ctx, w.who("vt-reviewer"), in)
	require.Equal(t, missing, hidden)
}

// TestDoubleSubmit: one form sent by many at once is one act, and each sender
// gets its outcome.
func TestDoubleSubmit(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.atRest(w.sent("BKT-PT", 1))
	in := w.forwarding(p)
	in.Nonce = uuid.NewString()
	reviewer := w.who("ph-reviewer")
	results := at(8, func(int) error {
		d, err := w.app.Decide(w.ctx, reviewer, in)
		if err == nil && (d.Status != "accepted" || d.Number != 2 || d.Attempt == "") {
			return fmt.Errorf("%+v", d)
		}
		return err
	})
	accepted := 0
	for _, err := range results {
		if err == nil {
			accepted++
		} else {
			// It read the case after the first one was recorded, where it waits for others.
			require.Equal(t, app.CodeForbidden, codeOf(err), "%v", err)
		}
	}
	require.Positive(t, accepted)
	w.one(p)
	done, again, err := w.app.Repeated(w.ctx, reviewer, app.Act{Kind: "proposal", ID: p.ID, Action: "decide", Nonce: in.Nonce})
	require.NoError(t, err)
	require.True(t, again)
	require.Equal(t, 2, done.Number)
}

// TestDoubleClickOfSend: the head clicks twice, in two windows.
func TestDoubleClickOfSend(t *testing.T) {
	t.Parallel()
	w := shared(t)
	sub, err := w.draft(w.ctx, "BKT-PT", 1)
	require.NoError(t, err)
	head := w.who("pgd-head")
	for _, err := range at(4, func(int) error {
		got, err := w.app.Send(w.ctx, head, app.SendInput{Submission: sub.ID})
		if err != nil {
			return err
		}
		if e := got.Proposals[0].Error; e != nil && e.Code != envelope.CodeReplayed {
			return e
		}
		return nil
	}) {
		require.NoError(t, err)
	}
	p := w.now(sub.Proposals[0].ID)
	require.Equal(t, "review", p.Stage)
	w.one(postgres.Proposal{ID: p.ID, CaseID: p.CaseID})
	got, err := w.app.Send(w.ctx, head, app.SendInput{Submission: sub.ID}) // and once more, later
	require.NoError(t, err)
	require.Nil(t, got.Proposals[0].Error)
	require.Equal(t, 1, w.now(p.ID).Number)
}

// TestTwoApproversAtOnce: one wins, the other is told that somebody acted.
func TestTwoApproversAtOnce(t *testing.T) {
	t.Parallel()
	w := shared(t)
	for range 3 {
		p := w.atRest(w.sent("BKT-PT", 1))
		in := w.forwarding(p)
		who := []app.Session{w.who("ph-reviewer"), w.who("ph-reviewer-2")}
		results := at(2, func(i int) error {
			_, err := w.app.Decide(w.ctx, who[i], in)
			return err
		})
		won := 0
		for _, err := range results {
			if err == nil {
				won++
				continue
			}
			require.Contains(t, []string{envelope.CodeNumber, envelope.CodeStage, app.CodeForbidden}, codeOf(err), "%v", err)
		}
		require.Equal(t, 1, won)
		require.Equal(t, "reception", w.one(p).Stage)
	}
}

// TestManyUpdatesAtOnce: 25 genuine acts on one case at the same moment. One is
// accepted, each other one gets a clear error, and the case goes on.
func TestManyUpdatesAtOnce(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.atRest(w.sent("BKT-PT", 1))
	c, key := w.raw(gate.App), w.signer(envelope.PurposeApp)
	began := time.Now()
	results := at(25, func(int) error {
		a := w.genuine(p)
		jws, err := key.Sign(a)
		if err != nil {
			return err
		}
		return update(w.ctx, c, p.CaseID, "decide", a.Nonce, []any{envelope.Message{JWS: jws}})
	})
	took := time.Since(began)
	won := 0
	for _, err := range results {
		if err == nil {
			won++
			continue
		}
		require.Contains(t, []string{envelope.CodeNumber, envelope.CodeStage}, refusalOf(err), "%v", err)
	}
	require.Equal(t, 1, won)
	t.Logf("25 simultaneous Updates: 1 accepted, 24 refused in %v", took.Round(time.Millisecond))
	// These came past the desk: nobody recorded the transition. The next act of
	// the desk records it first.
	in := app.AcceptInput{Target: app.Target{Proposal: p.ID}}
	require.Equal(t, 1, w.now(p.ID).Number)
	_, err := w.app.Accept(w.ctx, w.who("snv-appraiser"), in)
	require.Error(t, err, "the projection does not know yet")
	require.NoError(t, w.record(p))
	require.Equal(t, "council", w.appraised("snv-appraiser", w.one(p)).Stage)
}

// record writes what the history has and the record has not, as reconcile does.
func (w *town) record(p postgres.Proposal) error {
	all, err := w.app.Desk.Transitions(w.ctx, p.CaseID, 0)
	for _, body := range all {
		if err == nil {
			err = w.app.Desk.Record(w.ctx, p.CaseID, body)
		}
	}
	return err
}

// at runs f n times at the same moment.
func at(n int, f func(i int) error) []error {
	out := make([]error, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			out[i] = f(i)
		})
	}
	close(start)
	all.Wait()
	return out
}
