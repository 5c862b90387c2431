package web_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/webtest"
)

// The catalogue by date: what exists on a day, and of one award all that the law says,
// with marks.
func TestCatalogueByDate(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	before := v.Get("/law?on=2023-11-20")
	require.Equal(t, http.StatusOK, before.Status)
	assert.Contains(t, before.Text(), "Giấy khen của Chủ tịch UBND huyện")
	assert.NotContains(t, before.Text(), "Kỷ niệm chương của tỉnh")
	assert.Contains(t, before.Text(), "Gia đình văn hóa")
	after := v.Get("/law?on=2025-08-01")
	assert.NotContains(t, after.Text(), "Giấy khen của Chủ tịch UBND huyện")
	assert.Contains(t, after.Text(), "Huân chương Độc lập hạng Nhất")
	assert.Contains(t, v.Get("/law?on=2026-11-01").Text(), "Chưa có văn bản của quy định này")
	assert.NotEqual(t, http.StatusOK, v.Get("/law?on=1990-01-01").Status)

	july, august := v.Get("/law/LDTT?on=2025-07-10"), v.Get("/law/LDTT?on=2025-08-10")
	assert.Contains(t, july.Text(), "R3 (đến 04/08/2025)")
	assert.NotContains(t, july.Text(), "không khen thưởng cơ quan, tổ chức, đơn vị đã giải thể")
	assert.Contains(t, august.Text(), "không khen thưởng cơ quan, tổ chức, đơn vị đã giải thể")
	assert.Contains(t, v.Get("/law?on=2025-07-10").Text(), "(thẩm quyền hai cấp) Thông tư 01/2024/TT-BNV", "the texts of the day")
	assert.Contains(t, v.Get("/law?on=2025-08-10").Text(), "(thẩm quyền hai cấp) Thông tư 15/2025/TT-BNV")

	one := v.Get("/law/CSTDT?on=2025-08-01")
	require.Equal(t, http.StatusOK, one.Status)
	for _, want := range []string{
		"Có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở", "số năm sáng kiến cấp tỉnh còn được tính", "Chưa xác nhận",
		"Chủ tịch Ủy ban nhân dân tỉnh", "Giấy chứng nhận sáng kiến", "15 ngày làm việc", "bỏ phiếu kín", "từ 90/100 trở lên", "7.020.000", "20 năm",
	} {
		assert.Contains(t, one.Text(), want)
	}
	assert.Contains(t, v.Get("/law/CSTDTQ?on=2025-08-01").Text(), "Thủ tướng Chính phủ")
	assert.Contains(t, v.Get("/law/GDVH?on=2025-08-01").Text(), "cần người xem")
	assert.NotEqual(t, http.StatusOK, v.Get("/law/GK-H?on=2025-08-01").Status)
	assert.Equal(t, http.StatusNotFound, v.Get("/law/NOTHING").Status)
}
