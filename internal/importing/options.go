package importing

import (
	"slices"
	"time"

	"vinhdanh/internal/personal"
)

// Limits bound what a file may make the reader do. A zero value takes the
// default of that limit.
type Limits struct {
	Bytes    int64 // of the file
	Unpacked int64 // of everything in it, decompressed
	Rows     int   // rows with content, all sheets together
	Columns  int   // the last column with content
	CellText int   // bytes in one cell
	Text     int64 // bytes in all cells; one shared string may stand in many
}

// DefaultLimits admit a list of 10,000 rows with room to spare.
func DefaultLimits() Limits {
	return Limits{Bytes: 20 << 20, Unpacked: 160 << 20, Rows: 12_000, Columns: 120, CellText: 64 << 10, Text: 96 << 20}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	pick := func(v, def int64) int64 {
		if v <= 0 {
			return def
		}
		return v
	}
	return Limits{
		Bytes: pick(l.Bytes, d.Bytes), Unpacked: pick(l.Unpacked, d.Unpacked),
		Rows: int(pick(int64(l.Rows), int64(d.Rows))), Columns: int(pick(int64(l.Columns), int64(d.Columns))),
		CellText: int(pick(int64(l.CellText), int64(d.CellText))), Text: pick(l.Text, d.Text),
	}
}

// Options say how to read a workbook. The zero value reads every visible sheet
// and recognises no award.
type Options struct {
	Limits    Limits
	Catalogue Catalogue // nil: award texts are kept, none is recognised
	// Today is the business date, against which years of birth are checked;
	// zero means the present day.
	Today time.Time
	// Sheets names the sheets to read, hidden ones too; empty means all visible.
	Sheets      []string
	Mapping     map[string]SheetMapping // by sheet name
	Choices     []Choice
	Corrections []Correction
	// Open gives the personal number that a token stands for (personal.Vault); nil opens none.
	Open func(token string) (personal.Number, error)
}

// SheetMapping overrides what was recognised on one sheet. Zero values leave
// the recognition as it is; a column that is not named keeps its own.
type SheetMapping struct {
	HeaderFirst int           `json:"header_first,omitempty"` // rows from 1
	HeaderLast  int           `json:"header_last,omitempty"`
	Columns     map[int]Field `json:"columns,omitempty"` // column index from 1; FieldIgnore leaves it out
}

// Choice settles an ambiguous award text: Code is taken wherever it is among
// the candidates. Sheet limits it to one sheet, Candidates to exactly that set
// (in any order); empty means any. The first choice that fits wins, so the
// narrow ones go first.
type Choice struct {
	Sheet      string   `json:"sheet,omitempty"`
	Candidates []string `json:"candidates,omitempty"`
	Code       string   `json:"code"`
}

func (c Choice) fits(sheet string, candidates []string) bool {
	if c.Sheet != "" && c.Sheet != sheet || !slices.Contains(candidates, c.Code) {
		return false
	}
	if len(c.Candidates) == 0 {
		return true
	}
	want, got := slices.Sorted(slices.Values(c.Candidates)), slices.Sorted(slices.Values(candidates))
	return slices.Equal(want, got)
}

// Correction overlays one cell, or a row, on the next Read of the same file.
// With Remove the row is left out. Otherwise Value stands for what the field's
// cells said; on FieldRow it is "data", "group" or "skip". A field without a
// column of its own (kind, say) may be corrected too. Was, when given, must be
// the text read before the correction; else the file is another one than the
// clerk looked at and Read refuses.
type Correction struct {
	Sheet  string  `json:"sheet"`
	Line   int     `json:"line"`
	Field  Field   `json:"field,omitempty"`
	Value  string  `json:"value"`
	Was    *string `json:"was,omitempty"`
	Remove bool    `json:"remove,omitempty"`
}
