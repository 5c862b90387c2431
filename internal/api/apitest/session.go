package apitest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/workflows"
)

// Delivered tells each case the result of a session that was closed, as a worker does.
func (w *World) Delivered(t testing.TB, session string) {
	t.Helper()
	ctx := context.Background()
	v, err := w.App.SessionView(ctx, w.Session(t, "hd-secretary"), session)
	require.NoError(t, err)
	var rows []council.ResultRow
	for _, it := range v.Agenda {
		require.NotNil(t, it.Result, "the session is not closed")
		rows = append(rows, council.ResultRow{Item: it.Item, Case: w.Row(t, it.Proposal).CaseID, Passed: it.Result.Passed, Sum: it.Result.Sum})
	}
	w.deliver(t, func(round int) (workflows.Sealed, error) {
		return w.worker.sealer.SealCouncil(ctx, workflows.SealCouncilInput{SealInput: workflows.SealInput{Case: v.CaseID, ID: v.ID, Round: round}, Results: rows})
	})
}
