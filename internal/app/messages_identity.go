package app

import "maps"

// Codes of signing in.
const (
	CodeSignIn       = "sign-in-failed"  // login or password: never which
	CodeProvider     = "provider-failed" // the identity provider's answer does not hold
	CodeSecondFactor = "second-factor"   // the session has not shown it
	CodeWrongCode    = "wrong-code"      // a one-time or recovery code does not fit
	CodePasskey      = "passkey-refused" // the answer of a passkey does not hold
	CodeNoPasskeys   = "no-passkeys"     // the installation's address cannot carry passkeys
	CodeFresh        = "sign-in-again"   // the sign-in is too long ago for this
	CodeScope        = "token-scope"     // the token is not good for this
	CodeLink         = "link-dead"       // a link was used, has expired or never was
	CodePassword     = "wrong-password"  // the present password, asked again
	CodeLastFactor   = "last-factor"     // the role asks for a second factor
)

// identityOutcomes are refusals at the door.
var identityOutcomes = map[string]outcome{
	CodeSignIn: {
		"Tên đăng nhập hoặc mật khẩu không đúng; hãy thử lại.",
		"The login or the password is wrong; try again.", 401, ExitRefused,
	},
	CodeProvider: {
		"Đăng nhập qua hệ thống bên ngoài không thành công hoặc đã quá thời gian; hãy đăng nhập lại từ đầu.",
		"Signing in at the other system did not succeed, or took too long; begin again.", 401, ExitRefused,
	},
	CodeSecondFactor: {
		"Cần xác thực bước hai trước khi làm việc; hãy nhập mã hoặc đăng ký phương tiện xác thực.",
		"A second factor is needed first; show it, or enrol one.", 403, ExitRefused,
	},
	CodeWrongCode: {
		"Mã không đúng hoặc đã dùng; hãy nhập mã mới nhất trong ứng dụng xác thực.",
		"The code is wrong or was used; enter the newest one from your authenticator app.", 422, ExitUsage,
	},
	CodePasskey: {
		"Khóa truy cập không được chấp nhận; hãy thử lại hoặc dùng cách đăng nhập khác.",
		"The passkey was not accepted; try again or sign in another way.", 422, ExitUsage,
	},
	CodeNoPasskeys: {
		"Hệ thống này chưa dùng được khóa truy cập vì địa chỉ không phải tên miền; hãy dùng ứng dụng tạo mã.",
		"Passkeys cannot be used here because the address is no domain name; use an authenticator app.", 409, ExitNotReady,
	},
	CodeFresh: {
		"Việc này cần xác nhận lại danh tính; hãy nhập mật khẩu hoặc dùng khóa truy cập rồi làm tiếp.",
		"This needs a fresh sign-in; enter your password or use a passkey, then go on.", 403, ExitRefused,
	},
	CodeScope: {
		"Mã truy cập này không được cấp cho việc đó; hãy tạo mã có phạm vi phù hợp.",
		"The token was not issued for this; make one with the scope that it needs.", 403, ExitRefused,
	},
	CodeLink: {
		"Đường dẫn này đã dùng, đã hết hạn hoặc không đúng; hãy xin quản trị cấp đường dẫn mới.",
		"The link was used, has expired or is not complete; ask an administrator for a new one.", 404, ExitNotFound,
	},
	CodePassword: {
		"Mật khẩu hiện tại không đúng; hãy nhập lại.",
		"The present password is wrong; enter it again.", 422, ExitUsage,
	},
	CodeLastFactor: {
		"Vai trò của bạn bắt buộc xác thực hai bước; hãy đăng ký phương tiện khác trước khi bỏ phương tiện này.",
		"Your role needs a second factor; enrol another one before you remove this one.", 409, ExitNotReady,
	},
}

// identityRules are what may be wrong with a new password and the like.
var identityRules = map[string]rule{
	"password_short":    {"quá ngắn; cần ít nhất %p ký tự, có thể là một câu dài dễ nhớ", "is too short; take at least %p characters, a long sentence will do"},
	"password_long":     {"quá dài; tối đa %p ký tự", "is too long; at most %p characters"},
	"password_common":   {"quá phổ biến, dễ bị đoán; hãy chọn mật khẩu khác", "is among the common ones that are guessed first; choose another"},
	"password_breached": {"đã có trong các vụ lộ dữ liệu; hãy chọn mật khẩu khác", "was seen in a data breach; choose another"},
	"password_context":  {"chỉ gồm tên bạn hoặc tên hệ thống; hãy chọn mật khẩu khác", "consists of your name or that of the system; choose another"},
	"password_same":     {"trùng với mật khẩu cũ; hãy chọn mật khẩu khác", "is the old one; choose another"},
	"scope":             {"phạm vi không có hoặc rộng hơn phạm vi của bạn", "is no scope, or more than your own"},
	"login":             {"chỉ gồm chữ thường không dấu, số, dấu chấm và gạch nối", "may hold small letters without accents, digits, dots and hyphens"},
	"eqfield":           {"phải giống %p", "must be the same as %p"},
	"person":            {"không có người này trong các đơn vị bạn quản trị", "there is no such person in the units that you administer"},
	"email":             {"phải là địa chỉ thư điện tử", "must be an e-mail address"},
}

// identityNames are the fields of sign-in forms as people say them.
var identityNames = map[string]rule{
	"login": {"tên đăng nhập", "login"}, "password": {"mật khẩu", "password"}, "new_password": {"mật khẩu mới", "new password"},
	"code": {"mã xác thực", "code"}, "scopes": {"phạm vi", "scopes"}, "days": {"số ngày hiệu lực", "days"},
	"full_name": {"họ và tên", "full name"}, "unit_name": {"tên cơ quan", "name of the body"}, "email": {"thư điện tử", "e-mail"},
}

func init() {
	maps.Copy(rules, identityRules)
	maps.Copy(plainNames, identityNames)
}
