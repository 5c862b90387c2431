package law

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The worked values of each regime: multiple × base salary of the day of the decision,
// rounded up to ten thousand đồng, worked out by hand.
func TestBonusByTheDay(t *testing.T) {
	t.Parallel()
	i, c, h := KindIndividual, KindCollective, KindHousehold
	for _, tc := range []struct {
		day, award string
		kind       Kind
		want       int64
	}{
		// R1: 1.300.000, 1.390.000, 1.490.000, 1.800.000
		{"2018-03-12", "TTLDXS", c, 1_950_000},
		{"2018-03-12", "LDTT", i, 390_000},
		{"2019-06-30", "LDTT", i, 420_000},     // 417.000
		{"2019-07-01", "LDTT", i, 450_000},     // 447.000
		{"2019-07-01", "GK-X", i, 230_000},     // 223.500: up, not to the nearest
		{"2019-07-01", "GK-X", c, 450_000},     // 447.000: rounded once, not 2 × 230.000
		{"2019-07-01", "TTLDTT", c, 1_200_000}, // 1.192.000
		{"2023-06-30", "CSTDCS", i, 1_490_000},
		{"2023-07-01", "LDTT", i, 540_000},
		{"2023-07-01", "TTLDTT", c, 1_440_000},
		{"2023-07-01", "CSTDCS", i, 1_800_000},
		{"2023-07-01", "TTLDXS", c, 2_700_000},
		{"2023-07-01", "CSTDT", i, 5_400_000},
		{"2023-07-01", "CTDT", c, 14_400_000},
		{"2023-07-01", "CTDCP", c, 21_600_000},
		{"2023-07-01", "CSTDTQ", i, 8_100_000},
		{"2023-12-31", "BKT-PT", i, 1_800_000}, // the campaign's awards: 1,0 before 2024
		{"2023-12-31", "BKT-PT", c, 3_600_000},
		{"2023-12-31", "BKT-PT", h, 2_700_000},
		{"2023-12-31", "GK-TT", i, 540_000},
		{"2023-12-31", "GK-X", i, 270_000},
		// R2: 1.800.000, from 01/07/2024 2.340.000
		{"2024-01-01", "BKT-PT", i, 2_700_000}, // and 1,5 from 2024 on
		{"2024-01-01", "BKT-PT", c, 5_400_000},
		{"2024-01-01", "BKT-PT", h, 4_050_000},
		{"2024-06-30", "CSTDT", i, 5_400_000},
		{"2024-07-01", "CSTDT", i, 7_020_000},
		{"2024-07-01", "LDTT", i, 710_000},     // 702.000
		{"2024-07-01", "TTLDTT", c, 1_880_000}, // 1.872.000
		{"2024-07-01", "HCLD1", i, 21_060_000},
		{"2024-07-01", "HCLD2", c, 35_100_000},
		{"2024-07-01", "HCLD3", i, 10_530_000},
		{"2024-07-01", "HCDL3", i, 24_570_000},
		// R3: 2.340.000, from 01/07/2026 2.530.000
		{"2025-07-01", "BKT-I", i, 3_510_000},
		{"2025-07-01", "BKTTG", i, 8_190_000},
		{"2025-07-01", "BKTTG", c, 16_380_000},
		{"2025-07-01", "XPTB", c, 4_680_000},
		{"2025-07-01", "TDPVH", c, 3_510_000},
		{"2026-07-01", "LDTT", i, 760_000},      // 759.000
		{"2026-07-01", "TTLDTT", c, 2_030_000},  // 2.024.000
		{"2026-07-01", "BKT-I", i, 3_800_000},   // 3.795.000
		{"2026-07-01", "CSTDTQ", i, 11_390_000}, // 11.385.000
		// R4 takes R3's multiples, each marked unconfirmed
		{"2026-10-01", "CSTDT", i, 7_590_000},
	} {
		sum, how, err := Default().Bonus(tc.award, tc.kind, MustDate(tc.day))
		require.NoError(t, err, "%s %s", tc.day, tc.award)
		assert.Equal(t, tc.want, sum, "%s %s %s: %s", tc.day, tc.award, tc.kind, how.Sentence.EN)
		assert.NotEmpty(t, how.MultipleCite.Article)
		if how.Regime == "R4" {
			assert.Equal(t, MarkUnconfirmed, how.MultipleCite.Mark)
		}
	}
}
