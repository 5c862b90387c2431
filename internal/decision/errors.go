package decision

import "fmt"

// Codes of the errors of this package.
const (
	CodeIncomplete  = "decision.incomplete"  // the input or document lacks a part
	CodeText        = "decision.text"        // a text cannot be printed as it is
	CodeTooTall     = "decision.too_tall"    // one entry does not fit a page
	CodeNotPDF      = "decision.not_pdf"     // the bytes are no PDF this package can read
	CodeNoFields    = "decision.no_fields"   // there is no number to be filled in
	CodeNumbered    = "decision.numbered"    // number and date were filled in before
	CodeKey         = "decision.key"         // key or certificate cannot be used
	CodeStamp       = "decision.time_stamp"  // no time stamp was to be had
	CodePIN         = "decision.pin"         // the PIN is missing or wrong
	CodeNotSigned   = "decision.not_signed"  // the PDF bears no signature
	CodeChanged     = "decision.changed"     // signed bytes were changed
	CodeAppended    = "decision.appended"    // bytes follow the last signature
	CodeNotAllowed  = "decision.not_allowed" // a later revision changed more than it may
	CodeUntrusted   = "decision.untrusted"   // the certificate leads to no trusted root
	CodeCertificate = "decision.certificate" // the certificate does not fit the signature
)

// Error is what every function of this package returns when it refuses: a
// stable code and what to do about it, in English and Vietnamese.
type Error struct {
	Code string
	En   string
	Vi   string
}

// Error gives the code and the English text.
func (e *Error) Error() string { return e.Code + ": " + e.En }

func refuse(code, en, vi string, args ...any) *Error {
	return &Error{Code: code, En: fmt.Sprintf(en, args...), Vi: fmt.Sprintf(vi, args...)}
}
