package importing

import "fmt"

// Codes of the errors that refuse a file as a whole.
const (
	CodeNotWorkbook     = "import.not_workbook"
	CodeOldFormat       = "import.old_format"
	CodeMacros          = "import.macros"
	CodePassword        = "import.password"
	CodeOtherFormat     = "import.other_format"
	CodeTooLarge        = "import.too_large"
	CodeTooManyRows     = "import.too_many_rows"
	CodeTooManyColumns  = "import.too_many_columns"
	CodeNoHeader        = "import.no_header"
	CodeMapping         = "import.mapping"
	CodeCorrection      = "import.correction"
	CodeNumberElsewhere = "import.number_elsewhere"
)

// Error refuses a file as a whole, or an option that does not fit it. Vi and En
// say what is wrong and what to do.
type Error struct {
	Code string `json:"code"`
	Vi   string `json:"vi"`
	En   string `json:"en"`
}

func (e *Error) Error() string { return e.Code + ": " + e.En }

// refuse makes an Error; both texts are formatted with the same arguments, by
// index where the order differs.
func refuse(code, vi, en string, args ...any) *Error {
	if len(args) == 0 {
		return &Error{Code: code, Vi: vi, En: en}
	}
	return &Error{Code: code, Vi: fmt.Sprintf(vi, args...), En: fmt.Sprintf(en, args...)}
}
