package importing

import (
	"strings"
	"unicode/utf8"

	"vinhdanh/internal/vietnamese"
)

const headerSearch = 60 // rows with content among which the header must start

// block is the header of a table: the rows it takes, both inclusive.
type block struct{ first, last int }

// findHeader takes the first row whose cells name at least three columns, else
// the one that names most, a name column among them, and widens it to the rows
// that belong to it.
func findHeader(g *grid) (block, bool) {
	best, bestScore := 0, 0
	for i := range g.rows[:min(len(g.rows), headerSearch)] {
		if s := headerScore(&g.rows[i]); s > bestScore && bestScore < 3 {
			best, bestScore = g.rows[i].line, s
		}
	}
	if bestScore == 0 {
		return block{}, false
	}
	return widen(g, block{best, best}), true
}

// headerScore counts the different fields a row names; 0 when it cannot be a
// header: a header names the people or collectives and at least one more.
func headerScore(r *gridRow) int {
	seen := map[Field]bool{}
	texts := 0
	for i := range r.cells {
		t := r.cells[i].text
		if t == "" {
			continue
		}
		if utf8.RuneCountInString(t) > 120 || r.cells[i].number {
			continue
		}
		texts++
		if f, _ := recogniseHeader(t); f != FieldIgnore {
			seen[f] = true
		}
	}
	named := seen[FieldName] || seen[FieldUnit] && seen[FieldOrder]
	if !named || len(seen) < 2 || len(seen)*2 < texts {
		return 0
	}
	return len(seen)
}

// widen grows the block over vertical merges that cross its edge, then by a
// second row of sub-headings ("Nam", "Nữ") below or a row of shared headings
// ("Năm sinh") above.
func widen(g *grid, b block) block {
	for grown := true; grown; {
		grown = false
		for _, a := range g.merges {
			if a.row1 > b.last || a.row2 < b.first || a.row2-a.row1 > 5 {
				continue
			}
			if a.row1 < b.first || a.row2 > b.last {
				b.first, b.last, grown = min(b.first, a.row1), max(b.last, a.row2), true
			}
		}
	}
	if g.row(b.last+1) != nil && b.last-b.first < 3 && subHeader(g, b) {
		b.last++
	}
	if up := g.row(b.first - 1); up != nil && b.first == b.last && sharedHeader(g, b.first-1) {
		b.first--
	}
	return b
}

// subHeader: every cell of the row below stands under a heading merged over
// several columns, or is itself a heading, and no name stands there.
func subHeader(g *grid, b block) bool {
	row := g.row(b.last + 1)
	n := 0
	for i := range row.cells {
		c := &row.cells[i]
		if c.text == "" {
			continue
		}
		if c.number {
			return false
		}
		_, under := g.merged(b.last, i+1)
		field, _ := recogniseHeader(c.text)
		head := field != FieldIgnore && len(c.text) < 60
		if !head && !isSexWord(c.text) && (under == nil || under.col1 == under.col2) {
			return false
		}
		if above, _ := recogniseHeader(g.row(b.last).text(i + 1)); above == FieldName || above == FieldOrder {
			return false // a name or a number under its heading: data
		}
		n++
	}
	return n > 0
}

// sharedHeader: a row of headings merged over some, but not all, columns.
func sharedHeader(g *grid, line int) bool {
	n := 0
	for _, a := range g.merges {
		if a.row1 == line && a.row2 == line && a.col2 > a.col1 && a.col2-a.col1+1 < g.width-1 {
			if f, _ := recogniseHeader(g.row(line).text(a.col1)); f != FieldIgnore {
				n++
			}
		}
	}
	return n > 0
}

func isSexWord(s string) bool {
	k := strings.ToLower(s)
	return k == "nam" || vietnamese.Fold(s) == "nu"
}

// columnTexts gives, for each column, the header texts from top to bottom, a
// text shown over several rows once.
func columnTexts(g *grid, b block) [][]string {
	out := make([][]string, g.width)
	for col := 1; col <= g.width; col++ {
		for line := b.first; line <= b.last; line++ {
			c, _ := g.merged(line, col)
			if c == nil || c.text == "" {
				continue
			}
			if t := out[col-1]; len(t) == 0 || t[len(t)-1] != c.text {
				out[col-1] = append(out[col-1], c.text)
			}
		}
	}
	return out
}
