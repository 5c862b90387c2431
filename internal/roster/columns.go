package roster

import (
	"strings"

	"vinhdanh/internal/vietnamese"
)

// The sheets of the workbook.
const (
	unitSheet   = "Đơn vị"
	peopleSheet = "Người dùng"
	wordsSheet  = "Danh mục"
	guideSheet  = "Hướng dẫn"
	headerRow   = 2 // row of the headings; the row above says what the sheet is
)

// column is a column of a sheet; Read recognises it by its heading, wherever it stands.
type column struct {
	field   string
	heading string
	width   float64
	words   []Word // choices
}

var unitColumns = []column{
	{"id", "Mã đơn vị (để trống thì tự đặt)", 26, nil},
	{"name", "Tên đầy đủ", 46, nil},
	{"short_name", "Tên ngắn", 28, nil},
	{"kind", "Loại đơn vị", 22, Kinds},
	{"level", "Cấp", 16, Levels},
	{"parent", "Mã đơn vị cấp trên", 26, nil},
	{"place", "Địa danh trên văn bản", 18, nil},
	{"symbol", "Ký hiệu trên văn bản", 14, nil},
	{"authority", "Mã đơn vị có thẩm quyền quyết định", 24, nil},
	{"standing_body", "Mã cơ quan thường trực", 24, nil},
	{"council", "Mã Hội đồng", 24, nil},
	{"bodies", "Lập kèm Hội đồng và cơ quan thường trực (x)", 16, nil},
	{"order", "Thứ tự", 8, nil},
	{"valid_from", "Hiệu lực từ ngày", 14, nil},
	{"valid_to", "Đến hết ngày", 14, nil},
}

var peopleColumns = []column{
	{"login", "Tên đăng nhập", 20, nil},
	{"full_name", "Họ và tên", 28, nil},
	{"email", "Thư điện tử", 30, nil},
	{"locale", "Ngôn ngữ (vi, en)", 10, nil},
	{"unit", "Mã đơn vị công tác", 28, nil},
	{"role", "Vai trò", 34, Roles},
	{"title", "Chức danh", 26, nil},
	{"from", "Từ ngày", 14, nil},
	{"to", "Đến hết ngày", 14, nil},
	{"standing", "Thường trực Hội đồng (x)", 14, nil},
}

// codeOf finds the code of a word as people write it: the code, or the text in
// either language, with or without accents.
func codeOf(words []Word, s string) string {
	key := vietnamese.Fold(s)
	for _, w := range words {
		if key == w.Code || key == vietnamese.Fold(w.VI) || key == vietnamese.Fold(w.EN) {
			return w.Code
		}
	}
	return s
}

// columnOf recognises a heading, without regard to accents and to what stands in
// brackets.
func columnOf(cols []column, heading string) (string, bool) {
	plain := func(s string) string {
		s, _, _ = strings.Cut(s, "(")
		return vietnamese.Fold(s)
	}
	for _, c := range cols {
		if plain(c.heading) == plain(heading) {
			return c.field, true
		}
	}
	return "", false
}
