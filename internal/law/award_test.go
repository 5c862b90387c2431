package law

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

var hauGiang = Places{Province: "tỉnh Hậu Giang", ProvinceKind: "tỉnh", District: "huyện Phụng Hiệp",
	Commune: "xã Tân Long", Department: "Sở Nội vụ", DepartmentHead: "Giám đốc Sở Nội vụ"}

func TestPrintedName(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"LDTT":   "Lao động tiên tiến",
		"CSTDT":  "Chiến sĩ thi đua tỉnh",
		"BKT-PT": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Hậu Giang",
		"GK-H":   "Giấy khen của Chủ tịch Ủy ban nhân dân huyện Phụng Hiệp",
		"GK-X":   "Giấy khen của Chủ tịch Ủy ban nhân dân xã Tân Long",
		"GK-TT":  "Giấy khen của Giám đốc Sở Nội vụ",
	} {
		a, err := Default().Award(code)
		require.NoError(t, err)
		got, err := a.PrintedName("R2", hauGiang)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	city := hauGiang
	city.ProvinceKind = "thành phố"
	a, err := Default().Award("CSTDT")
	require.NoError(t, err)
	got, err := a.PrintedName("R3", city)
	require.NoError(t, err)
	assert.Equal(t, "Chiến sĩ thi đua thành phố", got)
}

// A document is never printed with a hole in it.
func TestFillRefuses(t *testing.T) {
	t.Parallel()
	for _, template := range []string{"của {province", "của {}", "của {tinh}", "của {district}"} {
		p := hauGiang
		p.District = ""
		_, err := p.Fill(template)
		require.ErrorContains(t, err, "no_place", template)
	}
	odd := hauGiang
	odd.Province = "{district}" // a name is put in as it is, not read as a template
	got, err := odd.Fill("x {province} y")
	require.NoError(t, err)
	assert.Equal(t, "x {district} y", got)
}

func TestVerbs(t *testing.T) {
	t.Parallel()
	bkt, err := Default().Award("BKT-I")
	require.NoError(t, err)
	assert.Equal(t, "tặng", bkt.VerbText(false).VI)
	assert.Equal(t, "truy tặng", bkt.VerbText(true).VI)
	ldtt, err := Default().Award("LDTT")
	require.NoError(t, err)
	assert.Equal(t, "công nhận", ldtt.VerbText(true).VI)
}

func TestDecider(t *testing.T) {
	t.Parallel()
	tests := []struct {
		award, regime, path string
		want                proposal.Level
		office              string
	}{
		{"LDTT", "R1", "uht", proposal.LevelDistrict, "Chủ tịch Ủy ban nhân dân huyện Phụng Hiệp"},
		{"LDTT", "R1", "ust", proposal.LevelDepartment, "Giám đốc Sở Nội vụ"},
		{"LDTT", "R2", "cht", proposal.LevelCommune, "Chủ tịch Ủy ban nhân dân xã Tân Long"},
		{"CSTDCS", "R2", "cht", proposal.LevelDistrict, "Chủ tịch Ủy ban nhân dân huyện Phụng Hiệp"},
		{"CSTDCS", "R3", "ct", proposal.LevelCommune, "Chủ tịch Ủy ban nhân dân xã Tân Long"},
		{"BKT-PT", "R1", "uht", proposal.LevelProvince, "Chủ tịch Ủy ban nhân dân tỉnh Hậu Giang"},
	}
	for _, tc := range tests {
		d, err := Default().Decider(tc.award, tc.regime, levelsOf(tc.path))
		require.NoError(t, err)
		assert.Equal(t, tc.want, d.Level, "%v", tc)
		office, err := hauGiang.Fill(d.Name.VI)
		require.NoError(t, err)
		assert.Equal(t, tc.office, office)
	}
}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	before, err := Default().Catalogue(MustDate("2023-11-15"))
	require.NoError(t, err)
	after, err := Default().Catalogue(MustDate("2025-07-01"))
	require.NoError(t, err)
	has := func(list []CatalogueEntry, code string) bool {
		return slices.ContainsFunc(list, func(e CatalogueEntry) bool { return e.Code == code })
	}
	assert.True(t, has(before, "GK-H"))
	assert.False(t, has(after, "GK-H"), "the district's giấy khen is gone")
	assert.False(t, has(before, "KNCT"), "a medal of the law of 2022")
	assert.True(t, has(before, "GDVH"))
	assert.True(t, has(after, "KNCT"))
	shared := 0
	for _, e := range before {
		assert.NotEmpty(t, e.Abbreviations, e.Code)
		for _, s := range e.Abbreviations {
			if s == "Bằng khen của Chủ tịch UBND tỉnh" {
				shared++
			}
		}
	}
	assert.Equal(t, 4, shared, "kind and type of commendation tell these apart")
	before[0].Abbreviations[0] = "spoiled"
	again, err := Default().Catalogue(MustDate("2023-11-15"))
	require.NoError(t, err)
	assert.NotEqual(t, "spoiled", again[0].Abbreviations[0])
	_, err = Default().Catalogue(MustDate("2001-01-01"))
	require.ErrorContains(t, err, "no_regime")
}

func TestRetention(t *testing.T) {
	t.Parallel()
	for code, years := range map[string]int{"BKT-PT": 20, "LDTT": 10} {
		a, err := Default().Award(code)
		require.NoError(t, err)
		r, err := Default().RetentionClass(a.Retention)
		require.NoError(t, err)
		assert.Equal(t, years, r.Years)
		assert.Equal(t, MarkUnconfirmed, r.Mark)
	}
}

// A regime may name an award otherwise: the wards, communes and towns of before are
// wards, communes and special zones since 01/07/2025.
func TestPrintedNameByRegime(t *testing.T) {
	t.Parallel()
	a, err := Default().Award("XPTB")
	require.NoError(t, err)
	for regime, want := range map[string]string{"R2": "Xã, phường, thị trấn tiêu biểu", "R3": "Xã, phường, đặc khu tiêu biểu", "R4": "Xã, phường, đặc khu tiêu biểu"} {
		got, err := a.PrintedName(regime, Places{})
		require.NoError(t, err)
		assert.Equal(t, want, got, regime)
	}
}
