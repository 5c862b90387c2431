package app

import (
	"context"

	"vinhdanh/internal/act"
	"vinhdanh/internal/proposal"
)

// SubmitUpInput is one act on the letter upward (tờ trình cấp trên): the head of the
// standing body puts it before the signer, who signs or sends back; the registrar
// enters number and date, and the province's part ends.
type SubmitUpInput struct {
	Target
	Verdict string `json:"verdict" validate:"oneof=prepared signed sent_back numbered"`
	Letter  string `json:"letter,omitempty" validate:"required_if=Verdict prepared,required_if=Verdict signed,omitempty,len=64,hexadecimal"` // SHA-256 of the uploaded letter
	Mode    string `json:"mode,omitempty" validate:"omitempty,oneof=chair KT Q TUQ"`                                                         // signed: as the head, or how for the head; empty: as the head
	Number  string `json:"number,omitempty" validate:"required_if=Verdict numbered,max=60"`
	Date    string `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"` // numbered; empty: today
	Scan    string `json:"scan,omitempty" validate:"omitempty,len=64,hexadecimal"`  // numbered: SHA-256 of the signed letter's scan
	Reason  string `json:"reason,omitempty" validate:"required_if=Verdict sent_back,max=4000"`
}

// SubmitUp prepares, signs, sends back or numbers the letter upward.
func (a *App) SubmitUp(ctx context.Context, s Session, in SubmitUpInput) (Done, error) {
	p, err := a.upwardCase(ctx, s, in, in.Proposal, &in.Date)
	if err != nil {
		return Done{}, err
	}
	d := proposal.SubmitUpData{Verdict: in.Verdict}
	switch in.Verdict {
	case proposal.VerdictPrepared:
		d.Letter = in.Letter
	case proposal.VerdictSigned:
		d.Letter, d.Mode = in.Letter, orElse(in.Mode, "chair")
	case proposal.VerdictSentBack:
		if d.Reason, err = a.reason(ctx, s, p.CaseID, in.Reason, "", ""); err != nil {
			return Done{}, err
		}
	default:
		d.Number, d.Date, d.Scan = in.Number, in.Date, in.Scan
	}
	return a.actOn(ctx, s, p, in.Target, proposal.ActionSubmitUp, d)
}

// letterDemand is what an act on the letter upward asks of a token: signing asks for
// as much as signing a decision.
func letterDemand(r act.Request) demand {
	d, _ := r.Data.(proposal.SubmitUpData)
	switch d.Verdict {
	case proposal.VerdictSigned:
		return demand{scope: ScopeSign, fresh: true}
	case proposal.VerdictSentBack:
		return demand{scope: ScopeSign}
	case proposal.VerdictNumbered:
		return demand{scope: ScopeIssue}
	}
	return demand{scope: ScopeReview}
}

// AboveItemInput is what was decided above of one item.
type AboveItemInput struct {
	Item    string `json:"item" validate:"required"`
	Outcome string `json:"outcome" validate:"oneof=recognised not_awarded"`
	Reason  string `json:"reason,omitempty" validate:"required_if=Outcome not_awarded,max=4000"`
}

// UpperOutcomeInput is what came back from above: a decision and the items that it
// names, or items that were not awarded, with the reason.
type UpperOutcomeInput struct {
	Target
	Items  []AboveItemInput `json:"items" validate:"required,min=1,max=2000,dive"`
	Issuer string           `json:"issuer,omitempty" validate:"max=60"` // code of the authority; empty: the one that the route names
	Number string           `json:"number,omitempty" validate:"max=60"`
	Date   string           `json:"date,omitempty" validate:"omitempty,datetime=2006-01-02"`
	Paper  string           `json:"paper,omitempty" validate:"omitempty,len=64,hexadecimal"` // SHA-256 of the decision's scan
}

// UpperOutcome enters what was decided above, item by item. What was awarded goes to
// the ledger as a recognition by a decision that is not ours.
func (a *App) UpperOutcome(ctx context.Context, s Session, in UpperOutcomeInput) (Done, error) {
	awarded := false
	for _, it := range in.Items {
		awarded = awarded || it.Outcome == string(proposal.OutcomeRecognised)
	}
	if awarded && (in.Number == "" || in.Date == "") {
		return Done{}, &Error{Code: CodeInvalid, Fields: []FieldError{{
			Field: "number", Rule: "required", Vi: "Hãy nhập số và ngày quyết định của cấp trên.", En: "Give number and date of the decision from above.",
		}}}
	}
	p, err := a.upwardCase(ctx, s, in, in.Proposal, &in.Date)
	if err != nil {
		return Done{}, err
	}
	d := proposal.AboveData{Paper: in.Paper}
	if awarded {
		d.Issuer, d.Number, d.Date = in.Issuer, in.Number, in.Date
		if d.Issuer == "" && p.Route != nil {
			d.Issuer = p.Route.Above
		}
	}
	for _, it := range in.Items {
		x := proposal.AboveItem{Item: it.Item, Outcome: proposal.Outcome(it.Outcome)}
		if x.Outcome == proposal.OutcomeNotAwarded {
			if x.Reason, err = a.reason(ctx, s, p.CaseID, it.Reason, "opinion", it.Item); err != nil {
				return Done{}, err
			}
		}
		d.Items = append(d.Items, x)
	}
	return a.actOn(ctx, s, p, in.Target, proposal.ActionUpperOutcome, d)
}
