package proposal

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// legal gives, for every action, a case in which it is accepted and the act.
func legal(t *testing.T) map[Action]func() (*player, envelope.Opened) {
	from := func(k StageKind, sit situation, a Action, role Role, unit string, data func(p *player) any) func() (*player, envelope.Opened) {
		return func() (*player, envelope.Opened) {
			p := standingAt(t, k, sit)
			return p, p.act(a, role, unit, data(p))
		}
	}
	fixed := func(v any) func(*player) any { return func(*player) any { return v } }
	return map[Action]func() (*player, envelope.Opened){
		ActionDecide:        from(StageReview, normal, ActionDecide, RoleReviewer, district, fixed(forwarding())),
		ActionAccept:        from(StageReception, normal, ActionAccept, RoleAppraiser, standing, fixed(accepting())),
		ActionAppraise:      from(StageAppraisal, normal, ActionAppraise, RoleAppraiser, standing, fixed(appraising())),
		ActionCouncilResult: from(StageCouncil, normal, ActionCouncilResult, RoleChair, province, func(p *player) any { return resulting(p.c, OutcomePassed) }),
		ActionIssued:        from(StageIssuance, normal, ActionIssued, RoleRegistrar, province, func(p *player) any { return issuing(p.c) }),
		ActionResubmit:      from(StageReception, away, ActionResubmit, RoleUnitHead, school, func(p *player) any { return resubmitting(p.c) }),
		ActionRecall:        from(StageReview, normal, ActionRecall, RoleClerk, school, fixed(ReasonData{})),
		ActionWithdraw:      from(StageCouncil, normal, ActionWithdraw, RoleUnitHead, school, fixed(ReasonData{})),
		ActionHold:          from(StageCouncil, normal, ActionHold, RoleAppraiser, standing, fixed(ReasonData{Reason: "r"})),
		ActionRelease:       from(StageCouncil, held, ActionRelease, RoleSecretary, province, fixed(ReasonData{})),
		ActionReconsider:    from(StageAppraisal, normal, ActionReconsider, RoleUnitHead, school, fixed(ItemsData{Items: []string{"i3"}})),
		ActionLower:         from(StageReview, normal, ActionLower, RoleUnitHead, school, fixed(LowerData{Item: "i1", Award: "GK", Link: "p2"})),
		ActionReassign:      from(StageReview, normal, ActionReassign, RoleAdmin, "u-any", fixed(ReassignData{From: district, To: "u-x"})),
		ActionConsult:       from(StageConsultation, normal, ActionConsult, RoleAppraiser, standing, fixed(consulting("POLICE"))),
		ActionPublish:       from(StagePublication, normal, ActionPublish, RoleAppraiser, standing, fixed(opening())),
		ActionSubmitUp:      from(StageSubmission, normal, ActionSubmitUp, RoleStandingHead, standing, fixed(preparing())),
		ActionUpperOutcome:  from(StageOutcome, normal, ActionUpperOutcome, RoleStandingHead, standing, func(p *player) any { return awarding(p.c) }),
	}
}

func TestTargetOfEveryAction(t *testing.T) {
	t.Parallel()
	require.Len(t, legal(t), len(table))
	bad := []struct {
		name string
		code string
		mod  func(p *player, o *envelope.Opened)
	}{
		{"other case", envelope.CodeCase, func(_ *player, o *envelope.Opened) { o.Act.Case = "commendation/p2" }},
		{"no case", envelope.CodeCase, func(_ *player, o *envelope.Opened) { o.Act.Case = "" }},
		{"spent nonce", envelope.CodeReplayed, func(p *player, o *envelope.Opened) { o.Act.Nonce = p.acts[0].Act.Nonce }},
		{"expired", envelope.CodeExpired, func(p *player, o *envelope.Opened) { o.Act.Expires = p.now.Unix() - 1 }},
		{"future", envelope.CodeExpired, func(p *player, o *envelope.Opened) { o.Act.IssuedAt = p.now.Add(time.Hour).Unix() }},
		{"older revision", envelope.CodeRevision, func(_ *player, o *envelope.Opened) { o.Act.Revision-- }},
		{"newer revision", envelope.CodeRevision, func(_ *player, o *envelope.Opened) { o.Act.Revision++ }},
		{"older number", envelope.CodeNumber, func(_ *player, o *envelope.Opened) { o.Act.Number-- }},
		{"newer number", envelope.CodeNumber, func(_ *player, o *envelope.Opened) { o.Act.Number++ }},
		{"no number", envelope.CodeNumber, func(_ *player, o *envelope.Opened) { o.Act.Number = 0 }},
		{"next stage", envelope.CodeStage, func(p *player, o *envelope.Opened) {
			o.Act.Stage = string(order[(slices.Index(order, p.c.at().Kind)+1)%len(order)])
		}},
		{"no stage", envelope.CodeStage, func(_ *player, o *envelope.Opened) { o.Act.Stage = "" }},
		{"unknown field", envelope.CodeData, func(_ *player, o *envelope.Opened) {
			o.Act.Data = append(json.RawMessage(`{"extra":1,`), o.Act.Data[1:]...)
			if string(o.Act.Data) == `{"extra":1,}` {
				o.Act.Data = json.RawMessage(`{"extra":1}`)
			}
		}},
		{"data of another kind", envelope.CodeData, func(_ *player, o *envelope.Opened) { o.Act.Data = json.RawMessage(`[1]`) }},
	}
	for action, make := range legal(t) {
		t.Run(string(action), func(t *testing.T) {
			t.Parallel()
			for _, b := range bad {
				p, o := make()
				b.mod(p, &o)
				before := snapshot(p.c)
				_, err := p.c.Apply(o, p.now)
				require.Equal(t, b.code, envelope.CodeOf(err), "%s: %v", b.name, err)
				require.Equal(t, before, snapshot(p.c), b.name)
			}
			p, o := make()
			number := p.c.Number()
			got, err := p.apply(o)
			require.NoError(t, err)
			require.Equal(t, number+1, got.Number)
			require.Equal(t, o.Act.Nonce, got.Nonce)
			require.Equal(t, o.Digest, got.Envelope)
			require.Equal(t, p.now, got.At)
			_, err = p.c.Apply(o, p.now)
			require.Contains(t, []string{envelope.CodeReplayed, envelope.CodeClosed}, envelope.CodeOf(err), "played again")
		})
	}
}

func TestDataOfEveryAction(t *testing.T) {
	t.Parallel()
	decide := func(d DecideData) any { return d }
	opinions := func(o Opinions) DecideData { return DecideData{Verdict: VerdictForward, Minutes: "m", Opinions: o} }
	tests := []struct {
		name   string
		action Action
		code   string
		data   func(p *player) any
	}{
		{"no verdict", ActionDecide, envelope.CodeData, func(*player) any { return decide(DecideData{}) }},
		{"unknown verdict", ActionDecide, envelope.CodeData, func(*player) any { return decide(DecideData{Verdict: "burn"}) }},
		{"return without reason", ActionDecide, envelope.CodeData, func(*player) any { return decide(DecideData{Verdict: VerdictReturn}) }},
		{"nobody asked", ActionDecide, envelope.CodeStage, func(*player) any { return answering() }},
		{"no minutes", ActionDecide, envelope.CodeData, func(*player) any {
			return decide(DecideData{Verdict: VerdictForward, Opinions: Opinions{Default: OpinionPropose}})
		}},
		{"no default", ActionDecide, envelope.CodeData, func(*player) any { return opinions(Opinions{}) }},
		{"unknown default", ActionDecide, envelope.CodeData, func(*player) any { return opinions(Opinions{Default: "maybe"}) }},
		{"silent refusal", ActionDecide, envelope.CodeData, func(*player) any { return opinions(Opinions{Default: OpinionNotPropose}) }},
		{"refusal without reason", ActionDecide, envelope.CodeData, func(*player) any {
			return opinions(Opinions{Default: OpinionPropose, Exceptions: []ItemOpinion{{Item: "i2", Opinion: OpinionNotPropose}}})
		}},
		{"unknown item", ActionDecide, envelope.CodeItem, func(*player) any { return forwarding(not("i9")) }},
		{"two opinions", ActionDecide, envelope.CodeData, func(*player) any { return forwarding(not("i1"), not("i1")) }},
		{"unknown opinion", ActionDecide, envelope.CodeData, func(*player) any {
			return forwarding(ItemOpinion{Item: "i1", Opinion: "maybe"})
		}},
		{"no regime", ActionAccept, envelope.CodeData, func(*player) any { return AcceptData{LawHash: "x"} }},
		{"no law", ActionAccept, envelope.CodeData, func(*player) any { return AcceptData{Regime: "R1"} }},
		{"refused item appraised", ActionAppraise, envelope.CodeItem, func(*player) any {
			return AppraiseData{Opinions: Opinions{Default: OpinionPropose, Exceptions: []ItemOpinion{not("i3")}}}
		}},
		{"result lacks an item", ActionCouncilResult, envelope.CodeData, func(p *player) any {
			d := resulting(p.c, OutcomePassed)
			d.Items = d.Items[1:]
			return d
		}},
		{"result names one twice", ActionCouncilResult, envelope.CodeItem, func(p *player) any {
			d := resulting(p.c, OutcomePassed)
			d.Items[1] = d.Items[0]
			return d
		}},
		{"result names a refused one", ActionCouncilResult, envelope.CodeItem, func(p *player) any {
			d := resulting(p.c, OutcomePassed)
			d.Items[1].Item = "i3"
			return d
		}},
		{"decision without signer", ActionIssued, envelope.CodeData, func(p *player) any { d := issuing(p.c); d.Signer = nil; return d }},
		{"decision without number", ActionIssued, envelope.CodeData, func(p *player) any { d := issuing(p.c); d.Number = ""; return d }},
		{"decision without date", ActionIssued, envelope.CodeData, func(p *player) any { d := issuing(p.c); d.Date = ""; return d }},
		{"decision without document", ActionIssued, envelope.CodeData, func(p *player) any { d := issuing(p.c); d.Document = ""; return d }},
		{"decision without id", ActionIssued, envelope.CodeData, func(p *player) any { d := issuing(p.c); d.Decision = ""; return d }},
		{"decision lacks one", ActionIssued, envelope.CodeItem, func(p *player) any { d := issuing(p.c); d.Items = d.Items[1:]; return d }},
		{"decision names one twice", ActionIssued, envelope.CodeItem, func(p *player) any {
			d := issuing(p.c)
			d.Items = append(d.Items, d.Items[0])
			return d
		}},
		{"decision names a refused one", ActionIssued, envelope.CodeItem, func(p *player) any { d := issuing(p.c); d.Items = append(d.Items, "i3"); return d }},
		{"decision swaps in a stranger", ActionIssued, envelope.CodeItem, func(p *player) any { d := issuing(p.c); d.Items[0] = "i9"; return d }},
		{"recall of one item", ActionRecall, envelope.CodeData, func(*player) any { return ReasonData{Items: []string{"i1"}} }},
		{"withdrawal of one item", ActionWithdraw, envelope.CodeData, func(*player) any { return ReasonData{Items: []string{"i1"}} }},
		{"hold without reason", ActionHold, envelope.CodeData, func(*player) any { return ReasonData{} }},
		{"hold of a refused item", ActionHold, envelope.CodeItem, func(*player) any { return ReasonData{Items: []string{"i3"}, Reason: "r"} }},
		{"hold of one twice", ActionHold, envelope.CodeItem, func(*player) any { return ReasonData{Items: []string{"i1", "i1"}, Reason: "r"} }},
		{"release of an item not held", ActionRelease, envelope.CodeItem, func(*player) any { return ReasonData{Items: []string{"i1"}} }},
		{"reconsider nothing", ActionReconsider, envelope.CodeData, func(*player) any { return ItemsData{} }},
		{"reconsider an open item", ActionReconsider, envelope.CodeItem, func(*player) any { return ItemsData{Items: []string{"i1"}} }},
		{"reconsider one twice", ActionReconsider, envelope.CodeItem, func(*player) any { return ItemsData{Items: []string{"i3", "i3"}} }},
		{"lower an unknown item", ActionLower, envelope.CodeItem, func(*player) any { return LowerData{Item: "i9", Award: "GK", Link: "p2"} }},
		{"lower to the same award", ActionLower, envelope.CodeData, func(*player) any { return LowerData{Item: "i1", Award: "BKT", Link: "p2"} }},
		{"lower to nothing", ActionLower, envelope.CodeData, func(*player) any { return LowerData{Item: "i1", Link: "p2"} }},
		{"lower without a link", ActionLower, envelope.CodeData, func(*player) any { return LowerData{Item: "i1", Award: "GK"} }},
		{"reassign from nobody", ActionReassign, envelope.CodeData, func(*player) any { return ReassignData{To: "u-x"} }},
		{"reassign to nobody", ActionReassign, envelope.CodeData, func(*player) any { return ReassignData{From: district} }},
		{"reassign to itself", ActionReassign, envelope.CodeData, func(*player) any { return ReassignData{From: district, To: district} }},
		{"reassign a stranger", ActionReassign, envelope.CodeUnit, func(*player) any { return ReassignData{From: "u-none", To: "u-x"} }},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.action, " ", tt.name), func(t *testing.T) {
			t.Parallel()
			p, o := legal(t)[tt.action]()
			o.Act.Data = raw(tt.data(p))
			before := snapshot(p.c)
			_, err := p.c.Apply(o, p.now)
			require.Equal(t, tt.code, envelope.CodeOf(err), "%v", err)
			require.Equal(t, before, snapshot(p.c))
		})
	}
}
