// Package pgtest gives tests a real PostgreSQL: one throw-away cluster per test binary, one empty database per test.
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }
//
//	func TestX(t *testing.T) { urls := pgtest.Database(t); … }
package pgtest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"vinhdanh/internal/embedded/pg"
)

var (
	mu      sync.Mutex
	running bool // between Run's begin and end
	server  *pg.Server
	dir     string
	count   atomic.Int64
	making  sync.Mutex
)

// Run runs the tests of a package and removes the cluster, if any test asked for one. It returns the exit code.
func Run(m *testing.M) int {
	mu.Lock()
	running = true
	mu.Unlock()
	code := m.Run()
	mu.Lock()
	defer mu.Unlock()
	running = false
	if server != nil {
		if err := server.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
		_ = os.RemoveAll(dir)
	}
	return code
}

// Server returns the cluster of this test binary, starting it the first time.
func Server(tb testing.TB) *pg.Server {
	tb.Helper()
	mu.Lock()
	defer mu.Unlock()
	if !running {
		tb.Fatal("pgtest: call pgtest.Run from TestMain")
	}
	if server != nil {
		return server
	}
	d, err := os.MkdirTemp("", "vinhdanh-test-")
	if err == nil {
		err = os.Chmod(d, 0o711) // the database's user passes through
	}
	if err != nil {
		tb.Fatalf("pgtest: %v", err)
	}
	s, err := pg.Start(context.Background(), pg.Options{DataDir: d, Throwaway: true, MaxConnections: 300})
	if err != nil {
		_ = os.RemoveAll(d)
		tb.Fatalf("pgtest: %v", err)
	}
	server, dir = s, d
	return s
}

// Database returns the addresses of an empty database, as owner, app and gate.
func Database(tb testing.TB) pg.URLs {
	tb.Helper()
	making.Lock() // roles are the cluster's: two databases made at once would change the same rows
	defer making.Unlock()
	urls, err := Server(tb).CreateDatabase(context.Background(), fmt.Sprintf("test_%d", count.Add(1)))
	if err != nil {
		tb.Fatalf("pgtest: %v", err)
	}
	return urls
}
