package apitest

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// List is a clean list from Excel: one row per name, each for the province's
// certificate of merit. The people are invented.
func List(t testing.TB, names ...string) []byte {
	t.Helper()
	return ListFor(t, "Bằng khen phong trào", names...)
}

// ListFor is List for an award as a clerk's list names it.
func ListFor(t testing.TB, award string, names ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "Sheet1"
	put := func(cell string, values ...any) { require.NoError(t, f.SetSheetRow(sheet, cell, &values)) }
	put("A1", "Tờ trình số 45/TTr-PGDĐT ngày 10/11/2023")
	put("A3", "STT", "Họ và tên", "Giới tính", "Năm sinh", "Chức vụ", "Đơn vị công tác", "Hình thức đề nghị khen thưởng", "Tóm tắt thành tích")
	for i, name := range names {
		row, err := excelize.CoordinatesToCellName(1, i+4)
		require.NoError(t, err)
		put(row, i+1, name, "Nam", 1980+i%25, "Giáo viên", "Trường Tiểu học Mẫu", award, "Hoàn thành xuất sắc nhiệm vụ")
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}
