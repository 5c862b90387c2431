package decision

import (
	"fmt"
	"strings"
)

// Names of the form fields that stay open until the registrar numbers the decision.
const (
	fieldNumber = "so"
	fieldDay    = "ngay"
	fieldMonth  = "thang"
	fieldYear   = "nam"
)

// segment is a piece of a line: text, or a gap for a field.
type segment struct {
	text  string
	field string
}

// blanks is how many spaces a gap is wide.
var blanks = map[string]int{fieldNumber: 10, fieldDay: 6, fieldMonth: 6, fieldYear: 11}

// numbered gives number and symbol, with a gap while there is no number.
func (d Document) numbered() []segment {
	if d.Number != "" {
		return []segment{{text: d.Number + "/" + d.Symbol}}
	}
	return []segment{{field: fieldNumber}, {text: "/" + d.Symbol}}
}

// dated gives "ngày … tháng … năm …", with gaps while there is no date.
func (d Document) dated() []segment {
	if !d.Date.IsZero() {
		return []segment{{text: fmt.Sprintf("ngày %s tháng %s năm %d", dayText(d.Date), monthText(d.Date), d.Date.Year())}}
	}
	return []segment{{text: "ngày"}, {field: fieldDay}, {text: "tháng"}, {field: fieldMonth}, {text: "năm"}, {field: fieldYear}}
}

// segments prints pieces as one line centred on x, and notes where the gaps are.
func (s *sheet) segments(f face, parts []segment, x, y float64) {
	var b strings.Builder
	type open struct {
		field      string
		start, end float64
	}
	var gaps []open
	for _, p := range parts {
		if p.field == "" {
			b.WriteString(p.text)
			continue
		}
		start := s.width(f, b.String())
		b.WriteString(strings.Repeat(" ", blanks[p.field]))
		gaps = append(gaps, open{p.field, start, s.width(f, b.String())})
	}
	line := b.String()
	left := x - s.width(f, line)/2
	s.text(f, line, left, y)
	for _, g := range gaps {
		s.gaps = append(s.gaps, gap{
			field: g.field, page: s.pdf.PageNo(), size: f.size, italic: strings.Contains(f.style, "I"),
			x: (left + g.start) / pointMM, y: (pageHeight - y - f.line()) / pointMM,
			w: (g.end - g.start) / pointMM, h: f.line() / pointMM,
		})
	}
}
