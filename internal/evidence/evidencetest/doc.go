// Package evidencetest holds the tests of the archive and of reconcile on a real
// Temporal server and a real PostgreSQL. They are apart from package evidence,
// so that its own tests need neither.
package evidencetest
