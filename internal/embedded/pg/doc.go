// Package pg runs PostgreSQL as a child process from the server binaries on the machine, in a data directory, for one
// machine: trial, development, tests.
//
// The child never outlives its parent: it is told to stop when the parent stops, and the kernel tells it when the
// parent is killed. When the parent is root the child runs as another user, as PostgreSQL demands. It listens on
// loopback only, on a free port, and asks for passwords that lie in the data directory, readable by the owner alone.
//
// A data directory belongs to one process at a time: LockDir refuses a second one by name.
package pg
