// Package embedded runs Temporal inside a vinhdanh process: on an SQLite file for one machine (cmd/standalone) or on
// PostgreSQL (cmd/temporal-server), always behind the gate of internal/embedded/authz.
//
// Three things keep callers from walking round the gate. The frontend is the only port that takes calls from
// outside. The ports on which Temporal's services talk among themselves ask for a certificate that exists in this
// process's memory only. Metrics, pprof and the HTTP API are off.
//
// PostgreSQL for the domain's own data is a child process, in internal/embedded/pg, which links no Temporal.
package embedded
