package pg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// orphanWait is how long a child of a killed parent may take to shut down.
const orphanWait = 30 * time.Second

// stopOrphan ends a PostgreSQL that a killed parent left on this cluster, and removes the pid file of one that is
// gone: its number may belong to another process by now, and PostgreSQL would refuse to start. The caller holds the
// directory's lock, so no living parent owns that child.
func stopOrphan(ctx context.Context, cluster string) error {
	pidFile := filepath.Join(cluster, "postmaster.pid")
	raw, err := os.ReadFile(pidFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("postgres.orphan: %w", err)
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 {
		return os.Remove(pidFile)
	}
	if !servesCluster(pid, cluster) {
		if err := os.Remove(pidFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("postgres.orphan: %w", err)
		}
		return nil
	}
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("postgres.orphan: PostgreSQL (process %d) still runs on %s and cannot be stopped: %w", pid, cluster, err)
	}
	deadline := time.Now().Add(orphanWait)
	for servesCluster(pid, cluster) {
		if time.Now().After(deadline) {
			return fmt.Errorf("postgres.orphan: PostgreSQL (process %d) still runs on %s; stop it with `kill -QUIT %d`", pid, cluster, pid)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}
