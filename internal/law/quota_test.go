package law

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

func listOf(award, unit string, n int) []QuotaRow {
	out := make([]QuotaRow, n)
	for i := range out {
		out[i] = QuotaRow{Subject: fmt.Sprint(unit, i), Kind: KindIndividual, Award: award, Unit: unit, PeriodKind: "calendar", Period: "2023"}
	}
	return out
}

// 15 % is exact: 3 of 20 fit, 3 of 19 do not; nothing is rounded up.
func TestFifteenPercent(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		ldtt, proposed int
		limit          int64
		over           bool
	}{{20, 3, 3, false}, {19, 3, 2, true}, {20, 4, 3, true}, {6, 1, 0, true}, {7, 1, 1, false}, {100, 15, 15, false}, {106, 16, 15, true}} {
		got := Default().Quotas("R1", append(listOf("LDTT", "u", tc.ldtt), listOf("CSTDCS", "u", tc.proposed)...), nil)
		require.Len(t, got, 1)
		q := got[0]
		assert.True(t, q.Known)
		assert.Equal(t, []int64{int64(tc.proposed), int64(tc.ldtt), tc.limit}, []int64{q.Count, q.Base, q.Limit})
		assert.Equal(t, tc.over, q.Over, "%d of %d", tc.proposed, tc.ldtt)
		assert.Contains(t, q.Text.VI, "91/2017")
		assert.Equal(t, MarkOld, q.Mark)
	}
}

func TestQuotasCountEachUnitAndPeriodOnce(t *testing.T) {
	t.Parallel()
	l := Default()
	rows := append(listOf("LDTT", "a", 20), listOf("CSTDCS", "a", 3)...)
	rows = append(rows, listOf("CSTDCS", "a", 3)...) // the same three again
	rows = append(rows, listOf("CSTDCS", "b", 1)...)
	holder := QuotaRow{Subject: "a99", Award: "CSTDCS", Unit: "a", PeriodKind: "calendar", Period: "2023", Holds: true}
	got := l.Quotas("R1", append(rows, holder), nil)
	require.Len(t, got, 2)
	assert.False(t, got[0].Over)
	assert.Equal(t, int64(3), got[0].Count)
	assert.False(t, got[1].Known, "nobody knows b's advanced workers")
	assert.False(t, got[1].Over)

	declared := map[string]int64{DeclaredKey("LDTT", "b", "calendar", "2023"): 6}
	got = l.Quotas("R1", rows, declared)
	assert.True(t, got[1].Known)
	assert.True(t, got[1].Over)
	assert.Empty(t, l.Quotas("R2", rows, nil), "R2 sets no share")
}

// The example of a province counts only where the province says so.
func TestAProvincesOwnQuota(t *testing.T) {
	t.Parallel()
	rows := append(listOf("CSTDCS", "a", 20), append(listOf("CSTDT", "a", 2), listOf("CSTDT", "b", 2)...)...)
	assert.Empty(t, Default().Quotas("R2", rows, nil))
	data := dataFS(t)
	edit(t, data, "quotas.yaml", "    off: true\n", "")
	l, err := Load(data)
	require.NoError(t, err)
	got := l.Quotas("R2", rows, nil)
	require.Len(t, got, 1)
	assert.Equal(t, []int64{4, 20, 2}, []int64{got[0].Count, got[0].Base, got[0].Limit})
	assert.True(t, got[0].Over)
	assumed := l.Quotas("R4", rows, nil)
	require.Len(t, assumed, 1)
	assert.Equal(t, MarkUnconfirmed, assumed[0].Mark)
}

func TestLowerAwards(t *testing.T) {
	t.Parallel()
	codes := func(award string, k Kind, regime string, path ...proposal.Level) []string {
		out := []string{}
		for _, a := range Default().Lower(award, k, regime, path) {
			out = append(out, a.Code)
		}
		return out
	}
	district := []proposal.Level{proposal.LevelUnit, proposal.LevelDistrict, proposal.LevelProvince}
	assert.Equal(t, []string{"CSTDCS", "LDTT", "CSTT"}, codes("CSTDT", KindIndividual, "R1", district...))
	assert.Equal(t, []string{"LDTT", "CSTT"}, codes("CSTDCS", KindIndividual, "R1", district...))
	assert.Empty(t, codes("LDTT", KindIndividual, "R1", district...))
	assert.Equal(t, []string{"TTLDTT"}, codes("TTLDXS", KindCollective, "R4", proposal.LevelCommune, proposal.LevelProvince))
	assert.Equal(t, []string{"CSTDT", "CSTDCS", "LDTT"}, codes("CSTDTQ", KindIndividual, "R1", district...)[:3])
	assert.Equal(t, []string{"CTDT", "TTLDXS", "TTLDTT"}, codes("CTDCP", KindCollective, "R2", district...)[:3])
	assert.Equal(t, []string{"HCLD2", "HCLD3", "BKTTG", "BKT-I"}, codes("HCLD1", KindIndividual, "R2", district...))
	assert.Equal(t, []string{"HCLD3", "BKTTG", "BKT-C"}, codes("HCLD2", KindCollective, "R2", district...))
	assert.Equal(t, []string{"HCDL2", "HCDL3"}, codes("HCDL1", KindIndividual, "R3", proposal.LevelCommune, proposal.LevelProvince))
	assert.NotContains(t, codes("BKT-PT", KindIndividual, "R3", proposal.LevelCommune, proposal.LevelProvince), "GK-H", "the district is gone")
	assert.Contains(t, codes("BKT-PT", KindIndividual, "R1", district...), "GK-H")
	assert.NotContains(t, codes("GK-H", KindIndividual, "R1", district...), "BKT-PT", "never a higher one")
}

// The worked values of domain.md 1.7, at 1,800,000 đồng, and what several come to.
func TestSeveralAwardsAtOnce(t *testing.T) {
	t.Parallel()
	on := MustDate("2024-03-01")
	claim := func(award, period string) Claim {
		return Claim{Award: award, Kind: KindIndividual, PeriodKind: "calendar", Period: period}
	}
	for _, tc := range []struct {
		name   string
		claims []Claim
		paid   []bool
		total  int64
	}{
		{"one", []Claim{claim("CSTDCS", "2023")}, []bool{true}, 1_800_000},
		{"two titles of one year: the highest", []Claim{claim("LDTT", "2023"), claim("CSTDCS", "2023")}, []bool{false, true}, 1_800_000},
		{"one year in two spellings is one", []Claim{claim("LDTT", "2023"), claim("CSTDCS", "năm 2023")}, []bool{false, true}, 1_800_000},
		{"a period that cannot be read is not paid on a guess", []Claim{claim("LDTT", "2023"), claim("CSTDCS", "đợt 2")}, []bool{false, true}, 1_800_000},
		{"two titles of two years: both", []Claim{claim("LDTT", "2022"), claim("CSTDCS", "2023")}, []bool{true, true}, 2_340_000},
		{"a title and a form: both", []Claim{claim("CSTDCS", "2023"), claim("BKT-I", "2023")}, []bool{true, true}, 4_500_000},
		{"three: the highest title of the year, and the form", []Claim{claim("LDTT", "2023"), claim("CSTDCS", "2023"), claim("BKT-I", "2023")}, []bool{false, true, true}, 4_500_000},
		{"one title twice: once", []Claim{claim("CSTDCS", "2023"), claim("CSTDCS", "2023")}, []bool{true, false}, 1_800_000},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, total, err := Default().BonusOfSeveral(tc.claims, on)
			require.NoError(t, err)
			assert.Equal(t, tc.total, total)
			for i, p := range got {
				assert.Equal(t, tc.paid[i], p.Pay, "%d", i)
				assert.Equal(t, len(tc.claims) > 1, p.Why.VI != "")
			}
		})
	}
}

// At most one award above the province a year, under R1 alone: the row and the others.
func TestStateLevelAYear(t *testing.T) {
	t.Parallel()
	n := func(v int64) *int64 { return &v }
	rows := []QuotaRow{
		{Subject: "a", Name: "Người Giả Định", Award: "BKTTG", Others: n(0)},
		{Subject: "b", Name: "Người Thứ Hai", Award: "HCLD3", Others: n(1)},
		{Subject: "c", Name: "Người Ở Tỉnh", Award: "BKT-I"},
	}
	got := Default().Quotas("R1", rows, nil)
	require.Len(t, got, 1)
	assert.Equal(t, "STATE_LEVEL_A_YEAR", got[0].Code)
	assert.True(t, got[0].Over)
	assert.True(t, got[0].Known)
	assert.Equal(t, MarkOld, got[0].Mark)
	assert.Contains(t, got[0].Text.VI, "Người Thứ Hai (2)")
	assert.NotContains(t, got[0].Text.VI, "Người Ở Tỉnh")
	rows[0].Others = nil
	got = Default().Quotas("R1", rows[:1], nil)
	assert.False(t, got[0].Known, "nobody counted: a person must look")
	assert.Empty(t, Default().Quotas("R2", rows, nil))
	assert.Empty(t, Default().Quotas("R1", rows[2:], nil), "no award above the province")
}
