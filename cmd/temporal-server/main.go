// Command temporal-server is vinhdanh's build of the Temporal server: Temporal as it is, on PostgreSQL, behind the
// gate that demands a credential of every caller. docker-compose.yml runs it in place of the stock server.
//
// It is configured by its environment; `temporal-server -h` lists the variables. `temporal-server -health` asks a
// running one for its health and ends with 0 or 1, for health checks of containers.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/embedded"
	"vinhdanh/internal/embedded/ui"
	"vinhdanh/internal/gate"
)

const healthTimeout = 5 * time.Second

func main() {
	health := flag.Bool("health", false, "ask the running server for its health")
	flag.Usage = func() { fmt.Fprint(flag.CommandLine.Output(), usage) }
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	log := zerolog.New(os.Stderr).With().Timestamp().Logger()
	ctx = log.WithContext(ctx)
	run := serve
	if *health {
		run = askHealth
	}
	if err := run(ctx, os.Getenv); err != nil {
		log.Error().Err(err).Msg("temporal-server")
		stop()
		os.Exit(1)
	}
}

func askHealth(ctx context.Context, getenv func(string) string) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	s, err := address(getenv)
	if err != nil {
		return err
	}
	return embedded.Healthy(ctx, s)
}

// serve runs the server until the context ends.
func serve(ctx context.Context, getenv func(string) string) (err error) {
	s, err := load(getenv)
	if err != nil {
		return err
	}
	if s.refusals != "" {
		write, closeWriter, err := embedded.RefusalWriter(s.refusals)
		if err != nil {
			return err
		}
		defer closeWriter()
		s.temporal.Recorder = write
	}
	server, err := embedded.StartTemporal(ctx, s.temporal)
	if ctx.Err() != nil && err != nil {
		return nil // asked to stop while starting
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	log := zerolog.Ctx(ctx)
	log.Info().Str("address", server.Address()).Msg("Temporal is ready")
	if s.uiPort != 0 {
		web, err := ui.Start(ctx, ui.Options{
			Temporal: server.Address(), Credential: s.temporal.Tokens[gate.Auditor], Host: s.temporal.Host, Port: s.uiPort,
		})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, web.Close()) }()
		log.Info().Str("address", web.URL()).Msg("Temporal's web UI is ready")
	}
	<-ctx.Done()
	return nil
}
