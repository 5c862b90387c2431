package law

import (
	"errors"
	"fmt"
	"strings"
)

// Problem is what is wrong in the data, and where, for who edits them: a trained clerk.
type Problem struct {
	At   Pos
	Text Text
}

// Error is "file:line: text", in English.
func (p *Problem) Error() string { return p.At.String() + ": " + p.Text.EN }

// Wrong makes a problem of texts in both languages.
func Wrong(at Pos, vi, en string) error { return &Problem{At: at, Text: Text{VI: vi, EN: en}} }

// wrong makes a problem of an English format of problemWords.
func wrong(at Pos, format string, args ...any) error {
	return Wrong(at, fmt.Sprintf(problemWords[format], args...), fmt.Sprintf(format, args...))
}

// Problems takes the error of loading or checking data apart, in order: each with file
// and line, in both languages. What the parser of the files says it says in English.
func Problems(err error) []Text {
	if err == nil {
		return nil
	}
	var p *Problem
	var told *Error
	many, joined := err.(interface{ Unwrap() []error }) //nolint:errorlint // its parts are what is wanted
	switch {
	case joined:
		var out []Text
		for _, e := range many.Unwrap() {
			out = append(out, Problems(e)...)
		}
		return out
	case errors.As(err, &p):
		return []Text{{VI: p.At.String() + ": " + p.Text.VI, EN: p.Error()}}
	case errors.As(err, &told):
		return []Text{told.Text}
	}
	text := strings.TrimSpace(err.Error())
	return []Text{{VI: "không đọc được tệp: " + text, EN: "the file cannot be read: " + text}}
}
