package embedded

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"vinhdanh/internal/embedded/authz"
	"vinhdanh/internal/gate"
)

// TestRejectedUpdatesAreOnRecord: what a workflow refuses leaves no event in its history, so the gate writes it down.
func TestRejectedUpdatesAreOnRecord(t *testing.T) {
	t.Parallel()
	h := start(t, nil)
	h.work(t, gate.NamespaceCases)
	ctx := within(t, 30*time.Second)
	app := h.dial(t, gate.App, gate.NamespaceCases)
	const id = "commendation/1"
	_, err := app.ExecuteWorkflow(ctx, startOptions(id), "commendation", 0)
	require.NoError(t, err)

	for _, c := range []struct {
		update, reason string
		args           []any
	}{
		{"decide", "forged", []any{vote{Yes: false}}},
		{"accept", "unknown update", []any{vote{Yes: true}}},
		{"decide", "unable to decode", []any{"no vote"}},
	} {
		_, err := update(ctx, app, id, c.update, c.args...)
		require.Error(t, err)
		r := h.recorded(t, func(r gate.Refusal) bool {
			return r.Code == gate.CodeRejected && strings.Contains(r.Reason, c.reason)
		})
		require.Equal(t, gate.App, r.Sender)
		require.Equal(t, id, r.WorkflowID)
		require.Equal(t, c.update, r.Name)
		require.NotEmpty(t, r.UpdateID)
		require.WithinDuration(t, time.Now(), r.At, time.Minute)
	}
	n, err := update(ctx, app, id, "decide", vote{Yes: true})
	require.NoError(t, err)
	require.Equal(t, 1, n, "a refused update changed the case")
}

// TestWorkflowCodeReachesNoOtherWorkflow: a worker's credential does not signal, not even by a workflow's command.
func TestWorkflowCodeReachesNoOtherWorkflow(t *testing.T) {
	t.Parallel()
	h := start(t, nil)
	h.work(t, gate.NamespaceCases)
	_, err := h.dial(t, gate.App, gate.NamespaceCases).
		ExecuteWorkflow(within(t, 10*time.Second), startOptions("council/1"), "council", 0)
	require.NoError(t, err)
	h.recorded(t, func(r gate.Refusal) bool {
		return r.Sender == gate.Worker && r.API == "RespondWorkflowTaskCompleted" && r.Code == gate.CodeDenied
	})
}

// TestFloodOfForgedUpdates: beyond its burst a flood on one case is turned away before Temporal, a genuine act
// beside it and acts on other cases succeed.
func TestFloodOfForgedUpdates(t *testing.T) {
	t.Parallel()
	h := start(t, func(o *TemporalOptions) {
		o.Limits = authz.Limits{PerWorkflow: 20, PerWorkflowBurst: 20}
	})
	h.work(t, gate.NamespaceCases)
	ctx := within(t, 40*time.Second)
	app := h.dial(t, gate.App, gate.NamespaceCases)
	for _, id := range []string{"commendation/1", "commendation/2"} {
		_, err := app.ExecuteWorkflow(ctx, startOptions(id), "commendation", 0)
		require.NoError(t, err)
	}
	conn, err := dial(h.server.Address())
	require.NoError(t, err)
	defer func() { _ = conn.Close() }()
	var limited atomic.Int32
	var all sync.WaitGroup
	for range 60 {
		all.Go(func() {
			r := updateRequest(gate.NamespaceCases, "decide")
			r.WorkflowExecution.WorkflowId = "commendation/1"
			_, err := wf(conn).UpdateWorkflowExecution(h.as(ctx, gate.App), r)
			var exhausted *serviceerror.ResourceExhausted
			if errors.As(serviceerror.FromStatus(grpcStatus(err)), &exhausted) {
				limited.Add(1)
			}
		})
	}
	n, err := update(ctx, app, "commendation/2", "decide", vote{Yes: true})
	require.NoError(t, err, "another case")
	require.Equal(t, 1, n)
	n, err = update(ctx, app, "commendation/1", "decide", vote{Yes: true})
	require.NoError(t, err, "the genuine decision, which the SDK sends again when it is turned away")
	require.Equal(t, 1, n)
	all.Wait()
	require.Positive(t, limited.Load())
	h.recorded(t, func(r gate.Refusal) bool { return r.Code == gate.CodeRateLimited && r.WorkflowID == "commendation/1" })
}

// TestInnerPortsAreClosed: the services behind the frontend answer nobody without the server's own certificate.
func TestInnerPortsAreClosed(t *testing.T) {
	t.Parallel()
	h := start(t, nil)
	require.Len(t, h.server.inner, len(services)-1)
	for _, port := range h.server.inner[:len(h.server.inner)-1] { // the worker service listens nowhere
		address := net.JoinHostPort(loopback, strconv.Itoa(port))
		probe, err := net.DialTimeout("tcp", address, time.Second)
		require.NoError(t, err, "the test looks at the wrong port")
		_ = probe.Close()
		require.Error(t, health(t, address, nil), "plain text")
		require.Error(t, health(t, address, &tls.Config{InsecureSkipVerify: true}), "no certificate") //nolint:gosec // an attacker does not verify
		other, err := newInternodeTLS()
		require.NoError(t, err)
		stranger := other.client.Clone()
		stranger.InsecureSkipVerify = true
		require.Error(t, health(t, address, stranger), "another server's certificate")
	}
	require.NoError(t, Healthy(context.Background(), h.server.Address()), "health needs no credential")
}

func health(t *testing.T, address string, config *tls.Config) error {
	t.Helper()
	conn, err := dial(address)
	if config != nil {
		conn, err = grpc.NewClient(address, grpc.WithTransportCredentials(credentials.NewTLS(config)))
	}
	require.NoError(t, err)
	defer func() { _ = conn.Close() }()
	_, err = healthpb.NewHealthClient(conn).Check(within(t, 3*time.Second), &healthpb.HealthCheckRequest{})
	return err
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	for want, o := range map[string]TemporalOptions{
		"gate.no-credentials":     {},
		"gate.credential-short":   {Tokens: gate.Tokens{gate.App: "short"}},
		"temporal.host":           {Tokens: gate.NewTokens(), Host: "localhost"},
		"create the directory of": {Tokens: gate.NewTokens(), SQLitePath: t.TempDir() + "/none/temporal.db"},
	} {
		_, err := StartTemporal(context.Background(), o)
		require.ErrorContains(t, err, want)
	}
	_, err := client.DialContext(within(t, 5*time.Second), client.Options{HostPort: start(t, nil).server.Address(), Logger: quiet{}})
	require.Error(t, err, "no credential, not even a connection")
}
