package workflows_test

import (
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/payload"
	"vinhdanh/workflows"
)

// recordedCase is a history of testdata: as exported from a run of the whole
// instance, payloads encrypted, with key and ring. All people in it are invented.
type recordedCase struct {
	Case        string          `json:"case"`
	Key         string          `json:"key"`
	Ring        string          `json:"ring"`
	Root        string          `json:"root"`
	Fingerprint string          `json:"fingerprint"`
	History     json.RawMessage `json:"history"`
}

// TestReplayCorpus replays every history that an earlier version of the workflows
// made. A change that fails here would stop cases that are under way: keep the old
// way for them by workflow.GetVersion.
func TestReplayCorpus(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "*.json.gz"))
	require.NoError(t, err)
	kinds := map[string]int{}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			c := readCase(t, name)
			kind, _, _ := strings.Cut(c.Case, "/")
			kinds[kind]++
			require.NoError(t, replay(t, c, c.History))
			// A history that the code cannot have made must fail, or this test says nothing.
			broken := strings.Replace(string(c.History), "EVENT_TYPE_ACTIVITY_TASK_SCHEDULED", "EVENT_TYPE_TIMER_STARTED", 1)
			broken = strings.Replace(broken, "activityTaskScheduledEventAttributes", "timerStartedEventAttributes", 1)
			require.NotEqual(t, string(c.History), broken)
			require.Error(t, replay(t, c, []byte(broken)))
		})
	}
	for _, kind := range []string{workflows.TypeCommendation, workflows.TypeCouncil, workflows.TypeIssuance, workflows.TypeRevocation} {
		require.Positive(t, kinds[kind], "the corpus has no %s; see cmd/standalone/corpus_test.go", kind)
	}
}

func readCase(t *testing.T, name string) recordedCase {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	var c recordedCase
	require.NoError(t, json.NewDecoder(z).Decode(&c))
	return c
}

func replay(t *testing.T, c recordedCase, history []byte) error {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(c.Key)
	require.NoError(t, err)
	ring, err := envelope.ParseRing(c.Ring, c.Root, c.Fingerprint)
	require.NoError(t, err)
	dc := payload.Converter(payload.Single{CaseID: c.Case, Secret: key})
	replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{
		DataConverter: dc, FailureConverter: payload.FailureConverter(dc), DisableDeadlockDetection: true,
	})
	require.NoError(t, err)
	named := func(name string) workflow.RegisterOptions { return workflow.RegisterOptions{Name: name} }
	rings := workflows.FixedRing(ring)
	replayer.RegisterWorkflowWithOptions((&workflows.Commendation{Rings: rings}).Run, named(workflows.TypeCommendation))
	replayer.RegisterWorkflowWithOptions((&workflows.Council{Rings: rings}).Run, named(workflows.TypeCouncil))
	replayer.RegisterWorkflowWithOptions((&workflows.Issuance{Rings: rings}).Run, named(workflows.TypeIssuance))
	replayer.RegisterWorkflowWithOptions((&workflows.Revocation{Rings: rings}).Run, named(workflows.TypeRevocation))
	h, err := client.HistoryFromJSON(strings.NewReader(string(history)), client.HistoryJSONOptions{})
	if err != nil {
		return err
	}
	return replayer.ReplayWorkflowHistoryWithOptions(log.NewStructuredLogger(slog.New(slog.DiscardHandler)), h, worker.ReplayWorkflowHistoryOptions{
		OriginalExecution: workflow.Execution{ID: c.Case, RunID: h.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes().GetOriginalExecutionRunId()},
	})
}
