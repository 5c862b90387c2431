package law

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The edges of each regime: what was sent or received the day before goes on under
// the former law, on the day itself under the new one; only R4 asks a person.
func TestConfirmOnTheEdges(t *testing.T) {
	t.Parallel()
	day := func(s string) Date {
		if s == "" {
			return Date{}
		}
		return MustDate(s)
	}
	for _, tc := range []struct {
		name, provisional, submitted, received, accepted string
		want, rule                                       string
		choices                                          []string
	}{
		{"no change", "R1", "2023-12-30", "2023-12-31", "2023-12-31", "R1", RuleSame, []string{"R1"}},
		{"received on the last day of R1", "R1", "2023-12-20", "2023-12-31", "2024-01-01", "R1", RuleFormer, []string{"R1"}},
		{"received on the first day of R2", "R1", "2023-12-31", "2024-01-01", "2024-01-01", "R2", RuleNew, []string{"R2"}},
		{"received under R1, nobody knows when", "R1", "2023-12-31", "", "2024-01-05", "R1", RuleSilent, []string{"R1", "R2"}},
		{"sent on the last day of R2", "R2", "2025-06-30", "2025-07-10", "2025-07-15", "R2", RuleFormer, []string{"R2"}},
		{"sent on the first day of R3", "R3", "2025-07-01", "2025-07-01", "2025-07-01", "R3", RuleSame, []string{"R3"}},
		{"received on the last day of R3", "R3", "2026-09-20", "2026-09-30", "2026-10-01", "R3", RuleFavourable, []string{"R3", "R4"}},
		{"received on the first day of R4", "R3", "2026-09-30", "2026-10-01", "2026-10-01", "R4", RuleNew, []string{"R4"}},
		{"sent under R4", "R4", "2026-11-28", "2026-11-28", "2026-11-28", "R4", RuleSame, []string{"R4"}},
		{"sent under R2, accepted under R4", "R2", "2025-06-30", "2025-07-02", "2026-10-02", "R2", RuleFavourable, []string{"R2", "R4"}},
		{"sent under R1, received under R2, accepted under R3", "R1", "2023-12-31", "2024-01-02", "2025-07-01", "R2", RuleFormer, []string{"R2"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c, err := Default().Confirm(tc.provisional, CaseDays{Submitted: day(tc.submitted), Received: day(tc.received), Accepted: day(tc.accepted)})
			require.NoError(t, err)
			assert.Equal(t, tc.want, c.Regime)
			assert.Equal(t, tc.rule, c.Rule)
			assert.Equal(t, tc.choices, c.Choices)
			assert.Equal(t, len(tc.choices) > 1, c.Open)
			assert.NotEmpty(t, c.Text.VI)
			assert.NotEmpty(t, c.Text.EN)
			if c.Rule != RuleSame {
				assert.NotEmpty(t, c.Cite.Article)
				assert.NotEmpty(t, c.Cite.Mark)
			}
		})
	}
}

// Data without a transitional rule leave it to a person.
func TestConfirmWithoutARule(t *testing.T) {
	t.Parallel()
	data := dataFS(t)
	edit(t, data, "regimes.yaml", "      - from: [R1]\n        counts: received", "      - from: []\n        counts: received")
	_, err := Load(data)
	require.ErrorContains(t, err, "names no former regime")

	data = dataFS(t)
	edit(t, data, "regimes.yaml", "      - from: [R1, R2]", "      - from: [R1]")
	l, err := Load(data)
	require.NoError(t, err)
	c, err := l.Confirm("R2", CaseDays{Submitted: MustDate("2025-06-30"), Received: MustDate("2025-06-30"), Accepted: MustDate("2025-07-01")})
	require.NoError(t, err)
	assert.True(t, c.Open)
	assert.Equal(t, RuleSilent, c.Rule)
	assert.Equal(t, []string{"R2", "R3@2025-08-04"}, c.Choices)
}

func TestTransitionsAreChecked(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ from, to, want string }{
		"a regime that is not former": {"      - from: [R1, R2]", "      - from: [R1, R4]", `"R4" is no former regime`},
		"an unknown day":              {"counts: submitted", "counts: signed", "neither submitted nor received"},
		"an unknown rule":             {"rule: favourable", "rule: best", "neither former nor favourable"},
		"a rule twice":                {"      - from: [R1, R2]", "      - from: [R1, R1]", "stands twice"},
		"no article":                  {`article: "Nghị định 152/2025/NĐ-CP Điều 60 khoản 3"`, `article: ""`, "article is missing"},
		"no words":                    {`en: "Dossiers submitted before 01/07/2025 continue under the rules of their submission."`, `en: ""`, "vi and en"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := dataFS(t)
			edit(t, data, "regimes.yaml", tc.from, tc.to)
			_, err := Load(data)
			require.ErrorContains(t, err, tc.want)
			assert.Contains(t, err.Error(), "regimes.yaml:")
		})
	}
}

// A draft decides nothing until the data apply it; then they are other data.
func TestDraftsAreAppliedOnlyWhereSaid(t *testing.T) {
	t.Parallel()
	l := Default()
	const code = "CSTDCS_EXCELLENT_OR_INITIATIVE"
	c, assumed, err := l.Criterion(code, "R4")
	require.NoError(t, err)
	assert.True(t, assumed)
	assert.False(t, c.Draft)
	d, ok := l.DraftCriterion(code, "R4")
	require.True(t, ok)
	assert.Contains(t, d.Cite.Label().VI, "dự thảo")

	on, err := l.WithDrafts("R4")
	require.NoError(t, err)
	assert.NotEqual(t, l.Hash(), on.Hash())
	c, assumed, err = on.Criterion(code, "R4")
	require.NoError(t, err)
	assert.False(t, assumed)
	assert.True(t, c.Draft)
	_, ok = on.DraftCriterion(code, "R4")
	assert.False(t, ok)
	again, err := on.WithDrafts("R4")
	require.NoError(t, err)
	assert.Equal(t, on.Hash(), again.Hash())
	same, err := l.WithDrafts()
	require.NoError(t, err)
	assert.Equal(t, l.Hash(), same.Hash())
	_, err = l.WithDrafts("R9")
	require.ErrorContains(t, err, "no_regime")
	c, _, err = on.Criterion(code, "R3")
	require.NoError(t, err)
	assert.False(t, c.Draft, "no other regime is touched")
}

func TestDraftsStandOnlyWhereTheyAreUnderstood(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ file, from, to, want string }{
		"of a seen regime":    {"draft-r4.yaml", "regimes: [R4]", "regimes: [R3]", "not for R3"},
		"of money":            {"money.yaml", "up_to: 10000,", "up_to: 10000, draft: true,", "for criteria only"},
		"of an award's rule":  {"awards.yaml", "        authority: LOCAL_LDTT", "        draft: true\n        authority: LOCAL_LDTT", "for criteria only"},
		"applied to nothing":  {"regimes.yaml", "regimes:\n", "apply_drafts: [{regime: R8, article: a, mark: unconfirmed}]\nregimes:\n", `there is no regime "R8"`},
		"applied unmarked":    {"regimes.yaml", "regimes:\n", "apply_drafts: [{regime: R4, article: a}]\nregimes:\n", "mark"},
		"a quota of nothing":  {"quotas.yaml", "award: CSTDCS\n", "award: CSTD\n", `there is no award "CSTD"`},
		"a quota without end": {"quotas.yaml", "percent: 15", "percent: 150", "between 1 and 100"},
		"a ladder of nothing": {"quotas.yaml", "steps: [CTDCP, CTDT, TTLDXS, TTLDTT]", "steps: [CTDCP, CTDT, TTLDXS, TTLD]", `there is no award "TTLD"`},
		"a ladder in a loop":  {"quotas.yaml", "steps: [CTDCP, CTDT, TTLDXS, TTLDTT]", "steps: [CTDCP, CTDT, TTLDXS, TTLDTT, CTDT]", "stands twice"},
		"several, unknown":    {"money.yaml", "when: forms", "when: froms", "when is not one of"},
		"several, pay":        {"money.yaml", "pay: highest", "pay: all", "neither each nor highest"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := dataFS(t)
			edit(t, data, tc.file, tc.from, tc.to)
			_, err := Load(data)
			require.ErrorContains(t, err, tc.want)
			assert.Contains(t, err.Error(), tc.file+":")
		})
	}
}
