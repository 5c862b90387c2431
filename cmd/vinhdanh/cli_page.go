package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"vinhdanh/internal/vietnamese"
)

// page is what a person reads: lines and tables in one language. Names are shown
// composed (NFC), so that a column is as wide as its letters.
type page struct {
	tabs *tabwriter.Writer
	lang string
}

func newPage(w io.Writer, lang string) *page {
	return &page{tabs: tabwriter.NewWriter(w, 0, 4, 2, ' ', 0), lang: lang}
}

// t chooses the text of the page's language.
func (p *page) t(vi, en string) string {
	if p.lang == "en" {
		return en
	}
	return vi
}

// row is one line of a table.
func (p *page) row(cells ...any) {
	for i, c := range cells {
		if i > 0 {
			fmt.Fprint(p.tabs, "\t")
		}
		fmt.Fprint(p.tabs, clean(fmt.Sprint(c)))
	}
	fmt.Fprintln(p.tabs)
}

// line is a line of text that belongs to no table.
func (p *page) line(format string, args ...any) {
	_ = p.tabs.Flush() // a failed write shows at the last flush
	fmt.Fprintln(p.tabs, clean(fmt.Sprintf(format, args...)))
}

func (p *page) flush() error { return p.tabs.Flush() }

// clean keeps a text on its line and free of control characters, which could
// otherwise write over the terminal.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return vietnamese.NFC(s)
}

// short cuts a text to n letters.
func short(s string, n int) string {
	r := []rune(clean(s))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}

// day writes a date as documents do.
func day(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format("02/01/2006")
}

// yes marks a true value.
func yes(b bool) string {
	if b {
		return "✓"
	}
	return ""
}

// dong writes đồng with dots: 1.800.000.
func dong(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}
