package tabular

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

var sample = Table{
	Name: "danh-sach", Title: "DANH SÁCH", Lines: []string{"Lọc: =1+1"},
	Columns: []Column{{Heading: "Họ và tên", Width: 32}, {Heading: "Số", Kind: Whole}, {Heading: "Ngày", Kind: Date}, {Heading: "Lúc", Kind: Time}},
}

func rowsOf(rows ...[]any) Rows {
	return func(yield func([]any, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// attacks are cells that spreadsheet programs evaluate, or evaluate once blanks
// and invisible characters are trimmed.
var attacks = []string{
	"=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1",
	"＝1+1", "－1", "＋1", "＠SUM(1)", "=HYPERLINK(\"x\")", "=cmd|' /C calc'!A0", "\x00=1+1", "\x1b=1+1", "\xff=1+1",
}

func TestSafeNeutralisesFormulas(t *testing.T) {
	t.Parallel()
	for _, a := range attacks {
		assert.True(t, strings.HasPrefix(Safe(a), "'"), "%q became %q", a, Safe(a))
	}
	for _, plain := range []string{"", "Nguyễn Văn Hòa", "H'Hen Niê", "328/QĐ-UBND", "a=b", "5", "'=1", "Điều 9, khoản 2"} {
		assert.Equal(t, plain, Safe(plain))
	}
}

func TestCSVKeepsEveryCellAndNoFormula(t *testing.T) {
	t.Parallel()
	day := time.Date(2023, 11, 20, 0, 0, 0, 0, time.UTC)
	late := time.Date(2023, 11, 20, 18, 30, 0, 0, time.UTC)
	rows := [][]any{{"Hòa, \"Thủy\"\nH'Hen", 5, day, late}, {"", -3, nil, (*time.Time)(nil)}}
	for _, a := range attacks {
		rows = append(rows, []any{a, int64(1), &day, nil})
	}
	var out bytes.Buffer
	require.NoError(t, sample.Write(&out, CSV, rowsOf(rows...)))
	require.True(t, strings.HasPrefix(out.String(), "\ufeffHọ và tên,Số,Ngày,Lúc\r\n"))
	got, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, got, len(rows)+1)
	assert.Equal(t, []string{"Hòa, \"Thủy\"\nH'Hen", "5", "20/11/2023", "21/11/2023 01:30"}, got[1], "an instant is shown in Vietnamese time")
	assert.Equal(t, []string{"", "-3", "", ""}, got[2])
	for i, a := range attacks {
		assert.True(t, strings.HasPrefix(got[i+3][0], "'"), "%q", a)
	}
}

func TestExcelIsTypedAndHasNoFormula(t *testing.T) {
	t.Parallel()
	day := time.Date(2023, 11, 20, 23, 0, 0, 0, time.UTC)
	rows := [][]any{{"00123", 5, day, day}}
	for _, a := range attacks {
		rows = append(rows, []any{a, 1, nil, nil})
	}
	var out bytes.Buffer
	require.NoError(t, sample.Write(&out, Excel, rowsOf(rows...)))
	f, err := excelize.OpenReader(&out)
	require.NoError(t, err)
	defer f.Close()
	cell := func(ref string) string {
		v, err := f.GetCellValue("danh-sach", ref)
		require.NoError(t, err)
		formula, err := f.GetCellFormula("danh-sach", ref)
		require.NoError(t, err)
		assert.Empty(t, formula, ref)
		return v
	}
	assert.Equal(t, "DANH SÁCH", cell("A1"))
	assert.Equal(t, "Lọc: =1+1", cell("A2"))
	assert.Equal(t, []string{"Họ và tên", "Số", "Ngày", "Lúc"}, []string{cell("A3"), cell("B3"), cell("C3"), cell("D3")})
	assert.Equal(t, []string{"00123", "5", "20/11/2023", "21/11/2023 06:00"}, []string{cell("A4"), cell("B4"), cell("C4"), cell("D4")})
	kind, err := f.GetCellType("danh-sach", "C4")
	require.NoError(t, err)
	assert.NotEqual(t, excelize.CellTypeInlineString, kind, "a date is a date")
	for i, a := range attacks {
		assert.True(t, strings.HasPrefix(cell("A"+itoa(i+5)), "'"), "%q", a)
	}
}

func itoa(n int) string { return plain(n) }

func TestListsAreBoundedAndWhole(t *testing.T) {
	t.Parallel()
	endless := func(yield func([]any, error) bool) {
		for yield([]any{"x", 1, nil, nil}, nil) {
		}
	}
	for _, f := range []Format{CSV, Excel} {
		require.ErrorIs(t, sample.Write(&bytes.Buffer{}, f, endless), ErrTooMany)
		require.Error(t, sample.Write(&bytes.Buffer{}, f, rowsOf([]any{"one value"})))
		broken := errors.New("the database went away")
		require.ErrorIs(t, sample.Write(&bytes.Buffer{}, f, func(yield func([]any, error) bool) { yield(nil, broken) }), broken)
	}
	require.ErrorIs(t, sample.Write(&bytes.Buffer{}, "pdf", rowsOf()), ErrFormat)
}

func TestSheetNamesThatExcelTakes(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"": "vinhdanh", "a/b[c]": "a b c", strings.Repeat("đ", 40): strings.Repeat("đ", 31), "'x'": "x"} {
		assert.Equal(t, want, sheetName(name))
	}
	assert.Equal(t, "danh-sach.xlsx", sample.FileName(Excel))
	assert.Contains(t, CSV.ContentType(), "text/csv")
}
