package app

import "strings"

// values are the codes of fields that take one of a few, as people say them.
var values = map[string]rule{
	"forward": {"chuyển lên", "send on"}, "return": {"trả lại để bổ sung", "send back"},
	"propose": {"đề nghị", "propose"}, "not_propose": {"không đề nghị", "not propose"},
	"yes": {"đồng ý", "yes"}, "no": {"không đồng ý", "no"}, "abstain": {"không có ý kiến", "abstain"}, "agree": {"nhất trí", "agree"}, "disagree": {"không nhất trí", "disagree"},
	"individual": {"cá nhân", "individual"}, "collective": {"tập thể", "collective"}, "household": {"hộ gia đình", "household"},
	"calendar": {"năm", "calendar year"}, "school": {"năm học", "school year"}, "range": {"khoảng thời gian", "range"},
	"draft": {"đang soạn", "draft"}, "open": {"đang mở", "open"}, "closed": {"đã kết thúc", "closed"}, "returned": {"bị trả lại", "returned"},
	"meeting": {"họp", "meeting"}, "written": {"lấy ý kiến bằng văn bản", "in writing"}, "chair": {"chủ trì", "chair"}, "secretary": {"thư ký", "secretary"}, "member": {"ủy viên", "member"},
	"daily": {"hằng ngày", "daily"}, "weekly": {"hằng tuần", "weekly"}, "now": {"ngay", "at once"},
	"workflow": {"quy trình", "rules of the case"}, "application": {"ứng dụng", "application"}, "gate": {"cổng Temporal", "Temporal's gate"},
	"same": {"cùng một người", "the same"}, "different": {"người khác nhau", "different"}, "male": {"nam", "male"}, "female": {"nữ", "female"},
	"vi": {"tiếng Việt", "Vietnamese"}, "en": {"tiếng Anh", "English"}, "campaign": {"cả phong trào", "whole campaign"}, "unit": {"mỗi đơn vị", "each unit"},
}

// parameter is what a rule asks for: of a few values each in words, with the code
// that a program sends in parentheses.
func (f FieldError) parameter(locale string) string {
	parts := strings.Fields(f.Param)
	if f.Rule == "oneof" {
		for i, code := range parts {
			if v, ok := values[code]; ok {
				parts[i] = pick(locale, v.vi, v.en) + " (" + code + ")"
			}
		}
	}
	return strings.Join(parts, ", ")
}
