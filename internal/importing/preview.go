package importing

import "strings"

// State sums up the marks of a row for the list the clerk sees.
type State string

const (
	StateNew     State = "new"     // nothing but notes
	StateWarning State = "warning" // may be accepted once looked at
	StateError   State = "error"   // must be corrected or left out
)

// Check is a rule of the caller's on one row, such as what the law says of its
// items. It returns marks and changes nothing.
type Check func(*Row) []Mark

// Preview is what the clerk looks at before anything is taken over.
type Preview struct {
	Rows   []PreviewRow `json:"rows"`
	Counts Counts       `json:"counts"`
	Notes  []Mark       `json:"notes"` // on the file and its sheets
}

// PreviewRow is a row with every mark on it: those of reading, of the whole
// list and of the checks.
type PreviewRow struct {
	*Row
	State State  `json:"state"`
	Marks []Mark `json:"marks"`
}

// Counts are the figures above the preview. Items counts subject × award.
type Counts struct {
	Rows     int            `json:"rows"`
	New      int            `json:"new"`
	Warnings int            `json:"warnings"`
	Errors   int            `json:"errors"`
	Items    int            `json:"items"`
	ByKind   map[Kind]int   `json:"by_kind"`
	ByAward  map[string]int `json:"by_award"` // items by award code; "" is undecided
}

// NewPreview judges the rows of a workbook. cat may be nil; then awards are
// not judged. It leaves the workbook as it is and writes nowhere.
func NewPreview(wb *Workbook, cat Catalogue, checks ...Check) *Preview {
	rows := wb.Rows()
	p := &Preview{
		Rows: make([]PreviewRow, 0, len(rows)), Notes: append([]Mark(nil), wb.Notes...),
		Counts: Counts{ByKind: map[Kind]int{}, ByAward: map[string]int{}},
	}
	for i := range wb.Sheets {
		p.Notes = append(p.Notes, wb.Sheets[i].Notes...)
	}
	repeated := duplicates(rows)
	for i, r := range rows {
		marks := append(r.Marks[:len(r.Marks):len(r.Marks)], awardMarks(r, cat)...)
		marks = append(marks, repeated[i]...)
		for _, check := range checks {
			marks = append(marks, check(r)...)
		}
		p.add(r, marks)
	}
	return p
}

func (p *Preview) add(r *Row, marks []Mark) {
	row := PreviewRow{Row: r, State: stateOf(marks), Marks: marks}
	p.Rows = append(p.Rows, row)
	c := &p.Counts
	c.Rows++
	switch row.State {
	case StateError:
		c.Errors++
	case StateWarning:
		c.Warnings++
	default:
		c.New++
	}
	c.ByKind[r.Kind]++
	c.Items += len(r.Awards)
	for _, a := range r.Awards {
		c.ByAward[a.Code]++
	}
}

func stateOf(marks []Mark) State {
	state := StateNew
	for i := range marks {
		switch marks[i].Severity {
		case Fault:
			return StateError
		case Warning:
			state = StateWarning
		}
	}
	return state
}

// awardMarks judges the awards of a row against the catalogue.
func awardMarks(r *Row, cat Catalogue) []Mark {
	if cat == nil {
		return nil
	}
	if len(r.Awards) == 0 {
		return []Mark{msgAwardNone.mark("", FieldAward)}
	}
	var out []Mark
	for _, a := range r.Awards {
		switch {
		case len(a.Candidates) > 0:
			out = append(out, msgAwardAmbiguous.mark(a.Ref, FieldAward, a.Text, strings.Join(named(a.Candidates, cat), ", ")))
		case a.Code == "":
			out = append(out, msgAwardUnknown.mark(a.Ref, FieldAward, a.Text))
		case !cat.Fits(a.Code, r.Kind):
			out = append(out, msgAwardKind.mark(a.Ref, FieldAward, a.Text, kindVi[r.Kind], r.Kind))
		}
	}
	return out
}

// named are awards by the name that is printed, with the code that tells those of
// one name apart.
func named(codes []string, cat Catalogue) []string {
	out := make([]string, len(codes))
	for i, code := range codes {
		out[i] = code
		for _, a := range cat.Awards() {
			if a.Code == code && len(a.Names) > 0 {
				out[i] = a.Names[0] + " (" + code + ")"
			}
		}
	}
	return out
}
