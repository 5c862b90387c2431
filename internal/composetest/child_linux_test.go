package composetest

import "syscall"

// withParent ends a child when the thread that started it is gone, so that a killed
// test leaves nothing running.
func withParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
