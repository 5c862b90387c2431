package law

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

// Every award of every regime has a whole account, and whatever it says has an
// article and a mark; in a regime whose text was not seen all marks are unconfirmed.
func TestAccountOfEveryAward(t *testing.T) {
	t.Parallel()
	l := Default()
	for _, r := range l.Regimes {
		awards, err := l.Awards(r.From)
		require.NoError(t, err)
		for _, w := range awards {
			a, err := l.Account(w.Code, r.From)
			require.NoError(t, err, "%s in %s", w.Code, r.ID)
			cites := []Cite{a.Rule.Cite, a.Authority.Cite, a.Route.Cite, a.Dossier.Cite}
			require.NotEmpty(t, a.Authority.Offices)
			require.NotEmpty(t, a.Dossier.Papers)
			require.Len(t, a.Money, len(w.Kinds))
			for _, s := range a.Route.Stages {
				for _, d := range s.Deadlines {
					cites = append(cites, d.Cite)
				}
			}
			for _, c := range a.Council {
				cites = append(cites, c.Cite, c.Threshold.Cite, c.Quorum.Cite)
			}
			cites = append(cites, citesOf(a.Criteria)...)
			cites = append(cites, citesOf(a.Global)...)
			for _, o := range a.Authority.Offices {
				for _, h := range o.Includes {
					cites = append(cites, h.Cite)
					require.Equal(t, a.Authority.Cite.AssumedFrom, h.Cite.AssumedFrom, "%s in %s", w.Code, r.ID)
				}
			}
			for _, c := range cites {
				require.True(t, c.Article != "" && c.Mark.known(), "%s in %s", w.Code, r.ID)
				if r.AssumedFrom != "" && c.AssumedFrom != "" {
					require.Equal(t, MarkUnconfirmed, c.Mark, "%s in %s", w.Code, r.ID)
				}
			}
			require.True(t, a.Retention.Article != "" && a.Retention.Mark.known())
		}
	}
}

func citesOf(list []CriterionPart) []Cite {
	var out []Cite
	for _, p := range list {
		out = append(append(out, p.Cite), citesOf(p.Parts)...)
		for _, n := range p.Numbers {
			out = append(out, n.Cite)
		}
	}
	return out
}

func TestAccount(t *testing.T) {
	t.Parallel()
	l := Default()
	a, err := l.Account("CSTDTQ", MustDate("2025-08-01"))
	require.NoError(t, err)
	assert.Equal(t, "Thủ tướng Chính phủ", a.Authority.Offices[0].Name.VI)
	assert.Equal(t, "STATE", a.Route.Code)
	require.Len(t, a.Council, 1)
	assert.Equal(t, []proposal.Level{proposal.LevelProvince}, a.Council[0].Levels, "the province's own Council votes")
	assert.EqualValues(t, 10_530_000, a.Money[0].Dong, "4.5 × 2,340,000")
	assert.Equal(t, "PERMANENT", a.Retention.Code)

	a, err = l.Account("CSTDCS", MustDate("2025-08-01"))
	require.NoError(t, err)
	assert.Equal(t, "Chủ tịch Ủy ban nhân dân xã", a.Authority.Offices[0].Name.VI)
	assert.Equal(t, "Giám đốc doanh nghiệp, hợp tác xã", a.Authority.Offices[1].Includes[0].Name.VI)
	require.Len(t, a.Criteria, 2)
	assert.Len(t, a.Criteria[1].Parts, 2, "either … or …")
	assert.Len(t, a.Council, 2, "a commune's and a department's")

	a, err = l.Account("GDVH", MustDate("2025-08-01"))
	require.NoError(t, err)
	assert.Contains(t, a.Money[0].Missing.VI, "cần người xem")

	a, err = l.Account("CSTDCS", MustDate("2026-10-01"))
	require.NoError(t, err)
	assert.Equal(t, MarkUnconfirmed, a.Criteria[0].Mark, "R4 takes R3's text and does not keep its mark")
	_, err = l.Account("GK-H", MustDate("2025-08-01"))
	require.ErrorContains(t, err, "award_not_in_regime")
	_, err = l.Account("LDTT", MustDate("2001-08-01"))
	require.ErrorContains(t, err, "no_regime")
}

// What stands in from another regime says so of each of its options.
func TestOptionsOfACouncilRuleAreAssumedToo(t *testing.T) {
	t.Parallel()
	given := Cite{Article: "a", Mark: MarkConfirmed, Source: "S1"}
	c := CouncilRule{
		Consultation: &Consultation{Cite: given}, Standing: &Standing{Cite: given}, SecondRound: &Share{Cite: given},
		Tie: &TieRule{Cite: given}, Recusal: &Recusal{Cite: given},
	}
	kept := c
	c.assumeOptions("R3")
	for _, got := range []Cite{c.Consultation.Cite, c.Standing.Cite, c.SecondRound.Cite, c.Tie.Cite, c.Recusal.Cite} {
		require.Equal(t, []any{MarkUnconfirmed, "R3"}, []any{got.Mark, got.AssumedFrom})
	}
	require.Equal(t, given, kept.Tie.Cite, "the data themselves are not touched")
}
