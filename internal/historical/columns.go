// Package historical reads awards from paper decisions (historical records) off an
// Excel workbook: the template, its rows judged one by one, the rows to correct.
//
// The model: one row is one award that one paper decision gave to one subject, with
// the decision's number, date and issuer, the achievement period, and the scan that
// proves it. A row names its award by the catalogue; only where the catalogue has no
// such award it says in free text what the paper says. Nothing of a workbook counts
// before a person takes it over, and then whole: Preview judges and writes nothing.
// What comes out is marked as historical wherever it is shown; it has no case, no
// votes and no trail behind it.
//
//	columns.go   the columns and the words of their drop-downs
//	read.go      a workbook's rows as written
//	preview.go   each row against what is known; corrections of single cells
//	write.go     the template, and the rows to correct
package historical

import (
	"strings"

	"vinhdanh/internal/vietnamese"
)

// The sheets of the workbook.
const (
	recordSheet = "Khen thưởng"
	wordsSheet  = "Danh mục"
	guideSheet  = "Hướng dẫn"
	headerRow   = 2 // row of the headings; the row above says what the sheet is
)

// Fields of a row, as problems and corrections name them.
const (
	FieldKind       = "kind"
	FieldName       = "name"
	FieldSex        = "sex"
	FieldBirthYear  = "birth_year"
	FieldNumber     = "personal_number"
	FieldUnit       = "unit"
	FieldWorkplace  = "workplace"
	FieldAward      = "award"
	FieldAwardText  = "award_text"
	FieldDecision   = "decision_number"
	FieldDate       = "decision_date"
	FieldIssuer     = "issuer"
	FieldPeriodKind = "period_kind"
	FieldPeriod     = "period"
	FieldAmount     = "amount"
	FieldScan       = "scan"
	FieldSubject    = "subject"
)

// Word is a code with what stands for it in sheets.
type Word struct{ Code, VI, EN string }

var kinds = []Word{{"individual", "cá nhân", "individual"}, {"collective", "tập thể", "collective"}, {"household", "hộ gia đình", "household"}}
var sexes = []Word{{"male", "nam", "male"}, {"female", "nữ", "female"}}
var periodKinds = []Word{{"calendar", "năm", "calendar year"}, {"school", "năm học", "school year"}, {"range", "giai đoạn", "range"}}

// column is a column of the sheet; a workbook's are recognised by their headings.
type column struct {
	field, heading string
	width          float64
}

var columns = []column{
	{FieldKind, "Đối tượng", 14},
	{FieldName, "Họ và tên / tên tập thể", 34},
	{FieldSex, "Giới tính", 10},
	{FieldBirthYear, "Năm sinh", 10},
	{FieldNumber, "Số CCCD hoặc CMND (không bắt buộc)", 18},
	{FieldUnit, "Đơn vị", 40},
	{FieldWorkplace, "Nơi công tác ghi trên quyết định", 34},
	{FieldAward, "Danh hiệu, hình thức khen thưởng", 40},
	{FieldAwardText, "Ghi theo quyết định (nếu danh mục không có)", 30},
	{FieldDecision, "Số quyết định", 20},
	{FieldDate, "Ngày quyết định", 14},
	{FieldIssuer, "Người, cơ quan ký quyết định", 34},
	{FieldPeriodKind, "Loại thời gian", 12},
	{FieldPeriod, "Thời gian đạt thành tích", 16},
	{FieldAmount, "Tiền thưởng (đồng)", 14},
	{FieldScan, "Tệp quét quyết định (tên tệp hoặc SHA-256)", 36},
	{FieldSubject, "Mã đối tượng (nếu biết)", 20},
}

// Fields lists the fields of a row in the order of the columns.
func Fields() []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.field
	}
	return out
}

// columnOf recognises a heading, without regard to accents and to what stands in
// brackets.
func columnOf(heading string) (string, bool) {
	plain := func(s string) string {
		s, _, _ = strings.Cut(s, "(")
		return vietnamese.Fold(s)
	}
	for _, c := range columns {
		if plain(c.heading) == plain(heading) || c.field == strings.TrimSpace(heading) {
			return c.field, true
		}
	}
	return "", false
}

// codeOf finds the code of a word as people write it.
func codeOf(words []Word, s string) (string, bool) {
	key := vietnamese.Fold(s)
	for _, w := range words {
		if strings.EqualFold(strings.TrimSpace(s), w.Code) || key == vietnamese.Fold(w.VI) || key == vietnamese.Fold(w.EN) {
			return w.Code, true
		}
	}
	return "", false
}
