package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// flags of the program itself, on a free port and without the web UI.
func flags(dir string) []string {
	return []string{"--data", dir, "--listen", "127.0.0.1:0", "--today", businessDate, "--temporal-ui=false"}
}

// postgresOf is the process id of a data directory's PostgreSQL.
func postgresOf(t *testing.T, dir string) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*", "postmaster.pid"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	raw, err := os.ReadFile(found[0])
	require.NoError(t, err)
	first, _, _ := strings.Cut(string(raw), "\n")
	pid, err := strconv.Atoi(first)
	require.NoError(t, err)
	return pid
}

// TestLifeOfTheProgram: it says when it is ready, refuses a second one on its
// directory, ends cleanly on SIGTERM and SIGINT, leaves no PostgreSQL behind when
// it is killed, and starts again after each.
func TestLifeOfTheProgram(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	for i, end := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGKILL, syscall.SIGTERM} {
		c := spawn(t, partMain, dir, flags(dir)...)
		c.ready("Stop with Ctrl+C")
		t.Logf("start %d: ready after %.2f s", i+1, c.took.Seconds())
		pid := postgresOf(t, dir)
		if i == 0 {
			second := spawn(t, partMain, dir, flags(dir)...)
			require.Equal(t, 1, second.over())
			said := second.said.String()
			require.Contains(t, said, dir)
			require.Contains(t, said, "in use by process "+strconv.Itoa(c.cmd.Process.Pid))
			require.Contains(t, said, "--data")
			require.Len(t, strings.Split(strings.TrimSpace(said), "\n"), 2, "two sentences, no stack: %s", said)
		}
		require.NoError(t, c.cmd.Process.Signal(end))
		code := c.over()
		gone(t, pid)
		if end == syscall.SIGKILL {
			continue
		}
		require.Equal(t, 0, code, "%v: %s", end, c.said.String())
		require.NotRegexp(t, "panic|FTL", c.said.String())
		require.NoFileExists(t, filepath.Join(dir, "postgres", "postmaster.pid"))
	}
}

// TestInterruptedStart: a start that is interrupted ends quietly, leaves nothing
// running, and the next one succeeds.
func TestInterruptedStart(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	for _, after := range []time.Duration{50, 300, 700, 1000} {
		c := spawn(t, partMain, dir, flags(dir)...)
		time.Sleep(after * time.Millisecond)
		require.NoError(t, c.cmd.Process.Signal(syscall.SIGTERM))
		// Before the program listens to signals, the system ends it.
		require.Contains(t, []int{0, -1}, c.over(), c.said.String())
		require.NotContains(t, c.said.String(), "panic")
		if found, _ := filepath.Glob(filepath.Join(dir, "*", "postmaster.pid")); len(found) > 0 {
			gone(t, postgresOf(t, dir))
		}
	}
	c := spawn(t, partMain, dir, flags(dir)...)
	c.ready("Stop with Ctrl+C")
}

// TestWrongSettings: what a newcomer mistypes is said in one line.
func TestWrongSettings(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	for want, args := range map[string][]string{
		"must be a date": {"--data", dir, "--listen", "127.0.0.1:0", "--today", "tomorrow"},
		"cannot listen":  {"--data", dir, "--listen", "256.0.0.1:1"},
		"unknown flag":   {"--dta", dir},
	} {
		c := spawn(t, partMain, dir, args...)
		require.Equal(t, 1, c.over(), want)
		require.Contains(t, c.said.String(), want)
		if found, _ := filepath.Glob(filepath.Join(dir, "*", "postmaster.pid")); len(found) > 0 {
			t.Fatalf("%s: PostgreSQL is left running", want)
		}
	}
}
