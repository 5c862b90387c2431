package evidence

import (
	"bytes"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"vinhdanh/internal/payload"
	"vinhdanh/workflows"
)

// BenchmarkVerify prints how a verification compares with a bare replay from the
// bundle's history.json plus one SHA-256 pass over it; the design's budget is
// under 2.
func BenchmarkVerify(b *testing.B) {
	w := commendation(b)
	data := w.bundle()
	require.True(b, verified(b, data, Options{}).OK)
	bundle, err := Open(data)
	require.NoError(b, err)
	var whole, bare time.Duration
	for b.Loop() {
		began := time.Now()
		verified(b, data, Options{})
		whole += time.Since(began)

		began = time.Now()
		r, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{
			DataConverter: payload.Converter(payload.Single{CaseID: w.id, Secret: w.h.key}),
		})
		require.NoError(b, err)
		history, err := bundle.history()
		require.NoError(b, err)
		Register(r, workflows.FixedRing(&w.ring))
		require.NoError(b, r.ReplayWorkflowHistoryWithOptions(quiet{}, history, worker.ReplayWorkflowHistoryOptions{
			OriginalExecution: workflow.Execution{ID: w.id, RunID: testRun},
		}))
		sha256.New().Write(bytes.Clone(data))
		bare += time.Since(began)
	}
	b.ReportMetric(float64(whole)/float64(bare), "times-replay-and-hash")
}
