//go:build !linux

package composetest

import "syscall"

// withParent: other systems have no signal on a parent's death.
func withParent() *syscall.SysProcAttr { return nil }
