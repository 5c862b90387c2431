package blob

import (
	"errors"
	"fmt"
)

// Code names what went wrong, for programs.
type Code string

// The codes an implementation of Store may return.
const (
	CodeKey      Code = "blob_key_invalid"
	CodeNotFound Code = "blob_not_found"
	CodeCorrupt  Code = "blob_corrupt"
	CodeMismatch Code = "blob_mismatch"
	CodeTooLarge Code = "blob_too_large"
	CodeStorage  Code = "blob_storage" // disk or network; trying again may help
)

// texts say to a person what to do: Vietnamese, then English.
var texts = map[Code][2]string{
	CodeKey: {"Mã tệp không hợp lệ. Hãy mở lại tệp từ trang hồ sơ.",
		"The file key is not valid. Open the file again from its case page."},
	CodeNotFound: {"Không tìm thấy tệp. Tệp có thể đã bị xóa theo yêu cầu; hãy hỏi quản trị hệ thống.",
		"The file is not there. It may have been erased on request; ask the administrator."},
	CodeCorrupt: {"Nội dung tệp đã bị thay đổi so với khi lưu. Không dùng tệp này; hãy báo quản trị hệ thống khôi phục từ bản sao lưu.",
		"The file is not what was stored. Do not use it; ask the administrator to restore it from backup."},
	CodeMismatch: {"Tệp tải lên không đúng với mã băm đã khai. Hãy tải lên lại.",
		"The uploaded file does not match its announced hash. Upload it again."},
	CodeTooLarge: {"Tệp vượt quá dung lượng cho phép. Hãy giảm dung lượng hoặc tách tệp.",
		"The file is larger than allowed. Reduce it or split it."},
	CodeStorage: {"Chưa lưu hoặc đọc được tệp do lỗi kho lưu trữ. Hãy thử lại; nếu vẫn lỗi, báo quản trị hệ thống kiểm tra ổ đĩa.",
		"The file store failed. Try again; if it keeps failing, the administrator should check the disk."},
}

// Error is what every Store method returns: the code, the key concerned (may
// be empty) and the cause. Its text is English, for logs; Text is for people.
type Error struct {
	Code Code
	Key  string
	Err  error
}

func (e *Error) Error() string {
	s := string(e.Code)
	if e.Key != "" {
		s += fmt.Sprintf(" %q", e.Key)
	}
	if e.Err != nil {
		return s + ": " + e.Err.Error()
	}
	return s + ": " + e.Text("en")
}

// Unwrap gives the cause, for errors.Is with for instance io/fs errors.
func (e *Error) Unwrap() error { return e.Err }

// Text is the message for a person, in Vietnamese unless locale is "en".
func (e *Error) Text(locale string) string {
	if locale == "en" {
		return texts[e.Code][1]
	}
	return texts[e.Code][0]
}

// CodeOf gives the code of an error of this package, "" for any other.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

func fail(c Code, key string, err error) *Error { return &Error{Code: c, Key: key, Err: err} }
