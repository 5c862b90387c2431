package law

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Kinds of achievement period (thời gian lập thành tích).
const (
	PeriodCalendar = "calendar" // a calendar year
	PeriodSchool   = "school"   // a school year (năm học)
	PeriodRange    = "range"    // any other stretch of time
)

// Years is what a period's label says, whatever its spelling: the kind, and the first
// and the last year. A school year is written by both years it touches.
type Years struct {
	Kind        string
	First, Last int
}

// The labels that are read, as plainly writes them; with or without accents. Whatever else is
// written ("đợt 2 năm 2023") says more than years, and is left to people.
var (
	calendarLabel = regexp.MustCompile(`^(?:n[ăa]m )?(?:c[ôo]ng t[áa]c )?(\d{4})$`)
	schoolLabel   = regexp.MustCompile(`^(?:n[ăa]m h[ọo]c )?(\d{4}) ?[-/] ?(\d{4})$`)
	rangeLabel    = regexp.MustCompile(`^(?:giai [đd]o[ạa]n )?(?:t[ừu] )?(?:n[ăa]m )?(\d{4}) ?(?:-|[đd][ếe]n) ?(?:n[ăa]m )?(\d{4})$`)
)

// YearsOf reads the label of a period ("2020", "năm 2020", "Năm học 2022 – 2023");
// false where it does not say years of that kind: then a person must look. This is the
// one place where labels are read.
func YearsOf(kind, label string) (Years, bool) {
	if kind == PeriodCalendar && len(label) == 4 { // most of a long list
		if n, err := strconv.ParseUint(label, 10, 16); err == nil {
			return Years{Kind: kind, First: int(n), Last: int(n)}, true
		}
	}
	label = plainly(label)
	first, last := "", ""
	switch kind {
	case PeriodCalendar:
		if m := calendarLabel.FindStringSubmatch(label); m != nil {
			first, last = m[1], m[1]
		}
	case PeriodSchool:
		if m := schoolLabel.FindStringSubmatch(label); m != nil {
			first, last = m[1], m[2]
		}
	case PeriodRange:
		if m := rangeLabel.FindStringSubmatch(label); m != nil {
			first, last = m[1], m[2]
		}
	}
	a, err := strconv.Atoi(first)
	if err != nil {
		return Years{}, false
	}
	b, err := strconv.Atoi(last)
	ok := err == nil && a <= b && (kind != PeriodSchool || b == a+1)
	return Years{Kind: kind, First: a, Last: b}, ok
}

// String is the plain spelling of the years: "2020", "2022-2023".
func (y Years) String() string {
	if y.First == y.Last {
		return fmt.Sprintf("%04d", y.First)
	}
	return fmt.Sprintf("%04d-%04d", y.First, y.Last)
}

// PlainPeriod is one spelling for every spelling of a period's label: its years where
// they can be read, else the label without stray blanks.
func PlainPeriod(kind, label string) string {
	if y, ok := YearsOf(kind, label); ok {
		return y.String()
	}
	return strings.Join(strings.Fields(label), " ")
}

// plainly is a label in small letters, with single blanks and one kind of dash, and with
// neither combining accents (decomposed Unicode) nor characters that do not show.
func plainly(label string) string {
	label = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Pd, r) || r == '−':
			return '-'
		}
		return unicode.ToLower(r)
	}, label)
	return strings.Join(strings.Fields(label), " ")
}
