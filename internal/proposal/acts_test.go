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
