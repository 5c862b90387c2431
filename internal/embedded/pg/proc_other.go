//go:build unix && !linux

package pg

import "syscall"

// attributes make the child run as the account in a process group of its own. Only Linux can tell a child that its
// parent died; elsewhere the next start stops what a killed parent left behind.
func attributes(a account, _ bool) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if !a.self {
		attr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return attr
}

// servesCluster takes any living process with the number for the server.
func servesCluster(pid int, _ string) bool { return syscall.Kill(pid, 0) == nil }
