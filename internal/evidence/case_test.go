package evidence

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

var meeting = council.Rule{
	Mode: council.ModeMeeting, Base: council.BaseAll, Threshold: council.Fraction{Num: 1, Den: 2},
	Ballot: council.BallotOpen, Absent: council.AbsentWritten,
}

func testRoute() proposal.Route {
	return proposal.Route{
		Code: "provincial", Exclusive: [][2]proposal.Role{{proposal.RoleUnitHead, proposal.RoleReviewer}},
		Stages: []proposal.Stage{
			{Kind: proposal.StageNomination, Unit: school, Roles: []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead}},
			{Kind: proposal.StageReview, Unit: district, Roles: []proposal.Role{proposal.RoleReviewer}, Minutes: true, MayReturn: true},
			{Kind: proposal.StageReception, Unit: standing, Roles: []proposal.Role{proposal.RoleAppraiser}, MayReturn: true},
			{Kind: proposal.StageAppraisal, Unit: standing, Roles: []proposal.Role{proposal.RoleAppraiser}},
			{Kind: proposal.StageCouncil, Unit: province, Roles: []proposal.Role{proposal.RoleSecretary}, Council: &meeting},
			{Kind: proposal.StageIssuance, Unit: province, Roles: []proposal.Role{proposal.RoleSigner, proposal.RoleRegistrar}},
		},
	}
}

// commendation plays a whole case: sent, returned with reasons, resubmitted,
// forwarded without one item, accepted, appraised, voted on, issued.
func commendation(t testing.TB) *world {
	w := newWorld(t, testCase)
	law := w.law("regimes: []\n")
	items := []proposal.InputItem{w.item("i1", 1, "Danh Lắm"), w.item("i2", 1, "H'Hen"), w.item("i3", 1, "Y Thanh")}
	content := proposal.ContentOf("BKT", items)
	send := w.sign(act{action: "send", stage: "nomination", actor: "head", role: "unit_head", unit: school, data: proposal.SendData{Content: content}})
	in := proposal.Input{
		Case: w.id, Proposal: "p1", Revision: 1, Content: content, Award: "BKT", Regime: "R1", LawHash: law,
		Route: testRoute(), Items: items, Send: send,
	}
	p := w.startCase(in)
	p.validate(1)
	p.update(act{action: "decide", stage: "review", actor: "rev", role: "reviewer", unit: district,
		data: proposal.DecideData{Verdict: proposal.VerdictReturn, Reason: w.reason("thiếu biên bản họp")}})
	again := []proposal.InputItem{w.item("i1", 2, "Danh Lắm (b)"), items[1], items[2]}
	p.update(act{action: "resubmit", stage: "review", actor: "head", role: "unit_head", unit: school, revision: 2,
		data: proposal.ResubmitData{Content: proposal.ContentOf("BKT", again), Items: again}})
	p.validate(2)
	p.update(act{action: "decide", stage: "review", actor: "rev", role: "reviewer", unit: district, revision: 2,
		data: proposal.DecideData{
			Verdict: proposal.VerdictForward, Minutes: w.document("biên bản huyện"), Letter: w.document("tờ trình huyện"),
			Opinions: proposal.Opinions{Default: proposal.OpinionPropose, Exceptions: []proposal.ItemOpinion{
				{Item: "i3", Opinion: proposal.OpinionNotPropose, Reason: w.reason("chưa đủ thời gian")},
			}},
		}})
	w.refusedAttempt(p)
	p.update(act{action: "accept", stage: "reception", actor: "app1", role: "appraiser", unit: standing, revision: 2,
		data: proposal.AcceptData{Regime: "R1", LawHash: law}})
	p.update(act{action: "appraise", stage: "appraisal", actor: "app1", role: "appraiser", unit: standing, revision: 2,
		data: proposal.AppraiseData{Opinions: proposal.Opinions{Default: proposal.OpinionPropose}, Report: w.document("báo cáo thẩm định")}})
	sum := &council.Sum{Yes: 4, No: 1, Base: 5, Needed: 3, Met: true}
	p.update(act{action: "council-result", stage: "council", actor: "session", role: "chair", unit: province, revision: 2,
		purpose: envelope.PurposeSession, data: proposal.CouncilData{Session: "s1", Items: []proposal.ItemResult{
			{Item: "i1", Outcome: proposal.OutcomePassed, Sum: sum}, {Item: "i2", Outcome: proposal.OutcomeNotPassed},
		}}})
	p.update(act{action: "issued", stage: "issuance", actor: "registrar", role: "registrar", unit: province, revision: 2,
		purpose: envelope.PurposeIssuance, data: proposal.IssuedData{
			Decision: "d1", Number: "328/QĐ-UBND", Date: "2023-12-01", Content: "c", Document: w.document("%PDF-1.7 quyết định"),
			Submitter: []string{"sh"}, Signer: []string{"chair"}, Registrar: []string{"registrar"}, Items: []string{"i1"},
		}})
	w.h.complete(workflows.CommendationResult{Transitions: 8, Items: []workflows.CommendationEnd{
		{Item: "i1", Outcome: proposal.OutcomeRecognised}, {Item: "i2", Outcome: proposal.OutcomeNotPassed}, {Item: "i3", Outcome: proposal.OutcomeNotProposed},
	}})
	w.content.Papers = []Paper{{Kind: "minutes", FileName: "bien-ban.pdf", SHA256: w.document("biên bản huyện"), Size: 10}}
	return w
}

// refusedAttempt stores an attempt that the workflow refused.
func (w *world) refusedAttempt(*player) {
	w.sign(act{action: "accept", stage: "reception", actor: "rev", role: "reviewer", unit: district, revision: 2, data: proposal.AcceptData{Regime: "R1", LawHash: "x"}})
	last := &w.tries[len(w.tries)-1]
	last.Status, last.Code = statusRefused, envelope.CodeRole
}

// player drives the pure case and writes the history beside it.
type player struct {
	w *world
	c *proposal.Case
}

func (w *world) startCase(in proposal.Input) *player {
	w.h.start(workflows.TypeCommendation, in)
	w.input = raw(w.t, in)
	c, err := proposal.New(in, w.opened(in.Send), w.h.now)
	require.NoError(w.t, err)
	w.recorded(raw(w.t, c.Transitions(0)[0]))
	return &player{w, c}
}

func (p *player) validate(revision int) {
	facts, result := []byte(`[{"years":2,"note":"a"}]`), []byte(`[{"verdict":"met"}]`)
	v := proposal.Validation{Revision: revision, LawHash: p.c.LawHash(), FactsHash: sum(facts), ResultHash: sum(result)}
	if revision > 1 { // again: within the workflow task
		p.w.h.local(workflows.ActivityValidate, v)
	} else {
		p.w.h.activity(workflows.ActivityValidate, workflows.ValidateInput{
			Proposal: "p1", Revision: p.c.Revision(), Regime: p.c.Regime(), LawHash: p.c.LawHash(), Content: p.c.Content(), Items: p.c.Covered(),
		}, v)
	}
	p.w.checks = append(p.w.checks, Validation{
		Revision: revision, LawHash: p.c.LawHash(), FactsHash: v.FactsHash, ResultHash: v.ResultHash, Facts: facts, Result: result,
	})
	p.c.Validated(v)
}

func (p *player) update(a act) {
	m := p.w.sign(a)
	o := p.w.opened(m)
	p.w.h.task()
	t, err := p.c.Apply(o, p.w.h.now)
	require.NoError(p.w.t, err, a.action)
	sender := senderApp + "/serve-1"
	if a.purpose == envelope.PurposeSession || a.purpose == envelope.PurposeIssuance {
		sender = senderWorker + "/worker-1"
	}
	p.w.h.update(a.action, o.Act.Nonce, sender, m, t)
	p.w.recorded(raw(p.w.t, t))
}
