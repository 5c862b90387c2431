// Command standalone is the whole of vinhdanh in one process tree: PostgreSQL as
// a child process, Temporal in-process, serve and worker, sample provinces. It
// is for trial, development and tests.
//
//	standalone [--data DIR] [--listen HOST:PORT]   run until interrupted
//	standalone demo [--out DIR]                   do the whole job once and exit
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"vinhdanh/internal/embedded/pg"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, explain(err))
		os.Exit(1)
	}
}

func command() *cobra.Command {
	var o options
	root := &cobra.Command{
		Use: "standalone", Short: "vinhdanh with everything embedded: trial, development, tests",
		SilenceUsage: true, SilenceErrors: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(logger(cmd.Context(), o.logLevel), o) },
	}
	f := root.Flags()
	f.StringVar(&o.dataDir, "data", "data", "data directory")
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "address of the web tier; port 0 takes a free one")
	f.StringVar(&o.today, "today", os.Getenv("VINHDANH_TODAY"), "business date of this demo instance, like 2023-11-15")
	f.BoolVar(&o.development, "development", false, "show pages for developers: /styleguide")
	f.BoolVar(&o.ui, "temporal-ui", true, "serve Temporal's own web UI, read-only, on loopback")
	root.PersistentFlags().StringVar(&o.logLevel, "log", "warn", "log level")
	root.AddCommand(demoCommand(&o))
	return root
}

func logger(ctx context.Context, level string) context.Context {
	l, err := zerolog.ParseLevel(level)
	if err != nil {
		l = zerolog.WarnLevel
	}
	w := zerolog.ConsoleWriter{Out: os.Stderr, TimeFormat: time.TimeOnly}
	return zerolog.New(w).Level(l).With().Timestamp().Logger().WithContext(ctx)
}

// explain says what to do about the errors that a newcomer meets.
func explain(err error) string {
	switch {
	case errors.Is(err, pg.ErrMissing):
		return err.Error()
	case errors.Is(err, pg.ErrInUse):
		return err.Error() + "\nStop the other instance, or give this one its own directory with --data."
	}
	return "vinhdanh: " + err.Error()
}
