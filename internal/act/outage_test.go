package act

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres"
)

// TestDatabaseGoesAway: before the attempt is stored nothing is sent; after it the
// act is accepted, being recorded, and a sweep records it once.
func TestDatabaseGoesAway(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(*desk){
		"cut": func(d *desk) { d.proxy.Cut() }, "hanging": func(d *desk) { d.proxy.Stall() },
		"answering nobody": func(d *desk) { d.proxy.Swallow() },
	} {
		t.Run("after the attempt, "+name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			p := d.sent()
			decide := d.forward(p)
			d.cloud.after = func(string) { take(d) }
			began := time.Now()
			res, err := d.Do(context.Background(), decide)
			require.NoError(t, err)
			require.Less(t, time.Since(began), 10*time.Second, "the answer waits for the database")
			require.Equal(t, Accepted, res.Status)
			if res.Recorded {
				require.Equal(t, "answering nobody", name, "recorded without a database")
			}
			d.proxy.Restore()
			d.later(p, decide.Nonce)
		})
		t.Run("in the middle, "+name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			p := d.sent()
			decide := d.forward(p)
			d.cloud.before = func(string) { take(d) }
			res, err := d.Do(context.Background(), decide)
			require.NoError(t, err)
			require.Equal(t, Accepted, res.Status)
			d.proxy.Restore()
			d.later(p, decide.Nonce)
		})
		t.Run("before the attempt, "+name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			p := d.sent()
			decide := d.forward(p)
			take(d)
			res, err := d.Do(context.Background(), decide)
			sent := d.cloud.sent
			d.proxy.Restore()
			require.Equal(t, 1, sent, "something was sent before it was stored")
			_, missing := d.sure.Attempt(context.Background(), decide.Nonce)
			if err != nil {
				require.ErrorIs(t, missing, postgres.ErrNotFound, "it said that nothing was stored: %v", err)
				require.Equal(t, 1, d.now(p).Number)
				return
			}
			require.Equal(t, Pending, res.Status)
			require.Equal(t, decide.Nonce, res.Nonce, "an address to follow")
			if missing == nil {
				d.later(p, decide.Nonce)
			}
		})
	}
}

// later is the time after the outage: the sweep settles, nothing is doubled, and
// the next act goes on from there.
func (d *desk) later(p postgres.Proposal, nonce string) {
	d.t.Helper()
	nothing := func(string) {}
	d.cloud.before, d.cloud.after = nothing, nothing
	for range 2 {
		_, err := d.restart().Sweep(context.Background(), 0)
		require.NoError(d.t, err)
	}
	d.same(p, nonce)
	now := d.now(p)
	require.Equal(d.t, 2, now.Number)
	accept := Request{
		Workflow: "commendation", Case: p.CaseID, Action: "hold", Stage: now.Stage, Revision: 1, Number: 3,
		Actor: d.actor("appraiser", body), Nonce: uuid.NewString(), Data: map[string]any{"reason": "commitment"},
	}
	res, err := d.Do(context.Background(), accept)
	require.NoError(d.t, err)
	require.Equal(d.t, Accepted, res.Status, "%+v", res)
	d.same(p, nonce, accept.Nonce)
}

// TestGapIsFilled: what was accepted and not recorded is recorded first.
func TestGapIsFilled(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.sent()
	decide := d.forward(p)
	d.cloud.after = func(string) { panic(errCrash) }
	killed(t, func() { _, _ = d.Do(context.Background(), decide) })
	d.cloud.after = func(string) {}
	now := d.now(p)
	require.Equal(t, 1, now.Number)
	hold := Request{
		Workflow: "commendation", Case: p.CaseID, Action: "hold", Stage: "reception", Revision: 1, Number: 3,
		Actor: d.actor("appraiser", body), Nonce: uuid.NewString(), Data: map[string]any{"reason": "commitment"},
	}
	res, err := d.Do(context.Background(), hold)
	require.NoError(t, err)
	require.Equal(t, Accepted, res.Status)
	require.True(t, res.Recorded)
	d.same(p, decide.Nonce, hold.Nonce)
}
