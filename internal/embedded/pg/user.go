//go:build unix

package pg

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the user the child runs as. self is true when that is the user of this process.
type account struct {
	name     string
	uid, gid uint32
	self     bool
}

// childAccount is this process's own user, or postgres (else nobody) when this is root.
func childAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{self: true, uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 == nil && err2 == nil && uid != 0 {
			return account{name: name, uid: uint32(uid), gid: uint32(gid)}, nil
		}
	}
	return account{}, fmt.Errorf("postgres.user: PostgreSQL does not run as root and there is no user postgres or nobody; start as another user")
}

// own gives a path to the account.
func (a account) own(path string) error {
	if a.self {
		return nil
	}
	return os.Chown(path, int(a.uid), int(a.gid))
}

// mayEnter refuses a directory that the account cannot pass through, naming the one that is closed.
func (a account) mayEnter(dir string) error {
	if a.self {
		return nil
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	for d := dir; ; d = filepath.Dir(d) {
		var st syscall.Stat_t
		if err := syscall.Stat(d, &st); err != nil {
			return fmt.Errorf("postgres.datadir: %s: %w", d, err)
		}
		bit := uint32(0o001)
		switch {
		case st.Uid == a.uid:
			bit = 0o100
		case st.Gid == a.gid:
			bit = 0o010
		}
		if uint32(st.Mode)&bit == 0 {
			return fmt.Errorf("postgres.datadir-closed: PostgreSQL runs as %s, who cannot enter %s; "+
				"choose a data directory outside it (for example under /var/lib), or run `chmod o+x %s`", a.name, d, d)
		}
		if d == filepath.Dir(d) {
			return nil
		}
	}
}
