package main

import (
	"context"
	"io"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/freeport"
	"vinhdanh/internal/gate"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

func env(changes map[string]string) func(string) string {
	all := map[string]string{
		"TEMPORAL_DB_ADDRESS": "127.0.0.1:5432", "TEMPORAL_DB_USER": "temporal", "TEMPORAL_DB_PASSWORD": "secret",
	}
	for _, s := range gate.Senders() {
		all[gate.ServerEnv(s)] = gate.NewCredential().Reveal()
	}
	for k, v := range changes {
		all[k] = v
	}
	return func(name string) string { return all[name] }
}

func TestSettings(t *testing.T) {
	t.Parallel()
	s, err := load(env(map[string]string{"TEMPORAL_RETENTION_YEARS": "20", "TEMPORAL_UI_PORT": "8233", "TEMPORAL_DB_TLS": "true"}))
	require.NoError(t, err)
	require.Equal(t, 20*365*24*time.Hour, s.temporal.CasesRetention)
	require.Equal(t, 7233, s.temporal.Port)
	require.Equal(t, 8233, s.uiPort)
	require.True(t, s.temporal.Postgres.TLS)
	require.Len(t, s.temporal.Tokens, len(gate.Senders()))

	for want, change := range map[string]map[string]string{
		"TEMPORAL_TOKEN_WORKER":    {"TEMPORAL_TOKEN_WORKER": ""},
		"TEMPORAL_TOKEN_APP":       {"TEMPORAL_TOKEN_APP": "password"},
		"TEMPORAL_DB_PASSWORD":     {"TEMPORAL_DB_PASSWORD": ""},
		"TEMPORAL_PORT":            {"TEMPORAL_PORT": "seven"},
		"TEMPORAL_RETENTION_YEARS": {"TEMPORAL_RETENTION_YEARS": "0"},
		"TEMPORAL_DB_TLS":          {"TEMPORAL_DB_TLS": "perhaps"},
		"LOG_LEVEL":                {"LOG_LEVEL": "loud"},
	} {
		_, err := load(env(change))
		require.ErrorContains(t, err, want)
	}
	a, err := address(env(map[string]string{"TEMPORAL_HOST": "0.0.0.0", "TEMPORAL_PORT": "9"}))
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1:9", a)
}

// TestServe runs the command's whole life on a real PostgreSQL: start, health, a client, stop.
func TestServe(t *testing.T) {
	t.Parallel()
	database := pgtest.Server(t)
	user, password := database.Superuser()
	free, err := freeport.One()
	require.NoError(t, err)
	port := strconv.Itoa(free)
	getenv := env(map[string]string{
		"TEMPORAL_PORT": port, "TEMPORAL_DB_ADDRESS": database.Address(), "TEMPORAL_DB_USER": user, "TEMPORAL_DB_PASSWORD": password,
		"TEMPORAL_DB_NAME": "served", "TEMPORAL_DB_VISIBILITY": "served_visibility", "LOG_LEVEL": "error",
		"REFUSALS_DATABASE_URL": pgtest.Database(t).Gate,
	})
	ctx, cancel := context.WithTimeout(zerolog.New(io.Discard).WithContext(context.Background()), time.Minute)
	defer cancel()
	require.Error(t, askHealth(ctx, getenv), "nobody is there yet")
	serving, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- serve(serving, getenv) }()
	require.Eventually(t, func() bool { return askHealth(ctx, getenv) == nil }, 40*time.Second, 50*time.Millisecond)
	c, err := client.DialContext(ctx, client.Options{
		HostPort: "127.0.0.1:" + port, Namespace: gate.NamespaceCases,
		HeadersProvider: gate.HeadersProvider(gate.Credential(getenv(gate.ServerEnv(gate.App)))),
	})
	require.NoError(t, err)
	c.Close()
	stop()
	require.NoError(t, <-ended)
}
