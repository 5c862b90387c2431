package law

// words are the codes that stand in the data, as people read them. One code means one
// thing wherever it stands, or reads the same.
var words = map[string]Text{
	// kinds of subject, classes, verbs
	"individual": {VI: "cá nhân", EN: "individuals"}, "collective": {VI: "tập thể", EN: "collectives"}, "household": {VI: "hộ gia đình", EN: "households"},
	"title": {VI: "danh hiệu thi đua", EN: "emulation title"}, "form": {VI: "hình thức khen thưởng", EN: "form of commendation"},
	"cong_nhan": verbs["cong_nhan"], "tang": verbs["tang"], "truy_tang": verbs["truy_tang"], "phong_tang": verbs["phong_tang"],
	// levels and places
	"unit": {VI: "đơn vị", EN: "unit"}, "commune": {VI: "cấp xã", EN: "commune"}, "district": {VI: "cấp huyện", EN: "district"},
	"department": {VI: "sở, ngành", EN: "department"}, "province": {VI: "cấp tỉnh", EN: "province"}, "central": {VI: "trung ương", EN: "central"},
	"proposer": {VI: "đơn vị đề nghị", EN: "proposing unit"}, "nearest": {VI: "cấp gần nhất", EN: "nearest level"}, "authority": {VI: "cấp quyết định", EN: "deciding level"},
	"standing": {VI: "cơ quan thường trực", EN: "standing body"}, "list": {VI: "cả danh sách", EN: "the whole list"},
	// stages
	"nomination": {VI: "đơn vị đề nghị", EN: "nomination"}, "review": {VI: "xét duyệt", EN: "review"}, "reception": {VI: "tiếp nhận", EN: "reception"},
	"appraisal": {VI: "thẩm định", EN: "appraisal"}, "council": {VI: "Hội đồng", EN: "Council"}, "issuance": {VI: "trình ký, ban hành", EN: "signing and issue"},
	"consultation": {VI: "hiệp y", EN: "consultation of agencies"}, "publication": {VI: "lấy ý kiến Nhân dân", EN: "public comment"},
	"submission": {VI: "trình cấp trên", EN: "submission upward"}, "outcome": {VI: "chờ kết quả cấp trên", EN: "outcome from above"},
	"signature": {VI: "ký", EN: "signature"}, "closed": {VI: "kết thúc", EN: "closed"}, "draft": {VI: "dự thảo", EN: "draft"},
	// roles
	"clerk": {VI: "người làm công tác thi đua, khen thưởng", EN: "clerk"}, "unit_head": {VI: "thủ trưởng đơn vị", EN: "unit head"},
	"reviewer": {VI: "người xét duyệt", EN: "reviewer"}, "appraiser": {VI: "chuyên viên thẩm định", EN: "appraiser"},
	"standing_head": {VI: "lãnh đạo cơ quan thường trực", EN: "head of the standing body"}, "secretary": {VI: "thư ký Hội đồng", EN: "Council secretary"},
	"member": {VI: "ủy viên Hội đồng", EN: "Council member"}, "chair": {VI: "chủ trì", EN: "chair"}, "signer": {VI: "người ký", EN: "signer"}, "registrar": {VI: "văn thư", EN: "registrar"},
	// what a stage decides, and acts
	"propose": {VI: "đề nghị", EN: "propose"}, "not_propose": {VI: "không đề nghị", EN: "not propose"}, "accept": {VI: "tiếp nhận hồ sơ đủ", EN: "accept as complete"},
	"return": {VI: "trả lại bổ sung", EN: "return for completion"}, "hold": {VI: "tạm dừng", EN: "hold"}, "pass": {VI: "đạt", EN: "pass"}, "not_pass": {VI: "không đạt", EN: "not pass"},
	"defer": {VI: "chưa xét", EN: "defer"}, "sign": {VI: "ký", EN: "sign"}, "send_back": {VI: "không ký, làm lại", EN: "send back unsigned"}, "award": {VI: "được khen", EN: "awarded"},
	"not_award": {VI: "không được khen", EN: "not awarded"}, "allowed": {VI: "được phép", EN: "allowed"}, "refused": {VI: "không được phép", EN: "refused"},
	"send": {VI: "gửi hồ sơ", EN: "send"}, "decide": {VI: "cho ý kiến", EN: "give an opinion"}, "appraise": {VI: "thẩm định", EN: "appraise"},
	"council-result": {VI: "kết quả Hội đồng", EN: "Council's result"}, "issued": {VI: "ban hành", EN: "issue"}, "resubmit": {VI: "gửi lại", EN: "send again"},
	"recall": {VI: "rút về", EN: "recall"}, "withdraw": {VI: "xin rút", EN: "withdraw"}, "release": {VI: "xét tiếp", EN: "release"},
	"reconsider": {VI: "xem lại", EN: "look again"}, "lower": {VI: "hạ mức", EN: "lower the award"}, "reassign": {VI: "giao người khác", EN: "reassign"},
	"consult": {VI: "lấy ý kiến hiệp y", EN: "consult agencies"}, "publish": {VI: "lấy ý kiến Nhân dân", EN: "hear the public"}, "submit-up": {VI: "trình lên", EN: "submit upward"},
	"upper-outcome": {VI: "nhập kết quả cấp trên", EN: "enter the outcome from above"}, "forward": {VI: "chuyển tiếp", EN: "forward"},
	// the Council
	"meeting": {VI: "họp", EN: "meeting"}, "written": {VI: "bằng văn bản", EN: "in writing"}, "none": {VI: "không có", EN: "none"},
	"all": {VI: "tổng số thành viên", EN: "all members"}, "present": {VI: "số thành viên dự họp", EN: "members present"},
	"open": {VI: "biểu quyết công khai", EN: "open ballot"}, "secret": {VI: "bỏ phiếu kín", EN: "secret ballot"},
	"agrees": {VI: "coi là đồng ý", EN: "counts as agreement"}, "leaves": {VI: "không tính vào tổng số", EN: "leaves the base"},
	// money, quotas, clocks, transitions
	"each": {VI: "trả từng danh hiệu, hình thức", EN: "each is paid"}, "highest": {VI: "chỉ trả mức cao nhất", EN: "the highest is paid"},
	TitlesOfOnePeriod: {VI: "nhiều danh hiệu cùng thời gian", EN: "titles of one period"}, TitlesOfOtherPeriods: {VI: "nhiều danh hiệu khác thời gian", EN: "titles of other periods"},
	SeveralForms: {VI: "nhiều hình thức", EN: "several forms"}, TitleAndForm: {VI: "danh hiệu và hình thức", EN: "a title and a form"},
	"warn": {VI: "chỉ cảnh báo", EN: "warns only"}, "cut": {VI: "cắt phần vượt", EN: "cuts what is beyond"}, "not_passed": {VI: "không đạt", EN: "not passed"}, "deferred": {VI: "chưa xét", EN: "deferred"},
	"subject_year": {VI: "mỗi đối tượng trong năm", EN: "each subject a year"}, FromPeriod: {VI: "thời gian lập thành tích của lần trước", EN: "the former achievement period"},
	FromDecision: {VI: "ngày quyết định của lần trước", EN: "the date of the former decision"}, "needs_person": {VI: "cần người xem", EN: "a person must look"},
	CountsSubmitted: {VI: "ngày gửi", EN: "the day of sending"}, CountsReceived: {VI: "ngày cơ quan thẩm định tiếp nhận", EN: "the day it is received for appraisal"},
	RuleFormer: {VI: "theo quy định cũ", EN: "the former rules go on"}, RuleFavourable: {VI: "theo quy định có lợi hơn", EN: "the more favourable rules"},
	"own_role": {VI: "theo vai trò của mình", EN: "in a role of their own"}, "delegation": {VI: "theo ủy quyền", EN: "by delegation"},
}

// Word is a code of the data in words: a kind of subject, level, stage, role, type of
// commendation, what a stage may decide, how the Council votes. What is none of these, as
// the code of an award, stays as it is.
func Word[T ~string](code T) Text {
	if t, ok := words[string(code)]; ok {
		return t
	}
	if t, ok := TypeNames[string(code)]; ok {
		return t
	}
	return Text{VI: string(code), EN: string(code)}
}

// sectionWords are the sections that a reader hears of where something is missing.
var sectionWords = map[string]Text{
	"criterion": {VI: "tiêu chuẩn", EN: "criterion"}, "global": {VI: "quy định chung", EN: "rules for every award"}, "deadline": {VI: "thời hạn", EN: "deadline"},
	"council_rule": {VI: "cách biểu quyết của Hội đồng", EN: "council rule"}, "dossier": {VI: "thành phần hồ sơ", EN: "dossier"}, "paper": {VI: "giấy tờ", EN: "paper"},
	"agency": {VI: "cơ quan hiệp y", EN: "agency"}, "retention": {VI: "thời hạn bảo quản", EN: "retention class"}, "authority": {VI: "thẩm quyền", EN: "authority"},
	"route": {VI: "quy trình", EN: "route"}, "number": {VI: "trị số", EN: "number"}, "rounding": {VI: "cách làm tròn", EN: "rounding"},
}
