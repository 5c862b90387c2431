package app

import (
	"maps"
	"slices"
)

// Codes that only the edge needs: pages, API and CLI speak through the same table.
const (
	CodeInternal   = "internal"               // a fault of ours; it is in the log
	CodeTooMany    = "too-many-requests"      // slow down
	CodeMethod     = "method-not-allowed"     // the address exists, the method does not
	CodeMediaType  = "unsupported-media-type" // the body's content type is not taken
	CodeBadRequest = "bad-request"            // the body is not what the content type says
	CodeKeyReused  = "key-reused"             // the Idempotency-Key was used for another request
	CodeForeign    = "foreign-form"           // the form was not sent by a page of ours
	CodeKeyBusy    = "key-busy"               // the first request with this key is still running
)

// Exit codes of the command line.
const (
	ExitOK          = 0
	ExitInternal    = 1 // a fault of the program or the server
	ExitUsage       = 2 // the command or its input is wrong
	ExitRefused     = 3 // not allowed, or refused by the rules
	ExitNotFound    = 4
	ExitConflict    = 5 // somebody was faster; look again
	ExitNotReady    = 6 // something must be done first
	ExitUnavailable = 7 // nothing was done; try again
	ExitPending     = 8 // accepted, being recorded
	ExitUnverified  = 9 // a bundle does not verify
)

// outcome is everything that depends on an error's code: what people read, and
// what programs get.
type outcome struct {
	vi, en string
	http   int
	exit   int
}

// outcomes is the one table of codes, in parts by who says them.
var outcomes = merge(appOutcomes, targetOutcomes, actOutcomes, edgeOutcomes, identityOutcomes)

var appOutcomes = map[string]outcome{
	CodeInvalid: {
		"Thông tin chưa hợp lệ; hãy sửa các mục được nêu rồi gửi lại.",
		"Something in the input is not valid; correct the fields named and send again.", 422, ExitUsage,
	},
	CodeNotFound: {
		"Không tìm thấy, hoặc bạn không có quyền xem; hãy kiểm tra lại mã.",
		"It does not exist, or is not yours to see; check the id.", 404, ExitNotFound,
	},
	CodeForbidden: {
		"Vai trò hoặc đơn vị của bạn không được làm việc này; hãy nhờ người có vai trò đó.",
		"Your role or unit may not do this; ask somebody who holds that role.", 403, ExitRefused,
	},
	CodeUnauthorised: {
		"Bạn chưa đăng nhập, hoặc mã truy cập đã hết hạn; hãy đăng nhập lại hoặc xin mã mới.",
		"You are not signed in, or the token has expired; sign in again or ask for a new token.", 401, ExitRefused,
	},
	CodeConflict: {
		"Có người vừa thay đổi; hãy tải lại, xem lại rồi làm tiếp.",
		"Somebody changed it in between; read it again, look, then go on.", 409, ExitConflict,
	},
	CodeNotReady: {
		"Chưa làm được: còn việc phải xong trước.",
		"Not possible yet: something else must be done first.", 409, ExitNotReady,
	},
	CodeTooLarge: {
		"Tệp hoặc nội dung quá lớn; hãy chia nhỏ hoặc nén ảnh rồi gửi lại.",
		"The file or body is too large; split it or compress its images, then send again.", 413, ExitUsage,
	},
	CodeUnavailable: {
		"Hệ thống tạm thời chưa phục vụ được, chưa có gì được thực hiện; hãy thử lại sau ít phút.",
		"The system cannot serve this right now and nothing was done; try again in a moment.", 503, ExitUnavailable,
	},
	CodeBadFile: {
		"Không đọc được tệp; hãy kiểm tra đúng loại tệp và lưu lại rồi gửi lại.",
		"The file cannot be read; check its type, save it again and send it anew.", 422, ExitUsage,
	},
	CodeDuplicate: {
		"Mục này đã có; hãy dùng mục đã có.",
		"It exists already; use the one that is there.", 409, ExitConflict,
	},
	CodeNumberTaken: {
		"Số này đã cấp cho quyết định khác trong năm; hãy nhập số khác.",
		"This number is in use by another decision of the year; enter another one.", 409, ExitConflict,
	},
	CodeAlreadyOpen: {
		"Cấp tiếp nhận đã mở hồ sơ; hãy đề nghị cấp đó trả lại.",
		"The next level has opened the case; ask it to return the case.", 409, ExitConflict,
	},
	CodeSecretPaper: {
		"Tài liệu mật không được tải lên; chỉ ghi số và ngày của tài liệu.",
		"A secret paper is never uploaded; give only its number and date.", 422, ExitUsage,
	},
	CodeNumberBusy: {
		"Một quyết định khác đang được cấp số; hãy thử lại sau giây lát.",
		"Another decision is being numbered; try again in a moment.", 409, ExitConflict,
	},
}

var edgeOutcomes = map[string]outcome{
	CodeInternal: {
		"Hệ thống gặp lỗi và đã ghi nhận; hãy thử lại, nếu vẫn lỗi hãy báo quản trị kèm mã yêu cầu.",
		"Something failed on our side and is in the log; try again, and if it stays tell an administrator the request id.", 500, ExitInternal,
	},
	CodeTooMany: {
		"Quá nhiều yêu cầu trong thời gian ngắn; hãy đợi rồi thử lại.",
		"Too many requests in a short time; wait and try again.", 429, ExitUnavailable,
	},
	CodeMethod: {
		"Địa chỉ này không nhận phương thức đó; xem mô tả API.",
		"This address does not take that method; see the API's description.", 405, ExitUsage,
	},
	CodeMediaType: {
		"Kiểu nội dung không được nhận; hãy gửi application/json, hoặc multipart/form-data khi có tệp.",
		"This content type is not taken; send application/json, or multipart/form-data with a file.", 415, ExitUsage,
	},
	CodeBadRequest: {
		"Không đọc được nội dung yêu cầu; hãy kiểm tra cú pháp và tên trường.",
		"The request cannot be read; check its syntax and the names of its fields.", 400, ExitUsage,
	},
	CodeForeign: {
		"Biểu mẫu đã cũ hoặc không được gửi từ trang này nên chưa làm gì; hãy tải lại trang rồi gửi lại.",
		"The form is too old or was not sent by this site, so nothing was done; reload the page and send again.", 403, ExitRefused,
	},
	CodeKeyReused: {
		"Idempotency-Key này đã dùng cho một yêu cầu khác; hãy tạo khóa mới.",
		"This Idempotency-Key was used for another request; make a new key.", 422, ExitUsage,
	},
	CodeKeyBusy: {
		"Yêu cầu đầu tiên với khóa này còn đang chạy; hãy đợi rồi gửi lại đúng yêu cầu đó.",
		"The first request with this key is still running; wait, then send the same request again.", 409, ExitConflict,
	},
}

func merge(parts ...map[string]outcome) map[string]outcome {
	out := map[string]outcome{}
	for _, p := range parts {
		maps.Copy(out, p)
	}
	return out
}

// Codes lists every code of the table in order.
func Codes() []string { return slices.Sorted(maps.Keys(outcomes)) }

// HTTPStatus is the status of a problem document; 422 for a code of no table,
// which only an act refused by a later version of the workflows can carry.
func HTTPStatus(code string) int {
	if o, ok := outcomes[code]; ok {
		return o.http
	}
	return 422
}

// ExitCode is the command line's exit code for an error's code.
func ExitCode(code string) int {
	if o, ok := outcomes[code]; ok {
		return o.exit
	}
	return ExitRefused
}

// Title is the table's message for a code, in "vi" or "en".
func Title(code, locale string) string {
	o, ok := outcomes[code]
	if !ok {
		o = outcome{
			vi: "Yêu cầu bị từ chối (" + code + "); hãy tải lại hồ sơ và xem lại.",
			en: "The request was refused (" + code + "); read the case again and look.",
		}
	}
	return pick(locale, o.vi, o.en)
}

// Text is what a person reads of an error: its own words, or the table's.
func (e *Error) Text(locale string) string {
	if own := pick(locale, e.Vi, e.En); own != "" {
		return own
	}
	return Title(e.Code, locale)
}

// pick chooses the Vietnamese text unless English is asked for.
func pick(locale, vi, en string) string {
	if locale == "en" {
		return en
	}
	return vi
}
