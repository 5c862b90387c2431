package proposal

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// What the data gives a stage is all it decides; the level that looks again speaks by
// its own stage's rules, wherever the case stands meanwhile.
func TestAStageDecidesWhatTheDataGivesIt(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(sentBack(), 2))
	p.do(ActionDecide, RoleReviewer, district, forwarding(not("i2")))
	p.do(ActionReconsider, RoleUnitHead, school, ItemsData{Items: []string{"i2"}})
	require.Equal(t, StageReception, p.c.Place().Stage)
	p.do(ActionDecide, RoleReviewer, district, answering())
	require.Equal(t, OutcomeNone, p.outcome("i2"))
	p.refuse(envelope.CodeStage, ActionDecide, RoleAppraiser, standing, DecideData{Verdict: VerdictReturn, Reason: "r", To: StageReception})
	p.do(ActionDecide, RoleAppraiser, standing, DecideData{Verdict: VerdictReturn, Reason: "r", To: StageReview})
	require.Equal(t, StageReview, p.c.Place().Stage)
	require.False(t, p.c.Place().Returned)
	p.refuse(envelope.CodeStage, ActionRecall, RoleClerk, school, ReasonData{})
	p.until(StageIssuance)

	for kind, without := range map[StageKind]struct {
		choice Choice
		action Action
		role   Role
		data   any
	}{
		StageReception: {ChooseReturn, ActionDecide, RoleAppraiser, returning()},
		StageAppraisal: {ChooseNotPropose, ActionAppraise, RoleAppraiser, AppraiseData{Opinions: Opinions{Default: OpinionPropose, Exceptions: []ItemOpinion{not("i1")}}}},
		StageReview:    {ChooseHold, ActionHold, RoleReviewer, ReasonData{Reason: "r"}},
	} {
		r := sentBack()
		i := r.indexOf(kind)
		r.Stages[i].Decides = slices.DeleteFunc(slices.Clone(r.Stages[i].Decides), func(c Choice) bool { return c == without.choice })
		p := newPlayer(t, input(r, 2)).until(kind)
		p.refuse(envelope.CodeStage, without.action, without.role, r.Stages[i].Unit, without.data)
	}
	r := sentBack()
	r.Stages[2].OwnUnit, r.Stages[2].Unit = OwnRefused, school
	require.Error(t, r.check(), "the unit may not receive its own case")
}
