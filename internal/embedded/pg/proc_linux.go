package pg

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// attributes make the child run as the account, in a process group of its own (a Ctrl-C in the terminal reaches the
// parent, which stops the child in order), and receive SIGINT, PostgreSQL's fast shutdown, when the parent dies.
func attributes(a account, diesWithParent bool) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if diesWithParent {
		attr.Pdeathsig = syscall.SIGINT
	}
	if !a.self {
		attr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid, NoSetGroups: false}
	}
	return attr
}

// servesCluster says whether the process is the PostgreSQL server of a cluster: a server's working directory is its
// cluster. A process that ended but was not collected yet has none.
func servesCluster(pid int, cluster string) bool {
	cwd, err := os.Readlink("/proc/" + strconv.Itoa(pid) + "/cwd")
	if err != nil {
		return false
	}
	real, err := filepath.EvalSymlinks(cluster)
	return err == nil && cwd == real
}
