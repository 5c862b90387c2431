// Package authz is the door of Temporal's frontend: who may call what, decided before Temporal sees the call.
//
// Four parts, in the order a call meets them: the claim mapper turns a bearer credential into a gate.Sender; the
// authorizer looks the call up in the matrix (matrix.go, deny by default) and runs the check the matrix names
// (checks.go); the interceptor limits the rate of Updates, stamps the authenticated sender over whatever identity
// the client claims, and looks at what became of each Update; the recorder writes down refusals and operators'
// calls without holding anybody up.
//
// Calls of the server to itself come through the internal frontend, which is reachable only with the server's own
// certificate, and pass.
package authz
