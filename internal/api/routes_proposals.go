package api

import (
	"context"

	"vinhdanh/internal/app"
)

type proposalsIn struct {
	Paging
	Stage  string `query:"stage" maxLength:"40"`
	Award  string `query:"award" maxLength:"60"`
	Unit   string `query:"unit" maxLength:"100" doc:"The proposing unit"`
	Closed string `query:"closed" enum:"true,false" doc:"Only closed, or only open cases"`
	Late   bool   `query:"late" doc:"Only cases past their due day"`
	Text   string `query:"text" maxLength:"100" doc:"In references and names, without regard to accents"`
}

func (h *handlers) registerProposals() {
	add(h, get("proposals", "/proposals", "proposals", "The cases in my sight, newest first"),
		func(ctx context.Context, s app.Session, in *proposalsIn) (*PageOut[app.ProposalRow], error) {
			q := app.ProposalQuery{Stage: in.Stage, Award: in.Award, Unit: in.Unit, Late: in.Late, Text: in.Text}
			if in.Closed != "" {
				closed := in.Closed == "true"
				q.Closed = &closed
			}
			late := ""
			if in.Late {
				late = "true"
			}
			same := query("stage", in.Stage, "award", in.Award, "unit", in.Unit, "closed", in.Closed, "late", late, "text", in.Text)
			return page(ctx, "/proposals", same, in.Paging, func(limit, offset int) ([]app.ProposalRow, error) {
				q.Limit, q.Offset = limit, offset
				return h.app.FindProposals(ctx, s, q)
			})
		})
	add(h, get("proposal", "/proposals/{id}", "proposals", "One case with its items; reading it as the awaited actor marks it as opened"),
		func(ctx context.Context, s app.Session, in *Explained) (*One[app.ProposalView], error) {
			v, err := h.app.Proposal(ctx, s, in.ID, in.Explain)
			return &One[app.ProposalView]{v}, err
		})
}

func (h *handlers) registerUpward() {
	add(h, get("upward-queue", "/upward", "proposals", "What waits for me on the way above the province"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.QueueRow], error) {
			v, err := h.app.UpwardQueue(ctx, s)
			return &One[[]app.QueueRow]{v}, err
		})
	add(h, get("upward", "/proposals/{id}/upward", "proposals", "How a case stands above the province: agencies, public comment, letter, outcome"),
		func(ctx context.Context, s app.Session, in *ByID) (*One[app.UpwardView], error) {
			v, err := h.app.Upward(ctx, s, in.ID)
			return &One[app.UpwardView]{v}, err
		})
}

// caseAct registers an act on a proposal. The address names the case; a body that
// names another is refused.
func caseAct[I any](h *handlers, action, summary string, target func(*I) *app.Target, run func(context.Context, app.Session, I) (app.Done, error)) {
	act(h, ofProposal, action, action, summary, func(in *I) *string { return &target(in).Nonce },
		func(ctx context.Context, s app.Session, id string, in I) (app.Done, error) {
			if err := agree("proposal", &target(&in).Proposal, id); err != nil {
				return app.Done{}, err
			}
			return run(ctx, s, in)
		})
}

func (h *handlers) registerProposalActs() {
	caseAct(h, "decide", "A reviewing level forwards with its opinions, returns with reasons, or answers a request to look again",
		func(in *app.DecideInput) *app.Target { return &in.Target }, h.app.Decide)
	caseAct(h, "accept", "The dossier is complete: confirm regime, route and law data",
		func(in *app.AcceptInput) *app.Target { return &in.Target }, h.app.Accept)
	caseAct(h, "appraise", "The standing body's written appraisal",
		func(in *app.AppraiseInput) *app.Target { return &in.Target }, h.app.Appraise)
	caseAct(h, "consult", "Ask agencies, enter an agency's answer, or end the consultation",
		func(in *app.ConsultInput) *app.Target { return &in.Target }, h.app.Consult)
	caseAct(h, "publish", "Open the public comment, enter one comment, or end it",
		func(in *app.PublishInput) *app.Target { return &in.Target }, h.app.Publish)
	caseAct(h, "submit-up", "Prepare, sign, send back or number the letter upward",
		func(in *app.SubmitUpInput) *app.Target { return &in.Target }, h.app.SubmitUp)
	caseAct(h, "upper-outcome", "What was decided above, item by item",
		func(in *app.UpperOutcomeInput) *app.Target { return &in.Target }, h.app.UpperOutcome)
	caseAct(h, "resubmit", "Answer a return or recall with a new revision",
		func(in *app.ResubmitInput) *app.Target { return &in.Target }, h.app.Resubmit)
	reason := func(in *app.ReasonInput) *app.Target { return &in.Target }
	caseAct(h, "recall", "Take a case back while the next actor has not opened it", reason, h.app.Recall)
	caseAct(h, "withdraw", "End a case at the proposer's wish", reason, h.app.Withdraw)
	caseAct(h, "hold", "Pause a case, or items of it", reason, h.app.Hold)
	caseAct(h, "release", "End a pause", reason, h.app.Release)
	caseAct(h, "reconsider", "Ask the level that did not propose items to look again, once",
		func(in *app.ReconsiderInput) *app.Target { return &in.Target }, h.app.Reconsider)
	caseAct(h, "lower", "Close an item in favour of a lower award, with the unit's consent",
		func(in *app.LowerInput) *app.Target { return &in.Target }, h.app.Lower)
	caseAct(h, "reassign", "Hand the stages of one unit to its successor",
		func(in *app.ReassignInput) *app.Target { return &in.Target }, h.app.Reassign)
}
