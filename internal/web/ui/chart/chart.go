// Package chart draws bars as SVG on the server: no script, no colour alone, no
// inline style. Every part of a bar has a pattern beside its colour (by class), its
// number as text, and leads to the list that it counts. Title and description are
// read by screen readers; the table behind a picture is the caller's.
package chart

import (
	"fmt"
	"html/template"
	"strings"
)

// Part is one part of a bar.
type Part struct {
	Name  string // of the series, in the reader's language
	Class string // a, b, c, d: colour and pattern of chart.css
	Value int
	Href  string // the list that it counts; "" for none
}

// Bar is a labelled bar of parts.
type Bar struct {
	Label string
	Parts []Part
}

// Chart is a picture of horizontal bars.
type Chart struct {
	ID          string // unique on its page
	Title, Desc string
	Bars        []Bar
}

// Measures of a picture in its own units.
const (
	width  = 640
	labelW = 190
	rowH   = 34
	barH   = 22
	rightW = 60
)

// SVG draws the picture. Everything that is text is escaped; hrefs are paths of
// this site.
func (c Chart) SVG() template.HTML {
	most := 1
	for _, b := range c.Bars {
		most = max(most, b.total())
	}
	var s strings.Builder
	height := rowH*len(c.Bars) + 10
	fmt.Fprintf(&s, `<svg class="chart" viewBox="0 0 %d %d" role="group" aria-labelledby="%s-t %s-d" preserveAspectRatio="xMinYMin meet">`, width, height, esc(c.ID), esc(c.ID))
	fmt.Fprintf(&s, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, esc(c.ID), esc(c.Title), esc(c.ID), esc(c.Desc))
	s.WriteString(c.patterns())
	for i, b := range c.Bars {
		c.bar(&s, i, b, most)
	}
	s.WriteString(`</svg>`)
	return template.HTML(s.String())
}

// patterns tell the parts apart without colour.
func (c Chart) patterns() string {
	id := esc(c.ID)
	return `<defs>` +
		`<pattern id="` + id + `-b" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" class="chart-b"/><rect width="3" height="8" class="chart-line"/></pattern>` +
		`<pattern id="` + id + `-c" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="chart-c"/><circle cx="3" cy="3" r="1.4" class="chart-line"/></pattern>` +
		`<pattern id="` + id + `-d" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="chart-d"/><path d="M0 0L6 6M6 0L0 6" class="chart-stroke"/></pattern></defs>`
}

func (c Chart) bar(s *strings.Builder, i int, b Bar, most int) {
	y := i*rowH + 8
	fmt.Fprintf(s, `<text x="%d" y="%d" class="chart-label" text-anchor="end">%s</text>`, labelW-8, y+16, esc(short(b.Label)))
	x := labelW
	for _, p := range b.Parts {
		if p.Value == 0 {
			continue
		}
		w := max(3, p.Value*(width-labelW-rightW)/most)
		fill := `class="chart-a"`
		if p.Class != "a" {
			fill = fmt.Sprintf(`fill="url(#%s-%s)"`, esc(c.ID), esc(p.Class))
		}
		rect := fmt.Sprintf(`<rect x="%d" y="%d" width="%d" height="%d" %s><title>%s: %s %d</title></rect>`, x, y, w, barH, fill, esc(b.Label), esc(p.Name), p.Value)
		if p.Href != "" {
			rect = fmt.Sprintf(`<a href="%s" aria-label="%s: %s %d">%s</a>`, esc(p.Href), esc(b.Label), esc(p.Name), p.Value, rect)
		}
		s.WriteString(rect)
		x += w
	}
	fmt.Fprintf(s, `<text x="%d" y="%d" class="chart-number">%d</text>`, x+6, y+16, b.total())
}

func (b Bar) total() int {
	n := 0
	for _, p := range b.Parts {
		n += p.Value
	}
	return n
}

// short keeps a label within its column.
func short(s string) string {
	r := []rune(s)
	if len(r) <= 23 {
		return s
	}
	return string(r[:22]) + "…"
}

func esc(s string) string { return template.HTMLEscapeString(s) }
