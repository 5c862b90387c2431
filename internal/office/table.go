package office

import (
	"fmt"
	"strings"
)

// Table is a table of paragraphs. Widths are shares of the text's width; the first
// Head rows stand again on each page. Without Lines it only arranges.
type Table struct {
	Widths []int
	Lines  bool
	Head   int
	Rows   [][]Cell
}

// Cell is what stands in a cell.
type Cell []Para

// Table puts a table at the end.
func (d *Doc) Table(t Table) {
	sum := 0
	for _, w := range t.Widths {
		sum += w
	}
	widths := make([]int, len(t.Widths))
	for i, w := range t.Widths {
		widths[i] = d.Width() * w / max(sum, 1)
	}
	b := &d.body
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>`)
	if t.Lines {
		b.WriteString(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
		}
		b.WriteString(`</w:tblBorders>`)
	}
	b.WriteString(`<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString("</w:tblGrid>")
	for i, row := range t.Rows {
		b.WriteString(t.row(i, row, widths))
	}
	b.WriteString("</w:tbl>")
}

// row is one row; it is not split over two pages, so that no name is.
func (t Table) row(i int, row []Cell, widths []int) string {
	var b strings.Builder
	b.WriteString("<w:tr><w:trPr><w:cantSplit/>")
	if i < t.Head {
		b.WriteString("<w:tblHeader/>")
	}
	b.WriteString("</w:trPr>")
	for j, cell := range row {
		fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, widths[j])
		if len(cell) == 0 {
			cell = Cell{{}}
		}
		for _, p := range cell {
			b.WriteString(p.xml())
		}
		b.WriteString("</w:tc>")
	}
	b.WriteString("</w:tr>")
	return b.String()
}

// Words are cells of plain text, all in one style.
func Words(align Align, s Style, texts ...string) []Cell {
	out := make([]Cell, len(texts))
	for i, t := range texts {
		out[i] = Cell{Para{Align: align, Runs: []Run{{t, s}}, After: 2}}
	}
	return out
}
