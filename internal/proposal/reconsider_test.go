package proposal

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

var ask = func(items ...string) ItemsData { return ItemsData{Items: items} }

func TestReconsiderOnTheWay(t *testing.T) {
	t.Parallel()
	for _, k := range []StageKind{StageReception, StageAppraisal} {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			p := standingAt(t, k, normal)
			p.refuse(envelope.CodeStage, ActionDecide, RoleReviewer, district, answering())
			got := p.do(ActionReconsider, RoleUnitHead, school, ask("i3"))
			require.Equal(t, district, got.After.Unit, "the case waits for the level that did not propose")
			require.Equal(t, []Role{RoleReviewer}, got.After.Roles)
			require.Equal(t, []ItemChange{{Item: "i3", Outcome: OutcomeNotProposed, Reconsider: true}}, got.Items)
			p.refuse(envelope.CodeItem, ActionReconsider, RoleUnitHead, school, ask("i3"))
			if k == StageReception {
				p.refuse(envelope.CodeStage, ActionAccept, RoleAppraiser, standing, accepting())
			} else {
				p.refuse(envelope.CodeStage, ActionAppraise, RoleAppraiser, standing, appraising())
			}
			p.refuse(envelope.CodeRole, ActionDecide, RoleAppraiser, standing, answering())
			p.refuse(envelope.CodeUnit, ActionDecide, RoleReviewer, "u-other", answering())
			d := answering()
			d.Minutes = ""
			p.refuse(envelope.CodeData, ActionDecide, RoleReviewer, district, d)
			p.refuse(envelope.CodeItem, ActionDecide, RoleReviewer, district, answering(not("i1")))

			got = p.do(ActionDecide, RoleReviewer, district, answering())
			require.Equal(t, VerdictReconsidered, got.Verdict)
			require.Equal(t, []ItemChange{{Item: "i3", Opinion: OpinionPropose}}, got.Items)
			require.Equal(t, k, got.After.Stage, "the item joins the case where it stands")
			require.Equal(t, 3, got.After.Open)
			require.Empty(t, p.c.item("i3").DecidedReason)
			p.refuse(envelope.CodeStage, ActionDecide, RoleReviewer, district, answering())
			for !p.c.Closed() {
				p.onward()
			}
			require.Equal(t, OutcomeRecognised, p.outcome("i3"))
		})
	}
}

func TestReconsiderOnceOnly(t *testing.T) {
	t.Parallel()
	p := standingAt(t, StageAppraisal, normal)
	p.do(ActionReconsider, RoleUnitHead, school, ask("i3"))
	p.do(ActionDecide, RoleReviewer, district, answering(not("i3")))
	it := p.c.item("i3")
	require.Equal(t, OutcomeNotProposed, it.Outcome)
	require.Equal(t, district, it.RefusedBy, "refused by the reviewing level, wherever the case stands meanwhile")
	require.Equal(t, 1, it.RefusedAt)
	p.refuse(envelope.CodeItem, ActionReconsider, RoleUnitHead, school, ask("i3"))
	for !p.c.Closed() {
		p.onward()
	}
	require.Equal(t, OutcomeNotProposed, p.outcome("i3"))
}

func TestAllNotProposedWaitsForTheUnit(t *testing.T) {
	t.Parallel()
	both := forwarding(not("i1"), not("i2"))
	fresh := func() *player {
		p := newPlayer(t, input(provincial(), 2))
		got := p.do(ActionDecide, RoleReviewer, district, both)
		require.False(t, got.After.Closed)
		require.Equal(t, StageReview, got.After.Stage)
		require.Equal(t, school, got.After.Unit)
		require.Equal(t, []Role{RoleUnitHead}, got.After.Roles)
		return p
	}
	t.Run("nothing else is possible meanwhile", func(t *testing.T) {
		p := fresh()
		p.refuse(envelope.CodeStage, ActionDecide, RoleReviewer, district, forwarding())
		p.refuse(envelope.CodeStage, ActionDecide, RoleReviewer, district, returning())
		p.refuse(envelope.CodeStage, ActionRecall, RoleClerk, school, ReasonData{})
		p.refuse(envelope.CodeStage, ActionDecide, RoleReviewer, district, answering())
	})
	t.Run("the unit lets it be", func(t *testing.T) {
		p := fresh()
		got := p.do(ActionWithdraw, RoleUnitHead, school, ReasonData{})
		require.True(t, got.After.Closed)
		require.Equal(t, OutcomeNotProposed, p.outcome("i1"))
	})
	t.Run("the answer is yes", func(t *testing.T) {
		p := fresh()
		p.do(ActionReconsider, RoleUnitHead, school, ask("i1", "i2"))
		p.refuse(envelope.CodeStage, ActionDecide, RoleReviewer, district, forwarding())
		got := p.do(ActionDecide, RoleReviewer, district, answering(not("i2")))
		require.Equal(t, StageReception, got.After.Stage)
		require.Equal(t, 1, got.After.Open)
	})
	t.Run("the answer is no", func(t *testing.T) {
		p := fresh()
		p.do(ActionReconsider, RoleUnitHead, school, ask("i1", "i2"))
		got := p.do(ActionDecide, RoleReviewer, district, answering(not("i1"), not("i2")))
		require.True(t, got.After.Closed)
	})
	t.Run("one by one", func(t *testing.T) {
		p := fresh()
		p.do(ActionReconsider, RoleUnitHead, school, ask("i1"))
		got := p.do(ActionDecide, RoleReviewer, district, answering(not("i1")))
		require.False(t, got.After.Closed, "the other may still be asked for")
		require.Equal(t, school, got.After.Unit)
		p.do(ActionReconsider, RoleUnitHead, school, ask("i2"))
		got = p.do(ActionDecide, RoleReviewer, district, answering())
		require.Equal(t, StageReception, got.After.Stage)
	})
}

// Once the last open item left the case by another door, nobody above may close
// it over the head of a unit that can still ask for a second look.
func TestNothingInPlayAboveWaitsForTheUnit(t *testing.T) {
	t.Parallel()
	for _, k := range []StageKind{StageReception, StageAppraisal} {
		p := standingAt(t, k, normal)
		p.do(ActionLower, RoleUnitHead, school, LowerData{Item: "i1", Award: "GK", Link: "p2"})
		got := p.do(ActionLower, RoleUnitHead, school, LowerData{Item: "i2", Award: "GK", Link: "p2"})
		require.False(t, got.After.Closed)
		require.Equal(t, []Role{RoleUnitHead}, got.After.Roles)
		if k == StageReception {
			p.refuse(envelope.CodeStage, ActionAccept, RoleAppraiser, standing, accepting())
		} else {
			p.refuse(envelope.CodeStage, ActionAppraise, RoleAppraiser, standing, appraising())
		}
		p.refuse(envelope.CodeStage, ActionDecide, RoleAppraiser, standing, returning())
		p.do(ActionReconsider, RoleUnitHead, school, ask("i3"))
		got = p.do(ActionDecide, RoleReviewer, district, answering())
		require.Equal(t, standing, got.After.Unit)
		require.Equal(t, 1, got.After.Open)
	}
}

func TestReconsiderIsTooLateAtTheCouncil(t *testing.T) {
	t.Parallel()
	p := standingAt(t, StageCouncil, normal)
	p.refuse(envelope.CodeStage, ActionReconsider, RoleUnitHead, school, ask("i3"))
}

func TestUnappraisedRouteKeepsTheSecondLook(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(unappraised(), 2))
	p.do(ActionDecide, RoleReviewer, district, forwarding(not("i2")))
	p.do(ActionReconsider, RoleUnitHead, school, ask("i2"))
	p.refuse(envelope.CodeStage, ActionAccept, RoleAppraiser, standing, accepting())
	p.do(ActionDecide, RoleReviewer, district, answering())
	p.onward()
	require.Equal(t, 2, p.c.Place().Open)
}

func TestNoReviewNoSecondLook(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(districtDecided(), 1))
	p.refuse(envelope.CodeStage, ActionDecide, RoleReviewer, district, answering())
}

func TestReturnWhileASecondLookIsOwed(t *testing.T) {
	t.Parallel()
	p := standingAt(t, StageReception, normal)
	p.do(ActionReconsider, RoleUnitHead, school, ask("i3"))
	p.do(ActionDecide, RoleAppraiser, standing, returning())
	p.do(ActionResubmit, RoleUnitHead, school, resubmitting(p.c))
	p.valid()
	require.Equal(t, district, p.c.Place().Unit, "the answer is still owed")
	p.do(ActionDecide, RoleReviewer, district, answering())
	require.Equal(t, standing, p.c.Place().Unit)
}
