package workflows

import (
	"go.temporal.io/sdk/workflow"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
)

// Council is the workflow of one session of the Council.
type Council struct {
	Rings Rings
}

// CouncilResult is how a session ended.
type CouncilResult struct {
	Phase       council.Phase `json:"phase"`
	Transitions int           `json:"transitions"`
	Ballots     int           `json:"ballots"`
	Passed      int           `json:"passed"`
	Delivery    Delivery      `json:"delivery"`
}

var councilUpdates = []string{
	council.ActionOpen, council.ActionCast, council.ActionCountPaper, council.ActionClose, council.ActionCancel,
	council.ActionBallotKey, council.ActionCastSealed, council.ActionFreeze, council.ActionCountSealed, council.ActionAttest,
	council.ActionAdmitLate, council.ActionRecuse, council.ActionTeam, council.ActionSignCount,
	council.ActionPriority,
}

// Run is the workflow: it takes acts until the chair closes or cancels, then
// delivers the frozen result to each case exactly once.
func (w *Council) Run(ctx workflow.Context, in council.Input) (CouncilResult, error) {
	s, err := w.open(ctx, in)
	if err != nil {
		return CouncilResult{}, refused(err)
	}
	if err := w.listen(ctx, s); err != nil {
		return CouncilResult{}, err
	}
	err = workflow.Await(ctx, func() bool { return s.Done() && workflow.AllHandlersFinished(ctx) })
	if err != nil {
		return CouncilResult{}, err
	}
	res := CouncilResult{Phase: s.Phase(), Transitions: s.Number(), Ballots: s.Voted()}
	for _, r := range s.Results() {
		if r.Passed {
			res.Passed++
		}
	}
	if s.Phase() == council.PhaseClosed {
		res.Delivery, err = deliverAll(ctx, func(round int, moved []string) (Sealed, error) {
			return sealCouncil(ctx, in, s, round, moved)
		})
	}
	return res, err
}

func (w *Council) open(ctx workflow.Context, in council.Input) (*council.Session, error) {
	if in.Case != workflow.GetInfo(ctx).WorkflowExecution.ID {
		return nil, envelope.Refuse(envelope.CodeCase, "the input is for another session")
	}
	o, err := w.Rings().Open(in.Convene)
	if err != nil {
		return nil, err
	}
	return council.New(in, o, workflow.Now(ctx))
}

func (w *Council) listen(ctx workflow.Context, s *council.Session) error {
	for _, name := range councilUpdates {
		if err := handleAct[council.Transition](ctx, w.Rings, name, s); err != nil {
			return err
		}
	}
	transitions := func(after int) ([]council.Transition, error) { return s.Transitions(after), nil }
	return workflow.SetQueryHandler(ctx, QueryTransitions, transitions)
}

func sealCouncil(ctx workflow.Context, in council.Input, s *council.Session, round int, moved []string) (Sealed, error) {
	ask := SealCouncilInput{
		SealInput: SealInput{Case: in.Case, ID: in.Session, Round: round}, Results: s.Results(), Cuts: s.CutCodes(),
	}
	if round > 1 {
		ask.Results = resultsOf(s.Results(), moved)
	}
	var sealed Sealed
	err := workflow.ExecuteActivity(withShort(ctx, "seal the result"), ActivitySealCouncil, ask).Get(ctx, &sealed)
	return sealed, err
}

// resultsOf picks the rows of the cases, in agenda order.
func resultsOf(rows []council.ResultRow, cases []string) []council.ResultRow {
	wanted := make(map[string]bool, len(cases))
	for _, c := range cases {
		wanted[c] = true
	}
	var out []council.ResultRow
	for _, r := range rows {
		if wanted[r.Case] {
			out = append(out, r)
		}
	}
	return out
}
