package pg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"

	"vinhdanh/internal/freeport"
)

const (
	loopback     = "127.0.0.1"
	readyTimeout = 60 * time.Second // crash recovery of a large log takes a while
	stopTimeout  = 20 * time.Second
	startTries   = 3
)

// Server is a running PostgreSQL child.
type Server struct {
	port      int
	bin       string // where its programs are
	passwords map[string]string
	process   *os.Process
	exited    chan struct{} // closed when the child has ended
	exitErr   error         // valid after exited
	stopping  chan struct{} // closed by Close
	log       zerolog.Logger
}

// Start starts PostgreSQL on the data directory, making cluster, roles and database the first time. The caller holds
// the directory's Lock. The child is stopped by Close, and by the kernel when this process dies.
func Start(ctx context.Context, o Options) (*Server, error) {
	var err error
	if o.DataDir, err = filepath.Abs(o.DataDir); err != nil {
		return nil, fmt.Errorf("postgres.datadir: %w", err)
	}
	bin, err := findBinaries(o.BinDir)
	if err != nil {
		return nil, err
	}
	who, err := childAccount()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.DataDir, 0o711); err != nil {
		return nil, fmt.Errorf("postgres.datadir: %w", err)
	}
	if err := who.mayEnter(o.DataDir); err != nil {
		return nil, err
	}
	passwords, err := loadPasswords(o.secretsFile())
	if err != nil {
		return nil, err
	}
	if err := initialise(ctx, o, bin, who, passwords[superuser]); err != nil {
		return nil, err
	}
	if err := stopOrphan(ctx, o.cluster()); err != nil {
		return nil, err
	}
	s, err := startChild(ctx, o, bin, who, passwords)
	if err != nil {
		return nil, err
	}
	if err := s.provision(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// startChild starts the child and waits until it answers. A free port may be taken by another before the child
// binds it, so a chosen port is tried a few times.
func startChild(ctx context.Context, o Options, bin string, who account, passwords map[string]string) (*Server, error) {
	var last error
	for range startTries {
		port := o.Port
		if port == 0 {
			var err error
			if port, err = freeport.One(); err != nil {
				return nil, err
			}
		}
		s := &Server{
			port: port, bin: bin, passwords: passwords, log: *zerolog.Ctx(ctx),
			exited: make(chan struct{}), stopping: make(chan struct{}),
		}
		if err := s.spawn(o, bin, who); err != nil {
			return nil, err
		}
		if last = s.awaitReady(ctx, o); last == nil {
			return s, nil
		}
		last = errors.Join(last, s.Close())
		if ctx.Err() != nil || o.Port != 0 {
			break
		}
	}
	return nil, last
}

// spawn starts the child from a thread that stays until the child ends: the kernel's signal on the parent's death
// is bound to that thread, not to the process.
func (s *Server) spawn(o Options, bin string, who account) error {
	out, err := os.OpenFile(o.logFile(), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("postgres.log: %w", err)
	}
	cmd := exec.Command(filepath.Join(bin, "postgres"), o.arguments(s.port)...)
	cmd.Dir, cmd.Env, cmd.SysProcAttr = o.cluster(), childEnv(), attributes(who, true)
	cmd.Stdout, cmd.Stderr = out, out
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with this goroutine, after the child
		defer close(s.exited)
		defer func() { _ = out.Close() }()
		err := cmd.Start()
		s.process = cmd.Process
		started <- err
		if err != nil {
			return
		}
		s.exitErr = cmd.Wait()
		select {
		case <-s.stopping:
		default:
			s.log.Error().Err(s.exitErr).Msg("PostgreSQL ended by itself; see postgres.log in the data directory")
		}
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("postgres.start: %w", err)
	}
	return nil
}

func (o Options) arguments(port int) []string {
	connections := o.MaxConnections
	if connections <= 0 {
		connections = 100
	}
	settings := []string{
		"listen_addresses=" + loopback, "port=" + strconv.Itoa(port), "unix_socket_directories=",
		"max_connections=" + strconv.Itoa(connections), "timezone=UTC", "log_timezone=UTC",
		// terse: details of errors quote values of rows, which may be personal data.
		"log_error_verbosity=terse", "log_min_error_statement=panic",
	}
	if o.Throwaway {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
	}
	args := []string{"-D", o.cluster()}
	for _, v := range settings {
		args = append(args, "-c", v)
	}
	return args
}

func (s *Server) awaitReady(ctx context.Context, o Options) error {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-s.exited:
			out, _ := os.ReadFile(o.logFile())
			return fmt.Errorf("postgres.start: PostgreSQL did not start: %s", lastLines(string(out)))
		case <-ctx.Done():
			return fmt.Errorf("postgres.start: PostgreSQL does not answer; see %s: %w", o.logFile(), err)
		case <-time.After(15 * time.Millisecond):
		}
	}
}

// Exited is closed when the child has ended, whoever ended it.
func (s *Server) Exited() <-chan struct{} { return s.exited }

// PID is the child's process id.
func (s *Server) PID() int { return s.process.Pid }

// Close stops the child: fast (connections are cut, everything is flushed), and hard if that takes too long.
func (s *Server) Close() error {
	select {
	case <-s.stopping:
	default:
		close(s.stopping)
	}
	_ = s.process.Signal(syscall.SIGINT) // fails only when the child has ended
	select {
	case <-s.exited:
		return nil
	case <-time.After(stopTimeout):
	}
	_ = s.process.Signal(syscall.SIGQUIT) // at once, with recovery at the next start
	select {
	case <-s.exited:
	case <-time.After(stopTimeout):
		_ = s.process.Kill()
		<-s.exited
	}
	return fmt.Errorf("postgres.stop: PostgreSQL did not stop within %v and was ended; the next start recovers", stopTimeout)
}
