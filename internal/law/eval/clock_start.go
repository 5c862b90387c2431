package eval

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"vinhdanh/internal/law"
)

// What is known of the decision before.
type clockState int

const (
	clockNone clockState = iota
	clockKnown
	clockUnclear
)

// edge is the first or the last day of a period: its year, and the day where it is
// exact. School years are exact to the year only.
type edge struct {
	year int
	day  law.Date
}

// after tells whether a beginning lies after an end: by day where both are exact.
func (x edge) after(end edge) bool {
	if !x.day.IsZero() && !end.day.IsZero() {
		return x.day.After(end.day)
	}
	return x.year > end.year
}

var anyYear = regexp.MustCompile(`\b(19|20)\d{2}\b`)

// begins is the beginning of a period; false where it names no year.
func (p Period) begins() (edge, bool) {
	if p.Kind == law.PeriodRange && !p.From.IsZero() {
		return edge{p.From.Year, p.From}, true
	}
	if y, ok := p.year(); ok {
		if p.Kind == law.PeriodSchool {
			return edge{year: y}, true
		}
		return edge{y, law.Date{Year: y, Month: 1, Day: 1}}, true
	}
	y, ok := p.yearsNamed(slices.Min[[]int])
	return edge{year: y}, ok
}

// ends is the end of a period, in the years of kind: a school year ends in its second
// year, and where school years are counted in its first.
func (p Period) ends(kind string) (edge, bool) {
	if p.Kind == law.PeriodRange && !p.To.IsZero() {
		return edge{p.To.Year, p.To}, true
	}
	if y, ok := p.year(); ok {
		switch {
		case p.Kind != law.PeriodSchool:
			return edge{y, law.Date{Year: y, Month: 12, Day: 31}}, true
		case kind == law.PeriodSchool:
			return edge{year: y}, true
		}
		return edge{year: y + 1}, true
	}
	y, ok := p.yearsNamed(slices.Max[[]int])
	return edge{year: y}, ok
}

// yearsNamed are the years that a free text of a range names, reduced to one.
func (p Period) yearsNamed(reduce func([]int) int) (int, bool) {
	var years []int
	for _, s := range anyYear.FindAllString(p.Label, -1) {
		y, _ := strconv.Atoi(s)
		years = append(years, y)
	}
	if p.Kind != law.PeriodRange || len(years) == 0 {
		return 0, false
	}
	return reduce(years), true
}

// clockStart is the decision from which the time counts, and since when.
type clockStart struct {
	title Title
	end   edge
	by    string // law.FromPeriod or law.FromDecision
}

// said is where the clock starts, in words.
func (c clockStart) said() law.Text {
	vi, en := "quyết định trước "+c.title.Number, "decision before "+c.title.Number
	if !c.title.Date.IsZero() {
		vi, en = vi+" ngày "+c.title.Date.VN(), en+" of "+c.title.Date.VN()
	}
	if c.by == law.FromDecision {
		return law.Text{VI: vi + " không ghi thời gian lập thành tích: tính từ ngày quyết định", EN: en + " names no achievement period: counted from its date"}
	}
	label := c.title.Period.Label
	if label == "" {
		label = fmt.Sprintf("%s – %s", c.title.Period.From.VN(), c.title.Period.To.VN())
	}
	return law.Text{VI: vi + ", thời gian lập thành tích " + label + ": tính từ sau thời gian này", EN: en + ", achievement period " + label + ": counted from its end"}
}

// last is the decision on an award from which the time counts: the one that reaches
// furthest. A claim without number or one that cannot be placed leaves it unclear.
func (f *Facts) last(award string, from []string) (clockStart, clockState) {
	var found clockStart
	state := clockNone
	for _, t := range f.Titles {
		if t.Award != award {
			continue
		}
		s, ok := t.starts(f.Period.Kind, from)
		if !ok || !numbered(t.Number) {
			return clockStart{}, clockUnclear
		}
		if state == clockNone || s.end.after(found.end) {
			found, state = s, clockKnown
		}
	}
	return found, state
}

// starts is where a decision starts the clock; false where it does not say.
func (t Title) starts(kind string, from []string) (clockStart, bool) {
	for _, by := range from {
		switch {
		case by == law.FromPeriod && t.Period.written():
			end, ok := t.Period.ends(kind)
			return clockStart{t, end, by}, ok
		case by == law.FromDecision && !t.Date.IsZero():
			return clockStart{t, edge{t.Date.Year, t.Date}, by}, true
		}
	}
	return clockStart{}, false
}

// written tells whether a decision names the period at all.
func (p Period) written() bool { return p.Label != "" || !p.From.IsZero() || !p.To.IsZero() }
