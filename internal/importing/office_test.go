package importing

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// Habits of offices, each in a sheet of invented people.

func TestTwoTablesInOneSheet(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 3, [][]any{
		{"UBND THÀNH PHỐ VỊ THANH", nil, nil, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		{"DANH SÁCH ĐỀ NGHỊ TẶNG BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH"},
		{"I. Tập thể: (01)"},
		{"STT", "Tên tập thể", "Thành tích"},
		{"01", "Phòng Kinh tế", "Hoàn thành tốt nhiệm vụ"},
		{"II/ Cá nhân:"},
		{"STT", "Họ và tên", "Năm sinh", nil, "Chức vụ", "Thành tích"},
		{nil, nil, "Nam", "Nữ", nil, nil},
		{"01", "Trịnh Văn Rô", "1980", nil, "Chuyên viên", "Hoàn thành nhiệm vụ"},
		{"02", "Trịnh Thị Sa", nil, "x", "Chuyên viên", nil},
		{"Tổng cộng: 03"},
		{nil, nil, nil, nil, "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"},
	}, func(f *excelize.File) {
		for _, m := range [][2]string{{"A9", "A10"}, {"B9", "B10"}, {"C9", "D9"}, {"E9", "E10"}, {"F9", "F10"}} {
			require.NoError(t, f.MergeCell("Sheet1", m[0], m[1]))
		}
	})
	wb := read(t, data, options())
	rows := wb.Rows()
	require.Len(t, rows, 3)
	assert.Equal(t, []any{"Phòng Kinh tế", Collective, "BKT-C|BKT-PT", Good}, []any{rows[0].Name, rows[0].Kind, awardText(rows[0].Awards), rows[0].Facts.Rating})
	assert.Equal(t, []any{"Trịnh Văn Rô", Individual, 1980, Male, "Chuyên viên", Done},
		[]any{rows[1].Name, rows[1].Kind, rows[1].BirthYear, rows[1].Sex, rows[1].Position, rows[1].Facts.Rating})
	assert.Equal(t, []any{Female, 0}, []any{rows[2].Sex, rows[2].BirthYear})
	assert.Len(t, wb.Sheets[0].MoreTables, 1)
	assert.Equal(t, []string{"UBND THÀNH PHỐ VỊ THANH"}, wb.Sheets[0].Header.UnitLines)
	assert.Equal(t, []string{"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"}, wb.Sheets[0].Foot)
}

func TestFamilyAndGivenNameInTwoColumns(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 7, [][]any{
		{"TT", "HỌ VÀ TÊN", nil, "GIỚI TÍNH", nil, "ĐƠN VỊ CÔNG TÁC", "DANH HIỆU THI ĐUA"},
		{nil, nil, nil, "Nam", "Nữ", nil, nil},
		{1, "Thạch Thị", "Ngọc", nil, "x", "Trường Mầm non Sen Hồng", "LĐTT"},
		{2, "Kim", "Sơn", "x", nil, "Trường Mầm non Sen Hồng", "LĐTT"},
	}, func(f *excelize.File) {
		require.NoError(t, f.MergeCell("Sheet1", "B7", "C8"))
		require.NoError(t, f.MergeCell("Sheet1", "D7", "E7"))
	})
	rows := read(t, data, options()).Rows()
	require.Len(t, rows, 2)
	assert.Equal(t, []any{"Thạch Thị Ngọc", Female, "Kim Sơn", Male}, []any{rows[0].Name, rows[0].Sex, rows[1].Name, rows[1].Sex})
	assert.Contains(t, codes(rows[0].Marks), "note name.joined B9")
}

func TestUnmergedTwoRowHeader(t *testing.T) {
	t.Parallel()
	data := sheetFile(t, 6, [][]any{
		{"STT", "Họ và tên", "Năm sinh", nil, "Nơi công tác", "Đề nghị khen thưởng"},
		{nil, nil, "Nam", "Nữ"},
		{nil, "CÁ NHÂN"},
		{1, "Nhan Thị Út", nil, 1979, "Xã Hỏa Tiến", "LĐTT"},
	})
	wb := read(t, data, options())
	require.Len(t, wb.Rows(), 1)
	r := wb.Rows()[0]
	assert.Equal(t, []any{Female, 1979, "CÁ NHÂN", "Xã Hỏa Tiến"}, []any{r.Sex, r.BirthYear, r.Group, r.Workplace})
}
