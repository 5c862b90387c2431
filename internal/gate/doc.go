// Package gate holds what both sides of the door to Temporal must agree on: who may knock (Sender), with which
// secret (Credential), which names may pass (workflow types, Updates, Signals, namespaces), and what is written
// down when somebody is turned away (Refusal).
//
// The package is pure: serve and worker import it to present their credential without linking the Temporal
// server. The door itself, which imports the server, is internal/embedded/authz.
package gate
