package embedded

import (
	"fmt"
	"os"
	"sync/atomic"

	"github.com/rs/zerolog"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/log/tag"
)

// logger passes Temporal's own log lines to zerolog.
type logger struct {
	zerolog.Logger
	stopping *atomic.Bool // the server was told to stop
}

var _ log.WithLogger = logger{}

func newLogger(base zerolog.Logger, level zerolog.Level) logger {
	return logger{base.With().Str("from", "temporal").Logger().Level(level), new(atomic.Bool)}
}

func (l logger) write(level zerolog.Level, msg string, tags []tag.Tag) {
	e := l.WithLevel(level)
	if level < l.GetLevel() || e == nil {
		return
	}
	for _, t := range tags {
		e = e.Interface(t.Key(), t.Value())
	}
	e.Msg(msg)
}

func (l logger) Debug(msg string, tags ...tag.Tag) { l.write(zerolog.DebugLevel, msg, tags) }
func (l logger) Info(msg string, tags ...tag.Tag)  { l.write(zerolog.InfoLevel, msg, tags) }
func (l logger) Warn(msg string, tags ...tag.Tag)  { l.write(zerolog.WarnLevel, msg, tags) }
func (l logger) Error(msg string, tags ...tag.Tag) { l.write(zerolog.ErrorLevel, msg, tags) }

// DPanic reports what should not be; only development builds of Temporal panic on it.
func (l logger) DPanic(msg string, tags ...tag.Tag) { l.write(zerolog.ErrorLevel, msg, tags) }

// Panic logs and panics.
func (l logger) Panic(msg string, tags ...tag.Tag) {
	l.write(zerolog.PanicLevel, msg, tags)
	panic(msg)
}

// Fatal logs and ends the process: Temporal calls it where it cannot go on. It says so on standard error too, for
// a process must not end without a word where nobody reads the log. A service that is stopped while it still starts
// to listen calls this as well; then nothing is lost.
func (l logger) Fatal(msg string, tags ...tag.Tag) {
	l.write(zerolog.FatalLevel, msg, tags)
	if l.stopping.Load() {
		return
	}
	line := "temporal: " + msg
	for _, t := range tags {
		line += fmt.Sprintf(" %s=%v", t.Key(), t.Value())
	}
	fmt.Fprintln(os.Stderr, line)
	os.Exit(1)
}

// With returns a logger that adds the tags to each line.
func (l logger) With(tags ...tag.Tag) log.Logger {
	c := l.Logger.With()
	for _, t := range tags {
		c = c.Interface(t.Key(), t.Value())
	}
	return logger{c.Logger(), l.stopping}
}
