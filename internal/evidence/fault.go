package evidence

import "fmt"

// Fault codes: what does not hold. They are stable; programs may rely on them.
const (
	faultZip         = "not-a-bundle"
	faultFile        = "foreign-file"
	faultByte        = "changed-byte"
	faultWhole       = "other-bundle"
	faultManifest    = "manifest"
	faultHash        = "file-hash"
	faultMissing     = "file-missing"
	faultJSON        = "file-unreadable"
	faultRoot        = "root-key"
	faultRing        = "keyring"
	faultKey         = "case-key"
	faultHistory     = "history-incomplete"
	faultEvent       = "history-event"
	faultReset       = "history-reset"
	faultTime        = "history-time"
	faultSender      = "sender"
	faultSignature   = "signature"
	faultUpdate      = "update-act"
	faultAct         = "act-refused"
	faultOutcome     = "update-result"
	faultNumbering   = "numbering"
	faultChain       = "trail-chain"
	faultTrail       = "trail-row"
	faultCount       = "trail-count"
	faultAttempt     = "envelope"
	faultNoAttempt   = "envelope-missing"
	faultContent     = "content"
	faultReason      = "reason"
	faultLaw         = "law-data"
	faultDocument    = "document-missing"
	faultValidation  = "validation"
	faultReplay      = "replay"
	faultResult      = "workflow-result"
	faultActivity    = "activity-input"
	faultUnsupported = "format"
	faultArchived    = "archived-trail"
)

// faults says each in Vietnamese and English. Both take the same arguments.
var faults = map[string][2]string{
	faultZip:         {"tệp không phải là một bộ hồ sơ điện tử hoàn chỉnh", "the file is not a complete bundle"},
	faultFile:        {"tệp %s trong bộ hồ sơ không đúng khuôn dạng hoặc đứng hai lần", "file %s in the bundle has a foreign form or stands twice"},
	faultByte:        {"byte thứ %d đã bị thay đổi (%s)", "byte %d was changed (%s)"},
	faultWhole:       {"đây không phải bộ hồ sơ đã lưu trữ: SHA-256 là %s", "this is not the bundle that was archived: its SHA-256 is %s"},
	faultManifest:    {"bản kê (manifest) không đúng: %s", "the manifest does not hold: %s"},
	faultHash:        {"tệp %s không khớp mã băm trong bản kê", "file %s does not match its hash in the manifest"},
	faultMissing:     {"thiếu tệp %s", "file %s is missing"},
	faultJSON:        {"tệp %s không đọc được hoặc không ở dạng chuẩn", "file %s does not decode or is not in canonical form"},
	faultRoot:        {"khóa gốc có dấu vân %s, không phải %s như mong đợi", "the root key's fingerprint is %s, not %s as expected"},
	faultRing:        {"bộ khóa công khai không được khóa gốc ký: %s", "the keyring is not signed by the root: %s"},
	faultKey:         {"khóa mã hóa của hồ sơ không mở được lịch sử: %s", "the case's key does not open its history: %s"},
	faultHistory:     {"lịch sử không đầy đủ: %s", "the history is not complete: %s"},
	faultEvent:       {"sự kiện %d của lịch sử không thể có ở đó: %s", "event %d of the history cannot stand there: %s"},
	faultReset:       {"lịch sử đã bị đặt lại (reset) ở sự kiện %d", "the history was reset at event %d"},
	faultTime:        {"thời điểm của sự kiện %d không khớp: %s", "the time of event %d does not fit: %s"},
	faultSender:      {"sự kiện %d được gửi bởi %s, không phù hợp với khóa %s", "event %d was sent by %s, which does not fit a key for %s"},
	faultSignature:   {"chữ ký của thao tác tại %s không hợp lệ: %s", "the signed act at %s does not hold: %s"},
	faultUpdate:      {"thao tác đã ký không khớp với cập nhật ở sự kiện %d: %s", "the signed act is not the one of the Update at event %d: %s"},
	faultAct:         {"thao tác số %d không thể được chấp nhận theo quy trình: %s", "act %d could not have been accepted: %s"},
	faultOutcome:     {"kết quả ghi trong lịch sử của thao tác số %d (sự kiện %d) khác với kết quả tính lại", "the history's result of act %d (event %d) differs from the recomputed one"},
	faultNumbering:   {"các thao tác không được đánh số liên tục: thiếu hoặc trùng số %d", "the acts are not numbered without gaps: number %d is missing or stands twice"},
	faultChain:       {"chuỗi băm của nhật ký bị đứt ở dòng %d", "the trail's chain is broken at row %d"},
	faultTrail:       {"dòng %d của nhật ký khác với kết quả trong lịch sử", "row %d of the trail differs from the history's result"},
	faultCount:       {"nhật ký có %d dòng nhưng lịch sử có %d thao tác", "the trail has %d rows, the history %d transitions"},
	faultAttempt:     {"phong bì %s không khớp với lịch sử: %s", "envelope %s does not fit the history: %s"},
	faultNoAttempt:   {"thao tác số %d không có phong bì đã lưu trước khi gửi", "act %d has no envelope stored before it was sent"},
	faultContent:     {"nội dung của trường hợp %s (lần trình %d) không khớp cam kết đã ký", "the content of item %s (revision %d) does not match the signed commitment"},
	faultReason:      {"lý do với cam kết %s bị thiếu hoặc đã bị sửa", "the reason with commitment %s is missing or was changed"},
	faultLaw:         {"dữ liệu pháp luật %s bị thiếu hoặc đã bị sửa", "the law data %s is missing or was changed"},
	faultDocument:    {"thiếu tài liệu %s mà thao tác số %d dẫn tới", "document %s, which act %d refers to, is missing"},
	faultValidation:  {"kết quả kiểm tra điều kiện của lần trình %d không khớp lịch sử", "the validation of revision %d does not match the history"},
	faultReplay:      {"chạy lại lịch sử bằng mã quy trình thất bại: %s", "the history does not replay with the workflow code: %s"},
	faultResult:      {"kết quả cuối cùng của quy trình khác với kết quả chạy lại", "the workflow's final result differs from the replayed one"},
	faultActivity:    {"yêu cầu gửi tới hoạt động %s (sự kiện %d) khác với khi chạy lại", "what activity %s was asked (event %d) differs from the replay"},
	faultArchived:    {"dòng %d của nhật ký khác với dòng đã lưu trong bộ hồ sơ lưu trữ", "row %d of the trail differs from the one in the archived bundle"},
	faultUnsupported: {"định dạng bộ hồ sơ %d chưa được hỗ trợ; hãy dùng phiên bản mới hơn của vinhdanh", "bundle format %d is not known; use a newer version of vinhdanh"},
}

// Fault says what does not hold, in both languages.
type Fault struct {
	Code string
	Vi   string
	En   string
}

func (f *Fault) Error() string { return "evidence: " + f.Code + ": " + f.En }

func fault(code string, args ...any) *Fault {
	text := faults[code]
	return &Fault{Code: code, Vi: fmt.Sprintf(text[0], args...), En: fmt.Sprintf(text[1], args...)}
}
