package law

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBonus(t *testing.T) {
	t.Parallel()
	tests := []struct {
		award string
		kind  Kind
		on    string
		want  int64
	}{
		// The worked values at 1,800,000.
		{"LDTT", KindIndividual, "2023-11-30", 540_000},
		{"TTLDTT", KindCollective, "2023-11-30", 1_440_000},
		{"CSTDCS", KindIndividual, "2023-11-30", 1_800_000},
		{"TTLDXS", KindCollective, "2023-11-30", 2_700_000},
		{"CSTDT", KindIndividual, "2023-11-30", 5_400_000},
		// Bằng khen: 1.0 until 31/12/2023, then 1.5.
		{"BKT-I", KindIndividual, "2023-12-31", 1_800_000},
		{"BKT-I", KindIndividual, "2024-01-01", 2_700_000},
		{"BKT-PT", KindIndividual, "2023-12-31", 1_800_000},
		{"BKT-PT", KindCollective, "2023-12-31", 3_600_000},
		{"BKT-PT", KindHousehold, "2023-12-31", 2_700_000},
		{"BKT-PT", KindIndividual, "2024-01-01", 2_700_000},
		{"BKT-PT", KindCollective, "2024-01-01", 5_400_000},
		{"BKT-PT", KindHousehold, "2024-01-01", 4_050_000},
		{"BKT-DX", KindIndividual, "2026-03-15", 3_510_000},
		// Decision 328 of 2018: an excellent collective at 1,300,000.
		{"TTLDXS", KindCollective, "2018-03-12", 1_950_000},
		// Edges of the base salary, and rounding up.
		{"LDTT", KindIndividual, "2019-06-30", 420_000}, // 417,000
		{"LDTT", KindIndividual, "2019-07-01", 450_000}, // 447,000
		{"LDTT", KindIndividual, "2023-06-30", 450_000}, // 447,000
		{"LDTT", KindIndividual, "2024-06-30", 540_000}, // exact
		{"LDTT", KindIndividual, "2024-07-01", 710_000}, // 702,000
		{"CSTDT", KindIndividual, "2024-07-01", 7_020_000},
		{"LDTT", KindIndividual, "2026-06-30", 710_000},
		{"LDTT", KindIndividual, "2026-07-01", 760_000}, // 759,000
		{"GK-X", KindIndividual, "2020-05-01", 230_000}, // 223,500: a public answer wrongly says 220,000
		{"GK-X", KindHousehold, "2020-05-01", 340_000},  // 335,250: rounded once, not twice
		{"GK-X", KindCollective, "2020-05-01", 450_000}, // 447,000, not 2 × 230,000
		{"GK-H", KindIndividual, "2023-11-30", 540_000},
		{"GK-TT", KindCollective, "2023-11-30", 1_080_000},
		// Flags, titles and orders at 1,800,000 and at 2,340,000; orders twice for collectives.
		{"CTDT", KindCollective, "2023-11-30", 14_400_000},
		{"CTDCP", KindCollective, "2023-11-30", 21_600_000},
		{"CSTDTQ", KindIndividual, "2025-08-01", 10_530_000},
		{"XPTB", KindCollective, "2025-08-01", 4_680_000},
		{"TDPVH", KindCollective, "2025-08-01", 3_510_000},
		{"KNCT", KindIndividual, "2025-08-01", 1_410_000}, // 1,404,000, the ceiling
		{"BKTTG", KindIndividual, "2025-08-01", 8_190_000},
		{"BKTTG", KindCollective, "2025-08-01", 16_380_000},
		{"BKTTG", KindHousehold, "2025-08-01", 12_290_000}, // 12,285,000
		{"HCLD1", KindIndividual, "2025-08-01", 21_060_000},
		{"HCLD2", KindIndividual, "2025-08-01", 17_550_000},
		{"HCLD3", KindIndividual, "2025-08-01", 10_530_000},
		{"HCLD3", KindCollective, "2025-08-01", 21_060_000},
		{"HCDL1", KindIndividual, "2026-07-01", 37_950_000},
		{"HCDL3", KindCollective, "2026-07-01", 53_130_000},
		{"DVQT", KindCollective, "2023-11-30", 2_700_000},
	}
	for _, tc := range tests {
		got, x, err := Default().Bonus(tc.award, tc.kind, MustDate(tc.on))
		require.NoError(t, err, "%v", tc)
		assert.Equal(t, tc.want, got, "%v", tc)
		assert.Contains(t, x.Sentence.VI, Dong(tc.want))
		assert.NotEmpty(t, x.MultipleCite.Article)
		assert.NotEmpty(t, x.BaseCite.Article)
		assert.NotEmpty(t, x.Marks)
	}
}

// Whatever the base, the sum is a whole number of 10,000 đồng, not below the exact
// one and less than one step above it.
func TestBonusRoundsUp(t *testing.T) {
	t.Parallel()
	for base := int64(1_000_000); base < 3_000_000; base += 7_919 {
		for _, m := range []int64{15, 30, 80, 100, 150, 450} {
			for _, r := range []Ratio{{1, 1}, {2, 1}, {3, 2}} {
				x := BonusExplained{Base: base, Hundredths: m, Times: r, RoundedUpTo: 10_000}
				got, exact, den := x.sum(), base*m*r.Num, 100*r.Den
				require.Zero(t, got%10_000)
				require.GreaterOrEqual(t, got*den, exact)
				require.Less(t, (got-10_000)*den, exact)
			}
		}
	}
}

func TestBonusMarks(t *testing.T) {
	t.Parallel()
	_, x, err := Default().Bonus("BKT-I", KindIndividual, MustDate("2024-05-01"))
	require.NoError(t, err)
	assert.Equal(t, MarkUnconfirmed, x.MultipleCite.Mark, "1.5 in R2 has no source")
	_, x, err = Default().Bonus("BKT-I", KindIndividual, MustDate("2026-11-23"))
	require.NoError(t, err)
	assert.Equal(t, "R3", x.MultipleCite.AssumedFrom)
	assert.Equal(t, MarkUnconfirmed, x.MultipleCite.Mark)
	assert.Equal(t, MarkSecondary, x.BaseCite.Mark)
	assert.Contains(t, x.Sentence.VI, "tạm lấy theo R3")
	assert.Contains(t, x.Sentence.VI, "1,5 × mức lương cơ sở 2.530.000")
	assert.Contains(t, x.Sentence.EN, "1.5 × base salary")
}

// An award that went with the district, in a case that goes on under its own regime, is
// paid by that regime at the salary of the day; one that is still there by the day's.
func TestBonusOfACaseThatGoesOn(t *testing.T) {
	t.Parallel()
	l, on := Default(), MustDate("2025-07-01")
	base, err := l.BaseSalaryOn(on)
	require.NoError(t, err)
	sum, x, err := l.BonusOfCase("GK-H", KindIndividual, "R2", on, base)
	require.NoError(t, err)
	before, _, err := l.Bonus("GK-H", KindIndividual, MustDate("2025-06-30"))
	require.NoError(t, err)
	assert.Equal(t, []any{before, "R2"}, []any{sum, x.Regime})
	sum, x, err = l.BonusOfCase("CSTDT", KindIndividual, "R2", on, base)
	require.NoError(t, err)
	day, _, err := l.Bonus("CSTDT", KindIndividual, on)
	require.NoError(t, err)
	assert.Equal(t, []any{day, "R3@2025-08-04"}, []any{sum, x.Regime})
}

// Several awards are weighed by the data that each one's case keeps, at the salary in force.
func TestSeveralAwardsByTheirOwnLaw(t *testing.T) {
	t.Parallel()
	files := Default().Files()
	edit := func(old, text string) {
		require.Contains(t, files["money.yaml"], old)
		files["money.yaml"] = strings.Replace(files["money.yaml"], old, text, 1)
	}
	edit("{award: LDTT, kinds: [individual], regimes: [R2], hundredths: 30,", "{award: LDTT, kinds: [individual], regimes: [R2], hundredths: 300,")
	edit("dong: 1800000", "dong: 2000000")
	edit("{when: same_period, pay: highest, regimes: [R2, R3]", "{when: same_period, pay: each, regimes: [R2, R3]")
	now, err := FromFiles(files)
	require.NoError(t, err)
	claim := func(award string, own *Law) Claim {
		return Claim{Award: award, Kind: KindIndividual, PeriodKind: PeriodCalendar, Period: "2023", Own: own, Regime: "R2"}
	}
	sums := func(claims ...Claim) (out []int64, pay []bool) {
		paid, _, err := now.BonusOfSeveral(claims, MustDate("2024-03-01"))
		require.NoError(t, err)
		for _, p := range paid {
			out, pay = append(out, p.Sum), append(pay, p.Pay)
		}
		return out, pay
	}
	sum, pay := sums(claim("LDTT", Default()), claim("CSTDCS", Default()))
	assert.Equal(t, []int64{600_000, 2_000_000}, sum, "the multiples that the cases keep, the salary in force")
	assert.Equal(t, []bool{false, true}, pay, "and the rule that they keep")
	sum, pay = sums(claim("LDTT", nil), claim("CSTDCS", nil))
	assert.Equal(t, []int64{6_000_000, 2_000_000}, sum)
	assert.Equal(t, []bool{true, true}, pay)
	_, pay = sums(claim("LDTT", Default()), claim("CSTDCS", now))
	assert.Equal(t, []bool{false, true}, pay, "each by its own: the lesser one's case keeps the rule of the highest")
}

func TestBonusRefuses(t *testing.T) {
	t.Parallel()
	for code, call := range map[string]struct {
		award string
		kind  Kind
		on    string
	}{
		"no_bonus":            {"LDTT", KindCollective, "2023-11-30"},
		"no_award":            {"XYZ", KindIndividual, "2023-11-30"},
		"no_regime":           {"LDTT", KindIndividual, "2010-01-01"},
		"award_not_in_regime": {"GK-H", KindIndividual, "2025-07-01"},
	} {
		sum, _, err := Default().Bonus(call.award, call.kind, MustDate(call.on))
		require.ErrorContains(t, err, code)
		assert.Zero(t, sum)
	}
	_, err := Default().BaseSalaryOn(MustDate("2017-06-30"))
	require.ErrorContains(t, err, "no_base_salary")
}

func TestDong(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1000: "1.000", 1_800_000: "1.800.000", -45_000_000: "-45.000.000"} {
		assert.Equal(t, want, Dong(n))
	}
	for n, want := range map[int64]string{30: "0.3", 100: "1", 150: "1.5", 15: "0.15", 1250: "12.5", 3050: "30.5"} {
		assert.Equal(t, want, hundredths(n))
	}
}
