package prove

import (
	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

// move is an act that somebody could try.
type move struct {
	action proposal.Action
	role   proposal.Role
	unit   string
	data   any
}

// moves are the acts worth trying at a case as it stands: of those awaited, of the
// proposing unit, and of a body's session or decision. The rules refuse what they do
// not allow. With every, each role of a stage tries each act.
func moves(c *proposal.Case, who cast, every bool) []move {
	p, r := c.Place(), c.Route()
	here := r.Stages[p.Index]
	var out []move
	add := func(a proposal.Action, role proposal.Role, unit string, data any) {
		out = append(out, move{a, role, unit, data})
	}
	out = append(out, unitMoves(c, r.Stages[0].Unit)...)
	roles := p.Roles
	if !every && len(roles) > 1 {
		roles = roles[:1] // people differ; which of the roles acts changes nothing
	}
	for _, role := range roles {
		for _, m := range levelMoves(c, here) {
			add(m.action, role, p.Unit, m.data)
		}
		for _, d := range []proposal.ReasonData{{Reason: "r"}, {Reason: "r", Items: []string{"i1"}}} {
			add(proposal.ActionHold, role, p.Unit, d)
			add(proposal.ActionRelease, role, p.Unit, d)
		}
	}
	switch here.Kind {
	case proposal.StageCouncil:
		for _, d := range results(c, here) {
			add(proposal.ActionCouncilResult, proposal.RoleChair, here.Unit, d)
		}
	case proposal.StageIssuance:
		d := proposal.IssuedData{
			Decision: "d", Number: "1/QĐ", Date: "2025-01-06", Content: "h", Document: "h", Items: open(c),
			Submitter: []string{who(proposal.RoleStandingHead)}, Signer: []string{who(proposal.RoleSigner)}, Registrar: []string{who(proposal.RoleRegistrar)},
		}
		add(proposal.ActionIssued, proposal.RoleRegistrar, here.Unit, d)
	}
	return out
}

// unitMoves are what the proposing unit can ask for.
func unitMoves(c *proposal.Case, unit string) []move {
	head := func(a proposal.Action, data any) move { return move{a, proposal.RoleUnitHead, unit, data} }
	again := proposal.ResubmitData{Content: "c2"}
	var refused []string
	for _, it := range c.Items() {
		switch it.Outcome {
		case proposal.OutcomeNone, proposal.OutcomePassed:
			again.Items = append(again.Items, it.InputItem)
		case proposal.OutcomeNotProposed:
			if !it.Reconsider && !it.Reconsidered {
				refused = append(refused, it.ID)
			}
		}
	}
	out := []move{
		head(proposal.ActionResubmit, again), head(proposal.ActionWithdraw, proposal.ReasonData{}),
		{proposal.ActionRecall, proposal.RoleClerk, unit, proposal.ReasonData{}},
		head(proposal.ActionReconsider, proposal.ItemsData{Items: refused}),
		head(proposal.ActionLower, proposal.LowerData{Item: "i1", Award: "B", Link: "q"}),
	}
	if len(again.Items) > 1 {
		less := again
		less.Items = again.Items[1:]
		out = append(out, head(proposal.ActionResubmit, less))
	}
	return out
}

// levelMoves are what people of a stage do; whose they are is filled in.
func levelMoves(c *proposal.Case, here proposal.Stage) []move {
	var out []move
	add := func(a proposal.Action, data any) { out = append(out, move{action: a, data: data}) }
	for _, o := range opinions(c) {
		add(proposal.ActionDecide, proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: o, Minutes: "m"})
		add(proposal.ActionDecide, proposal.DecideData{Verdict: proposal.VerdictReconsidered, Opinions: o, Minutes: "m"})
		add(proposal.ActionAppraise, proposal.AppraiseData{Opinions: o, Report: "r"})
	}
	for _, to := range []proposal.StageKind{"", proposal.StageReview} {
		add(proposal.ActionDecide, proposal.DecideData{Verdict: proposal.VerdictReturn, Reason: "r", To: to})
	}
	add(proposal.ActionAccept, proposal.AcceptData{Regime: "R", LawHash: "l"})
	return append(out, aboveMoves(c, here)...)
}

// aboveMoves are the acts on the stages above the province.
func aboveMoves(c *proposal.Case, here proposal.Stage) []move {
	agency := "AGENCY"
	if len(here.Agencies) > 0 {
		agency = here.Agencies[0]
	}
	on := proposal.Opinions{Default: proposal.OpinionPropose}
	out := []move{
		{action: proposal.ActionConsult, data: proposal.ConsultData{Verdict: proposal.VerdictAsked, Agencies: []string{agency}, Date: "2025-01-06", Due: "2025-02-06"}},
		{action: proposal.ActionConsult, data: proposal.ConsultData{Verdict: proposal.VerdictAnswered, Agency: agency, Answer: proposal.AnswerAgree, Date: "2025-01-10"}},
		{action: proposal.ActionConsult, data: proposal.ConsultData{Verdict: proposal.VerdictForward, Opinions: on}},
		{action: proposal.ActionPublish, data: proposal.PublishData{Verdict: proposal.VerdictOpened, From: "2025-01-06", To: "2025-12-31", Where: "portal"}},
		{action: proposal.ActionPublish, data: proposal.PublishData{Verdict: proposal.VerdictForward, Date: "2026-01-06", Opinions: on}},
	}
	for _, d := range []proposal.SubmitUpData{
		{Verdict: proposal.VerdictPrepared, Letter: "t"}, {Verdict: proposal.VerdictSigned, Letter: "t"},
		{Verdict: proposal.VerdictSentBack, Reason: "r"}, {Verdict: proposal.VerdictNumbered, Number: "1/TTr", Date: "2025-01-06"},
	} {
		out = append(out, move{action: proposal.ActionSubmitUp, data: d})
	}
	for _, d := range outcomes(c) {
		out = append(out, move{action: proposal.ActionUpperOutcome, data: d})
	}
	return out
}

// outcomes from above: all awarded; the first not, the rest later.
func outcomes(c *proposal.Case) []proposal.AboveData {
	ids := open(c)
	if len(ids) == 0 {
		return nil
	}
	all := proposal.AboveData{Issuer: c.Route().Above, Number: "1/QĐ-TTg", Date: "2025-06-01"}
	if all.Issuer == "" {
		all.Issuer = "ABOVE"
	}
	for _, id := range ids {
		all.Items = append(all.Items, proposal.AboveItem{Item: id, Outcome: proposal.OutcomeRecognised})
	}
	not := proposal.AboveData{Items: []proposal.AboveItem{{Item: ids[0], Outcome: proposal.OutcomeNotAwarded, Reason: "r"}}}
	return []proposal.AboveData{all, not}
}

// opinions: all proposed, none, all but the first.
func opinions(c *proposal.Case) []proposal.Opinions {
	yes := proposal.Opinions{Default: proposal.OpinionPropose}
	out := []proposal.Opinions{yes}
	var xs []proposal.ItemOpinion
	for _, it := range c.Items() {
		if it.Outcome == proposal.OutcomeNone || it.Outcome == proposal.OutcomePassed || it.Reconsider {
			xs = append(xs, proposal.ItemOpinion{Item: it.ID, Opinion: proposal.OpinionNotPropose, Reason: "r"})
		}
	}
	for n := 1; n <= len(xs); n += max(1, len(xs)-1) { // the first one, all of them
		out = append(out, proposal.Opinions{Default: proposal.OpinionPropose, Exceptions: xs[:n]})
	}
	return out
}

// results of the Council: all passed, the first not, all deferred.
func results(c *proposal.Case, here proposal.Stage) []proposal.CouncilData {
	ids, base := open(c), 100
	need := base
	if here.Council != nil {
		need = here.Council.Required(base)
	}
	each := func(of func(int) proposal.Outcome) proposal.CouncilData {
		d := proposal.CouncilData{Session: "s"}
		for i, id := range ids {
			d.Items = append(d.Items, proposal.ItemResult{Item: id, Outcome: of(i), Sum: &council.Sum{Yes: base, Base: base, Needed: need, Met: true}})
		}
		return d
	}
	return []proposal.CouncilData{
		each(func(int) proposal.Outcome { return proposal.OutcomePassed }),
		each(func(i int) proposal.Outcome {
			if i == 0 {
				return proposal.OutcomeNotPassed
			}
			return proposal.OutcomePassed
		}),
		each(func(int) proposal.Outcome { return proposal.OutcomeDeferred }),
	}
}

// open are the ids of the items in play.
func open(c *proposal.Case) []string {
	var out []string
	for _, it := range c.Items() {
		if it.Outcome == proposal.OutcomeNone || it.Outcome == proposal.OutcomePassed {
			out = append(out, it.ID)
		}
	}
	return out
}
