//go:build unix

package pg

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// lockName is the file in a data directory that its owner holds locked.
const lockName = ".lock"

// Lock is the exclusive use of a data directory by this process. The kernel gives it back when the process ends,
// however it ends.
type Lock struct{ file *os.File }

// ErrInUse says that another process uses the data directory.
var ErrInUse = errors.New("datadir.in-use")

// LockDir takes the data directory, creating it if need be. A second taker, in this process or another, gets an
// error that wraps ErrInUse and names the first.
func LockDir(dir string) (*Lock, error) {
	// 0711: the database's user must be able to pass through, not to look around.
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return nil, fmt.Errorf("datadir.create: the data directory %s cannot be created: %w", dir, err)
	}
	path := filepath.Join(dir, lockName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("datadir.lock: %w", err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		holder, _ := os.ReadFile(path)
		_ = f.Close()
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("datadir.lock: %w", err)
		}
		return nil, fmt.Errorf("%w: the data directory %s is in use by process %s; stop that one first, or use another directory",
			ErrInUse, dir, strings.TrimSpace(string(holder)))
	}
	if err := f.Truncate(0); err == nil {
		_, err = f.WriteAt([]byte(fmt.Sprintln(os.Getpid())), 0)
		if err != nil {
			_ = f.Close()
			return nil, fmt.Errorf("datadir.lock: %w", err)
		}
	}
	return &Lock{file: f}, nil
}

// Release gives the data directory back. The file stays: removing it would race with the next taker.
func (l *Lock) Release() error { return l.file.Close() }
