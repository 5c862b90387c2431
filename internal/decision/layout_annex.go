package decision

import (
	"fmt"
	"slices"
	"strings"
)

var (
	rowFace   = face{"", 13}
	groupFace = face{"B", 13}
)

const cellPad = 1.2

// table is the annex's grid: the widths of its columns in millimetres and their heads.
type table struct {
	widths []float64
	heads  []string
}

// annex prints the list on pages of its own, which are numbered on their own.
func (s *sheet) annex(d Document) error {
	a := d.Annex
	s.number = 0
	s.addPage()
	f := face{"B", 14}
	s.block(f, s.balance(f, a.Title, bodyWidth), centre)
	s.block(f, s.balance(f, a.Subtitle, bodyWidth), centre)
	i := face{"I", 13}
	line := append([]segment{{text: "(Kèm theo Quyết định số "}}, d.numbered()...)
	s.segments(i, append(append(line, segment{text: " "}), d.dated()...), centre, s.y)
	s.y += i.line()
	s.block(i, s.balance(i, "của "+a.By+")", bodyWidth), centre)
	s.rule(centre, s.y+0.8, 40)
	s.y += 6
	t := newTable(a)
	s.tableHead(t)
	var total int64
	for n, section := range a.Sections {
		if err := s.section(t, section, n); err != nil {
			return err
		}
		for _, g := range section.Groups {
			for _, e := range g.Entries {
				total += e.Money
			}
		}
	}
	if a.Money {
		s.total(t, total)
	}
	return nil
}

func newTable(a *Annex) table {
	var kinds []Kind
	for _, k := range Kinds() {
		if slices.ContainsFunc(a.Sections, func(section Section) bool { return hasKind(section, k) }) {
			kinds = append(kinds, k)
		}
	}
	names := map[Kind]string{Collective: "Tên tập thể", Individual: "Họ và tên", Household: "Hộ gia đình"}
	head := ""
	if len(kinds) == 1 {
		head = names[kinds[0]]
	} else {
		var nouns []string
		for _, k := range kinds {
			nouns = append(nouns, k.Noun())
		}
		head = capitalise(strings.Join(nouns, ", "))
	}
	t := table{widths: []float64{13, 65, 82}, heads: []string{"STT", head, "Chức vụ, đơn vị"}}
	if a.Money {
		t.widths = []float64{13, 62, 56, 29}
		t.heads = append(t.heads, "Tiền thưởng (đồng)")
	}
	return t
}

func hasKind(section Section, k Kind) bool {
	return slices.ContainsFunc(section.Groups, func(g Group) bool { return g.Kind == k })
}

// section prints an award's groups; headings stay with the first row after them.
func (s *sheet) section(t table, section Section, n int) error {
	for i, g := range section.Groups {
		var headings []string
		if i == 0 && section.Heading != "" {
			headings = append(headings, fmt.Sprintf("%c. %s", 'A'+n, section.Heading))
		}
		headings = append(headings, fmt.Sprintf("%s. %s (%s)", roman(i+1), strings.ToUpper(g.Kind.Noun()), count(len(g.Entries))))
		for j, e := range g.Entries {
			cells := t.cells(j+1, e)
			var above []row
			if j == 0 {
				for _, h := range headings {
					above = append(above, s.spanning(h))
				}
			}
			if err := s.rows(t, append(above, s.layRow(t, cells))); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t table) cells(n int, e Entry) []string {
	cells := []string{fmt.Sprintf("%d", n), e.Printed(), joinNonEmpty(", ", e.Position, e.Workplace)}
	if len(t.widths) == 4 {
		money := ""
		if e.Money > 0 {
			money = groupDigits(e.Money)
		}
		cells = append(cells, money)
	}
	return cells
}

// roman numbers the groups, of which there are at most three.
func roman(n int) string { return strings.Repeat("I", n) }
