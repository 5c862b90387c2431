package app

import (
	"context"
	"slices"
	"time"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// confirmation says which regime a case has once its dossier is complete: what the
// transitional rules of the law in force say of its days.
func (a *App) confirmation(ctx context.Context, p postgres.Proposal) (law.Confirmation, law.CaseDays, error) {
	rows, err := a.Store.Trail(ctx, p.CaseID)
	if err != nil {
		return law.Confirmation{}, law.CaseDays{}, internal("read trail", err)
	}
	steps, err := transitionsOf(rows)
	if err != nil {
		return law.Confirmation{}, law.CaseDays{}, err
	}
	days := a.caseDays(steps)
	c, err := a.law().Confirm(p.Regime, days)
	if err != nil {
		return c, days, fromLaw(err)
	}
	return c, days, nil
}

// caseDays are the days of a case that transitional rules count. An instant is a civil
// date in Việt Nam; under a fixed business date it is never later than that date, and
// the sending lies within the regime that it was made under.
func (a *App) caseDays(steps []proposal.Transition) law.CaseDays {
	today := a.Today()
	civil := func(at time.Time) law.Date {
		if d := law.FromTime(at); d.Before(today) {
			return d
		}
		return today
	}
	d := law.CaseDays{Accepted: today}
	for i, t := range steps {
		if i == 0 {
			d.Submitted = a.within(civil(t.At), t.Regime)
		}
		if t.After.Stage == proposal.StageReception && d.Received.IsZero() {
			if d.Received = civil(t.At); d.Received.Before(d.Submitted) {
				d.Received = d.Submitted
			}
		}
	}
	return d
}

// within moves a day into the time of a regime.
func (a *App) within(d law.Date, regime string) law.Date {
	r, err := a.law().Regime(regime)
	switch {
	case err != nil:
	case d.Before(r.From):
		return r.From
	case !r.To.IsZero() && d.After(r.To):
		return r.To
	}
	return d
}

// chosenRegime is the regime that an acceptance confirms: what the rule says, or what
// the person chose where the rule leaves room, with a reason.
func chosenRegime(c law.Confirmation, in AcceptInput) (string, error) {
	if !c.Open {
		if in.Regime == "" || in.Regime == c.Regime {
			return c.Regime, nil
		}
		return "", &Error{Code: CodeInvalid, Fields: []FieldError{{
			Field: "regime", Rule: "value", Param: c.Regime,
			Vi: "Quy định chuyển tiếp đã rõ, áp dụng " + c.Regime + ". " + c.Text.VI,
			En: "The transitional rule is clear: " + c.Regime + " applies. " + c.Text.EN,
		}}}
	}
	var wrong []FieldError
	if !slices.Contains(c.Choices, in.Regime) {
		wrong = append(wrong, FieldError{
			Field: "regime", Rule: "required",
			Vi: "Quy định chuyển tiếp để người tiếp nhận chọn: " + c.Text.VI,
			En: "The transitional rule leaves the choice to whoever accepts: " + c.Text.EN,
		})
	}
	if in.Reason == "" {
		wrong = append(wrong, FieldError{
			Field: "reason", Rule: "required",
			Vi: "Hãy nêu lý do chọn quy định áp dụng.", En: "Give the reason for the choice of the rules.",
		})
	}
	if len(wrong) > 0 {
		return "", &Error{Code: CodeInvalid, Fields: wrong}
	}
	return in.Regime, nil
}

// regimeFor is the regime that an acceptance confirms, with what the rule says. Whoever
// may not accept the case, or one that was not sent, hears of neither: the act is
// refused for that.
func (a *App) regimeFor(ctx context.Context, s Session, p postgres.Proposal, in AcceptInput) (law.Confirmation, string, error) {
	if _, may := s.may("case.accept", casePlace(p).In("")); !may || p.Number == 0 {
		return law.Confirmation{}, p.Regime, nil
	}
	c, _, err := a.confirmation(ctx, p)
	if err != nil {
		return c, "", err
	}
	regime, err := chosenRegime(c, in)
	return c, regime, err
}

// ahead is a route of another regime with what was walked already as it was walked.
func ahead(walked, other proposal.Route, at int) proposal.Route {
	i := slices.IndexFunc(other.Stages, func(s proposal.Stage) bool { return s.Kind == walked.Stages[at].Kind })
	if i < 0 {
		return other
	}
	other.Stages = append(slices.Clone(walked.Stages[:at+1]), other.Stages[i+1:]...)
	return other
}

// RegimeTold is how a case came to its regime: the provisional one of the sending, the
// confirmed one, and what the law's word on each item was before and after.
type RegimeTold struct {
	Provisional string          `json:"provisional"`
	Confirmed   string          `json:"confirmed"`
	At          string          `json:"at"`               // ISO civil date of the acceptance
	Reason      string          `json:"reason,omitempty"` // of whoever chose, where the rule left room
	Items       []VerdictChange `json:"items,omitempty"`  // on which the law says something else
}

// tellRegime says of a case's rules how they were confirmed.
func (a *App) tellRegime(ctx context.Context, p postgres.Proposal, rec record, r *CaseRules) (err error) {
	r.Told, err = a.regimeTold(ctx, p, rec)
	r.Confirmed = r.Told != nil
	return err
}

// regimeTold reads how the regime of an accepted case was confirmed; nil before.
func (a *App) regimeTold(ctx context.Context, p postgres.Proposal, rec record) (*RegimeTold, error) {
	i := slices.IndexFunc(rec.steps, func(t proposal.Transition) bool { return proposal.Action(t.Action) == proposal.ActionAccept })
	if i < 1 {
		return nil, nil
	}
	t, before := rec.steps[i], rec.steps[i-1]
	out := &RegimeTold{Provisional: before.Regime, Confirmed: t.Regime, At: law.FromTime(t.At).String()}
	for _, r := range rec.reasons {
		if r.Commitment == t.Reason && t.Reason != "" {
			out.Reason = r.Body
		}
	}
	if before.Regime == t.Regime && before.LawHash == t.LawHash {
		return out, nil
	}
	items, err := a.Store.ItemsOf(ctx, p.ID, t.Revision)
	if err != nil {
		return nil, internal("read items", err)
	}
	found, err := a.Store.ValidationsOf(ctx, p.ID)
	if err != nil {
		return nil, internal("read validations", err)
	}
	was, is := findingOf(found, t.Revision, before.LawHash, before.Regime), findingOf(found, t.Revision, t.LawHash, t.Regime)
	for n := range min(len(items), len(was), len(is)) {
		if c, differs := changeOf(items[n], was[n], is[n]); differs && !rec.closed[items[n].ID] {
			out.Items = append(out.Items, c)
		}
	}
	return out, nil
}
