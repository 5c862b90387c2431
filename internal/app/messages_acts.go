package app

import "vinhdanh/internal/envelope"

// targetOutcomes are refusals of an act that no longer meets its case, or the
// wrong person.
var targetOutcomes = map[string]outcome{
	envelope.CodeRevision: {
		"Hồ sơ đã được gửi lại với nội dung mới; hãy tải lại và xem bản mới.",
		"The case was sent anew with other content; read the new revision first.", 409, ExitConflict,
	},
	envelope.CodeNumber: {
		"Có người vừa xử lý hồ sơ này; hãy tải lại để xem kết quả rồi làm tiếp.",
		"Somebody has just acted on this case; read it again before you go on.", 409, ExitConflict,
	},
	envelope.CodeStage: {
		"Hồ sơ không ở bước cho phép việc này; hãy tải lại để xem hồ sơ đang ở đâu.",
		"The case is not at a stage that allows this; read it again to see where it stands.", 409, ExitNotReady,
	},
	envelope.CodeRole: {
		"Vai trò của bạn không làm việc này ở bước hiện tại.",
		"Your role does not do this at the present stage.", 403, ExitRefused,
	},
	envelope.CodeUnit: {
		"Hồ sơ đang ở đơn vị khác; chỉ đơn vị đó xử lý được.",
		"The case waits for another unit; only that unit acts on it.", 403, ExitRefused,
	},
	envelope.CodeSeparation: {
		"Bạn đã tham gia hồ sơ này ở vai trò không được kiêm; hãy để người khác xử lý.",
		"You acted on this case in a role that excludes this one; somebody else must do it.", 403, ExitRefused,
	},
	envelope.CodeOwnCase: {
		"Hồ sơ liên quan đến chính bạn hoặc bạn đã khai xung đột lợi ích; hãy để người khác xử lý.",
		"The case concerns yourself, or an interest you declared; somebody else must do it.", 403, ExitRefused,
	},
	envelope.CodeOnHold: {
		"Hồ sơ đang tạm dừng xét; phải bỏ tạm dừng trước.",
		"The case is on hold; release it first.", 409, ExitNotReady,
	},
	envelope.CodeClosed: {
		"Hồ sơ đã kết thúc; không xử lý thêm được.",
		"The case is closed and takes no more acts.", 409, ExitConflict,
	},
	envelope.CodeValidating: {
		"Hồ sơ đang được kiểm tra theo quy định; hãy thử lại sau giây lát.",
		"The rules are being checked on this case; try again in a moment.", 409, ExitNotReady,
	},
	envelope.CodeItem: {
		"Trường hợp này không có trong hồ sơ hoặc đã có kết quả; hãy tải lại danh sách.",
		"This item is not in the case, or has its outcome already; read the list again.", 422, ExitUsage,
	},
	envelope.CodeData: {
		"Nội dung xử lý chưa đủ hoặc chưa đúng; hãy xem lại ý kiến, lý do và biên bản.",
		"What the act says is incomplete or wrong; check opinions, reasons and minutes.", 422, ExitUsage,
	},
}

// actOutcomes are refusals of the signed message itself.
var actOutcomes = map[string]outcome{
	envelope.CodeMalformed: {
		"Thông điệp không phải là một thao tác đã ký của hệ thống.",
		"The message is not a signed act of this system.", 422, ExitUsage,
	},
	envelope.CodeUnknownKey: {
		"Thao tác ký bằng khóa không có trong sổ khóa; quản trị cần kiểm tra khóa của máy chủ.",
		"The act is signed with a key that is not in the keyring; an administrator must check the server's keys.", 403, ExitRefused,
	},
	envelope.CodeSignature: {
		"Chữ ký của thao tác không đúng; thao tác không có hiệu lực và đã được ghi nhận.",
		"The act's signature does not hold; it has no effect and is on record.", 403, ExitRefused,
	},
	envelope.CodePurpose: {
		"Khóa ký không được dùng cho việc này; quản trị cần kiểm tra khóa của máy chủ.",
		"The signing key may not be used for this; an administrator must check the server's keys.", 403, ExitRefused,
	},
	envelope.CodeRevoked: {
		"Khóa ký đã bị thu hồi; quản trị cần cấp khóa mới cho máy chủ.",
		"The signing key was revoked; an administrator must give the server a new one.", 403, ExitRefused,
	},
	envelope.CodeInstallation: {
		"Thao tác được ký cho một hệ thống khác.",
		"The act was signed for another installation.", 403, ExitRefused,
	},
	envelope.CodeCase: {
		"Thao tác được ký cho một hồ sơ khác.",
		"The act was signed for another case.", 409, ExitConflict,
	},
	envelope.CodeExpired: {
		"Thao tác đã quá hạn trước khi tới nơi; hãy làm lại.",
		"The act expired before it arrived; do it again.", 409, ExitConflict,
	},
	envelope.CodeReplayed: {
		"Thao tác này đã được gửi trước đó; hãy tải lại để xem kết quả, không gửi lại biểu mẫu cũ.",
		"This act was sent before; read the case again to see its outcome, and do not send the old form again.", 409, ExitConflict,
	},
}
