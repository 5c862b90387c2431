package app

import "errors"

// Error codes of the application, beside the refusal codes of package envelope.
// Messages in Vietnamese and English are in messages.go; the API maps codes to
// HTTP, the CLI to exit codes.
const (
	CodeInvalid      = "invalid"       // the input does not validate; Fields says where
	CodeNotFound     = "not-found"     // it does not exist, or is not to be seen
	CodeForbidden    = "forbidden"     // the role or unit may not do this
	CodeUnauthorised = "unauthorised"  // nobody is signed in
	CodeConflict     = "conflict"      // somebody changed it in between
	CodeNotReady     = "not-ready"     // something must be done first; Detail says what
	CodeTooLarge     = "too-large"     // the body or file exceeds the limit
	CodeUnavailable  = "unavailable"   // nothing was done; try again
	CodeBadFile      = "bad-file"      // the file cannot be read; Vi and En say what to do
	CodeDuplicate    = "duplicate"     // it exists already
	CodeNumberTaken  = "number-taken"  // the decision's number is in use in its year and symbol
	CodeAlreadyOpen  = "already-open"  // the next actor has opened the case; ask for a return
	CodeSecretPaper  = "secret-paper"  // a paper marked "mật" is never uploaded
	CodeNumberBusy   = "number-in-use" // another decision is being numbered; try again
)

// Error is what the application says to a reader. Detail is in English for the
// record and holds no personal data; Vi and En override the table's message.
type Error struct {
	Code   string       `json:"code"`
	Detail string       `json:"detail,omitempty"`
	Vi     string       `json:"vi,omitempty"`
	En     string       `json:"en,omitempty"`
	Fields []FieldError `json:"fields,omitempty"`
}

// FieldError names one wrong field of an input.
type FieldError struct {
	Field string `json:"field"`
	Rule  string `json:"rule"` // validator's tag: required, max, …
	Param string `json:"param,omitempty"`
	Vi    string `json:"vi,omitempty"` // own words instead of the rule's
	En    string `json:"en,omitempty"`
}

func (e *Error) Error() string {
	if e.Detail == "" {
		return e.Code
	}
	return e.Code + ": " + e.Detail
}

// fail makes an Error.
func fail(code, detail string) *Error { return &Error{Code: code, Detail: detail} }

// fromRefusal turns a workflow's refusal into an Error with the same code.
func fromRefusal(code, detail string) *Error { return &Error{Code: code, Detail: detail} }

// asError turns any error into one for a reader; an outage says so without its cause.
func asError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return fail(CodeUnavailable, "")
}
