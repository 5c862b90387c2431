package main

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/app"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/service"
)

// trap is Temporal as serve sees it, with something happening before or after an
// Update that the test springs.
type trap struct {
	client.Client
	before, after func()
}

func (x *trap) UpdateWorkflow(ctx context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	if x.before != nil {
		x.before()
	}
	h, err := x.Client.UpdateWorkflow(ctx, o)
	if x.after != nil {
		x.after()
	}
	return h, err
}

// behind is another serve on the shared instance, whose database can be taken away.
func (w *town) behind() (*town, *pgtest.Proxy, *trap) {
	w.t.Helper()
	proxy, url := pgtest.NewProxy(w.t, w.urls.App)
	cfg, err := w.config(gate.App)
	require.NoError(w.t, err)
	cfg.DatabaseURL = url
	a, done, err := service.OpenApp(w.ctx, cfg)
	require.NoError(w.t, err)
	w.t.Cleanup(done)
	x := &trap{Client: a.Desk.Temporal}
	a.Desk.Temporal, a.Desk.Wait = x, 4*time.Second
	own := *w.stage
	own.app, own.out = a, io.Discard
	return &town{stage: &own, t: w.t, ctx: w.ctx}, proxy, x
}

// TestDatabaseAwayInADecision: the database goes away in the middle of a decision,
// for longer than the answer waits. The answer is "accepted, being recorded" or
// "pending", with an attempt to follow; when the database is back the sweep of the
// running serve settles it. Nothing is lost, nothing doubled.
func TestDatabaseAwayInADecision(t *testing.T) {
	t.Parallel()
	w := shared(t)
	for name, x := range map[string]struct {
		take func(*pgtest.Proxy)
		set  func(*trap, func())
	}{
		"cut before Temporal":  {(*pgtest.Proxy).Cut, func(x *trap, take func()) { x.before = take }},
		"cut after Temporal":   {(*pgtest.Proxy).Cut, func(x *trap, take func()) { x.after = take }},
		"hung before Temporal": {(*pgtest.Proxy).Stall, func(x *trap, take func()) { x.before = take }},
		"hung after Temporal":  {(*pgtest.Proxy).Stall, func(x *trap, take func()) { x.after = take }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &town{stage: w.stage, t: t, ctx: w.ctx}
			p := w.atRest(w.sent("BKT-PT", 1))
			in := w.forwarding(p)
			in.Nonce = uuid.NewString()
			far, proxy, springs := w.behind()
			reviewer := far.who("ph-reviewer")
			x.set(springs, func() { x.take(proxy) })
			began := time.Now()
			done, err := far.app.Decide(far.ctx, reviewer, in)
			require.NoError(t, err)
			require.Less(t, time.Since(began), 20*time.Second, "the answer waits for the database")
			require.Contains(t, []string{"accepted", "pending"}, done.Status)
			require.False(t, done.Recorded)
			require.NotEmpty(t, done.Attempt)
			require.Equal(t, 1, w.now(p.ID).Number)

			springs.before, springs.after = nil, nil
			proxy.Restore()
			w.waitFor("the sweep", func() (bool, error) {
				at, err := far.app.Attempt(far.ctx, reviewer, done.Attempt)
				return at.Status == "accepted", err
			})
			require.Equal(t, "reception", w.one(p).Stage)
			_, err = far.app.Decide(far.ctx, reviewer, in) // the form is sent once more
			require.Equal(t, app.CodeForbidden, codeOf(err), "it waits for others now")
			again, ok, err := far.app.Repeated(far.ctx, reviewer, app.Act{Kind: "proposal", ID: p.ID, Action: "decide", Nonce: in.Nonce})
			require.NoError(t, err)
			require.True(t, ok)
			require.Equal(t, 2, again.Number)
			w.one(p)
		})
	}
}

// TestASVS_16_5_2_DatabaseAwayBeforeAnAct: nothing is stored, so nothing is sent, and the
// reader is told so; afterwards the same form goes through.
func TestASVS_16_5_2_DatabaseAwayBeforeAnAct(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.atRest(w.sent("BKT-PT", 1))
	in := w.forwarding(p)
	in.Nonce = uuid.NewString()
	far, proxy, springs := w.behind()
	reviewer := far.who("ph-reviewer")
	springs.before = func() { t.Error("something was sent") }
	proxy.Cut()
	_, err := far.app.Decide(far.ctx, reviewer, in)
	require.Equal(t, app.CodeUnavailable, app.ErrorOf(err).Code, "%v", err)
	proxy.Restore()
	require.Equal(t, 1, w.now(p.ID).Number)
	springs.before = nil
	done, err := far.app.Decide(far.ctx, reviewer, in)
	require.NoError(t, err)
	require.True(t, done.Recorded)
	require.Equal(t, "reception", w.one(p).Stage)
}
