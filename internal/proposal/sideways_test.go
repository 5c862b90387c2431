package proposal

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
)

func TestReturnAndResubmit(t *testing.T) {
	t.Parallel()
	for _, k := range upTo(StageAppraisal) {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			p := newPlayer(t, input(provincial(), 3)).until(k)
			s := stage(k)
			got := p.do(ActionDecide, s.Roles[0], s.Unit, returning())
			require.Equal(t, "incomplete", got.Reason)
			require.True(t, got.After.Returned)
			require.Equal(t, school, got.After.Unit)
			require.Equal(t, []Role{RoleClerk, RoleUnitHead}, got.After.Roles)
			p.refuse(envelope.CodeStage, ActionDecide, s.Roles[0], s.Unit, returning())

			d := resubmitting(p.c, "i2")
			p.refuse(envelope.CodeRevision, ActionResubmit, RoleUnitHead, school, d, revised(1))
			p.refuse(envelope.CodeRevision, ActionResubmit, RoleUnitHead, school, d, revised(3))
			p.refuse(envelope.CodeData, ActionResubmit, RoleUnitHead, school, ResubmitData{Content: "c2"})
			p.refuse(envelope.CodeData, ActionResubmit, RoleUnitHead, school, ResubmitData{Items: d.Items})
			p.refuse(envelope.CodeItem, ActionResubmit, RoleUnitHead, school,
				ResubmitData{Content: "c2", Items: append(d.Items[:2:2], InputItem{ID: "i9", Subject: "s9"})})
			p.refuse(envelope.CodeItem, ActionResubmit, RoleUnitHead, school,
				ResubmitData{Content: "c2", Items: []InputItem{d.Items[0], d.Items[0]}})
			p.refuse(envelope.CodeItem, ActionResubmit, RoleUnitHead, school,
				ResubmitData{Content: "c2", Items: []InputItem{{ID: "i1", Subject: "s3"}}})

			d.LawHash = "law2"
			got = p.do(ActionResubmit, RoleUnitHead, school, d)
			require.Equal(t, k, got.After.Stage, "back to the stage that returned it")
			require.Equal(t, 2, got.Revision)
			require.Equal(t, "law2", got.LawHash)
			require.Equal(t, []ItemChange{{Item: "i2", Outcome: OutcomeWithdrawn}}, got.Items)
			require.Equal(t, "c2", p.c.Content())
			require.Equal(t, "m1'", p.c.item("i1").Commitment)
			require.Equal(t, "m2", p.c.item("i2").Commitment, "what was withdrawn keeps what it said")
			require.True(t, p.c.Validating())
			p.refuse(envelope.CodeValidating, ActionHold, s.Roles[0], s.Unit, ReasonData{Reason: "r"})
			p.valid()
			p.refuse(envelope.CodeRevision, ActionHold, s.Roles[0], s.Unit, ReasonData{Reason: "r"}, revised(1))
			for !p.c.Closed() {
				p.onward()
			}
			require.Equal(t, OutcomeWithdrawn, p.outcome("i2"))
			require.Equal(t, OutcomeRecognised, p.outcome("i3"))
		})
	}
}

func TestReturnOnlyWhereTheRouteLets(t *testing.T) {
	t.Parallel()
	r := provincial()
	r.Stages[1].MayReturn = false
	p := newPlayer(t, input(r, 1))
	p.refuse(envelope.CodeStage, ActionDecide, RoleReviewer, district, returning())
}

func TestForwardIsForReviewOnly(t *testing.T) {
	t.Parallel()
	for _, k := range []StageKind{StageReception, StageAppraisal} {
		p := newPlayer(t, input(provincial(), 1)).until(k)
		p.refuse(envelope.CodeStage, ActionDecide, RoleAppraiser, standing, forwarding())
	}
}

func TestRecall(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 2))
	got := p.do(ActionRecall, RoleClerk, school, ReasonData{Reason: "r"})
	require.True(t, got.After.Returned)
	require.Equal(t, school, got.After.Unit)
	p.do(ActionResubmit, RoleUnitHead, school, resubmitting(p.c))
	p.valid()
	require.Equal(t, StageReview, p.c.Place().Stage)
	p.do(ActionRecall, RoleUnitHead, school, ReasonData{})
	p.do(ActionResubmit, RoleUnitHead, school, resubmitting(p.c))
	p.valid()
	require.Equal(t, 3, p.c.Revision())
	p.onward()
	p.refuse(envelope.CodeStage, ActionRecall, RoleClerk, school, ReasonData{})
}

func TestRecallRefusedOnceTouched(t *testing.T) {
	t.Parallel()
	for name, items := range map[string][]string{"the case": nil, "an item": {"i1"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlayer(t, input(provincial(), 2))
			p.do(ActionHold, RoleReviewer, district, ReasonData{Items: items, Reason: "r"})
			p.do(ActionRelease, RoleReviewer, district, ReasonData{Items: items})
			p.refuse(envelope.CodeStage, ActionRecall, RoleClerk, school, ReasonData{})
		})
	}
	p := newPlayer(t, input(provincial(), 1))
	p.do(ActionDecide, RoleReviewer, district, forwarding(not("i1")))
	p.refuse(envelope.CodeStage, ActionRecall, RoleClerk, school, ReasonData{})
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	for _, k := range upTo(StageCouncil) {
		for _, sit := range []situation{normal, held, away} {
			p := standingAt(t, k, sit)
			if p == nil {
				continue
			}
			got := p.do(ActionWithdraw, RoleUnitHead, school, ReasonData{Reason: "r"})
			require.True(t, got.After.Closed)
			require.False(t, got.After.OnHold)
			require.False(t, got.After.Returned)
			require.Equal(t, OutcomeWithdrawn, p.outcome("i1"))
			want := OutcomeNotProposed
			if k == StageReview {
				want = OutcomeWithdrawn
			}
			require.Equal(t, want, p.outcome("i3"), "what was decided stays decided")
		}
	}
	p := standingAt(t, StageIssuance, normal)
	p.refuse(envelope.CodeStage, ActionWithdraw, RoleUnitHead, school, ReasonData{})
}

func TestWithdrawWhileASecondLookIsOwed(t *testing.T) {
	t.Parallel()
	p := standingAt(t, StageReception, normal)
	p.do(ActionReconsider, RoleUnitHead, school, ItemsData{Items: []string{"i3"}})
	got := p.do(ActionWithdraw, RoleUnitHead, school, ReasonData{})
	require.True(t, got.After.Closed)
	require.False(t, p.c.secondLook())
}

func TestHoldAndReleaseOfTheCase(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 2)).until(StageCouncil)
	got := p.do(ActionHold, RoleStandingHead, standing, ReasonData{Reason: "r"})
	require.True(t, got.After.OnHold)
	require.Equal(t, province, got.After.Unit)
	p.refuse(envelope.CodeOnHold, ActionHold, RoleStandingHead, standing, ReasonData{Reason: "r"})
	p.refuse(envelope.CodeOnHold, ActionCouncilResult, RoleChair, province, resulting(p.c, OutcomePassed))
	p.refuse(envelope.CodeUnit, ActionRelease, RoleSecretary, school, ReasonData{})
	got = p.do(ActionRelease, RoleSecretary, province, ReasonData{})
	require.False(t, got.After.OnHold)
	p.onward()
}

func TestHoldAtReviewIsTheReviewersOwn(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 2))
	p.refuse(envelope.CodeRole, ActionHold, RoleStandingHead, standing, ReasonData{Reason: "r"})
	p.do(ActionHold, RoleReviewer, district, ReasonData{Reason: "r"})
	p.refuse(envelope.CodeRole, ActionRelease, RoleAppraiser, standing, ReasonData{})
	p.do(ActionRelease, RoleReviewer, district, ReasonData{})
}

func TestHeldWhileTheUnitIsAwaitedWaitsForItsHolder(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 1))
	p.do(ActionDecide, RoleReviewer, district, forwarding(not("i1")))
	require.Equal(t, school, p.c.Place().Unit)
	got := p.do(ActionHold, RoleReviewer, district, ReasonData{Reason: "r"})
	require.Equal(t, district, got.After.Unit, "only the reviewer can release")
	require.Equal(t, []Role{RoleReviewer}, got.After.Roles)
	got = p.do(ActionRelease, RoleReviewer, district, ReasonData{})
	require.Equal(t, school, got.After.Unit)
}

func TestHeldItems(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 3))
	got := p.do(ActionHold, RoleReviewer, district, ReasonData{Items: []string{"i2", "i3"}, Reason: "r"})
	require.Equal(t, []ItemChange{{Item: "i2", Held: true, Reason: "r"}, {Item: "i3", Held: true, Reason: "r"}}, got.Items)
	require.False(t, got.After.OnHold, "the case goes on")
	p.until(StageCouncil)
	p.refuse(envelope.CodeOnHold, ActionCouncilResult, RoleChair, province, resulting(p.c, OutcomePassed))
	p.refuse(envelope.CodeOnHold, ActionCouncilResult, RoleChair, province,
		resulting(p.c, OutcomeNotPassed, ItemResult{Item: "i2", Outcome: OutcomeDeferred}))
	p.do(ActionRelease, RoleAppraiser, standing, ReasonData{Items: []string{"i3"}})
	p.do(ActionCouncilResult, RoleChair, province, resulting(p.c, OutcomePassed, ItemResult{Item: "i2", Outcome: OutcomeDeferred}))
	require.Equal(t, OutcomeDeferred, p.outcome("i2"))

	p.do(ActionHold, RoleSigner, province, ReasonData{Items: []string{"i3"}, Reason: "r"})
	p.refuse(envelope.CodeOnHold, ActionIssued, RoleRegistrar, province, issuing(p.c))
	d := issuing(p.c)
	d.Items = []string{"i1"}
	p.refuse(envelope.CodeItem, ActionIssued, RoleRegistrar, province, d)
	p.do(ActionRelease, RoleSigner, province, ReasonData{Items: []string{"i3"}})
	p.onward()
	require.True(t, p.c.Closed())
}

func TestCouncilResultIsCountedAgain(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 1)).until(StageCouncil)
	tests := []struct {
		name string
		sum  *council.Sum
	}{
		{"no count", nil},
		{"not met", &council.Sum{Yes: 8, Base: 11, Needed: 8}},
		{"nothing at all", &council.Sum{Met: true}},
		{"needs less than the rule asks", &council.Sum{Yes: 7, Base: 11, Needed: 7, Met: true}},
		{"says the rule asks less", &council.Sum{Yes: 9, Base: 11, Needed: 7, Met: true}},
		{"too few", &council.Sum{Yes: 7, Base: 11, Needed: 8, Met: true}},
		{"more votes than members", &council.Sum{Yes: 12, Base: 11, Needed: 8, Met: true}},
	}
	for _, tt := range tests {
		d := CouncilData{Session: "s", Items: []ItemResult{{Item: "i1", Outcome: OutcomePassed, Sum: tt.sum}}}
		p.refuse(envelope.CodeData, ActionCouncilResult, RoleChair, province, d)
	}
	for _, o := range []Outcome{OutcomeNone, OutcomeRecognised, OutcomeWithdrawn, OutcomeNotProposed, OutcomeLower, "x"} {
		p.refuse(envelope.CodeData, ActionCouncilResult, RoleChair, province, CouncilData{Items: []ItemResult{{Item: "i1", Outcome: o}}})
	}
	p.do(ActionCouncilResult, RoleChair, province, resulting(p.c, OutcomePassed, ItemResult{Item: "i1", Outcome: OutcomePassed, Sum: sum(8, 11)}))
}

func TestAllFailAtTheCouncilCloses(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 2)).until(StageCouncil)
	got := p.do(ActionCouncilResult, RoleChair, province, resulting(p.c, OutcomeNotPassed, ItemResult{Item: "i2", Outcome: OutcomeDeferred}))
	require.True(t, got.After.Closed)
}

func TestLower(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 2)).until(StageAppraisal)
	got := p.do(ActionLower, RoleUnitHead, school, LowerData{Item: "i1", Award: "GK", Link: "p2"})
	require.Equal(t, []ItemChange{{Item: "i1", Outcome: OutcomeLower, Link: "p2"}}, got.Items)
	require.Equal(t, "p2", p.c.item("i1").LinkedTo)
	require.Equal(t, 1, got.After.Open)
	p.refuse(envelope.CodeItem, ActionLower, RoleUnitHead, school, LowerData{Item: "i1", Award: "GK", Link: "p3"})
	got = p.do(ActionLower, RoleUnitHead, school, LowerData{Item: "i2", Award: "GK", Link: "p2"})
	require.True(t, got.After.Closed, "every item has its outcome")
}

func TestReassign(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 1))
	p.refuse(envelope.CodeUnit, ActionReassign, RoleStandingHead, district, ReassignData{From: standing, To: district})
	got := p.do(ActionReassign, RoleAdmin, "u-any", ReassignData{From: district, To: "u-commune", Reason: "two tiers"})
	require.Equal(t, "u-commune", got.After.Unit)
	require.Equal(t, "two tiers", got.Reason)
	p.refuse(envelope.CodeUnit, ActionDecide, RoleReviewer, district, forwarding())
	p.do(ActionDecide, RoleReviewer, "u-commune", forwarding(not("i1")))
	require.Equal(t, "u-commune", p.c.item("i1").RefusedBy)

	p = newPlayer(t, input(provincial(), 1)).until(StageReception)
	got = p.do(ActionReassign, RoleStandingHead, standing, ReassignData{From: standing, To: "u-merged"})
	require.Equal(t, "u-merged", got.After.Unit)
	p.do(ActionAccept, RoleAppraiser, "u-merged", accepting())
	require.Equal(t, "u-merged", p.c.Place().Unit, "each stage of the unit is handed over")

	p = newPlayer(t, input(route("r", StageNomination, StageCouncil, StageIssuance), 1))
	p.refuse(envelope.CodeRole, ActionReassign, RoleStandingHead, standing, ReassignData{From: province, To: standing})
}
