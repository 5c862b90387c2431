package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// usageError is a fault in how a verb was called.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usage(text string) error { return &usageError{text} }

// pendingError ends a verb whose act is accepted but not recorded yet.
type pendingError struct{ follow string }

func (e *pendingError) Error() string {
	return "đã tiếp nhận, đang ghi nhận · accepted, being recorded: " + e.follow
}

// unverified ends a verification that found something wrong.
type unverified struct{ sentence string }

func (e *unverified) Error() string { return e.sentence }

// exits says what each exit code means.
var exits = []struct {
	code   int
	vi, en string
}{
	{app.ExitOK, "thành công", "done"},
	{app.ExitInternal, "lỗi của chương trình hoặc máy chủ", "a fault of the program or the server"},
	{app.ExitUsage, "lệnh, tham số hoặc dữ liệu đưa vào chưa đúng", "the command, its flags or its input are wrong"},
	{app.ExitRefused, "không được phép, hoặc bị quy tắc từ chối", "not allowed, or refused by the rules"},
	{app.ExitNotFound, "không tìm thấy, hoặc không được xem", "not found, or not yours to see"},
	{app.ExitConflict, "có người vừa thay đổi; hãy xem lại", "somebody was faster; look again"},
	{app.ExitNotReady, "còn việc phải làm trước", "something must be done first"},
	{app.ExitUnavailable, "máy chủ chưa phục vụ được, chưa có gì được thực hiện; thử lại", "the server is away and nothing was done; try again"},
	{app.ExitPending, "đã tiếp nhận, đang ghi nhận", "accepted, being recorded"},
	{app.ExitUnverified, "bộ hồ sơ không hợp lệ", "a bundle does not verify"},
}

// exitCodesTopic is `vinhdanh help exit-codes`, from the one table of codes.
func exitCodesTopic() *cobra.Command {
	var b strings.Builder
	b.WriteString("Mã thoát · Exit codes:\n\n")
	for _, e := range exits {
		fmt.Fprintf(&b, "  %d  %s · %s\n", e.code, e.vi, e.en)
	}
	b.WriteString("\nMã lỗi của API · Codes of the API (exit code, HTTP status):\n\n")
	for _, code := range app.Codes() {
		fmt.Fprintf(&b, "  %d  %d  %s\n", app.ExitCode(code), app.HTTPStatus(code), code)
	}
	return &cobra.Command{Use: "exit-codes", Short: "Mã thoát của các lệnh · Exit codes of the verbs", Long: b.String()}
}

// exitCode tells why a verb ended and which exit code says so.
func exitCode(err error, stderr io.Writer) int {
	if err == nil {
		return app.ExitOK
	}
	fmt.Fprintln(stderr, err)
	var wrong *usageError
	var pending *pendingError
	var bad *unverified
	switch {
	case errors.As(err, &wrong), cobraUsage(err):
		return app.ExitUsage
	case errors.As(err, &pending):
		return app.ExitPending
	case errors.As(err, &bad):
		return app.ExitUnverified
	}
	return client.ExitCode(err)
}

// cobraUsage recognises what cobra says of a wrong call, which has no type.
func cobraUsage(err error) bool {
	for _, begin := range []string{
		"unknown command", "unknown flag", "unknown shorthand", "required flag", "accepts ", "requires at least",
		"invalid argument", "flag needs an argument", "if any flags in the group", "at least one of the flags",
	} {
		if strings.HasPrefix(err.Error(), begin) {
			return true
		}
	}
	return false
}
