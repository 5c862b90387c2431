package law

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

func TestRegimeOn(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2018-03-12": "R1", "2023-11-15": "R1", "2023-12-31": "R1",
		"2024-01-01": "R2", "2025-06-30": "R2",
		"2025-07-01": "R3@2025-08-04", "2025-08-04": "R3@2025-08-04", "2025-08-05": "R3", "2026-03-15": "R3", "2026-09-30": "R3",
		"2026-10-01": "R4", "2027-06-01": "R4",
	} {
		r, err := Default().RegimeOn(MustDate(day))
		require.NoError(t, err)
		assert.Equal(t, want, r.ID, day)
		assert.NotEmpty(t, r.Stack)
	}
	for _, d := range []Date{{}, MustDate("2017-09-30")} {
		_, err := Default().RegimeOn(d)
		require.ErrorContains(t, err, "no_regime")
	}
	_, err := Default().Regime("R9")
	require.ErrorContains(t, err, "no_regime")
}

// What R4 takes from R3 says so, everywhere.
func TestAssumedRegime(t *testing.T) {
	t.Parallel()
	l := Default()
	rule, err := l.AwardRule("CSTDT", "R4")
	require.NoError(t, err)
	assert.Equal(t, "R3", rule.AssumedFrom)
	assert.Equal(t, MarkUnconfirmed, rule.Mark)
	assert.Contains(t, rule.Cite.Label().VI, "chưa có văn bản mới, tạm lấy theo R3")

	d, err := l.Deadline("APPRAISAL", "R4", proposal.LevelProvince)
	require.NoError(t, err)
	assert.Equal(t, "R3", d.AssumedFrom)

	c, err := l.CouncilRule("CSTDT_VOTE", "R4", proposal.LevelProvince)
	require.NoError(t, err)
	assert.Equal(t, "R3", c.Threshold.AssumedFrom)
	assert.Equal(t, "R3", c.Quorum.AssumedFrom)

	_, assumed, err := l.Criterion("LDTT_RATING", "R4")
	require.NoError(t, err)
	assert.True(t, assumed)

	own, err := l.AwardRule("CSTDT", "R3")
	require.NoError(t, err)
	assert.Empty(t, own.AssumedFrom, "asking for R4 must not change R3")
	assert.Equal(t, MarkConfirmed, own.Mark)
}

func TestCouncilRules(t *testing.T) {
	t.Parallel()
	tests := []struct {
		code, regime string
		level        proposal.Level
		ballot       council.BallotKind
		absent       council.AbsentMode
		members      int
		needed       int
		mark         Mark
	}{
		{"CSTDT_VOTE", "R1", proposal.LevelProvince, council.BallotSecret, council.AbsentWritten, 11, 10, MarkOld},
		{"CSTDT_VOTE", "R1", proposal.LevelProvince, council.BallotSecret, council.AbsentWritten, 20, 18, MarkOld},
		{"CSTDT_VOTE", "R2", proposal.LevelProvince, council.BallotSecret, council.AbsentWritten, 25, 23, MarkUnconfirmed},
		{"PROVINCE_VOTE", "R1", proposal.LevelProvince, council.BallotOpen, council.AbsentWritten, 11, 8, MarkOld},
		{"PROVINCE_VOTE", "R3", proposal.LevelProvince, council.BallotOpen, council.AbsentWritten, 10, 7, MarkUnconfirmed},
		{"LOCAL_VOTE", "R1", proposal.LevelDistrict, council.BallotOpen, council.AbsentNone, 10, 6, MarkUnconfirmed},
		{"LOCAL_VOTE", "R3", proposal.LevelCommune, council.BallotOpen, council.AbsentNone, 9, 5, MarkUnconfirmed},
	}
	for _, tc := range tests {
		c, err := Default().CouncilRule(tc.code, tc.regime, tc.level)
		require.NoError(t, err)
		r := c.Rule()
		assert.Equal(t, tc.needed, r.Required(tc.members), "%v", tc)
		assert.Equal(t, council.BaseAll, r.Base)
		assert.Equal(t, tc.ballot, r.Ballot)
		assert.Equal(t, tc.absent, r.Absent)
		assert.Equal(t, tc.mark, c.Threshold.Mark, "%v", tc)
		assert.Equal(t, council.Fraction{Num: 2, Den: 3}, r.Quorum)
		assert.Equal(t, MarkUnconfirmed, c.Quorum.Mark)
		assert.True(t, c.Quorum.LocalRuleNeeded)
	}
	_, err := Default().CouncilRule("NO_VOTE", "R1", proposal.LevelProvince)
	require.ErrorContains(t, err, "no_council_rule")
}

func TestMarksHaveWords(t *testing.T) {
	t.Parallel()
	for _, m := range []Mark{MarkConfirmed, MarkSecondary, MarkUnconfirmed, MarkOld} {
		assert.NotEmpty(t, m.Text().VI)
		assert.NotEmpty(t, m.Text().EN)
	}
}
