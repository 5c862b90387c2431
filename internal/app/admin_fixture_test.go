package app

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

func time2099() time.Time { return time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC) }

// provinceBook is a workbook with n communes as a clerk writes it: each with its
// bodies, a clerk and a head.
func provinceBook(t *testing.T, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	require.NoError(t, f.SetSheetName("Sheet1", "Đơn vị"))
	put := func(sheet string, row int, values ...any) {
		require.NoError(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", row), &values))
	}
	put("Đơn vị", 2, "Mã đơn vị", "Tên đầy đủ", "Tên ngắn", "Loại đơn vị", "Cấp", "Mã đơn vị cấp trên", "Địa danh trên văn bản", "Ký hiệu trên văn bản",
		"Lập kèm Hội đồng và cơ quan thường trực", "Thứ tự", "Hiệu lực từ ngày")
	_, err := f.NewSheet("Người dùng")
	require.NoError(t, err)
	put("Người dùng", 1, "Tên đăng nhập", "Họ và tên", "Mã đơn vị công tác", "Vai trò", "Chức danh", "Từ ngày")
	for i := range n {
		id := fmt.Sprintf("xa-mau-%d", i)
		put("Đơn vị", i+3, id, fmt.Sprintf("Ủy ban nhân dân xã Mẫu %d", i), fmt.Sprintf("UBND xã Mẫu %d", i), "UBND cấp xã", "cap xa", authority,
			fmt.Sprintf("Mẫu %d", i), "UBND", "x", 200+i, "01/07/2023")
		put("Người dùng", 2*i+2, fmt.Sprintf("xm%d-clerk", i), fmt.Sprintf("Nguyễn Thị Ví Dụ %d", i), id, "Người làm công tác thi đua, khen thưởng", "Công chức", "01/07/2023")
		put("Người dùng", 2*i+3, fmt.Sprintf("xm%d-head", i), fmt.Sprintf("Trần Văn Giả Định %d", i), id, "Thủ trưởng đơn vị; Người ký", "Chủ tịch", "2023-07-01")
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}
