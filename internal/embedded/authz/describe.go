package authz

import (
	"time"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/api/workflowservice/v1"

	"vinhdanh/internal/gate"
)

// describe reads from a request which workflow it aims at and by which name. Unknown shapes stay empty.
func describe(request any) gate.Refusal {
	r := gate.Refusal{At: time.Now().UTC(), WorkflowID: targetOf(request)}
	switch q := request.(type) {
	case *workflowservice.UpdateWorkflowExecutionRequest:
		r.Name = q.GetRequest().GetInput().GetName()
		r.UpdateID = q.GetRequest().GetMeta().GetUpdateId()
	case *workflowservice.PollWorkflowExecutionUpdateRequest:
		r.UpdateID = q.GetUpdateRef().GetUpdateId()
		r.WorkflowID = q.GetUpdateRef().GetWorkflowExecution().GetWorkflowId()
	case *workflowservice.SignalWorkflowExecutionRequest:
		r.Name = q.GetSignalName()
	case *workflowservice.SignalWithStartWorkflowExecutionRequest:
		r.Name = q.GetSignalName()
	case *workflowservice.StartWorkflowExecutionRequest:
		r.Name = q.GetWorkflowType().GetName()
	case *workflowservice.QueryWorkflowRequest:
		r.Name = q.GetQuery().GetQueryType()
	case *workflowservice.ExecuteMultiOperationRequest:
		for _, op := range q.GetOperations() {
			if u := op.GetUpdateWorkflow(); u != nil {
				part := describe(u)
				r.WorkflowID, r.Name, r.UpdateID = part.WorkflowID, part.Name, part.UpdateID
			}
		}
	}
	return r
}

// targetOf finds the workflow id under the names the API's requests use for it.
func targetOf(request any) string {
	switch q := request.(type) {
	case interface{ GetWorkflowId() string }:
		return q.GetWorkflowId()
	case interface {
		GetWorkflowExecution() *commonpb.WorkflowExecution
	}:
		return q.GetWorkflowExecution().GetWorkflowId()
	case interface {
		GetExecution() *commonpb.WorkflowExecution
	}:
		return q.GetExecution().GetWorkflowId()
	case interface{ GetScheduleId() string }:
		return q.GetScheduleId()
	}
	return ""
}
