package office

import (
	"regexp"
	"slices"
	"strings"
)

// Asked is a line of a letter that names an award and how many are proposed for it.
type Asked struct{ Award, Counted string }

var (
	askedLine = regexp.MustCompile(`^\d+\. (.+): (\d\d .+)\.$`)
	listHead  = regexp.MustCompile(`^[IVX]+\. (.+): (\d+) trường hợp$`)
)

// AskedIn finds the lines of a letter that name one of the awards, in their order.
func AskedIn(pieces []Piece, award func(name string) bool) []Asked {
	var out []Asked
	for _, p := range pieces {
		if m := askedLine.FindStringSubmatch(p.Text); m != nil && award(m[1]) {
			out = append(out, Asked{m[1], m[2]})
		}
	}
	return out
}

// Asked is how the letter says a group.
func (g Group) Asked() Asked { return Asked{g.Award, g.counted()} }

// ListsIn finds the lists that were written as List writes them: tables under its
// headings, each with the award that stands above it ("" where none does).
func ListsIn(pieces []Piece) []Section {
	var out []Section
	above := ""
	for _, p := range pieces {
		if p.Rows == nil {
			if p.Text != "" {
				above = p.Text
			}
			continue
		}
		if len(p.Rows) == 0 || !slices.Equal(cells(p.Rows[0]), Headings) {
			continue
		}
		s := Section{}
		if m := listHead.FindStringSubmatch(above); m != nil {
			s.Award = m[1]
		}
		for _, r := range p.Rows[1:] {
			c := append(cells(r), make([]string, len(Headings))...)
			s.Rows = append(s.Rows, Row{Name: c[1], BirthYear: c[2], Where: c[3], Period: c[4], Achievement: c[5], Note: c[6]})
		}
		out = append(out, s)
	}
	return out
}

func cells(row [][]string) []string {
	out := make([]string, len(row))
	for i, c := range row {
		out[i] = strings.Join(strings.Fields(strings.Join(c, " ")), " ")
	}
	return out
}
