// Package archtest holds the tests of the house itself: who may import whom
// (design.md section 3), what the deterministic packages may not use, what every
// source file must keep to, and that the gate's lists name what the workflows
// take. It has no code of its own; `go test ./internal/archtest` is part of lint.
package archtest
