package importing

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// wantRow is a row of the sample as a clerk would read it off the sheet. The
// people in it are invented.
type wantRow struct {
	line              int
	order, group      string
	kind              Kind
	form, name        string
	sex               Sex
	year              int
	position, place   string
	awards            string // code, or candidates joined by |
	state             State
	warningsAndFaults []string
}

var sampleRows = []wantRow{
	{10, "1", "TẬP THỂ", Collective, "", "Trường Tiểu học Tân Long 1", "", 0, "", "Xã Tân Long", "TTLDXS", StateNew, nil},
	{11, "2", "TẬP THỂ", Collective, "", "Trường THCS Hiệp Hưng", "", 0, "", "Xã Hiệp Hưng", "TTLDXS", StateNew, nil},
	{12, "3", "TẬP THỂ", Collective, "", "Trường Mẫu giáo Hoa Mai", "", 0, "", "TT Cây Dương", "BKT-C|BKT-PT", StateError, []string{"error award.ambiguous F12"}},
	{14, "1", "CÁ NHÂN", Individual, "", "Nguyễn Thị Bích Thủy", Female, 1984, "Hiệu trưởng", "Trường Tiểu học Tân Long 1", "BKT-I|BKT-PT", StateError, []string{"warning past.inferred H14", "error award.ambiguous F14"}},
	{15, "", "CÁ NHÂN", Individual, "", "Trần Văn Đẫm", Male, 1979, "Giáo viên", "Trường THCS Hiệp Hưng", "CSTDT", StateWarning, []string{"warning past.inferred H15"}},
	{16, "", "CÁ NHÂN", Individual, "", "LÊ HOÀNG PHÚC", Male, 1990, "Giáo viên", "Trường Tiểu học Tân Long 1", "CSTDCS,BKT-I|BKT-PT", StateError, []string{"warning name.capitals B16", "error award.ambiguous F16"}},
	{17, "4", "CÁ NHÂN", Individual, "", "H'Hen Niê Kđăm", Female, 1992, "Nhân viên thư viện", "Trường THCS Hiệp Hưng", "LDTT", StateNew, nil},
	{18, "5", "CÁ NHÂN", Individual, "", "Danh Lắm", Male, 1975, "Trưởng ấp", "ấp Tân Phú, xã Tân Long", "BKT-I|BKT-PT", StateError, []string{"error award.ambiguous F18"}},
	{19, "6", "CÁ NHÂN", Individual, "Thượng tọa", "Thích Thiện Hòa", Male, 1958, "Trụ trì chùa Phước Long", "thị trấn Cây Dương", "GK-TT|GK-H|GK-X", StateError, []string{"error award.ambiguous F19"}},
	{20, "7", "CÁ NHÂN", Individual, "", "Phạm Thị Hoà", "", 0, "Phó Hiệu trưởng", "Trường Mẫu giáo Hoa Mai", "CSTDCS", StateWarning, []string{"warning birth.missing C20"}},
	{21, "8", "CÁ NHÂN", Individual, "", "Nguyễn Thị Bích Thuỷ", Female, 1984, "", "Trường TH Tân Long 1", "BKT-I|BKT-PT", StateError, []string{"error award.ambiguous F21", "warning duplicate.tone B21"}},
	{22, "9", "CÁ NHÂN", Individual, "", "Đỗ Minh Quân", Male, 0, "Kế toán", "Phòng GD&ĐT", "LDTT", StateError, []string{"error birth.serial C22"}},
	{24, "1", "HỘ GIA ĐÌNH", Household, "Hộ ông", "Võ Văn Út", "", 0, "", "Ấp 3, xã Hiệp Hưng", "BKT-H|BKT-PT", StateError, []string{"error award.ambiguous F24"}},
	{25, "2", "HỘ GIA ĐÌNH", Household, "Hộ bà", "Ngô Thị Sáu", "", 0, "", "Ấp Tân Hòa, xã Tân Long", "TTLDXS", StateError, []string{"error award.wrong_kind F25"}},
}

func TestSampleRows(t *testing.T) {
	t.Parallel()
	wb := read(t, sampleBytes(t), options())
	p := NewPreview(wb, testCatalogue())
	require.Len(t, p.Rows, len(sampleRows))
	for i, want := range sampleRows {
		r := p.Rows[i]
		got := wantRow{
			r.Line, r.Order, r.Group, r.Kind, r.FormOfAddress, r.Name, r.Sex, r.BirthYear, r.Position, r.Workplace,
			awardText(r.Awards), r.State, serious(r.Marks),
		}
		assert.Equal(t, want, got, "line %d", want.line)
		assert.Equal(t, "DS trích ngang", r.Sheet)
	}
	assert.Equal(t, Counts{
		Rows: 14, New: 3, Warnings: 2, Errors: 9, Items: 15,
		ByKind:  map[Kind]int{Individual: 9, Collective: 3, Household: 2},
		ByAward: map[string]int{"": 7, "LDTT": 2, "CSTDCS": 2, "CSTDT": 1, "TTLDXS": 3},
	}, p.Counts)
}

func awardText(refs []AwardRef) string {
	s := ""
	for i, a := range refs {
		if i > 0 {
			s += ","
		}
		s += a.Code
		for j, c := range a.Candidates {
			if j > 0 {
				s += "|"
			}
			s += c
		}
	}
	return s
}

func serious(marks []Mark) []string {
	var out []string
	for _, m := range marks {
		if m.Severity != Note {
			out = append(out, codes([]Mark{m})...)
		}
	}
	return out
}

func TestSampleHeaderAndColumns(t *testing.T) {
	t.Parallel()
	s := read(t, sampleBytes(t), options()).Sheets[0]
	assert.Equal(t, [2]int{7, 8}, [2]int{s.HeaderFirst, s.HeaderLast})
	assert.Equal(t, Header{
		UnitLines:  []string{"UBND HUYỆN PHỤNG HIỆP", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"},
		LetterKind: "Tờ trình", LetterNumber: "45/TTr-PGDĐT", LetterDate: day(2023, 11, 15),
		TitleLines: []string{
			"DANH SÁCH TRÍCH NGANG ĐỀ NGHỊ KHEN THƯỞNG",
			"Phong trào thi đua đặc biệt chào mừng kỷ niệm 20 năm thành lập tỉnh Hậu Giang",
		},
	}, s.Header)
	var fields []Field
	for _, c := range s.Columns {
		fields = append(fields, c.Field)
	}
	assert.Equal(t, []Field{
		FieldOrder, FieldName, FieldBirthMale, FieldBirthFemale, FieldPositionUnit, FieldAward, FieldAchievement, FieldPastTitles, FieldNote,
	}, fields)
	assert.Equal(t, []string{"TRƯỞNG PHÒNG", "(Ký tên, đóng dấu)"}, s.Foot)
	assert.Equal(t, []string{
		"note order.restarts", "note order.restarts", "note row.totals", "note formula.ignored C26", "note row.signature",
	}, codes(s.Notes))
}

func TestSampleNotesSayWhatWasChanged(t *testing.T) {
	t.Parallel()
	rows := read(t, sampleBytes(t), options()).Rows()
	at := func(line int) *Row {
		for _, r := range rows {
			if r.Line == line {
				return r
			}
		}
		t.Fatalf("no row %d", line)
		return nil
	}
	assert.Contains(t, codes(at(12).Marks), "note text.blanks B12")
	assert.Equal(t, "Trường Mẫu giáo Hoa Mai  ", at(12).Cell(FieldName).Raw)
	assert.Contains(t, codes(at(20).Marks), "note text.blanks B20")
	assert.Contains(t, codes(at(15).Marks), "note text.composed B15")
	assert.Contains(t, codes(at(15).Marks), "note formula.ignored A15")
	assert.Contains(t, codes(at(16).Marks), "note formula.ignored A16")
	assert.Contains(t, codes(at(16).Marks), "note birth.date C16")
	assert.Equal(t, day(1990, 3, 12), at(16).BirthDate)
	assert.Contains(t, codes(at(16).Marks), "note award.several F16")
	assert.Contains(t, codes(at(19).Marks), "note name.form_of_address B19")
	assert.Equal(t, "Thượng tọa Thích Thiện Hòa", at(19).NameAsWritten)
	assert.Equal(t, "Giáo viên\nTrường Tiểu học Tân Long 1", at(16).PositionUnit)
	assert.Contains(t, at(22).Marks[0].Vi, "16/07/2023")
	assert.Empty(t, at(22).Marks[0].Suggestion, "nobody proposed was born in 2023")
}

func TestSampleFactsAndPastTitles(t *testing.T) {
	t.Parallel()
	facts := map[int]SuggestedFacts{
		10: {Rating: Excellent, Members: 32, MembersLDTT: 24, MembersCSTDCS: 4, MembersDonePct: 100, Sources: []string{"achievement"}},
		11: {Rating: Excellent, Members: 30, MembersLDTT: 20, MembersCSTDCS: 3, MembersDonePct: 100, Sources: []string{"achievement"}},
		14: {Consecutive: []ConsecutiveTitle{{Award: "CSTDCS", Years: 2, Periods: []string{"2021-2022", "2022-2023"}}}, Sources: []string{"achievement"}},
		15: {Consecutive: []ConsecutiveTitle{{Award: "CSTDCS", Years: 3}}, Initiatives: []Initiative{{1, Province, "12/GCN-SKHCN"}}, Sources: []string{"achievement"}},
		16: {Rating: Excellent, Initiatives: []Initiative{{1, Grassroots, ""}}, Sources: []string{"achievement"}},
		17: {Rating: Good, Sources: []string{"achievement"}},
		20: {Rating: Excellent, Sources: []string{"achievement"}},
		21: {Consecutive: []ConsecutiveTitle{{Award: "CSTDCS", Years: 2}}, Sources: []string{"achievement"}},
		22: {Rating: Done, Sources: []string{"achievement"}},
		24: {LandM2: 1200, Sources: []string{"achievement"}},
		25: {ContributionVND: 45_000_000, Sources: []string{"achievement"}},
	}
	title := func(text, award, number string, date time.Time, years []string, inferred bool) PastTitle {
		return PastTitle{text, award, number, date, years, inferred}
	}
	past := map[int][]PastTitle{
		10: {title("TTLĐTT 2021-2022, QĐ 1204/QĐ-UBND ngày 05/8/2022", "TTLDTT", "1204/QĐ-UBND", day(2022, 8, 5), []string{"2021-2022"}, false)},
		14: {
			title("QĐ 1310/QĐ-UBND ngày 20/8/2022", "CSTDCS", "1310/QĐ-UBND", day(2022, 8, 20), []string{"2021-2022"}, true),
			title("QĐ 1422/QĐ-UBND ngày 18/8/2023", "CSTDCS", "1422/QĐ-UBND", day(2023, 8, 18), []string{"2022-2023"}, true),
		},
		15: {
			title("QĐ 998/QĐ-UBND 15/8/2021", "CSTDCS", "998/QĐ-UBND", day(2021, 8, 15), nil, true),
			title("QĐ 1310/QĐ-UBND 20/8/2022", "CSTDCS", "1310/QĐ-UBND", day(2022, 8, 20), nil, true),
			title("QĐ 1422/QĐ-UBND 18/8/2023", "CSTDCS", "1422/QĐ-UBND", day(2023, 8, 18), nil, true),
		},
	}
	for _, r := range read(t, sampleBytes(t), options()).Rows() {
		assert.Equal(t, facts[r.Line], r.Facts, "facts of line %d", r.Line)
		assert.Equal(t, past[r.Line], r.PastTitles, "past titles of line %d", r.Line)
		if !r.Facts.Empty() {
			assert.Contains(t, codes(r.Marks), "note facts.from_text "+r.Cell(FieldAchievement).Ref)
		}
	}
}
