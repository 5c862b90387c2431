//go:build !linux

package service

// diskOf is not known on this system.
func diskOf(string) (free, total uint64) { return 0, 0 }
