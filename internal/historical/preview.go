package historical

import (
	"slices"
	"strconv"
	"strings"

	"vinhdanh/internal/personal"
)

// State says what becomes of a row.
type State string

// The states of a row.
const (
	StateNew   State = "new"   // a record of a subject that is new
	StateKnown State = "known" // a record of a subject that is there
	StateSame  State = "same"  // it is recorded already; nothing is written
	StateError State = "error"
)

// Problem is what is wrong with a field of a row, or worth a look.
type Problem struct {
	Field string `json:"field"`
	VI    string `json:"vi"`
	EN    string `json:"en"`
}

// Record is one award as a row states it.
type Record struct {
	Kind       string          `json:"kind"`
	Name       string          `json:"name"`
	Sex        string          `json:"sex,omitempty"`
	BirthYear  int             `json:"birth_year,omitempty"`
	Personal   personal.Number `json:"-"`    // the cell shows its last digits
	Unit       string          `json:"unit"` // id
	Workplace  string          `json:"workplace,omitempty"`
	Award      string          `json:"award,omitempty"`
	AwardText  string          `json:"award_text,omitempty"`
	Number     string          `json:"decision_number"`
	Date       string          `json:"decision_date"` // ISO
	Issuer     string          `json:"issuer"`
	PeriodKind string          `json:"period_kind"`
	Period     string          `json:"period"`
	Amount     int64           `json:"amount,omitempty"` // đồng
	Scan       string          `json:"scan"`             // SHA-256
	Subject    string          `json:"subject,omitempty"`
}

// Row is one row of a preview.
type Row struct {
	Sheet    string            `json:"sheet"`
	Line     int               `json:"line"`
	State    State             `json:"state"`
	Record   Record            `json:"record"`
	Cells    map[string]string `json:"cells"` // as written or corrected; of a personal number only its last digits
	Problems []Problem         `json:"problems,omitempty"`
	Hints    []Problem         `json:"hints,omitempty"`
}

// Correction puts another value into a cell.
type Correction struct {
	Sheet string `json:"sheet" validate:"max=60"` // "" means the only sheet
	Line  int    `json:"line" validate:"min=1"`
	Field string `json:"field" validate:"required,max=40"`
	Value string `json:"value" validate:"max=2000"`
}

// Counts sums a preview up.
type Counts struct {
	Rows   int `json:"rows"`
	New    int `json:"new"`
	Known  int `json:"known"`
	Same   int `json:"same"`
	Errors int `json:"errors"`
}

// Preview is what would become of a workbook.
type Preview struct {
	Counts Counts `json:"counts"`
	Rows   []Row  `json:"rows"`
}

// Judged says of a record what a row alone does not tell: whether its subject and the
// award are there already.
type Judged struct {
	Subject  string // that it belongs to; "": a new one
	Recorded bool   // the same award counts for the subject already
	Problem  *Problem
}

// Preview judges every row; judge is asked about those that are right in themselves,
// all at once and in order.
func (b *Book) Preview(known Known, fixes []Correction, judge func([]Record) ([]Judged, error)) (*Preview, error) {
	p := &Preview{Rows: []Row{}}
	seen := map[string]int{}
	var good []int
	var records []Record
	for _, l := range b.lines {
		l = l.corrected(fixes)
		r := Row{Sheet: l.sheet, Line: l.number, Cells: shown(l.cells)}
		r.Record, r.Problems, r.Hints = known.read(l.cells)
		if key := r.Record.key(); len(r.Problems) == 0 && seen[key] != 0 {
			r.Problems = append(r.Problems, problem(FieldName, "Trùng với dòng "+strconv.Itoa(seen[key])+" của tệp này.", "It repeats row "+strconv.Itoa(seen[key])+" of this file."))
		} else {
			seen[key] = l.number
		}
		if len(r.Problems) == 0 {
			good, records = append(good, len(p.Rows)), append(records, r.Record)
		}
		p.Rows = append(p.Rows, r)
	}
	found, err := judge(records)
	if err != nil {
		return nil, err
	}
	for i, at := range good {
		p.Rows[at].settle(found[i])
	}
	p.count()
	return p, nil
}

func (r *Row) settle(j Judged) {
	switch {
	case j.Problem != nil:
		r.Problems = append(r.Problems, *j.Problem)
	case j.Recorded:
		r.State = StateSame
	case j.Subject != "":
		r.State, r.Record.Subject = StateKnown, j.Subject
	default:
		r.State = StateNew
	}
}

func (p *Preview) count() {
	for i := range p.Rows {
		p.Counts.Rows++
		if len(p.Rows[i].Problems) > 0 {
			p.Rows[i].State = StateError
		}
		switch p.Rows[i].State {
		case StateNew:
			p.Counts.New++
		case StateKnown:
			p.Counts.Known++
		case StateSame:
			p.Counts.Same++
		default:
			p.Counts.Errors++
		}
	}
}

// Take gives the records to write.
func (p *Preview) Take() []Record {
	var out []Record
	for _, r := range p.Rows {
		if r.State == StateNew || r.State == StateKnown {
			out = append(out, r.Record)
		}
	}
	return out
}

// key tells rows of one file apart.
func (r Record) key() string {
	return strings.Join([]string{r.Subject, r.Kind, strings.ToLower(r.Name), strconv.Itoa(r.BirthYear), r.Personal.Open(), r.Unit, r.Award, r.AwardText, r.Number, r.Date}, "\x00")
}

// corrected lays corrections over a row.
func (l line) corrected(fixes []Correction) line {
	out := line{sheet: l.sheet, number: l.number, cells: map[string]string{}}
	for k, v := range l.cells {
		out.cells[k] = v
	}
	for _, f := range fixes {
		if f.Line == l.number && (f.Sheet == "" || f.Sheet == l.sheet) && slices.Contains(Fields(), f.Field) {
			out.cells[f.Field] = strings.TrimSpace(f.Value)
		}
	}
	return out
}

// shown are the cells as they go out: a personal number shows its last digits, and
// nothing of what is none.
func shown(cells map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range cells {
		if k == FieldNumber {
			n, err := personal.Parse(v)
			if v = n.Masked(); err != nil {
				v = ""
			}
		}
		if v != "" {
			out[k] = v
		}
	}
	return out
}

func problem(field, vi, en string) Problem { return Problem{Field: field, VI: vi, EN: en} }
