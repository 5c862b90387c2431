package app

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

// Several awards of one person by one decision, and by decisions that go out together, are
// paid as the rule says, with its article: a title given twice once, a title and a form both.
func TestSeveralAwardsAtOnceInDecisions(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	who := person("Nguyễn Văn Ví Dụ")
	who.PeriodKind, who.Period = "calendar", "2023"
	a, b, c := w.send("CSTDT", voting, who), w.send("CSTDT", voting, who), w.send("BKT-I", voting, who)
	other := w.send("CSTDT", voting, func() proposal.ItemContent { x := person("Trần Thị Giả Định"); return x }())
	require.Equal(t, 4, w.finishCouncil(w.vote(nil, a, b, c, other)).Delivered)
	head := w.as(w.standingLogin())

	o, err := w.DecisionOptions(ctx, head, DecisionOptionsInput{Proposals: []string{a.ID, b.ID, other.ID}})
	require.NoError(t, err)
	paid, none := 0, 0
	for _, l := range o.Items {
		switch {
		case l.Proposal == other.ID:
			require.Nil(t, l.Several, "nothing else is given to her")
			require.Equal(t, int64(5_400_000), l.Amount)
		case l.Several.Pay:
			paid++
			require.Equal(t, int64(5_400_000), l.Amount)
		default:
			none++
			require.Zero(t, l.Amount)
			require.Equal(t, "Nghị định 91/2017/NĐ-CP (nguyên tắc tiền thưởng)", l.Several.Article)
			require.Equal(t, "unconfirmed", string(l.Several.Mark))
		}
	}
	require.Equal(t, []int{1, 1}, []int{paid, none})
	require.Equal(t, int64(10_800_000), o.Total)
	w.lawChanged("{when: same_period, pay: highest, regimes: [R1]", "{when: same_period, pay: each, regimes: [R1]",
		"award: CSTDT, kinds: [individual], regimes: [R1], hundredths: 300", "award: CSTDT, kinds: [individual], regimes: [R1], hundredths: 600")
	o, err = w.DecisionOptions(ctx, head, DecisionOptionsInput{Proposals: []string{a.ID, b.ID, other.ID}})
	require.NoError(t, err)
	require.Equal(t, int64(10_800_000), o.Total, "they go by the rule and the multiples that their cases keep")

	first, err := w.DraftDecision(ctx, head, DraftDecisionInput{Proposals: []string{c.ID}})
	require.NoError(t, err)
	require.Nil(t, first.Lines[0].Several, "the title stands in no decision yet")
	second, err := w.DraftDecision(ctx, head, DraftDecisionInput{Proposals: []string{a.ID}})
	require.NoError(t, err)
	require.True(t, second.Lines[0].Several.Pay)
	require.Contains(t, second.Lines[0].Several.Text.VI, "nhận tiền thưởng của cả hai")
	first, err = w.DecisionView(ctx, head, first.ID)
	require.NoError(t, err)
	require.True(t, first.Lines[0].Several.Pay)
	require.Equal(t, int64(1_800_000), first.Lines[0].Amount)
}
