package notify

import (
	"errors"
	"fmt"
	"time"
)

// Code names what went wrong, for programs.
type Code string

// The codes of a SendError.
const (
	CodeText    Code = "notify_text"    // the message itself is wrong; the fault is in the program or its data
	CodeConfig  Code = "notify_config"  // the mail settings are wrong
	CodeServer  Code = "notify_server"  // no mail server, or it does not want us now
	CodeRefused Code = "notify_refused" // the server refuses this message
)

var texts = map[Code][2]string{
	CodeText: {"Thông báo không lập được do thiếu hoặc sai dữ liệu. Hãy báo quản trị hệ thống.",
		"The message could not be written because facts are missing or wrong. Tell the administrator."},
	CodeConfig: {"Cấu hình máy chủ thư chưa đúng. Quản trị hệ thống cần kiểm tra địa chỉ, cổng, TLS và tài khoản gửi thư.",
		"The mail settings are wrong. The administrator should check host, port, TLS and the account."},
	CodeServer: {"Chưa kết nối được máy chủ thư. Hệ thống sẽ tự gửi lại.",
		"The mail server cannot be used now. The message will be sent again by itself."},
	CodeRefused: {"Máy chủ thư từ chối thư này. Hãy kiểm tra địa chỉ thư điện tử của người nhận.",
		"The mail server refuses this message. Check the recipient's address."},
}

// SendError says why a message was not delivered. Its text names no address
// and repeats nothing the server said, because it is logged.
type SendError struct {
	Code       Code
	Temporary  bool          // trying again may help
	RetryAfter time.Duration // at least this long; 0: as NextTry says
	SMTP       int           // reply code of the server, 0 if there was none
	Detail     string        // for the log; without personal data
	Err        error         // cause, may name addresses: not for the log
}

func (e *SendError) Error() string {
	s := string(e.Code)
	if e.SMTP != 0 {
		s += fmt.Sprintf(" (SMTP %d)", e.SMTP)
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// Unwrap gives the cause.
func (e *SendError) Unwrap() error { return e.Err }

// Text is the message for a person, in Vietnamese unless locale is English.
func (e *SendError) Text(l Locale) string {
	if l == English {
		return texts[e.Code][1]
	}
	return texts[e.Code][0]
}

// Temporary tells whether err is worth another try. An error that is not a
// *SendError is: it says nothing of the message.
func Temporary(err error) bool {
	if e, ok := errors.AsType[*SendError](err); ok {
		return e.Temporary
	}
	return err != nil
}

func textError(format string, args ...any) *SendError {
	return &SendError{Code: CodeText, Detail: fmt.Sprintf(format, args...)}
}
