package importing

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

func TestTemplateRoundTrip(t *testing.T) {
	t.Parallel()
	cat := testCatalogue()
	var buf bytes.Buffer
	require.NoError(t, Template(&buf, cat))
	f, err := excelize.OpenReader(&buf)
	require.NoError(t, err)
	defer f.Close()

	checkTemplate(t, f)
	// Filled in as a clerk would: every column, with values from the drop-downs.
	fill := [][]any{
		{"1", "Cá nhân", "Hòa thượng Thích Minh Thuỷ", "Nam", "05/8/1984", "093084001234", "Trụ trì", "Chùa Phước Long", Label(cat.Awards()[8]), "2023",
			"Hoàn thành tốt nhiệm vụ", "Ủng hộ 10 triệu đồng", "01 sáng kiến cấp cơ sở", "LĐTT năm 2022, QĐ 15/QĐ-UBND ngày 03/01/2023", "", "", "", "", "", "ghi chú"},
		{"2", "Tập thể", "Trường THCS Hiệp Hưng", "", "", "", "", "Xã Hiệp Hưng", "TTLĐTT; TTLĐXS", "2022-2023", "", "24/30 LĐTT", "", "", "30", "30", "24", "0", "1", ""},
		{"3", "Hộ gia đình", "Hộ bà Ngô Thị Sáu", "", "", "", "", "Ấp 3", Label(cat.Awards()[7]), "", "", "", "", "", ""},
	}
	for i, r := range fill {
		require.NoError(t, f.SetSheetRow(listSheet, ref(templateHeader+1+i, 1), &r))
	}
	require.NoError(t, f.SetCellStr(listSheet, "A2", "(Kèm theo Tờ trình số 7/TTr-UBND ngày 02 tháng 11 năm 2023)"))
	buf.Reset()
	require.NoError(t, f.Write(&buf))

	wb := read(t, buf.Bytes(), options())
	p := NewPreview(wb, cat)
	require.Len(t, p.Rows, 3)
	assert.Equal(t, 3, p.Counts.New, "a well filled template raises nothing: %v", p.Counts)
	for i, c := range wb.Sheets[0].Columns {
		assert.Equal(t, templateColumns[i].field, c.Field, c.HeaderText)
	}
	assert.Equal(t, []any{"7/TTr-UBND", day(2023, 11, 2)}, []any{wb.Sheets[0].Header.LetterNumber, wb.Sheets[0].Header.LetterDate})
	r := p.Rows[0]
	assert.Equal(t, []any{Individual, "Hòa thượng", "Thích Minh Thuỷ", Male, day(1984, 8, 5), "•••••••••234", "Trụ trì", "Chùa Phước Long", "2023", "ghi chú"},
		[]any{r.Kind, r.FormOfAddress, r.Name, r.Sex, r.BirthDate, r.PersonalNumber, r.Position, r.Workplace, r.Period, r.Note})
	assert.Equal(t, "BKT-PT", awardText(r.Awards))
	assert.Equal(t, Good, r.Facts.Rating)
	assert.Equal(t, int64(10_000_000), r.Facts.ContributionVND)
	assert.Equal(t, []Initiative{{1, Grassroots, ""}}, r.Facts.Initiatives)
	assert.Equal(t, "15/QĐ-UBND", r.PastTitles[0].DecisionNumber)
	assert.Equal(t, "TTLDTT,TTLDXS", awardText(p.Rows[1].Awards))
	assert.Equal(t, map[Field]int64{FieldMembers: 30, FieldMembersDone: 30, FieldMembersLDTT: 24, FieldMembersCSTDCS: 0, FieldClusterRank: 1},
		p.Rows[1].Facts.Counts, "zero is stated, not absent")
	assert.Equal(t, []any{Household, "Hộ bà", "BKT-H"}, []any{p.Rows[2].Kind, p.Rows[2].FormOfAddress, awardText(p.Rows[2].Awards)})
}

func checkTemplate(t *testing.T, f *excelize.File) {
	t.Helper()
	lists, err := f.GetDataValidations(listSheet)
	require.NoError(t, err)
	assert.Len(t, lists, 4, "kind, sex, rating, award")
	panes, err := f.GetPanes(listSheet)
	require.NoError(t, err)
	assert.Equal(t, []any{true, templateHeader}, []any{panes.Freeze, panes.YSplit})
	style, err := f.GetColStyle(listSheet, "E")
	require.NoError(t, err)
	s, err := f.GetStyle(style)
	require.NoError(t, err)
	assert.Equal(t, 49, s.NumFmt, "dates and numbers stay text")
}

func TestTemplateWithoutCatalogue(t *testing.T) {
	t.Parallel()
	var buf bytes.Buffer
	require.NoError(t, Template(&buf, nil))
	assert.Empty(t, read(t, buf.Bytes(), Options{}).Rows())
}

func TestBadRows(t *testing.T) {
	t.Parallel()
	p := NewPreview(read(t, sampleBytes(t), options()), testCatalogue())
	var buf bytes.Buffer
	require.NoError(t, BadRows(&buf, p))
	again := read(t, buf.Bytes(), options())
	var bad []PreviewRow
	for _, r := range p.Rows {
		if r.State == StateError {
			bad = append(bad, r)
		}
	}
	rows := NewPreview(again, testCatalogue()).Rows
	require.Len(t, rows, len(bad))
	for i, r := range rows {
		assert.Equal(t, []any{bad[i].Kind, bad[i].NameAsWritten, bad[i].Position, bad[i].Workplace, awardText(bad[i].Awards), bad[i].Achievement, StateError},
			[]any{r.Kind, r.NameAsWritten, r.Position, r.Workplace, awardText(r.Awards), r.Achievement, r.State})
	}
	f, err := excelize.OpenReader(&buf)
	require.NoError(t, err)
	defer f.Close()
	last, err := f.GetCellValue(listSheet, ref(templateHeader+len(bad), len(templateColumns)+3))
	require.NoError(t, err)
	assert.Contains(t, last, "F25: Tập thể Lao động xuất sắc không dành cho hộ gia đình")
}

func TestBadRowsShieldFormulas(t *testing.T) {
	t.Parallel()
	evil := []string{"=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)"}
	rows := [][]any{{"STT", "Họ và tên", "Năm sinh", "Ghi chú"}}
	for i, e := range evil {
		rows = append(rows, []any{i + 1, e, 1990, e})
	}
	p := NewPreview(read(t, sheetFile(t, 1, rows), options()), testCatalogue())
	require.Len(t, p.Rows, len(evil))
	var buf bytes.Buffer
	require.NoError(t, BadRows(&buf, p, StateError, StateWarning, StateNew))
	data := buf.Bytes()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	defer f.Close()
	table, err := f.GetRows(listSheet)
	require.NoError(t, err)
	for _, r := range table[templateHeader:] {
		for _, c := range r {
			assert.False(t, c != "" && strings.ContainsAny(c[:1], "=+-@"), "%q", c)
		}
	}
	for i, r := range read(t, data, options()).Rows() {
		assert.Equal(t, evil[i], r.NameAsWritten, "the apostrophe is taken off again")
	}
}

func TestPreviewRunsTheCallersChecks(t *testing.T) {
	t.Parallel()
	wb := read(t, sampleBytes(t), options())
	before := len(wb.Sheets[0].Rows[0].Marks)
	p := NewPreview(wb, nil, func(r *Row) []Mark {
		if r.Kind == Collective {
			return []Mark{{Field: FieldAward, Severity: Fault, Code: "law.not_met"}}
		}
		return nil
	})
	for _, r := range p.Rows {
		assert.Equal(t, r.Kind == Collective, r.Marks != nil && codes(r.Marks)[len(r.Marks)-1] == "error law.not_met", "line %d", r.Line)
	}
	assert.Len(t, wb.Sheets[0].Rows[0].Marks, before, "the workbook is left as it was")
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 1, [][]any{
		{"STT", "Họ và tên", "Năm sinh", "Danh hiệu"},
		{1, "Lê Thị Thủy", 1984, "LĐTT"}, {2, "Lê Thị Thuỷ", 1984, "LĐTT"}, {3, "LÊ THỊ THỦY", 1984, "LĐTT"}, {4, "Lê Thị Thúy", 1984, "LĐTT"},
		{5, "Lê Thị Thủy", 1990, "LĐTT"}, {6, "Lê Thị Thủy", "", "CSTĐCS"}, {7, "Võ Hòa", 1970, "LĐTT"}, {8, "Võ Hòa", 1970, "LĐTT"},
	})
	want := [][]string{nil, {"warning duplicate.tone B3"}, {"warning duplicate.accents B4"}, {"warning duplicate.accents B5"},
		nil, {"warning duplicate.same B7"}, nil, {"warning duplicate.same B9"}}
	p := NewPreview(read(t, data, options()), testCatalogue())
	for i, r := range p.Rows {
		var got []string
		for _, c := range codes(r.Marks) {
			if strings.Contains(c, "duplicate") {
				got = append(got, c)
			}
		}
		assert.Equal(t, want[i], got, "line %d", r.Line)
	}
	last := p.Rows[7].Marks[len(p.Rows[7].Marks)-1]
	assert.Contains(t, last.Vi, "dòng 8: cùng tên, cùng năm sinh 1970, cùng danh hiệu")
	assert.Contains(t, last.En, "row 8: same name, both born in 1970, same award")
}

// Every mark that can appear is complete in both languages.
func TestMarksAreBilingual(t *testing.T) {
	t.Parallel()
	p := NewPreview(read(t, sampleBytes(t), options()), testCatalogue())
	marks := p.Notes
	for _, r := range p.Rows {
		marks = append(marks, r.Marks...)
	}
	require.NotEmpty(t, marks)
	for _, m := range marks {
		assert.NotEmpty(t, m.Vi, m.Code)
		assert.NotEmpty(t, m.En, m.Code)
		assert.NotContains(t, m.Vi+m.En, "%!", m.Code)
	}
}
