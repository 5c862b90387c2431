package council

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// TestCountingTeam: where a team is named its people alone enter the counts, and its head
// signs for what both entered before the chair can close; without one all is as before.
func TestCountingTeam(t *testing.T) {
	t.Parallel()
	in := input(5, secretRule)
	d := convene(t, in)
	team := TeamData{Head: "m2", Members: []string{"m3", "m4"}}
	d.refuse(envelope.CodeRole, ActionTeam, "member", team, by("m2"))
	for _, bad := range []TeamData{{Head: "m2"}, {Members: []string{"m3"}}, {Head: "m2", Members: []string{"m2"}}, {Head: "m2", Members: []string{""}}} {
		d.refuse(envelope.CodeData, ActionTeam, "secretary", bad)
	}
	d.do(ActionTeam, "chair", TeamData{Head: "m5", Members: []string{"m4"}})
	d.do(ActionOpen, "chair", OpenData{Present: members(1, 5)})
	d.do(ActionTeam, "secretary", team)
	count := paperCount(in, 5, 5, 0, 5, 0, 0, 0)
	d.refuse(envelope.CodeRole, ActionCountPaper, "secretary", count)
	d.refuse(envelope.CodeRole, ActionCountPaper, "member", count, by("m5"))
	d.do(ActionCountPaper, "member", count, by("m3"))
	d.refuse(envelope.CodeStage, ActionTeam, "secretary", team)
	d.do(ActionTeam, "secretary", TeamData{Head: "m5", Members: []string{"m4"}, Reason: "the head fell ill"})
	require.NotNil(t, d.s.first, "what was entered stays")
	d.refuse(envelope.CodeRole, ActionCountPaper, "member", count, by("m2"))
	back := team
	back.Reason = "and came back"
	require.Equal(t, back.Reason, d.do(ActionTeam, "secretary", back).LastNote)
	digest, err := CountDigest(count)
	require.NoError(t, err)
	d.refuse(envelope.CodeStage, ActionSignCount, "member", SignCountData{Digest: digest}, by("m2"))
	d.do(ActionCountPaper, "member", count, by("m2"))
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	d.refuse(envelope.CodeRole, ActionSignCount, "member", SignCountData{Digest: digest}, by("m3"))
	d.refuse(envelope.CodeData, ActionSignCount, "member", SignCountData{Digest: "x"}, by("m2"))
	d.do(ActionSignCount, "member", SignCountData{Digest: digest}, by("m2"))
	d.refuse(envelope.CodeReplayed, ActionSignCount, "member", SignCountData{Digest: digest}, by("m2"))
	d.refuse(envelope.CodeStage, ActionTeam, "secretary", back)
	require.True(t, d.do(ActionClose, "chair", nil).Results[0].Passed)

	open := convene(t, input(5, openRule))
	open.refuse(envelope.CodeStage, ActionTeam, "secretary", team)
}

// TestTeamOfASecondBallot: each ballot's count is signed for on its own.
func TestTeamOfASecondBallot(t *testing.T) {
	t.Parallel()
	again := secretRule
	again.Second = Fraction{1, 2}
	in := input(5, again)
	d := opened(t, in, 5)
	d.do(ActionTeam, "secretary", TeamData{Head: "m2", Members: []string{"m3"}})
	enter := func(count PaperData) string {
		d.do(ActionCountPaper, "member", count, by("m2"))
		d.do(ActionCountPaper, "member", count, by("m3"))
		digest, err := CountDigest(count)
		require.NoError(t, err)
		return digest
	}
	d.do(ActionSignCount, "member", SignCountData{Digest: enter(paperCount(in, 5, 5, 0, 3, 2, 0, 0))}, by("m2"))
	require.Len(t, d.do(ActionClose, "chair", nil).Change.Second, 1)
	count := paperCount(in, 5, 5, 0, 5, 0, 0, 0)
	count.Round = 2
	digest := enter(count)
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	d.refuse(envelope.CodeStage, ActionSignCount, "member", SignCountData{Digest: digest}, by("m2"))
	d.do(ActionSignCount, "member", SignCountData{Digest: digest, Round: 2}, by("m2"))
	require.Equal(t, PhaseClosed, d.do(ActionClose, "chair", nil).Phase)
}

// TestStandingMembersAlone: their session has their roster, hence their base, and takes
// only what a rule leaves to them.
func TestStandingMembersAlone(t *testing.T) {
	t.Parallel()
	alone := openRule
	alone.Standing = true
	in := input(4, alone)
	in.Mode = ModeStanding
	d := opened(t, in, 3)
	for i := 1; i <= 3; i++ {
		d.vote(member(i), "y")
	}
	require.Equal(t, Sum{Yes: 3, Base: 4, Needed: 3, Met: true}, d.do(ActionClose, "chair", nil).Results[0].Sum)
	in = input(4, alone, openRule)
	in.Mode = ModeStanding
	_, err := New(in, d.acts[0], d.times[0])
	require.Equal(t, envelope.CodeData, envelope.CodeOf(err))
	in.Mode = "committee"
	_, err = New(in, d.acts[0], d.times[0])
	require.Equal(t, envelope.CodeData, envelope.CodeOf(err))
}
