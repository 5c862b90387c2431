package app

import (
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// upwardTrials are what people do on a case whose award is decided above.
func (a *App) upwardTrials(p postgres.Proposal) []trial {
	here := currentStage(p)
	at := func(kind proposal.StageKind) func(*proposal.Case) bool {
		return func(c *proposal.Case) bool { return !c.Place().Returned && c.Place().Stage == kind }
	}
	unit, roles := here.Unit, here.Roles
	if here.Kind == proposal.StageSubmission && p.WaitingUnit != nil { // it goes by the letter
		unit, roles = *p.WaitingUnit, nil
		for _, r := range p.WaitingRoles {
			roles = append(roles, proposal.Role(r))
		}
	}
	return []trial{
		{"consult", proposal.ActionConsult, consultation, here.Unit, here.Roles, at(proposal.StageConsultation)},
		{"publish", proposal.ActionPublish, publication, here.Unit, here.Roles, at(proposal.StagePublication)},
		{"submit-up", proposal.ActionSubmitUp, letterUp, unit, roles, at(proposal.StageSubmission)},
		{"upper-outcome", proposal.ActionUpperOutcome, aboveRefuses, here.Unit, here.Roles, at(proposal.StageOutcome)},
	}
}

// Days that the rules take wherever a trial needs one.
const (
	firstDay = "2000-01-03"
	lastDay  = "2999-12-31"
)

func consultation(c *proposal.Case) any {
	u := c.Upward()
	for _, x := range u.Consulted {
		if x.Answer == "" {
			return proposal.ConsultData{Verdict: proposal.VerdictAnswered, Agency: x.Agency, Answer: proposal.AnswerAgree, Date: firstDay}
		}
	}
	if len(u.Consulted) > 0 {
		return proposal.ConsultData{Verdict: proposal.VerdictForward, Opinions: proposal.Opinions{Default: proposal.OpinionPropose}}
	}
	d := proposal.ConsultData{Verdict: proposal.VerdictAsked, Date: firstDay, Due: lastDay, Agencies: []string{stand}}
	for _, st := range c.Route().Stages {
		if len(st.Agencies) > 0 {
			d.Agencies = st.Agencies[:1]
		}
	}
	return d
}

func publication(*proposal.Case) any {
	return proposal.PublishData{Verdict: proposal.VerdictOpened, From: firstDay, To: lastDay, Where: stand}
}

func letterUp(c *proposal.Case) any {
	u := c.Upward()
	switch u.Phase {
	case proposal.VerdictPrepared:
		return proposal.SubmitUpData{Verdict: proposal.VerdictSigned, Letter: u.Letter}
	case proposal.VerdictSigned:
		return proposal.SubmitUpData{Verdict: proposal.VerdictNumbered, Number: stand, Date: firstDay}
	}
	return proposal.SubmitUpData{Verdict: proposal.VerdictPrepared, Letter: stand}
}

func aboveRefuses(c *proposal.Case) any {
	var d proposal.AboveData
	for _, it := range c.Items() {
		if it.Outcome == proposal.OutcomeNone || it.Outcome == proposal.OutcomePassed {
			d.Items = append(d.Items, proposal.AboveItem{Item: it.ID, Outcome: proposal.OutcomeNotAwarded, Reason: stand})
		}
	}
	return d
}
