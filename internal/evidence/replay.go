package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/payload"
	"vinhdanh/workflows"
)

// answer is what the workflow code answered to one Update in the replay.
type answer struct {
	name string
	body []byte
	err  error
}

// recorder is an interceptor that writes down what the workflow code does in a
// replay: answers to Updates, what it asks of activities, its result.
type recorder struct {
	interceptor.WorkerInterceptorBase
	answers map[string]answer
	asks    []ask
	result  []byte
	err     error
}

type ask struct {
	kind  string
	input []byte
}

// InterceptWorkflow implements interceptor.WorkerInterceptor.
func (r *recorder) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	in := &inbound{r: r}
	in.Next = next
	return in
}

type inbound struct {
	interceptor.WorkflowInboundInterceptorBase
	r *recorder
}

// Init implements interceptor.WorkflowInboundInterceptor.
func (i *inbound) Init(out interceptor.WorkflowOutboundInterceptor) error {
	o := &outbound{r: i.r}
	o.Next = out
	return i.Next.Init(o)
}

// ExecuteWorkflow implements interceptor.WorkflowInboundInterceptor.
func (i *inbound) ExecuteWorkflow(ctx workflow.Context, in *interceptor.ExecuteWorkflowInput) (any, error) {
	res, err := i.Next.ExecuteWorkflow(ctx, in)
	i.r.err = err
	if err == nil {
		i.r.result, i.r.err = json.Marshal(res)
	}
	return res, err
}

// ExecuteUpdate implements interceptor.WorkflowInboundInterceptor.
func (i *inbound) ExecuteUpdate(ctx workflow.Context, in *interceptor.UpdateInput) (any, error) {
	res, err := i.Next.ExecuteUpdate(ctx, in)
	a := answer{name: in.Name, err: err}
	if err == nil {
		a.body, a.err = json.Marshal(res)
	}
	i.r.answers[workflow.GetCurrentUpdateInfo(ctx).ID] = a
	return res, err
}

type outbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	r *recorder
}

// ExecuteActivity implements interceptor.WorkflowOutboundInterceptor.
func (o *outbound) ExecuteActivity(ctx workflow.Context, kind string, args ...any) workflow.Future {
	a := ask{kind: kind}
	if len(args) == 1 {
		a.input, _ = json.Marshal(args[0]) // an input that does not encode stays nil and is found
	}
	o.r.asks = append(o.r.asks, a)
	return o.Next.ExecuteActivity(ctx, kind, args...)
}

// ExecuteLocalActivity implements interceptor.WorkflowOutboundInterceptor.
func (o *outbound) ExecuteLocalActivity(ctx workflow.Context, kind string, args ...any) workflow.Future {
	o.r.asks = append(o.r.asks, ask{kind: kind})
	return o.Next.ExecuteLocalActivity(ctx, kind, args...)
}

// replayHistory runs the workflow code over a history and returns what it did.
func replayHistory(rec *record, ring *envelope.Ring) (*recorder, error) {
	r := &recorder{answers: map[string]answer{}}
	dc := payload.Converter(rec.keys)
	replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{
		DataConverter: dc, FailureConverter: payload.FailureConverter(dc),
		Interceptors:             []interceptor.WorkerInterceptor{r},
		DisableDeadlockDetection: true, // a busy machine is no fault of the bundle
	})
	if err != nil {
		return nil, err
	}
	Register(replayer, workflows.FixedRing(ring))
	err = replayer.ReplayWorkflowHistoryWithOptions(quiet{}, &historypb.History{Events: rec.events},
		worker.ReplayWorkflowHistoryOptions{OriginalExecution: workflow.Execution{ID: rec.caseID, RunID: rec.run}})
	return r, err
}

// Register registers the workflows of namespace cases under their names.
func Register(to worker.WorkflowRegistry, rings workflows.Rings) {
	as := func(name string) workflow.RegisterOptions { return workflow.RegisterOptions{Name: name} }
	to.RegisterWorkflowWithOptions((&workflows.Commendation{Rings: rings}).Run, as(workflows.TypeCommendation))
	to.RegisterWorkflowWithOptions((&workflows.Council{Rings: rings}).Run, as(workflows.TypeCouncil))
	to.RegisterWorkflowWithOptions((&workflows.Issuance{Rings: rings}).Run, as(workflows.TypeIssuance))
	to.RegisterWorkflowWithOptions((&workflows.Revocation{Rings: rings}).Run, as(workflows.TypeRevocation))
}

// checkReplay replays the history and compares what the replay itself does not.
func (v *verifier) checkReplay() (string, error) {
	r, err := replayHistory(v.record, v.ring)
	if err != nil {
		return "", fault(faultReplay, firstLine(err))
	}
	for n, a := range v.acts {
		if a.via != viaUpdate {
			continue
		}
		got, ok := r.answers[a.id]
		if !ok || got.err != nil || got.name != a.name || !bytes.Equal(got.body, a.outcome) {
			return "", fault(faultOutcome, n+1, a.event)
		}
	}
	for _, a := range v.record.acts {
		if got, ok := r.answers[a.id]; a.failed && (!ok || got.err == nil) {
			return "", fault(faultUpdate, a.event, "the history has it as refused, the replay accepts it")
		}
	}
	for i, want := range v.record.activities {
		if i >= len(r.asks) || r.asks[i].kind != want.kind || (!want.local && !bytes.Equal(r.asks[i].input, want.input)) {
			return "", fault(faultActivity, want.kind, want.event)
		}
	}
	if r.err != nil || !bytes.Equal(r.result, v.record.result) {
		return "", fault(faultResult)
	}
	return fmt.Sprintf("%d Updates, %d activities and the result are what the workflow code makes of the history",
		len(r.answers), len(r.asks)), nil
}

func firstLine(err error) string {
	s := err.Error()
	if len(s) > 300 {
		s = s[:300]
	}
	return s
}

// quiet is an SDK logger that says nothing: the report says it.
type quiet struct{}

var _ log.Logger = quiet{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}
