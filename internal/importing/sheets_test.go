package importing

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// All people in these sheets are invented.

func TestSingleRowHeaderAtTheTop(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 1, [][]any{
		{"TT", "Họ tên", "Ngày, tháng, năm sinh", "Giới tính", "Số CCCD", "Chức danh", "Đơn vị", "Danh hiệu đề nghị", "Năm học", "Thành tích đạt được", "Xếp loại"},
		{1, norm.NFD.String("Nguyễn Văn Ngữ"), "5/8/1984", "Nam", 93084001234, "Giáo viên", "Trường THPT Vị Thanh", "LĐTT, CSTĐCS", "2022-2023", "Không hoàn thành nhiệm vụ", "Xuất sắc"},
		{2, " Trần\u00a0Thị  Sen\u200b", 1991, "nữ", "093091005678", "Kế toán", "Trường THPT Vị Thanh", "chiến sỹ thi đua cơ sở năm 2023", "2023", "Hoàn thành tốt nhiệm vụ", ""},
		{3, "Ông Võ Văn Tám", "1950", "", "", "", "", "Lao động tiên tiến và Giấy khen của Chủ tịch UBND huyện Phụng Hiệp", "", "", ""},
		{4, "Ông Ích Duy", 1970, "Nam", "", "", "", "Cờ thi đua", "", "", "Tốt"},
	})
	wb := read(t, data, options())
	rows := wb.Rows()
	require.Len(t, rows, 4)
	assert.Equal(t, 1, wb.Sheets[0].HeaderFirst)

	r := rows[0]
	assert.Equal(t, "Nguyễn Văn Ngữ", r.Name)
	assert.True(t, norm.NFC.IsNormalString(r.Name))
	assert.Equal(t, day(1984, 8, 5), r.BirthDate)
	assert.Equal(t, "LDTT,CSTDCS", awardText(r.Awards))
	assert.Equal(t, "2022-2023", r.Period)
	assert.Equal(t, Excellent, r.Facts.Rating, "the rating column decides")
	assert.Contains(t, codes(r.Marks), "warning id.zero E2")
	assert.Equal(t, "093084001234", r.Number.Open())
	assert.Equal(t, "•••••••••234", r.PersonalNumber)

	r = rows[1]
	assert.Equal(t, "Trần Thị Sen", r.Name)
	assert.Equal(t, []any{Female, 1991, "093091005678"}, []any{r.Sex, r.BirthYear, r.Number.Open()})
	assert.Equal(t, []AwardRef{{Text: "chiến sỹ thi đua cơ sở năm 2023", Code: "CSTDCS", Period: "2023", Ref: "H3"}}, r.Awards)

	assert.Equal(t, []string{"Ông", "Võ Văn Tám"}, []string{rows[2].FormOfAddress, rows[2].Name})
	assert.Equal(t, "LDTT,GK-H", awardText(rows[2].Awards))
	assert.Equal(t, []string{"", "Ông Ích Duy"}, []string{rows[3].FormOfAddress, rows[3].Name}, "Ông is a family name here")
	assert.Contains(t, codes(NewPreview(wb, testCatalogue()).Rows[3].Marks), "error award.unknown H5")
	assert.Equal(t, Good, rows[3].Facts.Rating)
}

func TestDatesAsSerialsAndText(t *testing.T) {
	t.Parallel()
	header := []any{"STT", "Họ và tên", "Ngày sinh", "Danh hiệu"}
	data := sheetFile(t, 3, [][]any{header,
		{1, "Lý Văn A", 30899, "LĐTT"}, {2, "Lý Văn B", 30899, "LĐTT"}, {3, "Lý Văn C", "05.08.1984", "LĐTT"}, {4, "Lý Văn D", "1984-08-05", "LĐTT"},
		{5, "Lý Văn E", "31/02/1984", "LĐTT"}, {6, "Lý Văn F", "5/8/84", "LĐTT"}, {7, "Lý Văn G", "8/1984", "LĐTT"}, {8, "Lý Văn H", 1984, "LĐTT"},
		{9, "Lý Văn I", "2031", "LĐTT"}, {10, "Lý Văn K", "ngày 05 tháng 8 năm 1984", "LĐTT"}, {11, "Lý Văn L", "không rõ", "LĐTT"},
	}, func(f *excelize.File) {
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		require.NoError(t, err)
		require.NoError(t, f.SetCellStyle("Sheet1", "C4", "C4", style))
		custom := `[$-42A]dd/mm/yyyy;@`
		style, err = f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
		require.NoError(t, err)
		require.NoError(t, f.SetCellStyle("Sheet1", "C11", "C11", style))
	})
	full := day(1984, 8, 5)
	type got struct {
		Year int
		Date time.Time
		Code string
	}
	want := []got{
		{1984, full, "note birth.date"}, {0, time.Time{}, "error birth.serial"}, {1984, full, "note birth.date"}, {1984, full, "note birth.date"},
		{0, time.Time{}, "error birth.unreadable"}, {1984, full, "warning birth.two_digits"}, {1984, time.Time{}, ""}, {1984, time.Time{}, "warning birth.year_as_date"},
		{0, time.Time{}, "error birth.implausible"}, {1984, full, "note birth.date"}, {0, time.Time{}, "error birth.unreadable"},
	}
	for i, r := range read(t, data, options()).Rows() {
		g := got{Year: r.BirthYear, Date: r.BirthDate}
		if m := r.MarksOf(FieldBirth); len(m) > 0 {
			g.Code = string(m[0].Severity) + " " + m[0].Code
		}
		assert.Equal(t, want[i], g, r.Name)
		if i == 1 {
			assert.Equal(t, "05/08/1984", r.MarksOf(FieldBirth)[0].Suggestion)
		}
	}
}

func TestTwoSheetsHiddenSheetAndOtherSheet(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 6, [][]any{
		{"Stt", "Tên đơn vị", "Hình thức khen thưởng"},
		{1, "Phòng Nội vụ", "TTLĐTT"},
	}, func(f *excelize.File) {
		require.NoError(t, f.SetSheetName("Sheet1", "Tập thể"))
		for name, value := range map[string][]any{"Cá nhân": {"Số TT", "HỌ VÀ TÊN", "Đề nghị tặng"}, "Cũ": {"STT", "Họ và tên", "Danh hiệu"}, "Ghi nhớ": {"gọi lại cho văn thư"}} {
			_, err := f.NewSheet(name)
			require.NoError(t, err)
			require.NoError(t, f.SetSheetRow(name, "B8", &value))
		}
		require.NoError(t, f.SetSheetRow("Cá nhân", "B9", &[]any{1, "Trương Thị Bé", "Lao động tiên tiến"}))
		require.NoError(t, f.SetSheetVisible("Cũ", false))
	})
	wb := read(t, data, options())
	rows := wb.Rows()
	require.Len(t, rows, 2)
	assert.Equal(t, []any{"Phòng Nội vụ", Collective, "TTLDTT"}, []any{rows[0].Name, rows[0].Kind, awardText(rows[0].Awards)})
	assert.Equal(t, []any{"Trương Thị Bé", Individual, "Cá nhân"}, []any{rows[1].Name, rows[1].Kind, rows[1].Sheet})
	assert.ElementsMatch(t, []string{"note sheet.hidden", "warning sheet.no_header"}, codes(wb.Notes))

	o := options()
	o.Sheets = []string{"Cũ", "Cá nhân"}
	wb = read(t, data, o)
	assert.Len(t, wb.Rows(), 1)
	assert.Equal(t, "not_chosen", wb.Sheets[0].Skipped)
}

func TestAwardsInSeparateAndTickedColumns(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 5, [][]any{
		{"STT", "Họ và tên", "Năm sinh", "Danh hiệu, hình thức đề nghị", nil, nil, "Giấy khen khác", "Ghi chú"},
		{nil, nil, nil, "LĐTT", "CSTĐCS", "Bằng khen của UBND tỉnh"},
		{"(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"},
		{1, "Huỳnh Văn Năm", 1980, "x", "X", nil, nil, nil},
		{2, "Huỳnh Thị Sáu", 1981, "x", nil, "x", "Giấy khen của Chủ tịch UBND xã Tân Long", "mới"},
	}, func(f *excelize.File) { require.NoError(t, f.MergeCell("Sheet1", "D5", "F5")) })
	wb := read(t, data, options())
	assert.Equal(t, [2]int{5, 6}, [2]int{wb.Sheets[0].HeaderFirst, wb.Sheets[0].HeaderLast})
	assert.Contains(t, codes(wb.Sheets[0].Notes), "note row.column_numbers")
	rows := wb.Rows()
	require.Len(t, rows, 2)
	assert.Equal(t, "LDTT,CSTDCS", awardText(rows[0].Awards))
	assert.Equal(t, "LDTT,BKT-I|BKT-PT,GK-X", awardText(rows[1].Awards))
}

func TestFormulasMergedCellsAndHiddenRows(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 4, [][]any{
		{"STT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị công tác", "Danh hiệu"},
		{1, "Cao Văn Một", nil, "Công chức", "Sở Nội vụ", "LĐTT"},
		{2, "Cao Văn Hai", nil, "Công chức", nil, "LĐTT"},
		{3, "Cao Văn Ba", 1990, "=1+", nil, "CSTĐCS"},
		{4, nil, 1991, nil, nil, "CSTĐCS"},
	}, func(f *excelize.File) {
		require.NoError(t, f.MergeCell("Sheet1", "E5", "E7"))
		require.NoError(t, f.MergeCell("Sheet1", "B7", "B8"))
		require.NoError(t, f.SetCellFormula("Sheet1", "C6", "2023-40"))
		require.NoError(t, f.SetCellValue("Sheet1", "C5", 1985))
		require.NoError(t, f.SetCellFormula("Sheet1", "C5", "2025-40"))
		require.NoError(t, f.SetRowVisible("Sheet1", 6, false))
	})
	wb := read(t, data, options())
	rows := wb.Rows()
	require.Len(t, rows, 4)
	assert.Equal(t, 1985, rows[0].BirthYear, "the stored value is taken")
	assert.Contains(t, codes(rows[0].Marks), "warning formula.value_taken C5")
	assert.Contains(t, codes(rows[1].Marks), "error formula.no_value C6")
	assert.NotContains(t, codes(rows[1].Marks), "warning birth.missing C6", "one remark on a cell is enough")
	assert.Contains(t, codes(rows[1].Marks), "warning row.hidden")
	assert.Equal(t, "Sở Nội vụ", rows[2].Workplace)
	assert.Contains(t, codes(rows[2].Marks), "note cell.merged E7")
	assert.Equal(t, "Cao Văn Ba", rows[3].Name, "a name merged over two rows stands in both")
	assert.NotContains(t, codes(NewPreview(wb, testCatalogue()).Rows[3].Marks), "warning duplicate.same B8")
}

func TestGroupsByUnitAndAward(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 2, [][]any{
		{"DANH SÁCH ĐỀ NGHỊ CÔNG NHẬN DANH HIỆU"},
		{"STT", "Họ và tên", "Năm sinh", "Chức vụ"},
		{"A. DANH HIỆU LAO ĐỘNG TIÊN TIẾN"},
		{"I", "Trường THCS Hòa An"},
		{1, "Lâm Văn Bình", 1980, "Giáo viên"},
		{"II", "Trường THCS Kinh Cùng"},
		{1, "Lâm Thị Hoa", 1982, "Giáo viên"},
		{"B. DANH HIỆU CHIẾN SĨ THI ĐUA CƠ SỞ"},
		{1, "Lâm Văn Bình", 1980, "Giáo viên"},
		{"STT", "Họ và tên", "Năm sinh", "Chức vụ"},
		{2, "Công Văn Tổng", 1982, "Giáo viên"},
		{"", "Cộng: 4 người"},
		{"", "Người lập biểu", "", "Vị Thanh, ngày 20 tháng 11 năm 2023"},
		{"", "(ký tên)", "", "HIỆU TRƯỞNG"},
		{"", "Phan Văn Ký", "", "Phan Thị Dấu"},
	})
	wb := read(t, data, options())
	var got [][]string
	for _, r := range wb.Rows() {
		got = append(got, []string{r.Name, r.Group, r.Workplace, awardText(r.Awards)})
	}
	a, b := "DANH HIỆU LAO ĐỘNG TIÊN TIẾN", "DANH HIỆU CHIẾN SĨ THI ĐUA CƠ SỞ"
	assert.Equal(t, [][]string{
		{"Lâm Văn Bình", a + " / Trường THCS Hòa An", "Trường THCS Hòa An", "LDTT"},
		{"Lâm Thị Hoa", a + " / Trường THCS Kinh Cùng", "Trường THCS Kinh Cùng", "LDTT"},
		{"Lâm Văn Bình", b, "", "CSTDCS"},
		{"Công Văn Tổng", b, "", "CSTDCS"},
	}, got)
	assert.Contains(t, codes(wb.Sheets[0].Notes), "note row.repeated_header")
	assert.Contains(t, wb.Sheets[0].Foot, "Phan Văn Ký")
}

func TestNoGroupsGuessesTheKindAndSaysSo(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 1, [][]any{
		{"STT", "Tập thể, cá nhân", "Đơn vị", "Hình thức"},
		{1, "Trường Mầm non Sen Hồng", "", "TTLĐTT"}, {2, "Hộ bà Kim Thị Sương", "ấp 2", "Bằng khen cấp tỉnh"},
		{3, "Đoàn Thị Lan", "Xã Vị Bình", "LĐTT"}, {4, "Tô Văn Xã", "Xã Vị Bình", "LĐTT"}, {5, "Đoàn Thanh niên xã Vị Bình", "", "TTLĐTT"},
	})
	var kinds []Kind
	for _, r := range read(t, data, options()).Rows() {
		kinds = append(kinds, r.Kind)
		guessed := len(r.MarksOf(FieldKind)) == 1 && r.MarksOf(FieldKind)[0].Code == "kind.guessed"
		assert.Equal(t, r.Kind != Individual, guessed, r.Name)
	}
	assert.Equal(t, []Kind{Collective, Household, Individual, Individual, Collective}, kinds)
}

func TestDate1904AndPrefixedXML(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 1, [][]any{{"STT", "Họ và tên", "Ngày sinh"}, {1, "Lý Thị Xuân", 29437}}, func(f *excelize.File) {
		on := true
		require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on}))
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		require.NoError(t, err)
		require.NoError(t, f.SetCellStyle("Sheet1", "C2", "C2", style))
	})
	assert.Equal(t, day(1984, 8, 5), read(t, data, options()).Rows()[0].BirthDate)

	// Other programs write the parts with a namespace prefix and inline strings.
	sheet := `<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>` +
		`<x:row><x:c t="inlineStr"><x:is><x:t>STT</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:r><x:t>Họ và </x:t></x:r><x:r><x:t>tên</x:t></x:r></x:is></x:c></x:row>` +
		`<x:row><x:c><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>Lý &amp; Xuân</x:t><x:rPh sb="0" eb="1"><x:t>?</x:t></x:rPh></x:is></x:c></x:row></x:sheetData></x:worksheet>`
	data = repack(t, data, map[string][]byte{"xl/worksheets/sheet1.xml": []byte(sheet)})
	assert.Equal(t, "Lý & Xuân", read(t, data, options()).Rows()[0].Name)
}

func TestReadTakesAReader(t *testing.T) {
	t.Parallel()
	wb, err := Read(t.Context(), bytes.NewReader(sampleBytes(t)), options())
	require.NoError(t, err)
	assert.Len(t, wb.Rows(), 14)
	assert.Len(t, wb.SHA256, 64)
}
