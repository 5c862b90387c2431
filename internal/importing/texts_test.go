package importing

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/text/unicode/norm"
)

func TestCatalogueMatch(t *testing.T) {
	t.Parallel()
	cat := testCatalogue()
	for _, c := range []struct {
		text string
		kind Kind
		want string // code, or candidates joined by |
	}{
		{"Lao động tiên tiến", Individual, "LDTT"}, {"LĐTT", Individual, "LDTT"}, {"danh hiệu \"Lao động tiên tiến\"", Individual, "LDTT"},
		{"LDTT", "", "LDTT"}, {norm.NFD.String("Chiến sĩ thi đua cơ sở"), Individual, "CSTDCS"}, {"CSTĐ cơ sở", Individual, "CSTDCS"},
		{"Chiến sỹ thi đua cấp cơ sở", Individual, "CSTDCS"}, {"CSTĐCS", Individual, "CSTDCS"}, {"CSTĐ cấp tỉnh", Individual, "CSTDT"},
		{"Chiến sĩ thi đua tỉnh Hậu Giang", Individual, "CSTDT"}, {"TẬP THỂ LĐXS", Collective, "TTLDXS"}, {"Tập thể Lao động xuất sắc", Household, "TTLDXS"},
		{"Tập thể lao động tiên tiến", Collective, "TTLDTT"}, {"Bằng khen của Chủ tịch UBND tỉnh", Collective, "BKT-C|BKT-PT"},
		{"Bằng khen Chủ tịch Ủy ban nhân dân tỉnh Hậu Giang", Individual, "BKT-I|BKT-PT"}, {"BK tỉnh", Household, "BKT-H|BKT-PT"},
		{"Bằng khen tỉnh", "", "BKT-I|BKT-C|BKT-H|BKT-PT"}, {"Giấy khen", Individual, "GK-TT|GK-H|GK-X"},
		{"Giấy khen của Chủ tịch UBND xã Tân Long", Individual, "GK-X"}, {"HCLĐ hạng 3", Individual, ""}, {"Huân chương Lao động hạng III", Individual, "HCLD3"},
		{"Bằng khen của Chủ tịch UBND tỉnh (BKT-PT)", Individual, "BKT-PT"}, {"Bằng khen", Individual, ""}, {"", Individual, ""}, {"tập thể", Collective, ""},
	} {
		code, candidates := cat.Match(c.text, c.kind)
		assert.Equal(t, c.want, awardText([]AwardRef{{Code: code, Candidates: candidates}}), "%q %s", c.text, c.kind)
	}
	assert.True(t, cat.Fits("TTLDXS", Collective))
	assert.False(t, cat.Fits("TTLDXS", Household))
	assert.False(t, cat.Fits("NONE", Individual))
}

func TestSeveralAwardsInOneCell(t *testing.T) {
	t.Parallel()
	a := awardReader{cat: testCatalogue(), known: map[awardCellKey][]AwardRef{}}
	for text, want := range map[string]string{
		"LĐTT; CSTĐCS":                                "LDTT,CSTDCS",
		"- LĐTT\n- CSTĐCS":                            "LDTT,CSTDCS",
		"1. LĐTT\n2. CSTĐCS":                          "LDTT,CSTDCS",
		"LĐTT + Giấy khen":                            "LDTT,GK-TT|GK-H|GK-X",
		"LĐTT, CSTĐCS và BK tỉnh":                     "LDTT,CSTDCS,BKT-I|BKT-PT",
		"LĐTT và cái gì đó":                           "",
		"LĐTT; cái gì đó":                             "LDTT,",
		"LĐTT năm học 2022 - 2023; CSTĐCS (năm 2023)": "LDTT,CSTDCS",
	} {
		assert.Equal(t, want, awardText(a.read(text, Individual)), text)
	}
	assert.Equal(t, "2022-2023", a.read("LĐTT năm học 2022 - 2023", Individual)[0].Period)
	assert.Equal(t, "LĐTT và cái gì đó", a.read("LĐTT và cái gì đó", Individual)[0].Text, "what is not understood is kept whole")
}

func TestSplitPosition(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"Hiệu trưởng, Trường Tiểu học Tân Long 1":          {"Hiệu trưởng", "Trường Tiểu học Tân Long 1"},
		"Giáo viên\nTrường THCS Hiệp Hưng\nxã Hiệp Hưng":   {"Giáo viên", "Trường THCS Hiệp Hưng, xã Hiệp Hưng"},
		"Nhân viên thư viện - Trường THCS Hiệp Hưng":       {"Nhân viên thư viện", "Trường THCS Hiệp Hưng"},
		"Phó Bí thư, Chủ tịch UBND xã Tân Long":            {"Phó Bí thư, Chủ tịch", "UBND xã Tân Long"},
		"Phó Trưởng Phòng Giáo dục và Đào tạo":             {"Phó Trưởng Phòng Giáo dục và Đào tạo", ""},
		"Phó Hiệu trưởng Trường Mẫu giáo Hoa Mai":          {"Phó Hiệu trưởng", "Trường Mẫu giáo Hoa Mai"},
		"Trưởng Phòng Nội vụ, UBND huyện Phụng Hiệp":       {"Trưởng Phòng Nội vụ", "UBND huyện Phụng Hiệp"},
		"Giáo viên Trường THCS Tân Long, huyện Phụng Hiệp": {"Giáo viên", "Trường THCS Tân Long, huyện Phụng Hiệp"},
		"Trường TH Tân Long 1":                             {"", "Trường TH Tân Long 1"},
		"Trưởng ấp, ấp Tân Phú, xã Tân Long":               {"Trưởng ấp", "ấp Tân Phú, xã Tân Long"},
		"nông dân": {"nông dân", ""},
	} {
		p, w := splitPosition(text)
		assert.Equal(t, want, [2]string{p, w}, text)
	}
}

func TestFormsOfAddress(t *testing.T) {
	t.Parallel()
	for written, want := range map[string][2]string{
		"Hộ ông Võ Văn Út":           {"Hộ ông", "Võ Văn Út"},
		"HỘ BÀ NGÔ THỊ SÁU":          {"HỘ BÀ", "NGÔ THỊ SÁU"},
		"Thượng toạ Thích Thiện Hòa": {"Thượng toạ", "Thích Thiện Hòa"},
		"Thượng tá Danh Lắm":         {"Thượng tá", "Danh Lắm"},
		"Bà Y Thanh":                 {"Bà", "Y Thanh"},
		"Ông Ích Khiêm":              {"", "Ông Ích Khiêm"},
		"Bà":                         {"", "Bà"},
		"Danh Lắm":                   {"", "Danh Lắm"},
		"H'Hen Niê Kđăm":             {"", "H'Hen Niê Kđăm"},
		"Anh hùng":                   {"", "Anh hùng"},
		"":                           {"", ""},
	} {
		form, name := splitForm(written)
		assert.Equal(t, want, [2]string{form, name}, written)
	}
}

func TestFacts(t *testing.T) {
	t.Parallel()
	match := func(s string) string { c, _ := testCatalogue().Match(s, Individual); return c }
	for text, want := range map[string]SuggestedFacts{
		"Hoàn thành nhiệm vụ": {Rating: Done},
		"HTXSNV":              {Rating: Excellent},
		"Năm 2022 hoàn thành tốt nhiệm vụ, năm 2023 hoàn thành xuất sắc nhiệm vụ": {},
		"90% hoàn thành tốt nhiệm vụ":                           {MembersDonePct: 90},
		"24/32 hoàn thành tốt nhiệm vụ":                         {},
		"2 sáng kiến cấp tỉnh; 1 đề tài":                        {Initiatives: []Initiative{{2, Province, ""}, {1, "", ""}}},
		"hai năm liền hoàn thành xuất sắc nhiệm vụ":             {Rating: Excellent, Consecutive: []ConsecutiveTitle{{Rating: Excellent, Years: 2}}},
		"ba năm liên tiếp đạt danh hiệu chiến sĩ thi đua cơ sở": {Consecutive: []ConsecutiveTitle{{Award: "CSTDCS", Years: 3}}},
		"Ủng hộ 1,5 tỷ đồng":                                    {ContributionVND: 1_500_000_000},
		"Tài trợ 20 triệu đồng, hiến 300 m2 đất":                {ContributionVND: 20_000_000, LandM2: 300},
		"Thu 5.000.000 đồng tiền lãi":                           {},
		"xưa nay làm việc tốt":                                  {},
	} {
		kind := Individual
		if want.MembersDonePct > 0 {
			kind = Collective
		}
		assert.Equal(t, want, readFacts(text, kind, match), text)
	}
	c := readFacts("có 75% LĐTT; 15/20 cá nhân đạt LĐTT; 2 CSTĐ cơ sở", Collective, match)
	assert.Equal(t, []int{20, 15, 2}, []int{c.Members, c.MembersLDTT, c.MembersCSTDCS})
}

func TestPastTitles(t *testing.T) {
	t.Parallel()
	match := func(s string) string { c, _ := testCatalogue().Match(s, Individual); return c }
	got := readPast("CSTĐCS năm 2021 (QĐ số 12/QĐ-SNV ngày 01/02/2022)\n- Lao động tiên tiến năm 2022\nChưa có", match)
	assert.Equal(t, []PastTitle{
		{Text: "CSTĐCS năm 2021 (QĐ số 12/QĐ-SNV ngày 01/02/2022)", Award: "CSTDCS", DecisionNumber: "12/QĐ-SNV", DecisionDate: day(2022, 2, 1), Years: []string{"2021"}},
		{Text: "Lao động tiên tiến năm 2022", Award: "LDTT", Years: []string{"2022"}},
		{Text: "Chưa có"},
	}, got)
	assert.Empty(t, readPast(" - ; \n", match))
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]struct {
		text string
		done changes
	}{
		"Thuỷ":                {"Thuỷ", 0},
		" A\u00a0 B\u200b ":   {"A B", stripped},
		"A\r\nB_x000D_\n":     {"A\nB", 0},
		norm.NFD.String("Út"): {"Út", composed},
		"'=1+1":               {"=1+1", apostrophe},
		"H'Hen":               {"H'Hen", 0},
		"\xffA":               {"\uFFFDA", 0},
	} {
		text, done := clean(in)
		assert.Equal(t, want.text, text, "%q", in)
		assert.Equal(t, want.done, done, "%q", in)
		again, _ := clean(text)
		assert.Equal(t, text, again, "%q", in)
	}
}
