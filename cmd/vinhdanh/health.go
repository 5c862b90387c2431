package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/config"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/postgres"
)

// healthTimeout is shorter than what docker-compose.yml waits for an answer.
const healthTimeout = 5 * time.Second

// healthCommand is for health checks of containers, which hold no other program
// to ask with. It ends with 0 or 1 and takes the settings of the process beside it.
func healthCommand() *cobra.Command {
	return &cobra.Command{
		Use: "health", Short: "Ask the serve of these settings whether it is ready; of a worker, what it needs", Args: cobra.NoArgs,
		RunE: with(func(ctx context.Context, c config.Config) error {
			ctx, cancel := context.WithTimeout(ctx, healthTimeout)
			defer cancel()
			if c.Listen != "" {
				return askReady(ctx, c.Listen)
			}
			return askServers(ctx, c)
		}),
	}
}

// askReady asks the web tier on this machine.
func askReady(ctx context.Context, listen string) error {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("VINHDANH_LISTEN must be host:port: %w", err)
	}
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("serve does not answer: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("serve is not ready: %s", resp.Status)
	}
	return nil
}

// askServers asks PostgreSQL and Temporal, which a worker has in place of a port.
func askServers(ctx context.Context, c config.Config) error {
	if err := c.Need("DATABASE_URL", "TEMPORAL_ADDRESS"); err != nil {
		return err
	}
	store, err := postgres.Open(ctx, c.DatabaseURL)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Ping(ctx); err != nil {
		return fmt.Errorf("PostgreSQL does not answer: %w", err)
	}
	temporal, err := client.NewLazyClient(client.Options{
		HostPort: c.TemporalAddress, HeadersProvider: gate.HeadersProvider(c.TemporalToken),
		ConnectionOptions: client.ConnectionOptions{TLSDisabled: true},
	})
	if err != nil {
		return err
	}
	defer temporal.Close()
	if _, err := temporal.CheckHealth(ctx, &client.CheckHealthRequest{}); err != nil {
		return fmt.Errorf("the Temporal server does not answer: %w", err)
	}
	return nil
}
