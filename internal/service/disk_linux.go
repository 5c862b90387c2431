package service

import "syscall"

// diskOf is what is free and what there is where files are stored, in bytes.
func diskOf(dir string) (free, total uint64) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, 0
	}
	return s.Bavail * uint64(s.Bsize), s.Blocks * uint64(s.Bsize)
}
