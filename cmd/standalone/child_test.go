package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/embedded/pg"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/service"
)

// childPart names the variable that makes this test binary a child process, and
// childData the one with its data directory.
const (
	childPart = "VINHDANH_TEST_CHILD"
	childData = "VINHDANH_TEST_DATA"
)

// Parts that a child plays.
const (
	partMain    = "main"    // the program itself, with the arguments given
	partHouse   = "house"   // everything, saying where
	partServers = "servers" // PostgreSQL and Temporal only
	partWorker  = "worker"  // the worker only, beside servers
)

const businessDate = "2023-11-20"

// whereabouts is what a child says when it is ready, on one line of JSON.
type whereabouts struct {
	URLs     pg.URLs
	Temporal string
	Postgres int // process id
}

func beChild(part string) int {
	if part == partMain {
		main()
		return 0
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if err := playPart(zerolog.Nop().WithContext(ctx), part); err != nil {
		fmt.Fprintln(os.Stderr, explain(err))
		return 1
	}
	return 0
}

func playPart(ctx context.Context, part string) error {
	o := options{dataDir: os.Getenv(childData), listen: "127.0.0.1:0", today: businessDate, every: 2 * time.Second}
	if part == partWorker {
		h, err := besides(o)
		if err != nil {
			return err
		}
		cfg, err := h.config(gate.Worker)
		if err != nil {
			return err
		}
		fmt.Println("{}")
		return service.Work(ctx, cfg)
	}
	h, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer h.close()
	at := whereabouts{URLs: h.urls, Temporal: h.address, Postgres: h.postgres.PID()}
	line, err := json.Marshal(at)
	if err != nil {
		return err
	}
	if err := os.WriteFile(h.path("whereabouts.json"), line, 0o600); err != nil {
		return err
	}
	fmt.Println(string(line))
	if part == partServers {
		<-ctx.Done()
		return nil
	}
	return h.run(ctx)
}

// besides is a house whose servers another process runs.
func besides(o options) (*house, error) {
	h := &house{o: o}
	raw, err := os.ReadFile(h.path("whereabouts.json"))
	if err != nil {
		return nil, err
	}
	var at whereabouts
	if err := json.Unmarshal(raw, &at); err != nil {
		return nil, err
	}
	h.urls, h.address = at.URLs, at.Temporal
	if h.tokens, err = gate.LoadOrCreateTokens(h.path("temporal-tokens.json")); err != nil {
		return nil, err
	}
	if h.users, err = service.ReadTokens(h.path("tokens.json")); err != nil {
		return nil, err
	}
	h.listener, err = net.Listen("tcp", "127.0.0.1:0") // for its address only
	return h, err
}

// dataDir is a directory that PostgreSQL's user may enter.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "vinhdanh-test-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// child is a process of this test binary.
type child struct {
	t     *testing.T
	cmd   *exec.Cmd
	out   lines
	said  bytes.Buffer // standard error
	ended chan struct{}
	code  int
	at    whereabouts
	took  time.Duration // until it was ready
}

// lines collects output and lets one wait for a text.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// spawn starts a child; it does not wait.
func spawn(t *testing.T, part, dir string, args ...string) *child {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	c := &child{t: t, cmd: exec.Command(self, args...), ended: make(chan struct{})}
	c.cmd.Env = append(os.Environ(), childPart+"="+part, childData+"="+dir)
	c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.said
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a Ctrl-C is for the tests, which clean up
	began := time.Now()
	require.NoError(t, c.cmd.Start())
	go func() {
		_ = c.cmd.Wait() // how it ended is in the exit code
		c.code = c.cmd.ProcessState.ExitCode()
		close(c.ended)
	}()
	t.Cleanup(c.kill)
	c.took = -time.Since(began)
	return c
}

// ready waits until the child has said a text.
func (c *child) ready(text string) {
	c.t.Helper()
	began := time.Now()
	for !strings.Contains(c.out.String(), text) {
		select {
		case <-c.ended:
			c.t.Fatalf("the child ended with %d: %s", c.code, c.said.String())
		case <-time.After(5 * time.Millisecond):
		}
		if time.Since(began) > 60*time.Second {
			c.t.Fatalf("the child is not ready: %s", c.out.String())
		}
	}
	c.took += time.Since(began)
}

// start starts a child and reads where it is.
func start(t *testing.T, part, dir string) *child {
	t.Helper()
	c := spawn(t, part, dir)
	c.ready("}\n")
	require.NoError(t, json.Unmarshal([]byte(c.out.String()), &c.at))
	return c
}

// kill is kill -9.
func (c *child) kill() {
	_ = c.cmd.Process.Kill() // fails only when it has ended
	<-c.ended
}

// over waits for the child's own end and returns its exit code.
func (c *child) over() int {
	c.t.Helper()
	select {
	case <-c.ended:
	case <-time.After(60 * time.Second):
		c.t.Fatal("the child does not end")
	}
	return c.code
}

// gone waits until a process is gone, or only waits to be collected.
func gone(t *testing.T, pid int) {
	t.Helper()
	require.Eventually(t, func() bool {
		stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
		return err != nil || bytes.Contains(stat, []byte(") Z "))
	}, 30*time.Second, 20*time.Millisecond, "process %d still runs", pid)
}

// visit opens the application beside a child, as another serve would.
func (c *child) visit(dir string) *town {
	c.t.Helper()
	h, err := besides(options{dataDir: dir, today: businessDate})
	require.NoError(c.t, err)
	cfg, err := h.config(gate.App)
	require.NoError(c.t, err)
	ctx, cancel := context.WithTimeout(zerolog.Nop().WithContext(context.Background()), 4*time.Minute)
	c.t.Cleanup(cancel)
	a, closeApp, err := service.OpenApp(ctx, cfg)
	require.NoError(c.t, err)
	c.t.Cleanup(closeApp)
	a.Desk.Wait = 3 * time.Second
	s := &stage{house: h, app: a, out: io.Discard, outDir: c.t.TempDir(), ended: make(chan error, 1)}
	return &town{stage: s, t: c.t, ctx: ctx}
}
