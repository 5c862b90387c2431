package proposal

import (
	"fmt"
	"slices"

	"vinhdanh/internal/council"
)

// The usual acts.

func forwarding(exceptions ...ItemOpinion) DecideData {
	return DecideData{Verdict: VerdictForward, Opinions: Opinions{Default: OpinionPropose, Exceptions: exceptions}, Minutes: "min", Letter: "let"}
}
func not(item string) ItemOpinion {
	return ItemOpinion{Item: item, Opinion: OpinionNotPropose, Reason: "r-" + item}
}
func answering(exceptions ...ItemOpinion) DecideData {
	d := forwarding(exceptions...)
	d.Verdict = VerdictReconsidered
	return d
}
func returning() DecideData { return DecideData{Verdict: VerdictReturn, Reason: "incomplete"} }
func accepting() AcceptData { return AcceptData{Regime: "R1", LawHash: "law1"} }
func appraising() AppraiseData {
	return AppraiseData{Opinions: Opinions{Default: OpinionPropose}, Report: "rep"}
}

func sum(yes, base int) *council.Sum {
	needed := meeting.Required(base)
	return &council.Sum{Yes: yes, No: base - yes, Base: base, Needed: needed, Met: yes >= needed}
}

// resulting gives every open item of the case this outcome, but for exceptions.
func resulting(c *Case, def Outcome, exceptions ...ItemResult) CouncilData {
	d := CouncilData{Session: "session/1"}
	for _, it := range c.items {
		if !it.inPlay() {
			continue
		}
		r := ItemResult{Item: it.ID, Outcome: def}
		for _, x := range exceptions {
			if x.Item == it.ID {
				r = x
			}
		}
		if r.Sum == nil {
			yes := 3
			if r.Outcome == OutcomePassed {
				yes = 9
			}
			r.Sum = sum(yes, 11)
		}
		d.Items = append(d.Items, r)
	}
	return d
}

func issuing(c *Case) IssuedData {
	d := IssuedData{
		Decision: "decision/1", Number: "328/QĐ-UBND", Date: "2023-12-01", Content: "h", Document: "pdf",
		Submitter: []string{"p-submitter"}, Signer: []string{"p-signer"}, Registrar: []string{"p-registrar"},
	}
	for _, it := range c.items {
		if it.inPlay() {
			d.Items = append(d.Items, it.ID)
		}
	}
	return d
}

func consulting(agencies ...string) ConsultData {
	return ConsultData{Verdict: VerdictAsked, Agencies: agencies, Number: "12/SNV", Date: "2023-12-01", Due: "2023-12-15"}
}
func replying(agency string, a Answer) ConsultData {
	return ConsultData{Verdict: VerdictAnswered, Agency: agency, Answer: a, Date: "2023-12-18", Reason: "r-" + agency}
}
func opening() PublishData {
	return PublishData{Verdict: VerdictOpened, From: "2023-12-20", To: "2024-01-04", Where: "portal"}
}
func preparing() SubmitUpData { return SubmitUpData{Verdict: VerdictPrepared, Letter: "letter"} }

// awarding is a decision from above over every open item, but for exceptions.
func awarding(c *Case, exceptions ...AboveItem) AboveData {
	d := AboveData{Issuer: "PRIME_MINISTER", Number: "1234/QĐ-TTg", Date: "2024-03-01"}
	for _, it := range c.items {
		if !it.inPlay() {
			continue
		}
		r := AboveItem{Item: it.ID, Outcome: OutcomeRecognised}
		for _, x := range exceptions {
			if x.Item == it.ID {
				r = x
			}
		}
		d.Items = append(d.Items, r)
	}
	return d
}

// upNext is the next act on a stage above the province, and whose it is.
func upNext(c *Case) (Action, Role, any, bool) {
	on := Opinions{Default: OpinionPropose}
	u := c.upward
	switch c.at().Kind {
	case StageConsultation:
		if len(u.Consulted) == 0 {
			return ActionConsult, RoleAppraiser, consulting("POLICE", "TAX"), true
		}
		for _, x := range u.Consulted {
			if x.Answer == "" {
				return ActionConsult, RoleAppraiser, replying(x.Agency, AnswerAgree), true
			}
		}
		return ActionConsult, RoleAppraiser, ConsultData{Verdict: VerdictForward, Opinions: on}, true
	case StagePublication:
		if u.To == "" {
			return ActionPublish, RoleAppraiser, opening(), true
		}
		return ActionPublish, RoleAppraiser, PublishData{Verdict: VerdictForward, Date: "2024-01-05", Opinions: on}, true
	case StageSubmission:
		switch u.Phase {
		case VerdictPrepared:
			return ActionSubmitUp, RoleSigner, SubmitUpData{Verdict: VerdictSigned, Letter: u.Letter, Mode: "chair"}, true
		case VerdictSigned:
			return ActionSubmitUp, RoleRegistrar, SubmitUpData{Verdict: VerdictNumbered, Number: "90/TTr-UBND", Date: "2024-01-20"}, true
		}
		return ActionSubmitUp, RoleStandingHead, preparing(), true
	case StageOutcome:
		return ActionUpperOutcome, RoleStandingHead, awarding(c), true
	}
	return "", "", nil, false
}

// upOnward takes the case through the whole of a stage above the province.
func (p *player) upOnward() (Transition, bool) {
	p.t.Helper()
	kind := p.c.at().Kind
	var last Transition
	done := false
	for p.c.at().Kind == kind && !p.c.Closed() {
		a, role, data, ok := upNext(p.c)
		if !ok {
			return last, false
		}
		unit, _ := p.c.awaited()
		last, done = p.do(a, role, unit, data), true
	}
	return last, done
}

func resubmitting(c *Case, leaveOut ...string) ResubmitData {
	d := ResubmitData{Content: fmt.Sprint("c", c.revision+1)}
	for _, it := range c.items {
		if it.inPlay() && !slices.Contains(leaveOut, it.ID) {
			in := it.InputItem
			in.Commitment += "'"
			d.Items = append(d.Items, in)
		}
	}
	return d
}

// onward does the act that takes the case from its stage to the next.
func (p *player) onward() Transition {
	p.t.Helper()
	switch p.c.at().Kind {
	case StageReview:
		return p.do(ActionDecide, RoleReviewer, district, forwarding())
	case StageReception:
		return p.do(ActionAccept, RoleAppraiser, standing, AcceptData{Regime: p.c.regime, LawHash: p.c.lawHash})
	case StageAppraisal:
		return p.do(ActionAppraise, RoleStandingHead, standing, appraising())
	case StageCouncil:
		return p.do(ActionCouncilResult, RoleChair, province, resulting(p.c, OutcomePassed))
	}
	if over, ok := p.upOnward(); ok {
		return over
	}
	return p.do(ActionIssued, RoleRegistrar, province, issuing(p.c))
}

// until walks on until the case stands at the given stage.
func (p *player) until(kind StageKind) *player {
	p.t.Helper()
	for p.c.at().Kind != kind {
		p.onward()
	}
	return p
}

func (p *player) outcome(id string) Outcome { return p.c.item(id).Outcome }
