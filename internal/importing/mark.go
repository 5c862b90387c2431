package importing

import "fmt"

// Severity says what a mark asks of the clerk.
type Severity string

const (
	Note    Severity = "note"    // read otherwise than written, or offered for confirmation
	Warning Severity = "warning" // read as shown, please look
	Fault   Severity = "error"   // cannot be accepted as it stands
)

// Mark is a remark on a cell, or on a row or sheet when Ref is empty.
type Mark struct {
	Ref        string   `json:"ref,omitempty"`        // "E14"
	Field      Field    `json:"field,omitempty"`      // what the cell was read as
	Severity   Severity `json:"severity"`             //
	Code       string   `json:"code"`                 // stable, "birth.implausible"
	Vi         string   `json:"vi"`                   //
	En         string   `json:"en"`                   //
	Suggestion string   `json:"suggestion,omitempty"` // a value the clerk may accept as a Correction
}

// message is an entry of the tables of texts: a code with both languages.
type message struct {
	severity     Severity
	code, vi, en string
}

func (m message) mark(ref string, field Field, args ...any) Mark {
	out := Mark{Ref: ref, Field: field, Severity: m.severity, Code: m.code, Vi: m.vi, En: m.en}
	if len(args) > 0 {
		out.Vi, out.En = fmt.Sprintf(m.vi, args...), fmt.Sprintf(m.en, args...)
	}
	return out
}
