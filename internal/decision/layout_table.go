package decision

import "bytes"

// row is a table row laid into lines for each cell; a spanning row has one cell
// over the whole width.
type row struct {
	face   face
	cells  [][]string
	span   bool
	height float64
}

func (s *sheet) layRow(t table, cells []string) row {
	r := row{face: rowFace}
	most := 1
	for i, c := range cells {
		lines := s.wrap(rowFace, c, t.widths[i]-2*cellPad, t.widths[i]-2*cellPad)
		r.cells = append(r.cells, lines)
		most = max(most, len(lines))
	}
	r.height = float64(most)*rowFace.line() + 2*cellPad
	return r
}

func (s *sheet) spanning(text string) row {
	lines := s.wrap(groupFace, text, bodyWidth-2*cellPad, bodyWidth-2*cellPad)
	return row{face: groupFace, cells: [][]string{lines}, span: true,
		height: float64(len(lines))*groupFace.line() + 2*cellPad}
}

// rows prints rows that stay together on one page; where they do not fit, a new
// page begins with the table's head.
func (s *sheet) rows(t table, rows []row) error {
	h := 0.0
	for _, r := range rows {
		h += r.height
	}
	if s.y+h > bottom {
		s.addPage()
		s.tableHead(t)
	}
	if s.y+h > bottom {
		return refuse(CodeTooTall, "an entry of the list is higher than a page; shorten its position or workplace",
			"một dòng của danh sách dài hơn một trang; hãy rút gọn chức vụ, đơn vị")
	}
	for _, r := range rows {
		s.row(t, r)
	}
	return nil
}

func (s *sheet) row(t table, r row) {
	x := marginLeft
	widths := t.widths
	if r.span {
		widths = []float64{bodyWidth}
	}
	s.frame(widths, r.height)
	for i, lines := range r.cells {
		for j, l := range lines {
			s.text(r.face, l, s.cellX(r, i, l, x, widths[i]), s.y+cellPad+float64(j)*r.face.line())
		}
		x += widths[i]
	}
	s.y += r.height
}

// frame draws the lines around the cells of a row as one path.
func (s *sheet) frame(widths []float64, h float64) {
	x, y := marginLeft/pointMM, (pageHeight-s.y)/pointMM
	low := y - h/pointMM
	s.ops = appendNumbers(s.ops[:0], x, low, bodyWidth/pointMM, y-low)
	s.ops = append(s.ops, "re"...)
	for _, w := range widths[:len(widths)-1] {
		x += w / pointMM
		s.ops = append(appendNumbers(append(s.ops, ' '), x, low), "m "...)
		s.ops = append(appendNumbers(s.ops, x, y), 'l')
	}
	s.ops = append(s.ops, " S\n"...)
	s.pdf.RawWriteBuf(bytes.NewReader(s.ops))
}

// cellX centres the running number and puts money to the right.
func (s *sheet) cellX(r row, i int, l string, x, w float64) float64 {
	switch {
	case !r.span && i == 0:
		return x + (w-s.width(r.face, l))/2
	case !r.span && i == 3:
		return x + w - cellPad - s.width(r.face, l)
	}
	return x + cellPad
}

// tableHead prints the head of the table; it is repeated on every page.
func (s *sheet) tableHead(t table) {
	most := 1
	var cells [][]string
	for i, h := range t.heads {
		lines := s.wrap(groupFace, h, t.widths[i]-2*cellPad, t.widths[i]-2*cellPad)
		cells = append(cells, lines)
		most = max(most, len(lines))
	}
	h := float64(most)*groupFace.line() + 2*cellPad
	x := marginLeft
	s.frame(t.widths, h)
	for i, lines := range cells {
		top := s.y + (h-float64(len(lines))*groupFace.line())/2
		for j, l := range lines {
			s.centred(groupFace, l, x+t.widths[i]/2, top+float64(j)*groupFace.line())
		}
		x += t.widths[i]
	}
	s.y += h
}

// total prints the sum of all money under the list.
func (s *sheet) total(t table, sum int64) {
	h := groupFace.line() + 2*cellPad
	if s.y+h > bottom {
		s.addPage()
		s.tableHead(t)
	}
	w, text := bodyWidth-t.widths[3], groupDigits(sum)
	s.frame([]float64{w, t.widths[3]}, h)
	s.centred(groupFace, "Tổng cộng", marginLeft+w/2, s.y+cellPad)
	s.text(groupFace, text, marginLeft+bodyWidth-cellPad-s.width(groupFace, text), s.y+cellPad)
	s.y += h
}
