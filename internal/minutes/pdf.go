package minutes

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/go-pdf/fpdf"

	"vinhdanh/internal/decision"
)

// Measures on A4 in millimetres, as of Decree 30/2020/NĐ-CP, Appendix I; a table's
// text is smaller.
const (
	left, right, top, foot = 30.0, 15.0, 20.0, 20.0
	wide                   = 210 - left - right
	textSize, cellSize     = 13.0, 9.5
	point                  = 25.4 / 72
)

// PDF lays the document out with embedded fonts. The same document gives the same bytes.
func (d Document) PDF() ([]byte, error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	family := decision.Fonts(pdf)
	pdf.SetMargins(left, top, right)
	pdf.SetAutoPageBreak(true, foot)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(epoch)
	pdf.SetModificationDate(epoch)
	pdf.SetTitle(d.Title, true)
	pdf.SetLang("vi")
	pdf.SetCellMargin(1)
	pdf.SetHeaderFunc(func() {
		if pdf.PageNo() > 1 {
			pdf.SetFont(family, "", textSize)
			pdf.SetXY(left, 9)
			pdf.CellFormat(wide, 6, strconv.Itoa(pdf.PageNo()), "", 1, "C", false, 0, "")
			pdf.SetY(top)
		}
	})
	pdf.AddPage()
	p := printer{pdf: pdf, family: family}
	for _, b := range d.Blocks {
		p.block(b)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("minutes: lay out: %w", err)
	}
	return out.Bytes(), nil
}

// printer is the paper while it is being filled.
type printer struct {
	pdf    *fpdf.Fpdf
	family string
}

func (p printer) text(style string, size float64, align, text string, space float64) {
	p.pdf.SetFont(p.family, style, size)
	p.pdf.MultiCell(wide, size*1.25*point, text, "", align, false)
	p.pdf.Ln(space)
}

func (p printer) block(b Block) {
	switch b.Kind {
	case Letterhead:
		p.columns(b, [][2]string{{"B", "B"}, {"", "B"}})
		p.pdf.Ln(4)
	case Title:
		p.text("B", 15, "C", b.Text, 1)
	case Subtitle:
		p.text("B", textSize, "C", b.Text, 3)
	case Heading:
		p.room(20)
		p.text("B", textSize, "L", b.Text, 1)
	case Paragraph:
		p.text("", textSize, "J", b.Text, 1)
	case Note:
		p.text("I", 9, "L", b.Text, 1)
	case Grid:
		p.grid(b)
	case Signatures:
		p.room(60)
		p.pdf.Ln(5)
		p.signatures(b)
	}
}

// room starts a new page unless h millimetres are left on this one.
func (p printer) room(h float64) {
	if p.pdf.GetY()+h > 297-foot {
		p.pdf.AddPage()
	}
}

// columns prints two columns of centred lines, each wrapped in its half.
func (p printer) columns(b Block, styles [][2]string) {
	halves, y := [2]float64{wide * 0.44, wide * 0.56}, p.pdf.GetY() // the motto is longer than a council's name
	low := y
	for side, lines := range [][]string{b.Left, b.Right} {
		p.pdf.SetY(y)
		for i, l := range lines {
			style := ""
			if i < len(styles) {
				style = styles[i][side]
			}
			p.pdf.SetFont(p.family, style, 11.5)
			p.pdf.SetX(left + float64(side)*halves[0])
			p.pdf.MultiCell(halves[side], 5.4, l, "", "C", false)
		}
		low = max(low, p.pdf.GetY())
	}
	p.pdf.SetXY(left, low)
}

// signatures leaves room to sign above the names.
func (p printer) signatures(b Block) {
	name := func(lines []string) string { return lines[len(lines)-1] }
	p.columns(Block{Left: b.Left[:len(b.Left)-1], Right: b.Right[:len(b.Right)-1]}, [][2]string{{"B", "B"}, {"I", "I"}})
	p.pdf.Ln(24)
	p.columns(Block{Left: []string{name(b.Left)}, Right: []string{name(b.Right)}}, [][2]string{{"B", "B"}})
	p.pdf.Ln(8)
}

func (p printer) grid(b Block) {
	sum := 0
	for _, w := range b.Widths {
		sum += w
	}
	widths := make([]float64, len(b.Widths))
	for i, w := range b.Widths {
		widths[i] = wide * float64(w) / float64(sum)
	}
	p.row(b.Heads, widths, "B", nil, b)
	for _, r := range b.Rows {
		p.row(r, widths, "", b.Heads, b)
	}
	p.pdf.Ln(3)
}

// row prints cells of one height; on a new page the heads come first.
func (p printer) row(cells []string, widths []float64, style string, heads []string, b Block) {
	const line = cellSize * 1.2 * point
	p.pdf.SetFont(p.family, style, cellSize)
	most, laid := 1, make([][]string, len(cells))
	for i, c := range cells {
		laid[i] = p.pdf.SplitText(c, widths[i])
		most = max(most, len(laid[i]))
	}
	h := float64(most)*line + 1.6
	if p.pdf.GetY()+h > 297-foot {
		p.pdf.AddPage()
		if heads != nil {
			p.row(heads, widths, "B", nil, b)
			p.pdf.SetFont(p.family, style, cellSize)
		}
	}
	x, y := left, p.pdf.GetY()
	for i, lines := range laid {
		p.pdf.Rect(x, y, widths[i], h, "D")
		align := "L"
		if style == "B" || i == 0 || i > 2 {
			align = "C"
		}
		for j, l := range lines {
			p.pdf.SetXY(x, y+0.8+float64(j)*line)
			p.pdf.CellFormat(widths[i], line, l, "", 0, align, false, 0, "")
		}
		x += widths[i]
	}
	p.pdf.SetXY(left, y+h)
}
