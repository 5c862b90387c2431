package reconcile

// Codes of findings.
const (
	CodeStranger    = "unknown-workflow" // Temporal has a case that PostgreSQL does not know
	CodeGone        = "history-gone"     // PostgreSQL has a case whose history is nowhere
	CodeReset       = "reset"
	CodeRuns        = "more-runs"
	CodeEnded       = "ended-without-outcome"
	CodeSilent      = "no-answer"
	CodeNotRebuilt  = "not-rebuilt"
	CodeExtraRow    = "row-without-transition"
	CodeRow         = "row-differs"
	CodeChain       = "chain-broken"
	CodeProjection  = "projection-differs"
	CodeItem        = "item-differs"
	CodeAttempt     = "attempt-not-in-history"
	CodeNoAttempt   = "transition-without-attempt"
	CodeRefused     = "refused-but-in-history"
	CodeSession     = "session-differs"
	CodeIssuance    = "decision-differs"
	CodeRevocation  = "revocation-differs"
	CodeOpenEnd     = "closed-but-running"
	CodeNoLedger    = "ledger-missing"
	CodeExtraLedger = "ledger-extra"
	CodeNumber      = "number-twice"
	CodeBallots     = "ballots"
)

// texts says each code in Vietnamese and English.
var texts = map[string][2]string{
	CodeStranger:    {"Temporal có một hồ sơ mà cơ sở dữ liệu không biết", "Temporal has a case that the database knows nothing of"},
	CodeGone:        {"không còn lịch sử của hồ sơ trong Temporal và chưa có bộ hồ sơ lưu trữ", "the case's history is gone from Temporal and no bundle was archived"},
	CodeReset:       {"lịch sử của hồ sơ đã bị đặt lại (reset)", "the case's history was reset"},
	CodeRuns:        {"hồ sơ có nhiều hơn một lần chạy", "the case has more than one run"},
	CodeEnded:       {"quy trình bị kết thúc mà không có kết quả", "the workflow ended without an outcome"},
	CodeSilent:      {"quy trình không trả lời; kiểm tra worker đang chạy rồi đối chiếu lại", "the workflow does not answer; see that a worker runs, then reconcile again"},
	CodeNotRebuilt:  {"chưa ghi lại được thao tác còn thiếu trong nhật ký", "a transition that the trail lacks was not recorded again"},
	CodeExtraRow:    {"nhật ký có dòng mà lịch sử không có", "the trail has a row that the history does not have"},
	CodeRow:         {"dòng nhật ký khác với lịch sử", "a trail row differs from the history"},
	CodeChain:       {"chuỗi băm của nhật ký bị đứt", "the trail's chain is broken"},
	CodeProjection:  {"tình trạng hồ sơ trong cơ sở dữ liệu khác với lịch sử", "where the case stands in the database differs from the history"},
	CodeItem:        {"kết quả của một trường hợp khác với lịch sử", "an item's outcome differs from the history"},
	CodeAttempt:     {"thao tác ghi là đã chấp nhận nhưng lịch sử không có", "an attempt is recorded as accepted, but the history does not have it"},
	CodeNoAttempt:   {"lịch sử có thao tác mà không có phong bì lưu trước khi gửi", "the history has an act without an envelope stored before it was sent"},
	CodeRefused:     {"thao tác ghi là bị từ chối nhưng lịch sử lại có", "an attempt is recorded as refused, but the history has it"},
	CodeSession:     {"phiên họp trong cơ sở dữ liệu khác với lịch sử", "the session in the database differs from the history"},
	CodeIssuance:    {"quyết định trong cơ sở dữ liệu khác với lịch sử", "the decision in the database differs from the history"},
	CodeRevocation:  {"việc hủy bỏ khen thưởng trong cơ sở dữ liệu khác với lịch sử", "the revocation in the database differs from the history"},
	CodeOpenEnd:     {"lịch sử đã kết thúc nhưng hồ sơ còn mở trong cơ sở dữ liệu", "the history is closed, the case is open in the database"},
	CodeNoLedger:    {"trường hợp đã được công nhận nhưng chưa vào quá trình khen thưởng", "a recognised item has no row in the ledger"},
	CodeExtraLedger: {"quá trình khen thưởng có dòng của trường hợp chưa được công nhận", "the ledger has a row of an item that was not recognised"},
	CodeNumber:      {"một số quyết định được cấp hai lần trong năm", "a decision's number was given twice in one year"},
	CodeBallots:     {"số phiếu nhiều hơn số ủy viên", "there are more ballots than members"},
}
