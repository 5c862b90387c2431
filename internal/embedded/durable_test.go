package embedded

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"

	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/gate"
)

// childEnv makes the test binary run a server on a file until it is killed.
const childEnv = "VINHDANH_TEST_TEMPORAL_FILE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		serveUntilKilled(path)
		return
	}
	os.Exit(pgtest.Run(m))
}

func serveUntilKilled(path string) {
	tokens := gate.Tokens{}
	if err := json.NewDecoder(os.Stdin).Decode(&tokens); err != nil {
		panic(err)
	}
	o := NewTemporalOptions(tokens)
	o.SQLitePath = path
	s, err := StartTemporal(context.Background(), o)
	if err != nil {
		panic(err)
	}
	fmt.Println("ready", s.Address())
	_, _ = io.Copy(io.Discard, os.Stdin)
	select {}
}

// TestKilledServerKeepsCases kills a server right after it answered an Update and starts another on its file.
func TestKilledServerKeepsCases(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "temporal.db")
	killed := &house{tokens: gate.NewTokens()}
	plain := map[gate.Sender]string{}
	for s, c := range killed.tokens {
		plain[s] = c.Reveal()
	}
	raw, err := json.Marshal(plain)
	require.NoError(t, err)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+path)
	cmd.Stdin = strings.NewReader(string(raw))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	defer func() { _ = cmd.Process.Kill() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	killed.server = &Temporal{address: strings.Fields(line)[1]}

	ctx := within(t, 40*time.Second)
	const id = "commendation/1"
	t.Run("before", func(t *testing.T) {
		killed.work(t, gate.NamespaceCases)
		app := killed.dial(t, gate.App, gate.NamespaceCases)
		_, err := app.ExecuteWorkflow(ctx, startOptions(id), "commendation", 0)
		require.NoError(t, err)
		n, err := update(ctx, app, id, "decide", vote{Yes: true})
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait()
	})
	h := start(t, func(o *TemporalOptions) { o.SQLitePath = path })
	h.work(t, gate.NamespaceCases)
	n, err := update(ctx, h.dial(t, gate.App, gate.NamespaceCases), id, "decide", vote{Yes: true})
	require.NoError(t, err)
	require.Equal(t, 2, n, "the decision before the kill is lost")
}

// retention asks the server how long it keeps closed histories.
func (h *house) retention(t *testing.T, namespace string) time.Duration {
	t.Helper()
	conn, err := dial(h.server.Address())
	require.NoError(t, err)
	defer func() { _ = conn.Close() }()
	ns, err := wf(conn).DescribeNamespace(h.as(within(t, 10*time.Second), gate.Auditor), &workflowservice.DescribeNamespaceRequest{Namespace: namespace})
	require.NoError(t, err)
	return ns.GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration()
}

func TestRetentionIsYearsAndCanBeChanged(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "temporal.db")
	t.Run("default", func(t *testing.T) {
		h := start(t, func(o *TemporalOptions) { o.SQLitePath = path })
		require.Equal(t, DefaultCasesRetention, h.retention(t, gate.NamespaceCases))
		require.Equal(t, DefaultOpsRetention, h.retention(t, gate.NamespaceOps))
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, "the file is open to others")
	})
	h := start(t, func(o *TemporalOptions) {
		o.SQLitePath, o.CasesRetention, o.OpsRetention = path, 20*365*24*time.Hour, 72*time.Hour
	})
	require.Equal(t, 20*365*24*time.Hour, h.retention(t, gate.NamespaceCases))
	require.Equal(t, 72*time.Hour, h.retention(t, gate.NamespaceOps))
}
