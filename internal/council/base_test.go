package council

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"vinhdanh/internal/envelope"
)

func TestChairMustAgree(t *testing.T) {
	t.Parallel()
	r := openRule
	r.ChairMustAgree = true
	for chair, passed := range map[string]bool{"y": true, "n": false, "a": false, "": false} {
		t.Run(fmt.Sprintf("chair says %q", chair), func(t *testing.T) {
			t.Parallel()
			d := opened(t, input(11, r), 11)
			if chair != "" {
				d.vote("m1", chair)
			}
			for i := 2; i <= 11; i++ {
				d.vote(member(i), "y")
			}
			row := d.do(ActionClose, "chair", nil).Results[0]
			require.Equal(t, passed, row.Passed)
			require.Equal(t, passed, row.Sum.Met)
			require.GreaterOrEqual(t, row.Sum.Yes, row.Sum.Needed, "the count alone would do")
		})
	}
	d := opened(t, input(11, r), 11)
	d.vote("m1", "y")
	for i := 2; i <= 7; i++ {
		d.vote(member(i), "y")
	}
	require.False(t, d.do(ActionClose, "chair", nil).Results[0].Passed, "the chair alone does not do either")
}

func TestWrittenVotesNeverExceedTheBase(t *testing.T) {
	t.Parallel()
	r := openRule
	r.Base, r.Quorum = BasePresent, Fraction{}
	d := opened(t, input(10, r), 4)
	for i := 1; i <= 4; i++ {
		d.vote(member(i), "n")
	}
	for i := 5; i <= 10; i++ {
		d.do(ActionCast, "member", CastData{Member: member(i), Choices: "y", Written: true}, by(member(i)))
	}
	row := d.do(ActionClose, "chair", nil).Results[0]
	require.Equal(t, Sum{Yes: 6, No: 4, Written: 6, Base: 10, Needed: 7}, row.Sum, "six in writing do not outvote four who came")
}

func TestWrittenConsultation(t *testing.T) {
	t.Parallel()
	r := Rule{Mode: ModeWritten, Base: BaseAll, Threshold: Fraction{8, 10}, Ballot: BallotOpen, Absent: AbsentWritten}
	d := opened(t, input(5, r), 0)
	for i := 1; i <= 4; i++ {
		d.do(ActionCast, "member", CastData{Member: member(i), Choices: "y", Written: true}, by(member(i)))
	}
	row := d.do(ActionClose, "chair", nil).Results[0]
	require.Equal(t, Sum{Yes: 4, Written: 4, Base: 5, Needed: 4, Met: true}, row.Sum)
}

func TestNobodyVotedNothingPasses(t *testing.T) {
	t.Parallel()
	r := openRule
	r.Base, r.Quorum = BasePresent, Fraction{}
	row := opened(t, input(5, r), 0).do(ActionClose, "chair", nil).Results[0]
	require.False(t, row.Passed)
	require.Zero(t, row.Sum.Base)
}

func TestCancel(t *testing.T) {
	t.Parallel()
	for _, phase := range []Phase{PhaseConvened, PhaseOpen} {
		d := convene(t, input(3, openRule))
		if phase == PhaseOpen {
			d.do(ActionOpen, "chair", OpenData{Present: members(1, 3)})
			d.vote("m2", "y")
		}
		d.refuse(envelope.CodeRole, ActionCancel, "member", map[string]string{"reason": "r"})
		d.refuse(envelope.CodeData, ActionCancel, "chair", map[string]string{})
		got := d.do(ActionCancel, "secretary", map[string]string{"reason": "r"})
		require.Equal(t, PhaseCancelled, got.Phase)
		require.Equal(t, "r", got.LastNote)
		require.True(t, d.s.Done())
		require.Empty(t, d.s.Results())
		d.refuse(envelope.CodeClosed, ActionClose, "chair", nil)
	}
}
