package law

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

const before, since = "R3@2025-08-04", "R3"

// Circular 15/2025 applies from 05/08/2025, five weeks after R3 began: what holds is said
// by the day, and the texts of the day stand in the stack.
func TestARegimeThatChangesWithin(t *testing.T) {
	t.Parallel()
	l := Default()
	for _, tc := range []struct{ day, regime, article, otherwise, circular string }{
		{"2025-06-30", "R2", "Thông lệ", "needs_person", "Thông tư 01/2024/TT-BNV"},
		{"2025-07-01", before, "Thông lệ", "needs_person", "Thông tư 01/2024/TT-BNV"},
		{"2025-07-10", before, "Thông lệ", "needs_person", "Thông tư 01/2024/TT-BNV"},
		{"2025-08-04", before, "Thông lệ", "needs_person", "Thông tư 01/2024/TT-BNV"},
		{"2025-08-05", since, "Thông tư 15/2025/TT-BNV", "", "Thông tư 15/2025/TT-BNV"},
		{"2025-08-10", since, "Thông tư 15/2025/TT-BNV", "", "Thông tư 15/2025/TT-BNV"},
		{"2026-09-30", since, "Thông tư 15/2025/TT-BNV", "", "Thông tư 15/2025/TT-BNV"},
		{"2026-10-01", "R4", "Thông tư 15/2025/TT-BNV", "", "06/2026/QH16"},
	} {
		r, err := l.RegimeOn(MustDate(tc.day))
		require.NoError(t, err)
		require.Equal(t, tc.regime, r.ID, tc.day)
		c, _, err := l.Criterion("UNIT_NOT_DISSOLVED", r.ID)
		require.NoError(t, err)
		assert.Contains(t, c.Article, tc.article, tc.day)
		assert.Equal(t, tc.otherwise, c.Otherwise, tc.day)
		assert.Contains(t, r.Stack[len(r.Stack)-1].VI, tc.circular, tc.day)
		a, err := l.Account("LDTT", MustDate(tc.day))
		require.NoError(t, err)
		for _, g := range a.Global {
			if g.Code == "UNIT_NOT_DISSOLVED" {
				assert.Contains(t, g.Article, tc.article, tc.day)
			}
		}
	}
	assert.Equal(t, Text{VI: "R3 (đến 04/08/2025)", EN: "R3 (to 04/08/2025)"}, RegimeName(before))
	rule, err := l.AwardRule("CSTDT", before)
	require.NoError(t, err)
	assert.Empty(t, rule.AssumedFrom, "all else is R3's")
	sum, how, err := l.Bonus("CSTDT", KindIndividual, MustDate("2025-07-10"))
	require.NoError(t, err)
	assert.Equal(t, int64(7_020_000), sum)
	assert.Equal(t, MarkConfirmed, how.MultipleCite.Mark)
	assert.NotEmpty(t, l.Lower("CSTDT", KindIndividual, before, []proposal.Level{proposal.LevelCommune, proposal.LevelProvince}))
}

// The day that chooses the regime chooses the side of a change within it, too.
func TestConfirmAcrossAChangeWithin(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, provisional, submitted, received, accepted, want, rule string }{
		{"all before", before, "2025-07-10", "2025-07-12", "2025-08-04", before, RuleSame},
		{"received before", before, "2025-07-10", "2025-08-04", "2025-08-10", before, RuleFormer},
		{"received on the day", before, "2025-07-10", "2025-08-05", "2025-08-10", since, RuleNew},
		{"all since", since, "2025-08-10", "2025-08-10", "2025-08-10", since, RuleSame},
		{"of the regime before, not asked twice", "R2", "2025-06-30", "2025-07-10", "2025-08-10", "R2", RuleFormer},
		{"to R4, received before", before, "2025-07-10", "2025-07-12", "2026-10-02", before, RuleFavourable},
	} {
		c, err := Default().Confirm(tc.provisional, CaseDays{Submitted: MustDate(tc.submitted), Received: MustDate(tc.received), Accepted: MustDate(tc.accepted)})
		require.NoError(t, err)
		assert.Equal(t, []string{tc.want, tc.rule}, []string{c.Regime, c.Rule}, "%s: %s", tc.name, c.Text.EN)
	}
	c, err := Default().Confirm("R2", CaseDays{Submitted: MustDate("2025-06-30"), Accepted: MustDate("2025-08-10")})
	require.NoError(t, err)
	assert.Contains(t, c.Text.VI, "R3 có hiệu lực từ 01/07/2025")
	c, err = Default().Confirm(before, CaseDays{Submitted: MustDate("2025-07-10"), Received: MustDate("2025-08-05"), Accepted: MustDate("2025-08-10")})
	require.NoError(t, err)
	assert.Contains(t, c.Text.VI, "thay đổi trong R3 có hiệu lực từ 05/08/2025")
	c, err = Default().Confirm("R1", CaseDays{Submitted: MustDate("2023-12-31"), Accepted: MustDate("2025-08-10")})
	require.NoError(t, err)
	assert.NotContains(t, c.Choices, before, "what no longer holds is no choice")
}

// Dates of criteria that leave a gap, overlap, or name a day on which nothing changes.
func TestDatesWithinARegimeAreChecked(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, old, text, want string }{
		{"overlap", "    from: 2025-08-05\n    article: \"Thông tư 15", "    article: \"Thông tư 15", "stands twice"},
		{"gap", "    to: 2025-08-04\n    article", "    to: 2025-08-03\n    article", "nothing holds"},
		{"no such day", "    from: 2025-08-05\n", "    from: 2025-08-06\n", "must be days on which R3 is said to change"},
	} {
		data := dataFS(t)
		edit(t, data, "criteria-global.yaml", tc.old, tc.text)
		_, err := Load(data)
		require.Error(t, err, tc.name)
		assert.Contains(t, err.Error(), tc.want, tc.name)
		assert.Contains(t, err.Error(), "criteria-global.yaml:", tc.name)
	}
	data := dataFS(t)
	edit(t, data, "regimes.yaml", "      - to: 2025-08-04", "      - to: 2026-09-30")
	_, err := Load(data)
	require.ErrorContains(t, err, "must lie within the regime")
}
