package app

import "maps"

// Words of the lists as they leave the system: headings, and the names of codes.
// The pages' own words for the same codes are compared with these by a test.
var listWords = map[string]rule{
	"no": {"STT", "No."}, "ref": {"Số hồ sơ", "Case"}, "name": {"Họ và tên / tên tập thể", "Name"}, "kind": {"Đối tượng", "Kind"},
	"birth_year": {"Năm sinh", "Born"}, "post": {"Chức vụ", "Position"}, "workplace": {"Nơi công tác", "Workplace"},
	"unit": {"Đơn vị đề nghị", "Proposing unit"}, "award": {"Danh hiệu, hình thức", "Award"}, "period": {"Thời gian", "Period"},
	"standing": {"Tình trạng", "Standing"}, "waiting": {"Đang chờ", "Waits for"}, "due": {"Hạn", "Due"}, "outcome": {"Kết quả", "Outcome"},
	"decision": {"Quyết định số", "Decision"}, "decided_on": {"Ngày quyết định", "Of"}, "sent_on": {"Ngày gửi", "Sent"},
	"items": {"Số trường hợp", "Items"}, "open_items": {"Chưa có kết quả", "Still open"}, "stage_since": {"Ở bước này từ", "At this stage since"},

	"amount": {"Tiền thưởng (đồng)", "Money (đồng)"}, "issuer": {"Người, cơ quan quyết định", "Issuer"}, "source": {"Nguồn", "Source"},
	"named": {"Tên ghi trên quyết định", "Named in the decision as"}, "counts": {"Giá trị", "Counts"}, "corrected": {"Đính chính", "Corrections"}, "scan": {"SHA-256 bản quét", "SHA-256 of the scan"},
	"list.ledger": {"QUÁ TRÌNH KHEN THƯỞNG", "LEDGER OF AWARDS"}, "file.ledger": {"qua-trinh-khen-thuong", "ledger"},
	"source.decision": {"Xử lý trên hệ thống", "Processed here"}, "source.imported": {"HỒ SƠ LỊCH SỬ", "HISTORICAL RECORD"},
	"source.above":  {"Xử lý trên hệ thống, cấp trên quyết định", "Processed here, decided above"},
	"counts.counts": {"Còn giá trị", "Counts"}, "counts.corrected": {"Đã được sửa", "Corrected since"}, "counts.withdrawn": {"Đã rút", "Withdrawn"},
	"list.items": {"DANH SÁCH TRƯỜNG HỢP ĐỀ NGHỊ KHEN THƯỞNG", "ITEMS PROPOSED FOR COMMENDATION"},
	"list.cases": {"DANH SÁCH HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG", "CASES OF COMMENDATION"},
	"file.items": {"truong-hop", "items"}, "file.cases": {"ho-so", "cases"},
	"list.made": {"Lập ngày %s; chỉ gồm những gì người lập được xem.", "Made on %s; holds only what its maker may see."},
	"filter":    {"Lọc", "Filter"},

	"stage.draft": {"Đang soạn", "Draft"}, "stage.nomination": {"Đơn vị đề nghị", "Nomination"}, "stage.review": {"Xét duyệt", "Review"},
	"stage.reception": {"Tiếp nhận", "Reception"}, "stage.appraisal": {"Thẩm định", "Appraisal"}, "stage.council": {"Hội đồng", "Council"},
	"stage.issuance": {"Trình ký, ban hành", "Signing and issue"}, "stage.closed": {"Đã kết thúc", "Closed"},
	"stage.consultation": {"Hiệp y", "Consultation"}, "stage.publication": {"Lấy ý kiến Nhân dân", "Public comment"},
	"stage.submission": {"Trình cấp trên", "Submission upward"}, "stage.outcome": {"Chờ kết quả cấp trên", "Outcome from above"},
	"status.not_awarded": {"Cấp trên không khen thưởng", "Not awarded above"},
	"status.returned":    {"Yêu cầu bổ sung", "Returned for completion"}, "status.on_hold": {"Tạm dừng xét", "On hold"},
	"status.passed": {"Đạt", "Passed"}, "status.recognised": {"Đã khen thưởng", "Recognised"}, "status.not_proposed": {"Không đề nghị", "Not proposed"},
	"status.not_passed": {"Không đạt", "Not passed"}, "status.deferred": {"Chưa xét", "Deferred"}, "status.lower_award": {"Hạ mức", "Lower award"},
	"status.withdrawn": {"Đã rút", "Withdrawn"},
	"kind.individual":  {"Cá nhân", "Individual"}, "kind.collective": {"Tập thể", "Collective"}, "kind.household": {"Hộ gia đình", "Household"},
}

// listWord is a word of the lists, or the code itself.
func listWord(locale, key, otherwise string) string {
	if w, ok := listWords[key]; ok {
		return pick(locale, w.vi, w.en)
	}
	return otherwise
}

// ListWord is the word that a list as a file has for a code of a group: stage,
// status, kind.
func ListWord(locale, group, code string) string { return listWord(locale, group+"."+code, code) }

// ListWords lists the group.code keys of ListWord, for the test that compares
// them with the pages' own.
func ListWords() []string {
	var out []string
	for k := range maps.Keys(listWords) {
		out = append(out, k)
	}
	return out
}

func init() {
	maps.Copy(rules, map[string]rule{
		"mandatory": {"là loại bắt buộc, luôn gửi thư ngay", "is mandatory and always mailed at once"},
		"cursor":    {"không phải của danh sách này; hãy mở lại trang đầu", "is not of this list; open its first page again"},
	})
	maps.Copy(plainNames, map[string]rule{
		"q": {"từ cần tìm", "search words"}, "state": {"tình trạng", "state"}, "stage": {"bước", "stage"}, "outcome": {"kết quả", "outcome"},
		"class": {"nhóm đối tượng", "class"}, "role": {"vai trò", "role"}, "sort": {"thứ tự", "order"}, "after": {"trang", "page"},
		"campaign": {"phong trào", "campaign"}, "format": {"loại tệp", "format"}, "channel": {"cách nhận", "channel"}, "locale": {"ngôn ngữ", "language"}, "channels": {"cách nhận thông báo", "channels"}, "notices": {"các thông báo", "notices"}, "until": {"đến lúc", "until"}, "since": {"từ lúc", "since"},
	})
}
