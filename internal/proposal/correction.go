package proposal

import (
	"slices"

	"vinhdanh/internal/envelope"
)

// What a correction (đính chính) of an issued decision can put right of a recognition.
const (
	FieldName     = "name"     // họ và tên, tên tập thể
	FieldPosition = "position" // chức vụ
	FieldUnit     = "unit"     // nơi công tác, đơn vị
)

// CorrectionFields lists what can be corrected, in the order in which documents say it.
func CorrectionFields() []string { return []string{FieldName, FieldPosition, FieldUnit} }

// Correction makes an issuance that of a document which corrects an issued decision:
// it names recognitions and what of them is put right. The spellings are names, so they
// are not here: the document says them, and its content is what is submitted and signed.
type Correction struct {
	Decision string           `json:"decision"` // that is corrected, by its id
	Lines    []CorrectionLine `json:"lines"`
}

// CorrectionLine is one field of one recognition.
type CorrectionLine struct {
	Recognition string `json:"recognition"`
	Item        string `json:"item"`
	Field       string `json:"field"` // one of the Field constants
}

// check refuses a correction without decision or lines, of an unknown field, or with a
// field that stands twice.
func (c Correction) check() error {
	if c.Decision == "" || len(c.Lines) == 0 {
		return envelope.Refuse(envelope.CodeData, "a correction names a decision and what of it is corrected")
	}
	seen := map[CorrectionLine]bool{}
	for _, l := range c.Lines {
		if l.Recognition == "" || l.Item == "" || !slices.Contains(CorrectionFields(), l.Field) || seen[l] {
			return envelope.Refuse(envelope.CodeData, "a corrected field is incomplete, unknown or stands twice")
		}
		seen[l] = true
	}
	return nil
}

// Of is the recognition's content of a field, as it is printed.
func (c ItemContent) Of(field string) string {
	switch field {
	case FieldName:
		return c.Name
	case FieldPosition:
		return c.Position
	case FieldUnit:
		return c.Workplace
	}
	return ""
}
