package importing

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// bigSheet is a list of n invented people, as varied as a real one.
func bigSheet(t testing.TB, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	require.NoError(t, err)
	head := []any{"STT", "Họ và tên", "Năm sinh", "Chức vụ, đơn vị công tác", "Danh hiệu đề nghị", "Tóm tắt thành tích", "Danh hiệu đã đạt", "Ghi chú"}
	require.NoError(t, w.SetRow("A5", head))
	awards := []string{"LĐTT", "CSTĐCS", "LĐTT; CSTĐCS", "Bằng khen của Chủ tịch UBND tỉnh"}
	for i := range n {
		row := []any{
			i + 1, fmt.Sprintf("Nguyễn Thị Thủy %c%c%c", 'A'+i%26, 'a'+i/26%26, 'a'+i/676%26), 1960 + i%40, fmt.Sprintf("Giáo viên, Trường THCS số %d", i%300), awards[i%4],
			fmt.Sprintf("Hoàn thành xuất sắc nhiệm vụ; 01 sáng kiến cấp cơ sở số %d", i), fmt.Sprintf("CSTĐCS 2021-2022, QĐ %d/QĐ-UBND ngày 05/8/2022", i+1), "",
		}
		require.NoError(t, w.SetRow(fmt.Sprintf("A%d", 6+i), row))
	}
	require.NoError(t, w.Flush())
	var buf bytes.Buffer
	require.NoError(t, f.Write(&buf))
	return buf.Bytes()
}

func TestTenThousandRows(t *testing.T) {
	t.Parallel()
	wb := read(t, bigSheet(t, 10_000), options())
	p := NewPreview(wb, testCatalogue())
	assert.Equal(t, []int{10_000, 12_500, 2_500}, []int{p.Counts.Rows, p.Counts.Items, p.Counts.Errors})
	last := p.Rows[9_999]
	assert.Equal(t, []any{10_005, "10000", 1999, "Giáo viên", "BKT-I|BKT-PT"}, []any{last.Line, last.Order, last.BirthYear, last.Position, awardText(last.Awards)})
}

// BenchmarkPreview prints how the preview of 10,000 rows compares with reading
// the same sheet by the library alone, in one run (design.md section 9).
func BenchmarkPreview(b *testing.B) {
	data := bigSheet(b, 10_000)
	cat := testCatalogue()
	var alone, preview time.Duration
	for b.Loop() {
		start := time.Now()
		f, err := excelize.OpenReader(bytes.NewReader(data))
		require.NoError(b, err)
		_, err = f.GetRows("Sheet1")
		require.NoError(b, err)
		alone += time.Since(start)

		start = time.Now()
		wb, err := ReadBytes(context.Background(), data, options())
		require.NoError(b, err)
		NewPreview(wb, cat)
		preview += time.Since(start)
	}
	b.ReportMetric(float64(preview)/float64(alone), "preview/reading")
}

// No file, however damaged, may end in anything but rows or a coded error.
func FuzzRead(f *testing.F) {
	f.Add(sampleBytes(f))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		o := options()
		o.Limits = Limits{Bytes: 1 << 20, Unpacked: 4 << 20}
		wb, err := ReadBytes(context.Background(), data, o)
		checkOutcome(t, wb, err)
	})
}

// The same with a sound package around a damaged sheet, which random bytes
// hardly ever reach.
func FuzzSheetXML(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>STT</t></is></c><c t="inlineStr"><is><t>Họ và tên</t></is></c></row>` +
		`<row r="2"><c r="A2"><v>1</v></c><c t="str"><f>A1</f><v>I. Tập thể</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`))
	sample := sampleBytes(f)
	f.Fuzz(func(t *testing.T, sheet []byte) {
		wb, err := ReadBytes(context.Background(), repack(t, sample, map[string][]byte{"xl/worksheets/sheet1.xml": sheet}), options())
		checkOutcome(t, wb, err)
	})
}

func checkOutcome(t *testing.T, wb *Workbook, err error) {
	t.Helper()
	if err != nil {
		var e *Error
		require.ErrorAs(t, err, &e)
		return
	}
	NewPreview(wb, testCatalogue())
}

// FuzzCells puts any text into every column of a list.
func FuzzCells(f *testing.F) {
	f.Add("I. Tập thể", "45123", "CSTĐCS; LĐTT", "02 năm liên tục CSTĐCS (2021-2022), QĐ 1/QĐ-UBND 31/12/9999")
	f.Add("'=", " ", "(", ")")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		match := func(s string) string { code, _ := testCatalogue().Match(s, Individual); return code }
		var row Row
		v := []value{{field: FieldName, text: a}, {field: FieldBirth, text: b}, {field: FieldPositionUnit, text: d}, {field: FieldAmount, text: b}, {field: FieldPersonalNumber, text: b}}
		readName(&row, v)
		row.Kind = Individual
		readForm(&row, v)
		readSexAndBirth(&row, v, today)
		readPosition(&row, v)
		readAmount(&row, v)
		readPersonalNumber(&row, v, nil)
		readFacts(d, Collective, match)
		readPast(d, match)
		ordinal(a)
		clean(d)
		recogniseHeader(a)
		(&awardReader{cat: testCatalogue(), known: map[awardCellKey][]AwardRef{}}).read(c, Individual)
	})
}
