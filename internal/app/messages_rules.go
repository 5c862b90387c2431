package app

import (
	"slices"
	"strings"
)

// rule is a validator's rule in words; %p stands for its parameter.
type rule struct{ vi, en string }

// rules says what a field must be, by validator tag or by a code of our own.
var rules = map[string]rule{
	"required":         {"phải có", "is required"},
	"required_if":      {"phải có trong trường hợp này", "is required in this case"},
	"excluded_if":      {"phải để trống trong trường hợp này", "must be left empty in this case"},
	"required_with":    {"phải có khi đã có %p", "is required together with %p"},
	"required_without": {"phải có khi không có %p", "is required without %p"},
	"max":              {"quá dài hoặc quá lớn; tối đa %p", "is too long or too large; at most %p"},
	"min":              {"quá ngắn hoặc quá nhỏ; ít nhất %p", "is too short or too small; at least %p"},
	"len":              {"phải dài đúng %p", "must be exactly %p long"},
	"oneof":            {"phải là một trong: %p", "must be one of: %p"},
	"datetime":         {"phải là ngày dạng 2023-11-20", "must be a date like 2023-11-20"},
	"future":           {"không được sau hôm nay", "must not lie in the future"},
	"early":            {"không được trước ngày ban hành", "must not lie before the day of issue"},
	"after":            {"phải từ ngày bắt đầu trở đi", "must not lie before the day it begins"},
	"period":           {"quá ngắn so với thời hạn mà quy định yêu cầu", "is shorter than the rules ask for"},
	"past":             {"không được sau hôm nay", "must not lie after today"},
	"personal":         {"CCCD có 12 chữ số, CMND có 9 chữ số; chỉ ghi cho cá nhân", "has 12 digits (CCCD) or 9 (CMND), and is for individuals"},
	"excludes":         {"không được có ký tự %p", "must not contain %p"},
	"nefield":          {"phải khác %p", "must differ from %p"},
	"returns_to":       {"không phải bước mà quy trình cho phép trả lại", "is no stage to which the route lets it go back"},
	"exists":           {"không có trong hệ thống; hãy chọn trong danh sách", "does not exist; choose one of the list"},
	"kind":             {"không dành cho loại đối tượng này", "is not for this kind of subject"},
	"unique":           {"không được lặp lại", "must not repeat a value"},
	"paper":            {"không phải là giấy tờ nào trong các hồ sơ này", "is no paper of these cases"},
	"uuid":             {"phải là mã định danh của hệ thống", "must be an id of this system"},
	"hexadecimal":      {"phải là mã băm dạng hex", "must be a hash in hexadecimal"},
	"facts":            {"không đúng khuôn dạng dữ liệu của quy định", "does not have the form that the rules read"},
	"unknown":          {"không có trường này; hãy kiểm tra tên", "there is no such field; check its name"},
	"type":             {"sai kiểu giá trị, cần %p", "has the wrong type; %p is needed"},
	"path":             {"phải trùng với địa chỉ, hoặc bỏ trống", "must agree with the address, or be left out"},
	"delegation":       {"không ủy quyền như vậy được; xem lý do ở trên", "the delegation cannot be made like this; the reason stands above"},
	"value":            {"giá trị không hợp lệ", "is not a valid value"},
	"wrong":            {"không đúng; hãy nhập lại", "is wrong; enter it again"},
	"form":             {"thiếu hoặc không đọc được phần này của biểu mẫu", "this part of the form is missing or cannot be read"},

	// The faults that a list from Excel may have, as the import preview names them.
	"row":               {"dòng này còn lỗi; xem bản xem trước", "this row has an error; see the preview"},
	"award":             {"chưa chọn hình thức khen thưởng", "the award is not chosen yet"},
	"formula.no_value":  {"ô là công thức chưa có kết quả; hãy mở bằng Excel và lưu lại, hoặc gõ giá trị", "the cell is a formula without a stored value; save it in Excel again or type the value"},
	"cell.error":        {"ô báo lỗi của Excel; hãy gõ giá trị đúng", "the cell shows an error of Excel; type the right value"},
	"name.missing":      {"thiếu tên", "the name is missing"},
	"kind.unknown":      {"không rõ loại đối tượng; ghi Cá nhân, Tập thể hoặc Hộ gia đình", "unknown kind of subject; write Cá nhân, Tập thể or Hộ gia đình"},
	"birth.both":        {"cả cột Nam và cột Nữ đều có năm sinh; giữ một cột", "both columns hold a year of birth; keep one"},
	"birth.serial":      {"đây là số ngày của Excel, không phải năm sinh; hãy gõ lại", "this is a date serial of Excel, not a year; type it again"},
	"birth.unreadable":  {"không đọc được năm hoặc ngày sinh", "the year or date of birth cannot be read"},
	"birth.implausible": {"năm sinh không hợp lý", "the year of birth is not plausible"},
	"award.missing":     {"chưa ghi danh hiệu hoặc hình thức", "no award is asked for"},
	"award.unknown":     {"không có danh hiệu, hình thức này trong danh mục", "no such award in the catalogue"},
	"award.ambiguous":   {"có nhiều danh hiệu, hình thức phù hợp; hãy chọn một", "several awards fit; choose one"},
	"award.wrong_kind":  {"danh hiệu, hình thức này không dành cho loại đối tượng đó", "this award is not open to that kind of subject"},
	"count.unreadable":  {"không đọc được số lượng; ghi số nguyên", "the count cannot be read; write a whole number"},
	"amount.unreadable": {"không đọc được số tiền", "the amount cannot be read"},
}

// plainNames are the names of input fields as people say them.
var plainNames = map[string]rule{
	"submission": {"hồ sơ trình", "submission"}, "proposal": {"hồ sơ đề nghị", "proposal"}, "item": {"trường hợp", "item"},
	"items": {"các trường hợp", "items"}, "version": {"phiên bản", "version"}, "revision": {"lần gửi", "revision"},
	"number": {"số", "number"}, "pin": {"mã PIN", "PIN"}, "scan": {"bản quét", "scan"}, "verdict": {"quyết định xử lý", "verdict"}, "default": {"ý kiến chung", "default opinion"},
	"opinion": {"ý kiến", "opinion"}, "reason": {"lý do", "reason"}, "remark": {"nhận xét", "remark"}, "field": {"mục", "field"},
	"fields": {"các mục", "fields"}, "minutes": {"biên bản", "minutes"}, "letter": {"tờ trình", "letter"},
	"letter_number": {"số tờ trình", "letter number"}, "letter_date": {"ngày tờ trình", "letter date"},
	"letter_signer": {"người ký tờ trình", "letter signer"}, "title": {"tiêu đề", "title"}, "unit": {"đơn vị", "unit"},
	"name": {"tên", "name"}, "kind": {"loại", "kind"}, "birth_year": {"năm sinh", "year of birth"}, "sex": {"giới tính", "sex"},
	"award": {"hình thức khen thưởng", "award"}, "period": {"thời gian thành tích", "period"}, "from": {"đơn vị giao", "from"},
	"since": {"từ ngày", "from day"}, "until": {"đến ngày", "to day"}, "receiver": {"người nhận", "receiver"}, "documents": {"quyết định", "decisions"},
	"state": {"tình trạng", "state"}, "year": {"năm", "year"}, "symbol": {"ký hiệu", "symbol"},
	"to": {"đơn vị nhận", "to"}, "date": {"ngày", "date"}, "held_on": {"ngày họp", "day of the session"},
	"present": {"thành viên có mặt", "members present"}, "proposals": {"các hồ sơ đề nghị", "proposals"},
	"file": {"tệp", "file"}, "file_name": {"tên tệp", "file name"}, "options": {"tùy chọn", "options"},
	"content": {"nội dung", "content"}, "nonce": {"mã thao tác", "nonce"}, "limit": {"số dòng mỗi trang", "limit"},
	"offset": {"vị trí bắt đầu", "offset"}, "delegate": {"người xử lý thay", "delegate"}, "delegator": {"người ủy quyền", "delegator"},
	"roles": {"vai trò", "roles"}, "first_day": {"ngày bắt đầu", "first day"}, "last_day": {"ngày cuối", "last day"}, "basis": {"văn bản làm căn cứ", "paper it rests on"}, "body": {"nội dung gửi", "body"}, "on": {"ngày", "day"},
}

// Text says in words what is wrong with the field, in "vi" or "en".
func (f FieldError) Text(locale string) string {
	if own := pick(locale, f.Vi, f.En); own != "" {
		return own
	}
	r, ok := rules[f.Rule]
	if !ok {
		r = rule{"chưa hợp lệ (" + f.Rule + ")", "is not valid (" + f.Rule + ")"}
	}
	name := f.Field
	last := f.Field[strings.LastIndexByte(f.Field, '.')+1:]
	last, _, _ = strings.Cut(last, "[")
	if n, ok := plainNames[last]; ok {
		name = pick(locale, n.vi, n.en)
	}
	what := strings.ReplaceAll(pick(locale, r.vi, r.en), "%p", f.parameter(locale))
	words := []rune(name)
	if len(words) == 0 {
		return what
	}
	joint := " "
	if locale != "en" || wholeSentence(r.en) {
		joint = ": "
	}
	return strings.ToUpper(string(words[0])) + string(words[1:]) + joint + what + "."
}

// wholeSentence tells an English text with a subject of its own from one that goes
// on from the field's name.
func wholeSentence(en string) bool {
	first, _, _ := strings.Cut(en, " ")
	return slices.Contains([]string{"the", "this", "there", "no", "both", "several", "unknown"}, first)
}
