package gate

// Namespaces of Temporal.
const (
	NamespaceCases = "cases" // commendations, councils, issuances: closed histories kept for years
	NamespaceOps   = "ops"   // the schedules' own runs: kept for days
)

// QueueCases is the task queue in which cases are worked on.
const QueueCases = "cases"

// StartableTypes are the workflow types serve may start, each with the prefix its workflow ids must have.
var StartableTypes = map[string]string{
	"commendation": "commendation/",
	"council":      "council/",
	"issuance":     "issuance/",
	"revocation":   "revocation/",
}

// AppUpdates are the Updates serve may send: acts of persons on a case, a council session, an issuance, a revocation.
var AppUpdates = set(
	"decide", "accept", "appraise", "council-result", "issued", "resubmit", "recall", "withdraw", "hold", "release",
	"reconsider", "lower", "reassign",
	"consult", "publish", "submit-up", "upper-outcome",
	"open", "cast", "count-paper", "close", "cancel",
	"ballot-key", "cast-sealed", "freeze-ballots", "count-sealed", "attest-count", "admit-late", "recuse", "counting-team", "sign-count", "set-priority",
	"sign", "send-back", "number",
	"answer", "submit", "refuse",
)

// WorkerUpdates are the Updates an activity delivers: results of a session and of an issuance.
var WorkerUpdates = set("council-result", "issued")

// AppSignals are the Signals serve passes on for outside systems that cannot wait.
var AppSignals = set("decide")

// Schedules are what runs by itself; serve may run them now, pause and resume them for an administrator.
var Schedules = set("dispatch", "deadlines", "archive")

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}
