package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/gate"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

func TestIDs(t *testing.T) {
	t.Parallel()
	require.Equal(t, "commendation/x", workflows.CommendationID("x"))
	require.Equal(t, "council/x", workflows.CouncilID("x"))
	require.Equal(t, "issuance/x", workflows.IssuanceID("x"))
}

// TestGateLetsEveryUpdateThrough, and none that no workflow takes.
func TestGateLetsEveryUpdateThrough(t *testing.T) {
	t.Parallel()
	taken := map[string]bool{}
	for _, a := range workflows.CommendationUpdates {
		taken[string(a)] = true
	}
	for _, name := range append(append([]string{}, workflows.CouncilUpdates...), workflows.IssuanceUpdates...) {
		require.False(t, taken[name], "%s means two things", name)
		taken[name] = true
	}
	for _, name := range workflows.RevocationUpdates { // it is appraised, withdrawn and signed like the others
		taken[name] = true
	}
	require.Equal(t, gate.AppUpdates, taken)
	for name := range gate.WorkerUpdates {
		require.Contains(t, workflows.CommendationUpdates, proposal.Action(name))
	}
}
