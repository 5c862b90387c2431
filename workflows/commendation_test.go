package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// TestWholeLife walks the route of 2023 from the sending to the decision.
func TestWholeLife(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.forward()
	p.accept("R1", "law1")
	p.appraise()
	p.vote()
	p.then(func() {
		all := ask[[]proposal.Transition](p.desk, workflows.QueryTransitions, 0)
		require.Len(t, all, 5)
		require.Equal(t, p.last, all[4], "the Update answered with another transition than the case holds")
		require.Len(t, ask[[]proposal.Transition](p.desk, workflows.QueryTransitions, 3), 2)
		a := ask[proposal.Account](p.desk, workflows.QueryAccount)
		require.Equal(t, proposal.StageIssuance, a.Place.Stage)
		require.Equal(t, 5, a.Transitions)
		require.Equal(t, "f", a.Validation.FactsHash)
	})
	p.issue()
	p.play()
	require.Equal(t, workflows.CommendationResult{Transitions: 6, Items: []workflows.CommendationEnd{
		{Item: "i1", Outcome: proposal.OutcomeRecognised}, {Item: "i2", Outcome: proposal.OutcomeNotPassed},
		{Item: "i3", Outcome: proposal.OutcomeNotProposed},
	}}, p.result())
	require.Equal(t, []workflows.ValidateInput{{Proposal: "p1", Revision: 1, Regime: "R1", LawHash: "law1", Content: "c1", Items: []string{"i1", "i2", "i3"}}}, p.asked)
	require.Empty(t, p.taken, "no Signal came, so nothing was to be recorded by the workflow")
}

// TestValidationOutlastsAnOutage: the activity fails and then succeeds; until it
// has, acts are refused with a code that says "in a moment".
func TestValidationOutlastsAnOutage(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.fails = 5
	var early *answer
	p.after(time.Second, func() {
		early = p.put(envelope.PurposeApp, p.by(proposal.ActionRecall, "p-clerk", proposal.RoleClerk, school, proposal.ReasonData{}))
	})
	p.then(func() { early.refused(t, envelope.CodeValidating) })
	p.forward()
	p.play()
	require.Len(t, p.asked, 6)
	require.Equal(t, proposal.StageReception, p.last.After.Stage)
}

func TestReturnAndResubmit(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.do(proposal.ActionDecide, "p-reviewer", proposal.RoleReviewer, district, proposal.DecideData{Verdict: proposal.VerdictReturn, Reason: "reasons"})
	p.then(func() { require.True(t, p.last.After.Returned); require.Equal(t, school, p.last.After.Unit) })
	items := []proposal.InputItem{
		{ID: "i1", Subject: "s1", Unit: school, Commitment: "m1b"}, {ID: "i2", Subject: "s2", Unit: school, Commitment: "m2"},
	}
	p.do(proposal.ActionResubmit, "p-head", proposal.RoleUnitHead, school, proposal.ResubmitData{Content: "c2", LawHash: "law2", Items: items})
	p.then(func() {
		require.Equal(t, 2, p.last.Revision)
		require.Equal(t, proposal.StageReview, p.last.After.Stage)
		require.Equal(t, 2, ask[proposal.Account](p.desk, workflows.QueryAccount).Validation.Revision)
	})
	p.play()
	require.Len(t, p.asked, 2, "a resubmission is checked again")
	require.Equal(t, workflows.ValidateInput{
		Proposal: "p1", Revision: 2, Regime: "R1", LawHash: "law2", Content: "c2", Items: []string{"i1", "i2"},
	}, p.asked[1])
}

func TestAcceptChecksAnotherRegimeAgain(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		regime, law string
		checks      int
	}{
		"the same":       {"R1", "law1", 1},
		"another regime": {"R2", "law1", 2},
		"other law data": {"R1", "law9", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t)
			p.forward()
			p.accept(tc.regime, tc.law)
			p.appraise()
			p.play()
			require.Len(t, p.asked, tc.checks)
			last := p.asked[len(p.asked)-1]
			require.Equal(t, tc.regime, last.Regime)
			require.Equal(t, tc.law, last.LawHash)
			// The signed content is over all three, although i3 ended at the district.
			require.Equal(t, []string{"i1", "i2", "i3"}, last.Items)
			require.Equal(t, proposal.StageCouncil, p.last.After.Stage, "the case did not go on after the check")
		})
	}
}

func TestWithdrawalCloses(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.do(proposal.ActionWithdraw, "p-head", proposal.RoleUnitHead, school, proposal.ReasonData{Reason: "reason"})
	p.play()
	r := p.result()
	require.Equal(t, 2, r.Transitions)
	for _, it := range r.Items {
		require.Equal(t, proposal.OutcomeWithdrawn, it.Outcome)
	}
}

// TestValidationOfAnotherRevision: an answer for another revision would pin the
// law's word on something that nobody sent.
func TestValidationOfAnotherRevision(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.env.OnActivity(workflows.ActivityValidate, anything, anything).Return(proposal.Validation{Revision: 7}, nil)
	p.play()
	require.Equal(t, envelope.CodeRevision, codeOf(p.env.GetWorkflowError()))
}
