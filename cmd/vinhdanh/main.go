// Command vinhdanh is the product: serve, worker and the set-up verbs run an
// instance; the other verbs are the API's client for clerks, approvers, council
// secretaries, registrars and auditors.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := &cobra.Command{
		Use: "vinhdanh", Short: "Commendation proposals from nomination to archive",
		SilenceUsage: true, SilenceErrors: true,
	}
	root.AddCommand(serverCommands()...)
	root.AddCommand(clientCommands()...)
	os.Exit(exitCode(root.ExecuteContext(ctx), os.Stderr))
}

// logger writes one JSON line per event to standard error.
func logger(ctx context.Context, level string) context.Context {
	l, err := zerolog.ParseLevel(level)
	if err != nil || level == "" {
		l = zerolog.InfoLevel
	}
	zerolog.TimeFieldFormat = time.RFC3339Nano
	return zerolog.New(os.Stderr).Level(l).With().Timestamp().Logger().WithContext(ctx)
}
