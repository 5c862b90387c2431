package council

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// TestSecondBallot: what falls short by so little that its rule votes again goes to a
// second ballot of the same session, and only that; both sums are kept.
func TestSecondBallot(t *testing.T) {
	t.Parallel()
	again := openRule
	again.Second = Fraction{1, 2}
	d := opened(t, input(10, again, openRule, again, again), 10)
	for i := 1; i <= 10; i++ {
		first := []byte("nnny")
		if i <= 6 {
			first[0], first[1] = 'y', 'y'
		}
		if i <= 4 {
			first[2] = 'y'
		}
		d.vote(member(i), string(first))
	}
	d.refuse(envelope.CodeStage, ActionCast, "member", CastData{Member: "m1", Choices: "yyyy", Round: 2}, by("m1"))
	took := d.do(ActionClose, "chair", nil)
	require.Equal(t, PhaseOpen, took.Phase)
	require.Empty(t, took.Results)
	first := Sum{Yes: 6, No: 4, Base: 10, Needed: 7}
	require.Equal(t, Rows{{Item: "a1", Case: "commendation/p1", Sum: first}}, took.Change.Second, "a2 has no second ballot, a3 too few, a4 passed")

	d.refuse(envelope.CodeStage, ActionCast, "member", CastData{Member: "m1", Choices: "y---"}, by("m1"))
	d.refuse(envelope.CodeOwnCase, ActionCast, "member", CastData{Member: "m1", Choices: "yy--", Round: 2}, by("m1"))
	d.refuse(envelope.CodeStage, ActionRecuse, "member", RecuseData{Member: "m1", Items: []string{"a4"}}, by("m1"))
	for i := 1; i <= 8; i++ {
		d.do(ActionCast, "member", CastData{Member: member(i), Choices: "y---", Round: 2}, by(member(i)))
	}
	took = d.do(ActionClose, "chair", nil)
	require.Equal(t, PhaseClosed, took.Phase)
	require.Equal(t, ResultRow{Item: "a1", Case: "commendation/p1", Passed: true, Sum: Sum{Yes: 8, Base: 10, Needed: 7, Met: true}, First: &first}, took.Results[0])
	require.Equal(t, []bool{true, false, false, true}, []bool{took.Results[0].Passed, took.Results[1].Passed, took.Results[2].Passed, took.Results[3].Passed})
	require.Nil(t, took.Results[3].First)
	require.Equal(t, 18, d.s.Voted())
}

// TestSecondBallotOnPaper: the papers of the second ballot are counted anew, of its items
// alone.
func TestSecondBallotOnPaper(t *testing.T) {
	t.Parallel()
	again := secretRule
	again.Second = Fraction{1, 2}
	in := input(10, again, secretRule)
	d := opened(t, in, 10)
	count := paperCount(in, 10, 10, 0, 8, 2, 0, 0)
	d.do(ActionCountPaper, "member", count, by("m2"))
	d.do(ActionCountPaper, "member", count, by("m3"))
	require.Len(t, d.do(ActionClose, "chair", nil).Change.Second, 1)
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	d.refuse(envelope.CodeStage, ActionCountPaper, "member", count, by("m2"))
	d.refuse(envelope.CodeData, ActionCountPaper, "member", PaperData{Issued: 10, Collected: 10, Items: count.Items, Round: 2}, by("m2"))
	second := PaperData{Issued: 10, Collected: 9, Items: []PaperItem{{Item: "a1", Yes: 9}}, Round: 2}
	d.do(ActionCountPaper, "member", second, by("m2"))
	d.do(ActionCountPaper, "member", second, by("m3"))
	rows := d.do(ActionClose, "chair", nil).Results
	require.True(t, rows[0].Passed)
	require.Equal(t, 8, rows[0].First.Yes)
	require.Equal(t, Sum{Yes: 8, No: 2, Base: 10, Needed: 9}, rows[1].Sum)
}

// TestTies: half of the base in favour is not more than half; where the rule says so,
// the chair's own vote decides.
func TestTies(t *testing.T) {
	t.Parallel()
	half := openRule
	half.Threshold, half.MoreThan = Fraction{1, 2}, true
	chair := half
	chair.Tie = TieChair
	for _, tc := range []struct {
		m1, m2 string
		want   []bool
	}{{"yy", "nn", []bool{false, true}}, {"nn", "yy", []bool{false, false}}} {
		d := opened(t, input(2, half, chair), 2)
		d.vote("m1", tc.m1)
		d.vote("m2", tc.m2)
		rows := d.do(ActionClose, "chair", nil).Results
		require.Equal(t, tc.want, []bool{rows[0].Passed, rows[1].Passed})
		require.False(t, rows[0].Sum.Tie)
		require.True(t, rows[1].Sum.Tie)
	}
}

// TestATieWithoutTheChairsSide: a chair who abstained, or is barred from the item, took no
// side: the tie is told as it is and the item does not pass.
func TestATieWithoutTheChairsSide(t *testing.T) {
	t.Parallel()
	chair := openRule
	chair.Threshold, chair.MoreThan, chair.Tie = Fraction{1, 2}, true, TieChair
	in := input(4, chair, chair)
	in.Agenda[1].Recused = []string{"m1"}
	d := opened(t, in, 4)
	d.vote("m1", "a-")
	for m, choices := range map[string]string{"m2": "yy", "m3": "yy", "m4": "nn"} {
		d.vote(m, choices)
	}
	for _, row := range d.do(ActionClose, "chair", nil).Results {
		require.False(t, row.Passed)
		require.False(t, row.Sum.Tie, "the chair's side decided nothing")
		require.True(t, row.Sum.Untaken)
		require.Equal(t, 2, row.Sum.Yes)
	}
}
