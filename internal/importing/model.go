package importing

import (
	"time"

	"vinhdanh/internal/personal"
)

// Kind is the kind of subject a row names.
type Kind string

const (
	Individual Kind = "individual" // cá nhân
	Collective Kind = "collective" // tập thể
	Household  Kind = "household"  // hộ gia đình
)

// Sex as the list states it; empty when it does not.
type Sex string

const (
	Male   Sex = "male"
	Female Sex = "female"
)

// Workbook is everything read from one file.
type Workbook struct {
	SHA256 string  `json:"sha256"` // of the file; corrections belong to these bytes
	Sheets []Sheet `json:"sheets"`
	Notes  []Mark  `json:"notes"` // remarks on the file as a whole
}

// Rows gives the data rows of all sheets in the order of the workbook.
func (w *Workbook) Rows() []*Row {
	var out []*Row
	for i := range w.Sheets {
		for j := range w.Sheets[i].Rows {
			out = append(out, &w.Sheets[i].Rows[j])
		}
	}
	return out
}

// Sheet is one sheet. Skipped says (by a code) why it was not read: "hidden",
// "empty", "no_header", "not_chosen"; it is empty for a sheet that was read.
type Sheet struct {
	Name        string   `json:"name"`
	Skipped     string   `json:"skipped,omitempty"`
	HeaderFirst int      `json:"header_first,omitempty"` // first row of the header, from 1
	HeaderLast  int      `json:"header_last,omitempty"`
	Header      Header   `json:"header"`
	Columns     []Column `json:"columns"`
	MoreTables  []Table  `json:"more_tables,omitempty"`
	Rows        []Row    `json:"rows"`           // of all tables, from top to bottom
	Foot        []string `json:"foot,omitempty"` // the signature block, line by line
	Notes       []Mark   `json:"notes,omitempty"`
}

// Table is a second or later table of a sheet, with a header of its own. Its
// columns cannot be mapped by hand: Options.Mapping is of the first table.
type Table struct {
	HeaderFirst int      `json:"header_first"`
	HeaderLast  int      `json:"header_last"`
	Columns     []Column `json:"columns"`
}

// Header is what the lines above the table suggest for the submission. Every
// part may be empty, and the clerk confirms each.
type Header struct {
	UnitLines    []string  `json:"unit_lines,omitempty"`   // superior first, the proposing unit last
	LetterKind   string    `json:"letter_kind,omitempty"`  // "Tờ trình"
	LetterNumber string    `json:"letter_number,omitzero"` // "45/TTr-PGDĐT"
	LetterDate   time.Time `json:"letter_date,omitzero"`
	TitleLines   []string  `json:"title_lines,omitempty"`
}

// Column says what one column was recognised as. Confidence runs from 0 (not
// recognised) to 1 (the usual header text); 1 also for a clerk's choice.
type Column struct {
	Index      int     `json:"index"` // from 1
	Letter     string  `json:"letter"`
	HeaderText string  `json:"header_text"`
	Field      Field   `json:"field"`
	Confidence float64 `json:"confidence"`
	Award      string  `json:"award,omitempty"` // for FieldAwardTick: the award its header names
}

// Cell is one cell of a data row: Raw is its text in the file, Text what was
// read (NFC, stray blanks gone, corrections applied).
type Cell struct {
	Ref     string `json:"ref"`
	Field   Field  `json:"field"`
	Raw     string `json:"raw"`
	Text    string `json:"text"`
	Formula bool   `json:"formula,omitempty"`

	shown string // Text before corrections
}

// Row is one subject and what is asked for it.
type Row struct {
	Sheet string `json:"sheet"`
	Line  int    `json:"line"`            // the row of the sheet, from 1
	Order string `json:"order,omitempty"` // STT as written; it may restart or be missing
	Group string `json:"group,omitempty"` // headings above the row, outermost first, " / " between

	Kind          Kind      `json:"kind"`
	NameAsWritten string    `json:"name_as_written"`           // "Hộ ông Võ Văn Út"
	FormOfAddress string    `json:"form_of_address,omitempty"` // "Hộ ông", a suggestion
	Name          string    `json:"name"`                      // "Võ Văn Út": NameAsWritten without the form of address
	Sex           Sex       `json:"sex,omitempty"`
	BirthYear     int       `json:"birth_year,omitempty"`
	BirthDate     time.Time `json:"birth_date,omitzero"` // only when a full date was given

	Position       string `json:"position,omitempty"`
	Workplace      string `json:"workplace,omitempty"`     // for collectives and households: the place or superior unit
	PositionUnit   string `json:"position_unit,omitempty"` // the original of both, when one cell held them
	Address        string `json:"address,omitempty"`
	Ethnicity      string `json:"ethnicity,omitempty"`
	PersonalNumber string `json:"personal_number,omitempty"` // masked

	Number personal.Number `json:"-"` // in full, for the vault alone

	Awards      []AwardRef  `json:"awards"`
	Period      string      `json:"period,omitempty"` // achievement period as written
	Achievement string      `json:"achievement,omitempty"`
	PastTitles  []PastTitle `json:"past_titles,omitempty"`
	Amount      int64       `json:"amount,omitempty"` // đồng
	Note        string      `json:"note,omitempty"`

	Facts SuggestedFacts `json:"facts"`
	Cells []Cell         `json:"cells"`
	Marks []Mark         `json:"marks,omitempty"`

	nameMerge int // top row of the merged cell the name stands in; 0 if none
}

// AwardRef is one award asked for. Code is set when the text means exactly one
// award; Candidates when the catalogue knows several, for the clerk to choose
// (Options.Choices); neither when the text is not in the catalogue.
type AwardRef struct {
	Text       string   `json:"text"`
	Code       string   `json:"code,omitempty"`
	Candidates []string `json:"candidates,omitempty"`
	Period     string   `json:"period,omitempty"` // "2022-2023", when the text names it
	Ref        string   `json:"ref,omitempty"`    // the cell it came from
}

// PastTitle is one earlier award as the list states it. Inferred is true when
// the award or the years come from the achievement text beside it.
type PastTitle struct {
	Text           string    `json:"text"`
	Award          string    `json:"award,omitempty"`
	DecisionNumber string    `json:"decision_number,omitempty"` // "1204/QĐ-UBND"
	DecisionDate   time.Time `json:"decision_date,omitzero"`
	Years          []string  `json:"years,omitempty"` // "2021-2022" (school year) or "2022"
	Inferred       bool      `json:"inferred,omitempty"`
}

// MarksOf gives the marks on one field.
func (r *Row) MarksOf(f Field) []Mark {
	var out []Mark
	for _, m := range r.Marks {
		if m.Field == f {
			out = append(out, m)
		}
	}
	return out
}

// Cell gives the first cell of a field, or nil.
func (r *Row) Cell(f Field) *Cell {
	for i := range r.Cells {
		if r.Cells[i].Field == f {
			return &r.Cells[i]
		}
	}
	return nil
}

func (r *Row) mark(m Mark) { r.Marks = append(r.Marks, m) }
