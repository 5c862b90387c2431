package act

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// point is where the process ends between two steps of an act.
type point struct {
	name string
	set  func(*desk) // arms it
}

// points are all of them: an act has three steps, and the answer.
func points() []point {
	kill := func(string) { panic(errCrash) }
	return []point{
		{"the attempt is stored, nothing is sent", func(d *desk) { d.cloud.before = kill }},
		{"Temporal has it, nothing is recorded", func(d *desk) { d.cloud.after = kill }},
	}
}

// TestASVS_2_3_3_KilledBetweenSteps: whichever step the process dies after, a sweep by the
// next one brings each act to the same end, once.
func TestASVS_2_3_3_KilledBetweenSteps(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, at := range points() {
		t.Run(at.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			p, send := d.drafted()
			send.Nonce = uuid.NewString()
			at.set(d)
			killed(t, func() { _, _ = d.Do(ctx, send) })
			d.settled(1)
			require.Equal(t, "review", d.now(p).Stage)
			d.same(p, send.Nonce)

			decide := d.forward(d.now(p))
			at.set(d)
			killed(t, func() { _, _ = d.Do(ctx, decide) })
			d.settled(1)
			require.Equal(t, "reception", d.now(p).Stage)
			d.same(p, send.Nonce, decide.Nonce)
			d.settled(0)

			// The person who got no answer sends the same form again.
			res, err := d.Do(ctx, decide)
			require.NoError(t, err)
			require.Equal(t, Result{Status: Accepted, Recorded: true, Nonce: decide.Nonce, Number: 2}, res)
			d.same(p, send.Nonce, decide.Nonce)
		})
	}
}

// settled runs the next process's sweep.
func (d *desk) settled(want int) {
	d.t.Helper()
	nothing := func(string) {}
	d.cloud.before, d.cloud.after = nothing, nothing
	n, err := d.restart().Sweep(context.Background(), 0)
	require.NoError(d.t, err)
	require.Equal(d.t, want, n)
}

// TestKilledAfterTheRecord: the answer is lost, everything else is there.
func TestKilledAfterTheRecord(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.sent()
	decide := d.forward(p)
	_, err := d.Do(context.Background(), decide) // its answer reaches nobody
	require.NoError(t, err)
	sent := d.cloud.sent
	d.settled(0)
	res, err := d.Do(context.Background(), decide)
	require.NoError(t, err)
	require.Equal(t, Accepted, res.Status)
	require.Equal(t, sent, d.cloud.sent, "a known outcome is not asked for again")
	d.same(p, decide.Nonce)
}

// TestKilledWithARefusal: a refusal that was not recorded is recorded by the sweep.
func TestKilledWithARefusal(t *testing.T) {
	t.Parallel()
	for _, at := range points() {
		t.Run(at.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			p := d.sent()
			wrong := d.forward(p)
			wrong.Actor.Role = "clerk"
			at.set(d)
			killed(t, func() { _, _ = d.Do(context.Background(), wrong) })
			d.settled(1)
			o, err := d.sure.OutcomeOf(context.Background(), wrong.Nonce)
			require.NoError(t, err)
			require.Equal(t, "refused", o.Status)
			require.Equal(t, envelope.CodeRole, o.Code)
			d.same(p)
		})
	}
}

// TestExpiredStart: everything is away for longer than the act lives. The draft is
// not lost, its head sends it again.
func TestExpiredStart(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t)
	p, send := d.drafted()
	send.Nonce = uuid.NewString()
	d.cloud.before = func(string) { panic(errCrash) }
	d.TTL = time.Nanosecond
	killed(t, func() { _, _ = d.Do(ctx, send) })
	time.Sleep(1100 * time.Millisecond) // an act's times are whole seconds
	d.settled(1)
	o, err := d.sure.OutcomeOf(ctx, send.Nonce)
	require.NoError(t, err)
	require.Equal(t, envelope.CodeExpired, o.Code)
	require.Equal(t, 0, d.now(p).Number)

	d.TTL, send.Nonce = 0, uuid.NewString()
	res, err := d.Do(ctx, send)
	require.NoError(t, err)
	require.Equal(t, Accepted, res.Status, "%+v", res)
	d.same(p, send.Nonce)
}

// TestStartedByAnother: a running case at the id keeps what it has.
func TestStartedByAnother(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p, send := d.drafted()
	first, err := d.Do(context.Background(), send)
	require.NoError(t, err)
	second, err := d.Do(context.Background(), send) // a click with a form of its own
	require.NoError(t, err)
	require.Equal(t, Accepted, first.Status)
	require.Equal(t, Refused, second.Status)
	require.Equal(t, envelope.CodeReplayed, second.Code)
	d.same(p, first.Nonce)
}

// TestStuckCaseHoldsNobodyUp: cases that do not answer are left open, all others
// are settled in the same sweep.
func TestStuckCaseHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t)
	d.Wait = 2 * time.Second
	var nonces []string
	var cases []postgres.Proposal
	for range 6 {
		cases = append(cases, d.sent())
	}
	d.cloud.before = func(string) { panic(errCrash) }
	for _, p := range cases {
		r := d.forward(p)
		nonces = append(nonces, r.Nonce)
		killed(t, func() { _, _ = d.Do(ctx, r) })
	}
	d.cloud.before = func(string) {}
	d.cloud.dumb[cases[0].CaseID], d.cloud.dumb[cases[1].CaseID] = true, true
	next := d.restart()
	next.Wait = 2 * time.Second
	done := make(chan int)
	go func() {
		n, _ := next.Sweep(ctx, 0)
		done <- n
	}()
	select {
	case n := <-done:
		require.Equal(t, 4, n)
	case <-time.After(20 * time.Second):
		t.Fatal("the sweep hangs on a case that does not answer")
	}
	d.cloud.mu.Lock()
	clear(d.cloud.dumb)
	d.cloud.mu.Unlock()
	d.settled(2)
	for i, p := range cases {
		d.same(p, nonces[i])
	}
}

// TestSameFormAtOnce: one form sent by many at once is one act.
func TestSameFormAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.sent()
	decide := d.forward(p)
	var all sync.WaitGroup
	results := make([]Result, 10)
	for i := range results {
		all.Go(func() {
			var err error
			results[i], err = d.Do(context.Background(), decide)
			require.NoError(t, err)
		})
	}
	all.Wait()
	for _, r := range results {
		require.Equal(t, Accepted, r.Status, "%+v", r)
		require.Equal(t, 2, r.Number)
	}
	d.same(p, decide.Nonce)

	other := d.forward(d.now(p))
	other.Nonce, other.Action = decide.Nonce, "withdraw"
	_, err := d.Do(context.Background(), other)
	require.Equal(t, envelope.CodeReplayed, envelope.CodeOf(err), "a form is for one act")
}
