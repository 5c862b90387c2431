package proposal

import (
	"fmt"
	"math/rand/v2"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
)

// gen makes random acts, legal and illegal, for the case of its player.
type gen struct {
	*player
	r *rand.Rand
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func (g *gen) chance(percent int) bool { return g.r.IntN(100) < percent }

// someItems are up to n random ids, known, unknown and repeated.
func (g *gen) someItems(n int) []string {
	var out []string
	for range g.r.IntN(n + 1) {
		out = append(out, fmt.Sprint("i", 1+g.r.IntN(len(g.in.Items)+1)))
	}
	return out
}

func (g *gen) opinions() Opinions {
	o := Opinions{Default: OpinionPropose}
	if g.chance(3) {
		o.Default = pick(g.r, OpinionNotPropose, "", "maybe")
	}
	for _, it := range g.c.items {
		if g.chance(25) && (it.inPlay() || it.Reconsider || g.chance(5)) {
			x := not(it.ID)
			if g.chance(5) {
				x.Reason = ""
			}
			o.Exceptions = append(o.Exceptions, x)
		}
	}
	return o
}

func (g *gen) decision() DecideData {
	d := DecideData{Verdict: pick(g.r, VerdictForward, VerdictForward, VerdictReturn, VerdictReconsidered), Opinions: g.opinions()}
	if g.chance(30) && d.Verdict == VerdictReturn {
		d.To = pick(g.r, StageNomination, StageReview, StageReception)
	}
	if g.chance(95) {
		d.Minutes, d.Reason = "min", "r"
	}
	return d
}

func (g *gen) acceptance() AcceptData {
	d := AcceptData{Regime: g.c.regime, LawHash: g.c.lawHash}
	if g.chance(20) {
		d.LawHash = pick(g.r, "law1", "law2", "")
	}
	if g.chance(20) {
		r := pick(g.r, allRoutes()...)
		if len(r.Stages) > 1 {
			r.Stages[0].Unit = g.c.route.Stages[0].Unit
		}
		d.Route = &r
	}
	return d
}

func (g *gen) result() CouncilData {
	d := resulting(g.c, OutcomePassed)
	for i := range d.Items {
		it := g.c.item(d.Items[i].Item)
		if it.Held && g.chance(90) {
			d.Items[i].Outcome = OutcomeDeferred
			continue
		}
		d.Items[i].Outcome = pick(g.r, OutcomePassed, OutcomePassed, OutcomePassed, OutcomeNotPassed, OutcomeDeferred)
		if d.Items[i].Outcome == OutcomePassed && g.chance(10) {
			d.Items[i].Sum = pick(g.r, nil, sum(7, 11), &council.Sum{Yes: 1, Needed: 1, Base: 1, Met: true}, &council.Sum{Met: true})
		}
	}
	if g.chance(5) && len(d.Items) > 0 {
		d.Items = d.Items[1:]
	}
	return d
}

func (g *gen) issue() IssuedData {
	d := issuing(g.c)
	d.Signer = []string{g.person()}
	switch {
	case g.chance(5):
		d.Signer = nil
	case g.chance(5):
		d.Items = g.someItems(3)
	case g.chance(30):
		d.Submitter, d.Registrar = []string{g.person()}, []string{g.person()}
	}
	return d
}

func (g *gen) resubmission() ResubmitData {
	d := resubmitting(g.c, pick(g.r, "", "", "i1", "i2", "i3"))
	if g.chance(5) {
		d.Items = append(d.Items, InputItem{ID: pick(g.r, "i1", "i9"), Subject: "s1"})
	}
	return d
}

func (g *gen) data(a Action) any {
	switch a {
	case ActionDecide:
		return g.decision()
	case ActionAccept:
		return g.acceptance()
	case ActionAppraise:
		return AppraiseData{Opinions: g.opinions()}
	case ActionCouncilResult:
		return g.result()
	case ActionIssued:
		return g.issue()
	case ActionResubmit:
		return g.resubmission()
	case ActionReconsider:
		return g.refused()
	case ActionLower:
		return LowerData{Item: pick(g.r, "i1", "i2", "i9"), Award: pick(g.r, "GK", "GK", "BKT"), Link: "p2"}
	case ActionReassign:
		return ReassignData{From: pick(g.r, school, district, standing, province), To: pick(g.r, district, standing, "u-merged")}
	}
	if d := g.upward(a); d != nil {
		return d
	}
	d := ReasonData{Reason: "r"}
	if g.chance(40) {
		d.Items = g.someItems(2)
	}
	return d
}

// upward is data for a stage above the province: mostly what comes next, sometimes
// what does not fit.
func (g *gen) upward(a Action) any {
	next, _, data, ok := upNext(g.c)
	if ok && next == a && g.chance(70) {
		return data
	}
	switch a {
	case ActionConsult:
		d := pick(g.r, consulting("POLICE"), replying("POLICE", AnswerSilent), replying("TAX", AnswerObject), ConsultData{Verdict: VerdictForward})
		if g.chance(30) {
			d.Items = g.someItems(2)
		}
		return d
	case ActionPublish:
		return pick(g.r, opening(), PublishData{Verdict: VerdictReceived, Date: "2023-12-22", Reason: "r", Against: true},
			PublishData{Verdict: VerdictForward, Date: "2024-01-04"}, PublishData{Verdict: VerdictOpened, From: "2023-12-20", To: "2023-12-19", Where: "portal"})
	case ActionSubmitUp:
		return pick(g.r, SubmitUpData{Verdict: VerdictSentBack, Reason: "r"}, SubmitUpData{Verdict: VerdictSigned, Letter: "other"}, preparing())
	case ActionUpperOutcome:
		id := fmt.Sprint("i", 1+g.r.IntN(4))
		d := AboveData{Items: []AboveItem{{Item: id, Outcome: OutcomeNotAwarded, Reason: "r"}}}
		if g.chance(20) {
			d = AboveData{Issuer: "SOMEBODY", Number: "1", Date: "2024-01-01", Items: []AboveItem{{Item: id, Outcome: OutcomeRecognised}}}
		}
		return d
	}
	return nil
}

// refused asks for a second look, mostly at items that can have one.
func (g *gen) refused() ItemsData {
	var d ItemsData
	for _, it := range g.c.items {
		if it.Outcome == OutcomeNotProposed && g.chance(80) || g.chance(3) {
			d.Items = append(d.Items, it.ID)
		}
	}
	return d
}

// person is one of a small circle, so that the same one meets a case again.
func (g *gen) person() string { return fmt.Sprint("q", g.r.IntN(14)) }

var acting = []Action{
	ActionDecide, ActionAccept, ActionAppraise, ActionCouncilResult, ActionIssued, ActionResubmit, ActionRecall,
	ActionWithdraw, ActionHold, ActionRelease, ActionReconsider, ActionLower, ActionReassign, ActionSend, ActionConsult,
	ActionPublish, ActionSubmitUp, ActionUpperOutcome,
}

// next is a random act: mostly one that whoever is awaited might do, sometimes
// anything by anybody.
func (g *gen) next() envelope.Opened {
	place := g.c.Place()
	action, role, unit := pick(g.r, acting...), pick(g.r, allRoles...), pick(g.r, allUnits...)
	if g.chance(80) && len(place.Roles) > 0 {
		action, role, unit = g.likely(place), pick(g.r, place.Roles...), place.Unit
	} else if g.chance(60) { // the unit speaks up by itself
		action = pick(g.r, ActionRecall, ActionReconsider, ActionReconsider, ActionLower, ActionWithdraw, ActionReassign)
		role, unit = RoleUnitHead, g.c.route.Stages[0].Unit
		if action == ActionWithdraw && g.chance(70) {
			action = ActionReconsider
		}
		if action == ActionReassign {
			role = RoleAdmin
		}
	}
	o := g.act(action, role, unit, g.data(action), by(g.person()))
	if g.chance(15) {
		o.Act.OnBehalfOf = g.person()
	}
	if g.chance(10) {
		o.Act.Self = fmt.Sprint("s", 1+g.r.IntN(5))
	}
	if g.chance(6) {
		g.spoil(&o)
	}
	return o
}

// likely is an act that fits the place the case stands at.
func (g *gen) likely(p Place) Action {
	switch {
	case p.OnHold:
		return pick(g.r, ActionRelease, ActionRelease, ActionHold)
	case p.Returned:
		return pick(g.r, ActionResubmit, ActionResubmit, ActionResubmit, ActionWithdraw)
	case p.Open == 0:
		return pick(g.r, ActionReconsider, ActionDecide, ActionWithdraw)
	case g.chance(12):
		return pick(g.r, ActionHold, ActionRelease)
	}
	switch p.Stage {
	case StageReview:
		return ActionDecide
	case StageReception:
		return pick(g.r, ActionAccept, ActionAccept, ActionDecide)
	case StageAppraisal:
		return pick(g.r, ActionAppraise, ActionAppraise, ActionDecide)
	case StageCouncil:
		return ActionCouncilResult
	case StageConsultation:
		return pick(g.r, ActionConsult, ActionConsult, ActionConsult, ActionDecide)
	case StagePublication:
		return pick(g.r, ActionPublish, ActionPublish, ActionPublish, ActionDecide)
	case StageSubmission:
		return ActionSubmitUp
	case StageOutcome:
		return ActionUpperOutcome
	}
	return ActionIssued
}

func (g *gen) spoil(o *envelope.Opened) {
	switch g.r.IntN(8) {
	case 0:
		o.Act.Number += pick(g.r, -1, 1)
	case 1:
		o.Act.Revision += pick(g.r, -1, 1)
	case 2:
		o.Act.Nonce = pick(g.r, g.acts...).Act.Nonce
	case 3:
		o.Act.Stage = string(pick(g.r, order...))
	case 4:
		o.Key.Purpose = pick(g.r, allPurposes...)
	case 5:
		o.Act.Case = "commendation/p2"
	case 6:
		o.Act.Expires = g.now.Unix() - 1
	case 7:
		o.Act.Data = raw("nonsense")
	}
}
