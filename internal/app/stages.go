package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Target names the case an act is for, at the state its reader saw. Revision and
// Number may be left out by programs that do not care what happened in between;
// then the present state is taken.
type Target struct {
	Proposal string `json:"proposal" validate:"required"`
	Revision int    `json:"revision,omitempty" validate:"omitempty,min=1"`
	Number   int    `json:"number,omitempty" validate:"omitempty,min=1"` // of the last transition seen
	Nonce    string `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// Done is what became of an act on a case.
type Done struct {
	Status   string             `json:"status"` // accepted, or pending: stored and being recorded; or rehearsed
	Recorded bool               `json:"recorded"`
	Attempt  string             `json:"attempt"` // follow it at /api/v1/attempts/{attempt}
	Number   int                `json:"number,omitempty"`
	Proposal *postgres.Proposal `json:"proposal,omitempty"`
	After    *proposal.Place    `json:"after,omitempty"` // of a rehearsal: where the case would stand
	Next     *Next              `json:"next,omitempty"`  // of a session's closing: what comes of it
}

// OpinionInput is an exception from the default opinion, with its reason in words.
type OpinionInput struct {
	Item    string `json:"item" validate:"required"`
	Opinion string `json:"opinion" validate:"oneof=propose not_propose"`
	Reason  string `json:"reason,omitempty" validate:"required_if=Opinion not_propose,max=4000"`
}

// DecideInput is a reviewing level's decision.
type DecideInput struct {
	Target
	Verdict    string         `json:"verdict" validate:"oneof=forward return reconsidered"`
	Default    string         `json:"default,omitempty" validate:"omitempty,oneof=propose not_propose"`
	Exceptions []OpinionInput `json:"exceptions,omitempty" validate:"dive"`
	Minutes    string         `json:"minutes,omitempty"` // SHA-256 of the uploaded minutes
	Letter     string         `json:"letter,omitempty"`  // SHA-256 of the level's own tờ trình
	Reason     string         `json:"reason,omitempty" validate:"required_if=Verdict return,max=4000"`
	Fields     []FieldRemark  `json:"fields,omitempty" validate:"dive"` // of a return: field by field
	// To is the kind of stage that a return goes to, one of those that the ability to
	// return names; empty: the nomination, so the proposing unit.
	To string `json:"to,omitempty" validate:"max=40"`
}

// FieldRemark is a reviewer's word on one field of one item.
type FieldRemark struct {
	Item   string `json:"item,omitempty"`
	Field  string `json:"field" validate:"required,max=60"`
	Remark string `json:"remark" validate:"required,max=2000"`
}

// Decide forwards, returns, or answers a request to look again.
func (a *App) Decide(ctx context.Context, s Session, in DecideInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	p, err := a.proposal(ctx, s, in.Proposal)
	if err != nil {
		return Done{}, err
	}
	d := proposal.DecideData{Verdict: in.Verdict, Minutes: in.Minutes, Letter: in.Letter}
	if d.To, err = returnTo(p, in); err != nil {
		return Done{}, err
	}
	if d.Opinions, err = a.opinions(ctx, s, p, in.Default, in.Exceptions); err != nil {
		return Done{}, err
	}
	if d.Reason, err = a.reason(ctx, s, p.CaseID, in.Reason, "", ""); err != nil {
		return Done{}, err
	}
	for _, f := range in.Fields {
		if _, err := a.reason(ctx, s, p.CaseID, f.Remark, f.Field, f.Item); err != nil {
			return Done{}, err
		}
	}
	if in.Verdict == proposal.VerdictReturn {
		d.Opinions = proposal.Opinions{}
	}
	row := "case.decide"
	if in.Verdict == proposal.VerdictReconsidered {
		row = "case.reconsidered"
	}
	return a.actOnAs(ctx, s, p, in.Target, row, proposal.ActionDecide, d)
}

// returnTargets are the kinds of stages that the case's stage may send it back to, of
// those that the case has passed, in the route's order.
func returnTargets(p postgres.Proposal) []string {
	out := []string{}
	if p.Route == nil || p.StageIndex >= len(p.Route.Stages) {
		return out
	}
	here := p.Route.Stages[p.StageIndex]
	for _, st := range p.Route.Stages[:p.StageIndex] {
		if here.May(proposal.ChooseReturn) && here.MayReturnTo(st.Kind) {
			out = append(out, string(st.Kind))
		}
	}
	return out
}

// returnTo is where a return goes, as the act carries it: the nomination is not named.
func returnTo(p postgres.Proposal, in DecideInput) (proposal.StageKind, error) {
	targets := returnTargets(p)
	switch {
	case in.To == "":
		return "", nil
	case in.Verdict != proposal.VerdictReturn || !slices.Contains(targets, in.To):
		vi, en := "bước này không trả lại hồ sơ", "this stage returns no case"
		if len(targets) > 0 {
			words := make([]string, len(targets))
			for i, to := range targets {
				words[i] = listWord("vi", "stage."+to, to) + " (" + to + ")"
			}
			vi, en = "chọn một trong: "+strings.Join(words, ", "), "choose one of: "+strings.Join(targets, ", ")
		}
		return "", &Error{Code: CodeInvalid, Fields: []FieldError{{
			Field: "to", Rule: "returns_to",
			Vi: "Quy trình của hồ sơ không cho trả lại về bước đó; " + vi + ".", En: "The route does not let the case go back to that stage; " + en + ".",
		}}}
	case in.To == string(proposal.StageNomination):
		return "", nil
	}
	return proposal.StageKind(in.To), nil
}

// opinions stores the reasons and builds the opinions that the act carries.
func (a *App) opinions(ctx context.Context, s Session, p postgres.Proposal, def string, xs []OpinionInput) (proposal.Opinions, error) {
	o := proposal.Opinions{Default: proposal.Opinion(def)}
	if def == "" {
		o.Default = proposal.OpinionPropose
	}
	for _, x := range xs {
		c, err := a.reason(ctx, s, p.CaseID, x.Reason, "opinion", x.Item)
		if err != nil {
			return o, err
		}
		o.Exceptions = append(o.Exceptions, proposal.ItemOpinion{Item: x.Item, Opinion: proposal.Opinion(x.Opinion), Reason: c})
	}
	return o, nil
}

// AcceptInput says that a dossier is complete. Empty fields confirm what the
// transitional rules give; where they leave room, both are needed.
type AcceptInput struct {
	Target
	Regime string `json:"regime,omitempty" validate:"omitempty,max=20"`
	Reason string `json:"reason,omitempty" validate:"max=4000"` // of the choice, where the transitional rule leaves room
}

// Accept confirms regime, route and law data (design.md section 1, regime).
func (a *App) Accept(ctx context.Context, s Session, in AcceptInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	p, err := a.proposal(ctx, s, in.Proposal)
	if err != nil {
		return Done{}, err
	}
	if a, err = a.steady(ctx); err != nil {
		return Done{}, internal("law data in force", err)
	}
	c, regime, err := a.regimeFor(ctx, s, p, in)
	if err != nil {
		return Done{}, err
	}
	d := proposal.AcceptData{Regime: p.Regime, LawHash: p.LawHash}
	if c.Open {
		if d.Reason, err = a.reason(ctx, s, p.CaseID, in.Reason, "regime", ""); err != nil {
			return Done{}, err
		}
	}
	if regime != p.Regime {
		route, err := a.routeFor(ctx, p, regime)
		if err != nil {
			return Done{}, err
		}
		if p.Route != nil && p.StageIndex < len(p.Route.Stages) {
			route = ahead(*p.Route, route, p.StageIndex)
		}
		if err := a.keepLaw(ctx); err != nil {
			return Done{}, err
		}
		d.Regime, d.LawHash, d.Route = regime, a.law().Hash(), &route
	}
	return a.actOn(ctx, s, p, in.Target, proposal.ActionAccept, d)
}

// AppraiseInput is the standing body's written appraisal: of the whole in Text,
// of single items as the reason of an exception, whichever its opinion.
type AppraiseInput struct {
	Target
	Default    string         `json:"default,omitempty" validate:"omitempty,oneof=propose not_propose"`
	Exceptions []OpinionInput `json:"exceptions,omitempty" validate:"dive"`
	Report     string         `json:"report,omitempty"` // SHA-256 of the uploaded report
	Text       string         `json:"text,omitempty" validate:"max=20000"`
}

// Appraise records the appraisal's opinions and sends the case on.
func (a *App) Appraise(ctx context.Context, s Session, in AppraiseInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	p, err := a.proposal(ctx, s, in.Proposal)
	if err != nil {
		return Done{}, err
	}
	d := proposal.AppraiseData{Report: in.Report}
	if in.Text != "" {
		text := in.Text
		if in.Report != "" { // the act carries one commitment, so it covers both
			text += "\n\n[sha256:" + in.Report + "]"
		}
		if d.Report, err = a.reason(ctx, s, p.CaseID, text, "appraisal", ""); err != nil {
			return Done{}, err
		}
	}
	if d.Opinions, err = a.opinions(ctx, s, p, in.Default, in.Exceptions); err != nil {
		return Done{}, err
	}
	return a.actOn(ctx, s, p, in.Target, proposal.ActionAppraise, d)
}

// do runs an act and turns its result into what a reader gets.
func (a *App) do(ctx context.Context, s Session, proposalID string, r act.Request) (Done, error) {
	if rehearsing(ctx) {
		return a.rehearse(ctx, r)
	}
	if err := a.mayAct(ctx, s, r); err != nil {
		return Done{}, err
	}
	res, err := a.Desk.Do(ctx, r)
	if err != nil {
		var refusal *envelope.Refusal
		if errors.As(err, &refusal) {
			return Done{}, fromRefusal(refusal.Code, refusal.Detail)
		}
		return Done{}, fail(CodeUnavailable, "the act could not be stored; nothing was sent")
	}
	return a.doneFrom(ctx, s, proposalID, res)
}

// doneFrom turns a result into what a reader gets: a refusal is an error.
func (a *App) doneFrom(ctx context.Context, s Session, proposalID string, res act.Result) (Done, error) {
	if res.Status == act.Refused {
		return Done{}, fromRefusal(res.Code, res.Detail)
	}
	return a.doneOf(ctx, s, proposalID, res), nil
}

// rereadWait is how long the answer to an act waits to show the case anew.
const rereadWait = 5 * time.Second

// doneOf shows the case as it stands after the act. What is not recorded yet is
// not read either: the database may be away, and the answer must not wait for it.
func (a *App) doneOf(ctx context.Context, s Session, proposalID string, res act.Result) Done {
	done := Done{Status: res.Status, Recorded: res.Recorded, Attempt: res.Nonce, Number: res.Number}
	if proposalID == "" || !res.Recorded {
		return done
	}
	ctx, cancel := context.WithTimeout(ctx, rereadWait)
	defer cancel()
	if p, err := a.Store.ProposalIn(ctx, s.scope(), proposalID); err == nil {
		done.Proposal = &p
	}
	return done
}

func currentStage(p postgres.Proposal) proposal.Stage {
	if p.Route == nil || p.StageIndex >= len(p.Route.Stages) {
		return proposal.Stage{}
	}
	return p.Route.Stages[p.StageIndex]
}

func stageOf(p postgres.Proposal, kind proposal.StageKind) proposal.Stage {
	if p.Route == nil {
		return proposal.Stage{}
	}
	i := slices.IndexFunc(p.Route.Stages, func(s proposal.Stage) bool { return s.Kind == kind })
	if i < 0 {
		return proposal.Stage{}
	}
	return p.Route.Stages[i]
}
