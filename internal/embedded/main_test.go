package embedded

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"vinhdanh/internal/gate"
)

// house is a server with a client of each kind and what its gate recorded.
type house struct {
	server *Temporal
	tokens gate.Tokens

	mu       sync.Mutex
	refusals []gate.Refusal
}

func start(t *testing.T, change func(*TemporalOptions)) *house {
	t.Helper()
	h := &house{tokens: gate.NewTokens()}
	o := NewTemporalOptions(h.tokens)
	o.LogLevel = zerolog.ErrorLevel
	o.Recorder = func(_ context.Context, r gate.Refusal) error {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.refusals = append(h.refusals, r)
		return nil
	}
	if change != nil {
		change(&o)
	}
	// Temporal goes on logging for a moment after it stopped; a writer to t would panic then.
	ctx := zerolog.Nop().WithContext(context.Background())
	began := time.Now()
	server, err := StartTemporal(ctx, o)
	require.NoError(t, err)
	t.Logf("server ready after %v", time.Since(began))
	h.server = server
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	return h
}

// dial connects as a sender; gate.Unknown shows no credential.
func (h *house) dial(t *testing.T, sender gate.Sender, namespace string) client.Client {
	t.Helper()
	c, err := client.NewLazyClient(client.Options{
		HostPort: h.server.Address(), Namespace: namespace, Identity: "test-1", Logger: quiet{},
		HeadersProvider: gate.HeadersProvider(h.tokens[sender]),
	})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

// recorded waits until the gate recorded something that matches.
func (h *house) recorded(t *testing.T, match func(gate.Refusal) bool) gate.Refusal {
	t.Helper()
	var found gate.Refusal
	require.Eventually(t, func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, r := range h.refusals {
			if match(r) {
				found = r
				return true
			}
		}
		return false
	}, 10*time.Second, 10*time.Millisecond, "not on record")
	return found
}

func (h *house) all() []gate.Refusal {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]gate.Refusal(nil), h.refusals...)
}

// quiet is an SDK logger that says nothing: refused calls are the point of these tests.
type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}

// as puts a sender's credential on a raw gRPC call.
func (h *house) as(ctx context.Context, sender gate.Sender) context.Context {
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+h.tokens[sender].Reveal())
}

// grpcStatus is the status of a raw gRPC error; nil counts as OK.
func grpcStatus(err error) *status.Status {
	s, _ := status.FromError(err)
	return s
}
