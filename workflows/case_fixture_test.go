package workflows_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Units of the invented province.
const (
	school   = "u-school"
	district = "u-district"
	standing = "u-standing"
	province = "u-province"
)

// route2023 is the way of regime R1: unit, district, standing body, Council, decision.
func route2023() proposal.Route {
	rule := council.Rule{
		Mode: council.ModeMeeting, Base: council.BaseAll, Threshold: council.Fraction{Num: 7, Den: 10},
		Ballot: council.BallotOpen, Absent: council.AbsentWritten,
	}
	receivers := []proposal.Role{proposal.RoleAppraiser, proposal.RoleStandingHead}
	return proposal.Route{
		Code: "R1/PROVINCE",
		Stages: []proposal.Stage{
			{Kind: proposal.StageNomination, Level: proposal.LevelUnit, Unit: school, Roles: []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead}},
			{Kind: proposal.StageReview, Level: proposal.LevelDistrict, Unit: district, Roles: []proposal.Role{proposal.RoleReviewer}, Minutes: true, MayReturn: true},
			{Kind: proposal.StageReception, Level: proposal.LevelProvince, Unit: standing, Roles: receivers, MayReturn: true},
			{Kind: proposal.StageAppraisal, Level: proposal.LevelProvince, Unit: standing, Roles: receivers, MayReturn: true},
			{Kind: proposal.StageCouncil, Level: proposal.LevelProvince, Unit: province, Roles: []proposal.Role{proposal.RoleSecretary, proposal.RoleChair}, Council: &rule},
			{Kind: proposal.StageIssuance, Level: proposal.LevelProvince, Unit: province, Roles: []proposal.Role{proposal.RoleSigner, proposal.RoleRegistrar}},
		},
		Exclusive: [][2]proposal.Role{
			{proposal.RoleUnitHead, proposal.RoleReviewer}, {proposal.RoleUnitHead, proposal.RoleSigner}, {proposal.RoleReviewer, proposal.RoleSigner},
		},
	}
}

// play drives one commendation case.
type play struct {
	*desk
	in    proposal.Input
	last  proposal.Transition // the latest accepted
	mu    sync.Mutex
	asked []workflows.ValidateInput
	fails int // how many more times the validation activity fails
	taken [][]workflows.SignalRecord
}

func newPlay(t *testing.T) *play {
	p := &play{desk: newDesk(t, workflows.CommendationID("p1"))}
	p.in = proposal.Input{
		Case: p.id, Proposal: "p1", Revision: 1, Content: "c1", Award: "BK_TINH", Regime: "R1", LawHash: "law1", Route: route2023(),
	}
	for i := 1; i <= 3; i++ {
		p.in.Items = append(p.in.Items, proposal.InputItem{
			ID: fmt.Sprint("i", i), Subject: fmt.Sprint("s", i), Unit: school, Commitment: fmt.Sprint("m", i),
		})
	}
	p.in.Send = p.sign(envelope.PurposeApp, p.sending())
	p.last = proposal.Transition{Step: envelope.Step{Number: 1}, Revision: 1, After: proposal.Place{Stage: proposal.StageReview}}
	p.activity(workflows.ActivityValidate, p.validate)
	p.activity(workflows.ActivityRecordSignals, p.record)
	return p
}

// sending is the sender's act.
func (p *play) sending() envelope.Act {
	a := p.act(string(proposal.ActionSend), "p-head", string(proposal.RoleUnitHead), school, proposal.SendData{Content: p.in.Content})
	a.Revision, a.Stage = 1, string(proposal.StageNomination)
	return a
}

func (p *play) validate(_ context.Context, in workflows.ValidateInput) (proposal.Validation, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, in)
	if p.fails > 0 {
		p.fails--
		return proposal.Validation{}, errors.New("the database is away")
	}
	return proposal.Validation{Revision: in.Revision, LawHash: in.LawHash, FactsHash: "f", ResultHash: "r"}, nil
}

func (p *play) record(_ context.Context, records []workflows.SignalRecord) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.taken = append(p.taken, records)
	return nil
}

// signals are the records of all Signals so far.
func (p *play) signals() []workflows.SignalRecord {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []workflows.SignalRecord
	for _, batch := range p.taken {
		all = append(all, batch...)
	}
	return all
}

// by makes an act that fits where the case stands.
func (p *play) by(action proposal.Action, actor string, role proposal.Role, unit string, data any) envelope.Act {
	a := p.act(string(action), actor, string(role), unit, data)
	a.Revision, a.Stage, a.Number = p.last.Revision, string(p.last.After.Stage), p.last.Number+1
	if action == proposal.ActionResubmit {
		a.Revision++
	}
	return a
}

// put sends the act as an Update under its own nonce.
func (p *play) put(key envelope.Purpose, a envelope.Act) *answer {
	return p.update(a.Action, a.Nonce, p.sign(key, a))
}

// do is a step whose act must be accepted.
func (p *play) do(action proposal.Action, actor string, role proposal.Role, unit string, data any) {
	p.t.Helper()
	var got *answer
	p.then(func() { got = p.put(envelope.PurposeApp, p.by(action, actor, role, unit, data)) })
	p.took(&got)
}

// took is a moment later: the Update must have become a transition.
func (p *play) took(got **answer) {
	p.t.Helper()
	p.then(func() {
		p.t.Helper()
		var took proposal.Transition // a fresh one: decoding into the last would mix the two
		(*got).into(p.t, &took)
		p.last = took
	})
}

func propose() proposal.Opinions { return proposal.Opinions{Default: proposal.OpinionPropose} }

// forward is the district's opinion: it proposes all but the last item.
func (p *play) forward() {
	p.t.Helper()
	o := propose()
	o.Exceptions = []proposal.ItemOpinion{{Item: "i3", Opinion: proposal.OpinionNotPropose, Reason: "reason"}}
	p.do(proposal.ActionDecide, "p-reviewer", proposal.RoleReviewer, district,
		proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: o, Minutes: "minutes"})
}

func (p *play) accept(regime, law string) {
	p.t.Helper()
	p.do(proposal.ActionAccept, "p-appraiser", proposal.RoleAppraiser, standing, proposal.AcceptData{Regime: regime, LawHash: law})
}

func (p *play) appraise() {
	p.t.Helper()
	p.do(proposal.ActionAppraise, "p-appraiser", proposal.RoleAppraiser, standing, proposal.AppraiseData{Opinions: propose(), Report: "report"})
}

// deliver is a step in which a session's or an issuance's batch reaches the case.
func (p *play) deliver(key envelope.Purpose, action proposal.Action, outcome any) {
	p.t.Helper()
	var got *answer
	p.then(func() {
		a := p.act(string(action), "session", "system", province, nil)
		a.SignedIn = "service"
		leaf := envelope.Leaf{
			Case: p.id, Revision: p.last.Revision, Stage: string(p.last.After.Stage), Number: p.last.Number + 1, Outcome: raw(p.t, outcome),
		}
		got = p.update(a.Action, envelope.BatchNonce(a.Nonce, p.id), p.batch(key, a, leaf))
	})
	p.took(&got)
}

func (p *play) vote() {
	p.t.Helper()
	sum := func(yes int) *council.Sum {
		return &council.Sum{Yes: yes, No: 11 - yes, Base: 11, Needed: 8, Met: yes >= 8}
	}
	p.deliver(envelope.PurposeSession, proposal.ActionCouncilResult, proposal.CouncilData{Session: "s1", Items: []proposal.ItemResult{
		{Item: "i1", Outcome: proposal.OutcomePassed, Sum: sum(11)}, {Item: "i2", Outcome: proposal.OutcomeNotPassed, Sum: sum(5)},
	}})
}

func (p *play) issue() {
	p.t.Helper()
	p.deliver(envelope.PurposeIssuance, proposal.ActionIssued, proposal.IssuedData{
		Decision: "d1", Number: "328/QĐ-UBND", Date: "2023-12-01", Content: "text", Document: "pdf",
		Submitter: []string{"p-standing"}, Signer: []string{"p-signer"}, Registrar: []string{"p-registrar"}, Items: []string{"i1"},
	})
}

// play runs the case; it must not fail otherwise than by the test's own cancel.
func (p *play) play() {
	p.t.Helper()
	p.run((&workflows.Commendation{Rings: p.rings}).Run, p.in)
}

// result is how a case that ended by itself ended.
func (p *play) result() workflows.CommendationResult {
	p.t.Helper()
	require.NoError(p.t, p.env.GetWorkflowError())
	var r workflows.CommendationResult
	require.NoError(p.t, p.env.GetWorkflowResult(&r))
	return r
}
