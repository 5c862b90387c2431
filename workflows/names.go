// Package workflows is the deterministic half of vinhdanh: what happens to a
// case, a council session and a decision, and three schedules. It decides by the
// pure packages (proposal, council, envelope) and touches the world only through
// activities, which it calls by name.
//
//   - Commendation: one workflow per proposal, from its sending to its last
//     outcome. People act by Updates; outside systems may send Signal decide.
//   - Council: one session, from its convening to the delivery of its result.
//   - Issuance: one decision, or one correction of a decision (đính chính), from its
//     submission for signature to the ledger.
//   - Revocation: one revocation of awards (Điều 93), from its opening to the mark in
//     the ledger.
//   - Dispatch, Deadlines, Archive: what the schedules in namespace ops run.
//
// Every message is a signed act. A validator refuses without a trace in the
// history; the handler checks again, because a replay runs no validators.
package workflows

// Workflow types, the id prefixes of their runs, and the task queues.
const (
	TypeCommendation = "commendation"
	TypeCouncil      = "council"
	TypeIssuance     = "issuance"
	TypeRevocation   = "revocation"
	TypeDispatch     = "dispatch"
	TypeDeadlines    = "deadlines"
	TypeArchive      = "archive"

	NamespaceCases = "cases"
	NamespaceOps   = "ops"
	QueueCases     = "cases"
	QueueOps       = "ops"
)

// Queries and the one Signal. Updates are named after the actions they carry.
const (
	QueryTransitions = "transitions"
	QueryAccount     = "account"
	SignalDecide     = "decide"
)

// CommendationID is the workflow id of a proposal's case.
func CommendationID(proposal string) string { return TypeCommendation + "/" + proposal }

// CouncilID is the workflow id of a council session.
func CouncilID(session string) string { return TypeCouncil + "/" + session }

// IssuanceID is the workflow id of a decision's issuance.
func IssuanceID(decision string) string { return TypeIssuance + "/" + decision }

// RevocationID is the workflow id of a revocation.
func RevocationID(revocation string) string { return TypeRevocation + "/" + revocation }
