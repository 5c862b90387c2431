package proposal

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

func TestWalkProvincial(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 4))
	require.Equal(t, Place{Stage: StageReview, Index: 1, Unit: district, Roles: []Role{RoleReviewer}, Open: 4}, p.c.Place())
	first := p.c.Transitions(0)[0]
	require.Equal(t, "send", first.Action)
	require.Equal(t, StageNomination, first.Stage)

	got := p.do(ActionDecide, RoleReviewer, district, forwarding(not("i4")))
	require.Equal(t, "min", got.Minutes)
	require.Len(t, got.Items, 4)
	require.Equal(t, ItemChange{Item: "i4", Opinion: OpinionNotPropose, Outcome: OutcomeNotProposed, Reason: "r-i4"}, got.Items[3])
	require.Equal(t, Place{Stage: StageReception, Index: 2, Unit: standing, Roles: stage(StageReception).Roles, Open: 3}, got.After)

	got = p.do(ActionAccept, RoleAppraiser, standing, accepting())
	require.False(t, p.c.Validating(), "nothing changed, nothing to check again")
	require.Equal(t, StageAppraisal, got.After.Stage)

	appraisal := appraising()
	appraisal.Opinions.Exceptions = []ItemOpinion{not("i3")}
	got = p.do(ActionAppraise, RoleStandingHead, standing, appraisal)
	require.Equal(t, OutcomeNone, p.outcome("i3"), "with a council ahead the appraisal ends nothing")
	require.Equal(t, StageCouncil, got.After.Stage)
	require.Equal(t, 3, got.After.Open)

	got = p.do(ActionCouncilResult, RoleChair, province, resulting(p.c, OutcomePassed, ItemResult{Item: "i3", Outcome: OutcomeNotPassed}))
	require.Equal(t, "session/1", got.Session)
	require.Equal(t, StageIssuance, got.After.Stage)
	require.Equal(t, 2, got.After.Open)

	got = p.do(ActionIssued, RoleRegistrar, province, issuing(p.c))
	require.True(t, got.After.Closed)
	require.Empty(t, got.After.Unit)
	require.Equal(t, "328/QĐ-UBND", got.Decision.Number)
	require.True(t, p.c.Closed())
	want := []Outcome{OutcomeRecognised, OutcomeRecognised, OutcomeNotPassed, OutcomeNotProposed}
	for i, it := range p.c.Items() {
		require.Equal(t, want[i], it.Outcome, it.ID)
	}
	require.Equal(t, 6, p.c.Number())
	p.refuse(envelope.CodeClosed, ActionWithdraw, RoleUnitHead, school, ReasonData{})
}

func TestWalkOtherRoutes(t *testing.T) {
	t.Parallel()
	for _, r := range allRoutes() {
		t.Run(r.Code, func(t *testing.T) {
			t.Parallel()
			p := newPlayer(t, input(r, 2))
			for i := 1; i < len(r.Stages); i++ {
				require.Equal(t, r.Stages[i].Kind, p.c.Place().Stage)
				if r.Stages[i].Kind != StageSubmission { // begins with the standing body
					require.Equal(t, r.Stages[i].Unit, p.c.Place().Unit)
				}
				require.False(t, p.c.Closed())
				p.onward()
			}
			require.True(t, p.c.Closed())
			if r.Above == "" {
				require.Equal(t, len(r.Stages), p.c.Number())
			}
			for _, it := range p.c.Items() {
				require.Equal(t, OutcomeRecognised, it.Outcome)
			}
		})
	}
}

func TestSimplifiedAppraisalIsTheLastSay(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(simplified(), 2)).until(StageAppraisal)
	p.refuse(envelope.CodeStage, ActionCouncilResult, RoleChair, province, resulting(p.c, OutcomePassed))
	d := appraising()
	d.Opinions.Exceptions = []ItemOpinion{not("i1")}
	p.do(ActionAppraise, RoleAppraiser, standing, d)
	require.Equal(t, OutcomeNotProposed, p.outcome("i1"))
	p.refuse(envelope.CodeItem, ActionIssued, RoleRegistrar, province, func() IssuedData {
		x := issuing(p.c)
		x.Items = []string{"i1", "i2"}
		return x
	}())
	p.onward()
	require.Equal(t, OutcomeRecognised, p.outcome("i2"))
	require.True(t, p.c.Closed())
}

func TestSimplifiedAllNotProposedCloses(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(simplified(), 2)).until(StageAppraisal)
	d := appraising()
	d.Opinions.Exceptions = []ItemOpinion{not("i1"), not("i2")}
	got := p.do(ActionAppraise, RoleAppraiser, standing, d)
	require.True(t, got.After.Closed)
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		code string
		in   func(*Input)
		mods []mod
	}{
		{"fine", "", nil, nil},
		{"no case", envelope.CodeData, func(in *Input) { in.Case = "" }, nil},
		{"no proposal", envelope.CodeData, func(in *Input) { in.Proposal = "" }, nil},
		{"revision nought", envelope.CodeData, func(in *Input) { in.Revision = 0 }, nil},
		{"no items", envelope.CodeData, func(in *Input) { in.Items = nil }, nil},
		{"item without id", envelope.CodeItem, func(in *Input) { in.Items[0].ID = "" }, nil},
		{"item twice", envelope.CodeItem, func(in *Input) { in.Items[1].ID = "i1" }, nil},
		{"no route", envelope.CodeData, func(in *Input) { in.Route.Stages = nil }, nil},
		{"no nomination", envelope.CodeData, func(in *Input) { in.Route.Stages = in.Route.Stages[1:] }, nil},
		{"no issuance", envelope.CodeData, func(in *Input) { in.Route.Stages = in.Route.Stages[:5] }, nil},
		{"stage twice", envelope.CodeData, func(in *Input) {
			in.Route = route("x", StageNomination, StageReview, StageReview, StageReception, StageIssuance)
		}, nil},
		{"stages out of order", envelope.CodeData, func(in *Input) {
			in.Route = route("x", StageNomination, StageAppraisal, StageReception, StageIssuance)
		}, nil},
		{"unknown stage", envelope.CodeData, func(in *Input) { in.Route.Stages[2].Kind = "party" }, nil},
		{"stage without unit", envelope.CodeData, func(in *Input) { in.Route.Stages[2].Unit = "" }, nil},
		{"stage without roles", envelope.CodeData, func(in *Input) { in.Route.Stages[2].Roles = nil }, nil},
		{"other action", envelope.CodeStage, nil, []mod{func(o *envelope.Opened) { o.Act.Action = "decide" }}},
		{"session key", envelope.CodePurpose, nil, []mod{key(envelope.PurposeSession)}},
		{"integration key", envelope.CodePurpose, nil, []mod{key("integration/x")}},
		{"other case", envelope.CodeCase, nil, []mod{func(o *envelope.Opened) { o.Act.Case = "commendation/p2" }}},
		{"other revision", envelope.CodeRevision, nil, []mod{revised(2)}},
		{"other number", envelope.CodeRevision, nil, []mod{numbered(2)}},
		{"other content", envelope.CodeData, func(in *Input) { in.Content = "c2" }, nil},
		{"unknown data", envelope.CodeData, nil, []mod{func(o *envelope.Opened) { o.Act.Data = json.RawMessage(`{"content":"c1","x":1}`) }}},
		{"expired", envelope.CodeExpired, nil, []mod{func(o *envelope.Opened) { o.Act.Expires = 1 }}},
		{"of the future", envelope.CodeExpired, nil, []mod{func(o *envelope.Opened) { o.Act.IssuedAt += 600 }}},
		{"clerk sends", envelope.CodeRole, nil, []mod{func(o *envelope.Opened) { o.Act.Role = string(RoleClerk) }}},
		{"other unit", envelope.CodeUnit, nil, []mod{at(district)}},
		{"own case", envelope.CodeOwnCase, nil, []mod{self("s2")}},
		{"a stranger's subject", "", nil, []mod{self("s9")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := input(provincial(), 2)
			p := &player{t: t, in: in, now: start}
			o := p.sending(tt.mods...)
			if tt.in != nil {
				tt.in(&in)
			}
			_, err := New(in, o, p.now)
			require.Equal(t, tt.code, envelope.CodeOf(err), "%v", err)
		})
	}
}

func TestInputIsNotTheCase(t *testing.T) {
	t.Parallel()
	in := input(provincial(), 1)
	p := newPlayer(t, in)
	p.do(ActionReassign, RoleAdmin, "u-any", ReassignData{From: district, To: "u-commune"})
	require.Equal(t, "u-commune", p.c.Place().Unit)
	require.Equal(t, district, in.Route.Stages[1].Unit, "a hand-over must not reach into the input it came from")
}

func TestAccount(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 2)).until(StageCouncil)
	p.do(ActionHold, RoleSecretary, province, ReasonData{Items: []string{"i2"}, Reason: "r"})
	a := p.c.Account()
	require.Equal(t, p.c.Place(), a.Place)
	require.Equal(t, 5, a.Transitions)
	require.Len(t, a.Steps, 5)
	require.Equal(t, []AccountItem{{ID: "i1", Opinion: OpinionPropose}, {ID: "i2", Opinion: OpinionPropose, Held: true}}, a.Items)
	require.Equal(t, "R1", p.c.Regime())
	require.Equal(t, "c1", p.c.Content())
	require.Nil(t, p.c.Transitions(-1))
	require.Nil(t, p.c.Transitions(5))
	require.Len(t, p.c.Transitions(3), 2)
}
