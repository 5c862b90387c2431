package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/council"
	"vinhdanh/workflows"
)

// TestMovedCasesGetAnotherRound: only what moved between sealing and delivery is
// sealed again, however often it moves, with growing pauses; and what was refused
// is not tried for ever.
func TestMovedCasesGetAnotherRound(t *testing.T) {
	t.Parallel()
	m := newMeeting(t, council.BallotOpen)
	moved := []string{workflows.CommendationID("p-a2")}
	m.rounds = []workflows.Delivery{{Delivered: 1, Moved: 1, Cases: moved}}
	for range 9 {
		m.rounds = append(m.rounds, workflows.Delivery{Moved: 1, Cases: moved})
	}
	m.rounds = append(m.rounds, workflows.Delivery{Refused: 1})
	m.open("m1", "m2", "m3", "m4")
	m.close()
	var closed time.Time
	m.then(func() { closed = m.env.Now() })
	m.after(6*time.Hour, func() {})
	r := m.meet()
	require.Equal(t, workflows.Delivery{Delivered: 1, Refused: 1}, r.Delivery)
	require.Len(t, m.delivered, 11)
	require.Len(t, m.sealed[0].Results, 2)
	for i, in := range m.sealed[1:] {
		require.Equal(t, i+2, in.Round)
		require.Len(t, in.Results, 1, "a later round carries the results of who moved, no others")
		require.Equal(t, moved[0], in.Results[0].Case)
	}
	took := m.told.Sub(closed)
	require.Greater(t, took, 4*time.Hour, "1, 2, 4 … 32 minutes, then an hour each")
	require.Less(t, took, 6*time.Hour)
}

// TestADeliveryEndsWithItsSession: what waits for its next round can be cancelled.
func TestADeliveryEndsWithItsSession(t *testing.T) {
	t.Parallel()
	m := newMeeting(t, council.BallotOpen)
	moved := []string{workflows.CommendationID("p-a1")}
	m.rounds = []workflows.Delivery{{Moved: 1, Cases: moved}, {Moved: 1, Cases: moved}, {Delivered: 1}}
	m.open("m1", "m2", "m3", "m4")
	m.close()
	m.after(5*time.Second, func() { m.env.CancelWorkflow() })
	m.run((&workflows.Council{Rings: m.rings}).Run, m.in)
	require.True(t, temporal.IsCanceledError(m.env.GetWorkflowError()), "%v", m.env.GetWorkflowError())
	require.Len(t, m.delivered, 2)
}
