package authz

import "vinhdanh/internal/gate"

// grant lets a sender call methods in namespaces. check, if any, returns why one call is refused all the same,
// or "" when it may pass.
type grant struct {
	namespaces []string // nil: calls that name no namespace
	methods    []string
	check      func(request any) string
}

// everywhere in grant.namespaces stands for every namespace and for none.
const everywhere = "*"

// allMethods in grant.methods stands for every method of every service.
const allMethods = "*"

// Methods of WorkflowService carry their bare name, those of other services "Service/Method".
var (
	// clusterReads ask for what every SDK client asks when it dials; no namespace.
	clusterReads = []string{"GetSystemInfo", "GetClusterInfo"}

	namespaceReads = []string{
		"DescribeNamespace", "GetWorkflowExecutionHistory", "GetWorkflowExecutionHistoryReverse",
		"DescribeWorkflowExecution", "ListWorkflowExecutions", "CountWorkflowExecutions",
	}

	// uiReads are what Temporal's web UI asks for besides.
	uiReads = []string{
		"ListOpenWorkflowExecutions", "ListClosedWorkflowExecutions", "ScanWorkflowExecutions", "ListArchivedWorkflowExecutions",
		"DescribeTaskQueue", "ListTaskQueuePartitions", "GetWorkerBuildIdCompatibility", "GetWorkerVersioningRules",
		"GetWorkerTaskReachability", "DescribeSchedule", "ListSchedules", "CountSchedules", "ListScheduleMatchingTimes",
		"DescribeBatchOperation", "ListBatchOperations", "DescribeDeployment", "ListDeployments", "GetCurrentDeployment",
		"GetDeploymentReachability", "DescribeWorkerDeployment", "DescribeWorkerDeploymentVersion", "ListWorkerDeployments",
		"ListWorkers", "CountWorkers", "DescribeWorker", "DescribeWorkflowRule", "ListWorkflowRules",
		"ListActivityExecutions", "CountActivityExecutions", "DescribeActivityExecution",
		"ListNexusOperationExecutions", "CountNexusOperationExecutions", "DescribeNexusOperationExecution",
		"OperatorService/ListSearchAttributes",
	}

	// polling is the life of an SDK worker. Completing an activity by its id, without the task token that only a
	// poll hands out, is not part of it.
	polling = []string{
		"PollWorkflowTaskQueue", "RespondWorkflowTaskFailed", "RespondQueryTaskCompleted", "ResetStickyTaskQueue",
		"PollActivityTaskQueue", "RespondActivityTaskCompleted", "RespondActivityTaskFailed",
		"RespondActivityTaskCanceled", "RecordActivityTaskHeartbeat",
		"RecordWorkerHeartbeat", "ShutdownWorker", "PollNexusTaskQueue", "RespondNexusTaskCompleted", "RespondNexusTaskFailed",
	}

	// quietUses of an operator are not recorded one by one: they only open a connection.
	quietUses = map[string]bool{"GetSystemInfo": true, "GetClusterInfo": true, "DescribeNamespace": true}

	// openMethods ask for no credential at all.
	openMethods = map[string]bool{"Health/Check": true}
)

var (
	cases = []string{gate.NamespaceCases}
	ops   = []string{gate.NamespaceOps}
	both  = []string{gate.NamespaceCases, gate.NamespaceOps}
)

// matrix says who may do what. What no line allows is refused.
var matrix = map[gate.Sender][]grant{
	gate.App: {
		{methods: clusterReads},
		{namespaces: both, methods: namespaceReads},
		{namespaces: both, methods: []string{"QueryWorkflow", "DescribeSchedule", "ListSchedules", "DescribeTaskQueue"}},
		{namespaces: ops, methods: []string{"PatchSchedule"}, check: checkPatch},
		{namespaces: cases, methods: []string{"StartWorkflowExecution"}, check: checkStart},
		{namespaces: cases, methods: []string{"UpdateWorkflowExecution"}, check: checkUpdate(gate.AppUpdates)},
		{namespaces: cases, methods: []string{"PollWorkflowExecutionUpdate"}},
		{namespaces: cases, methods: []string{"SignalWorkflowExecution"}, check: checkSignal},
		{namespaces: cases, methods: []string{"SignalWithStartWorkflowExecution"}, check: checkSignalWithStart},
		{namespaces: cases, methods: []string{"ExecuteMultiOperation"}, check: checkMulti},
	},
	gate.Worker: {
		{methods: clusterReads},
		{namespaces: both, methods: polling},
		{namespaces: both, methods: []string{"RespondWorkflowTaskCompleted"}, check: checkCommands},
		{namespaces: both, methods: namespaceReads},
		{namespaces: cases, methods: []string{"UpdateWorkflowExecution"}, check: checkUpdate(gate.WorkerUpdates)},
		{namespaces: cases, methods: []string{"QueryWorkflow"}}, // recording fills a gap by asking for the transitions
		{namespaces: cases, methods: []string{"PollWorkflowExecutionUpdate"}},
	},
	gate.Auditor: {
		{methods: clusterReads},
		{methods: []string{"ListNamespaces", "GetSearchAttributes", "OperatorService/ListSearchAttributes"}},
		{namespaces: both, methods: namespaceReads},
		{namespaces: both, methods: uiReads},
		{namespaces: both, methods: []string{"QueryWorkflow"}},
	},
	gate.Operator: {
		{namespaces: []string{everywhere}, methods: []string{allMethods}},
	},
}
