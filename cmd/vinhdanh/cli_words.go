package main

import (
	"strings"

	"vinhdanh/internal/app"
)

// stageWords name the stages and phases.
var stageWords = map[string][2]string{
	"draft": {"nháp", "draft"}, "nomination": {"đơn vị chuẩn bị", "nomination"}, "review": {"cấp trình xem xét", "review"},
	"reception": {"tiếp nhận", "reception"}, "appraisal": {"thẩm định", "appraisal"}, "council": {"Hội đồng xét", "council"},
	"issuance":     {"ký, ban hành", "issuance"},
	"consultation": {"hiệp y", "consultation of agencies"}, "publication": {"lấy ý kiến Nhân dân", "public comment"},
	"submission": {"trình cấp trên", "submission upward"}, "outcome": {"chờ kết quả cấp trên", "outcome from above"},
}

// outcomeWords name what became of an item.
var outcomeWords = map[string][2]string{
	"passed": {"đạt", "passed"}, "recognised": {"được khen thưởng", "recognised"}, "not_proposed": {"không đề nghị", "not proposed"},
	"not_passed": {"không đạt", "not passed"}, "deferred": {"chưa xét", "deferred"}, "lower_award": {"hạ mức", "lower award"},
	"withdrawn": {"đã rút", "withdrawn"}, "not_awarded": {"cấp trên không khen thưởng", "not awarded above"},
}

// noticeWords say what a notice is about.
var noticeWords = map[string][2]string{
	"case_sent":           {"hồ sơ vừa gửi đến", "a case was sent"},
	"returned":            {"yêu cầu bổ sung, hoàn thiện", "returned for completion"},
	"item_not_proposed":   {"có trường hợp không được đề nghị", "items were not proposed"},
	"forwarded":           {"hồ sơ được chuyển tiếp", "a case was forwarded"},
	"accepted":            {"hồ sơ đã được tiếp nhận", "the dossier was accepted"},
	"appraised":           {"hồ sơ đã thẩm định", "the case was appraised"},
	"council_result":      {"có kết quả của Hội đồng", "the Council has voted"},
	"decision_issued":     {"quyết định đã ban hành", "the decision was issued"},
	"sent_upward":         {"hồ sơ đã trình cấp trên", "the case was submitted upward"},
	"above_decided":       {"có kết quả của cấp trên", "the outcome from above is there"},
	"recalled":            {"hồ sơ được rút về để sửa", "a case was recalled"},
	"withdrawn":           {"hồ sơ được xin rút", "a case was withdrawn"},
	"held":                {"tạm dừng xét", "put on hold"},
	"released":            {"tiếp tục xét", "released from hold"},
	"reminder":            {"sắp đến hạn", "due soon"},
	"overdue":             {"quá hạn", "overdue"},
	"reconsider_asked":    {"đề nghị xem xét lại", "asked to look again"},
	"archived":            {"hồ sơ đã lưu trữ", "the case was archived"},
	"reasons_letter":      {"lý do các trường hợp không được khen thưởng", "why items were not awarded"},
	"revocation_opened":   {"hỏi ý kiến về hủy bỏ khen thưởng", "asked about revoking an award"},
	"revocation_answered": {"ý kiến mới về hủy bỏ khen thưởng", "an answer on revoking an award"},
	"revocation_ended":    {"việc hủy bỏ khen thưởng đã có kết quả", "the revocation of an award is over"},
	"decision_corrected":  {"đã ban hành quyết định đính chính", "a correction of a decision was issued"},
	"outcome_letter":      {"thông báo kết quả xét khen thưởng", "the letter of outcome is there"},
	"session_convened":    {"triệu tập họp: đề nghị khai báo xung đột lợi ích", "a session was convened: declare your interests"},
	"session_late":        {"chương trình họp có bổ sung: đề nghị khai báo lại", "late items joined an agenda: declare again"},
	"session_late_asked":  {"Thư ký đề nghị bổ sung chương trình họp", "late items wait for the chair's consent"},
	"session_second":      {"phiên họp biểu quyết lần hai", "a session holds a second ballot"},
	"session_opened":      {"phiên họp đã mở biểu quyết", "a session is open for the vote"},
}

// statusWords say whether a submission was sent.
var statusWords = map[string][2]string{"draft": {"nháp", "draft"}, "sent": {"đã gửi", "sent"}}

func (p *page) notice(s string) string  { return p.word(noticeWords, s) }
func (p *page) status(s string) string  { return p.word(statusWords, s) }
func (p *page) stage(s string) string   { return p.word(stageWords, s) }
func (p *page) outcome(s string) string { return p.word(outcomeWords, s) }

func (p *page) word(words map[string][2]string, s string) string {
	if w, ok := words[s]; ok {
		return p.t(w[0], w[1])
	}
	return s
}

// where says at which stage a case stands, and how.
func (p *page) where(r app.ProposalRow) string {
	var marks []string
	for _, m := range []struct {
		holds  bool
		vi, en string
	}{
		{r.Returned, "trả lại", "returned"}, {r.OnHold, "tạm dừng", "on hold"}, {r.Closed, "đã kết thúc", "closed"},
	} {
		if m.holds {
			marks = append(marks, p.t(m.vi, m.en))
		}
	}
	if len(marks) == 0 {
		return p.stage(r.Stage)
	}
	return p.stage(r.Stage) + " (" + strings.Join(marks, ", ") + ")"
}
