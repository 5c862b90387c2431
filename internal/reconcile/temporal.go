package reconcile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Statuses as Temporal names them.
var (
	statusFailed    = enumspb.WORKFLOW_EXECUTION_STATUS_FAILED.String()
	statusCompleted = enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED.String()
)

// FromClient asks a Temporal server, by a client of namespace cases that may read
// and query. A worker must be running, for closed cases too.
func FromClient(c client.Client) Workflows { return temporal{c} }

type temporal struct{ client.Client }

// Describe implements Workflows.
func (t temporal) Describe(ctx context.Context, caseID string) (Run, error) {
	d, err := t.DescribeWorkflowExecution(ctx, caseID, "")
	var none *serviceerror.NotFound
	if errors.As(err, &none) {
		return Run{}, nil
	}
	if err != nil {
		return Run{}, fmt.Errorf("describe: %w", err)
	}
	info := d.GetWorkflowExecutionInfo()
	r := Run{
		Found: true, Open: info.GetStatus() == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, Status: info.GetStatus().String(),
		Reset: d.GetWorkflowExtendedInfo().GetLastResetTime() != nil || d.GetWorkflowExtendedInfo().GetResetRunId() != "",
	}
	latest := info.GetExecution().GetRunId()
	err = t.list(ctx, fmt.Sprintf("WorkflowId = %q", caseID), func(_, run, status string) error {
		if run != latest {
			r.Others = append(r.Others, status)
		}
		return nil
	})
	return r, err
}

// Transitions implements Workflows.
func (t temporal) Transitions(ctx context.Context, caseID string) ([]json.RawMessage, error) {
	v, err := t.QueryWorkflow(ctx, caseID, "", workflows.QueryTransitions, 0)
	if err != nil {
		return nil, err
	}
	var all []json.RawMessage
	return all, v.Get(&all)
}

// Account implements Workflows.
func (t temporal) Account(ctx context.Context, caseID string) (proposal.Account, error) {
	var a proposal.Account
	v, err := t.QueryWorkflow(ctx, caseID, "", workflows.QueryAccount)
	if err != nil {
		return a, err
	}
	return a, v.Get(&a)
}

// All implements Workflows.
func (t temporal) All(ctx context.Context, each func(caseID string) error) error {
	return t.list(ctx, "", func(id, _, status string) error {
		if status == statusFailed {
			return nil // a start that was refused leaves nothing behind
		}
		return each(id)
	})
}

func (t temporal) list(ctx context.Context, query string, each func(id, run, status string) error) error {
	req := &workflowservice.ListWorkflowExecutionsRequest{Query: query}
	for {
		resp, err := t.ListWorkflow(ctx, req)
		if err != nil {
			return fmt.Errorf("list workflows: %w", err)
		}
		for _, e := range resp.GetExecutions() {
			if err := each(e.GetExecution().GetWorkflowId(), e.GetExecution().GetRunId(), e.GetStatus().String()); err != nil {
				return err
			}
		}
		if req.NextPageToken = resp.GetNextPageToken(); len(req.NextPageToken) == 0 {
			return nil
		}
	}
}
