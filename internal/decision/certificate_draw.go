package decision

import (
	"fmt"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/go-pdf/fpdf"
)

// RenderCertificates lays certificates out by a design, one a page, as one PDF with
// embedded fonts. A text that does not stand in its box even at its smallest size is an
// *Error with CodeTooTall that names the certificate by its place in the list, from 1.
// The same certificates give the same bytes.
func RenderCertificates(d Design, list []Certificate, how Print) ([]byte, error) {
	if len(list) == 0 {
		return nil, refuse(CodeIncomplete, "there is no certificate to print", "không có bằng, giấy nào để in")
	}
	s := newPlate(d, d.Names.VI, list[0].Date)
	for i, c := range list {
		s.pdf.AddPage()
		values := c.values()
		for _, e := range d.Elements {
			if !how.shows(e) {
				continue
			}
			e.X, e.Y = e.X+how.X, e.Y+how.Y
			if err := s.element(e, c, values, how); err != nil {
				err.En, err.Vi = fmt.Sprintf("certificate %d: %s", i+1, err.En), fmt.Sprintf("bằng, giấy thứ %d: %s", i+1, err.Vi)
				return nil, err
			}
		}
	}
	return s.bytes()
}

// newPlate is a sheet of a design's own size without a page.
func newPlate(d Design, title string, at time.Time) *sheet {
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: d.Width, Ht: d.Height}})
	return prepared(pdf, title, at, d.Height)
}

func (s *sheet) element(e Element, c Certificate, values map[string]string, how Print) *Error {
	s.colour(e.Colour)
	switch e.Kind {
	case "frame":
		s.border(e)
	case "rule":
		s.pdf.SetLineWidth(0.4)
		s.pdf.Line(e.X, e.Y, e.X+e.W, e.Y)
	case "qr":
		if link := c.Link(); how.QR && link != "" {
			return s.qr(e, link)
		}
	default:
		if text := e.text(values); text != "" {
			return s.boxed(e, text)
		}
	}
	return nil
}

// colour sets what is drawn and written from here on.
func (s *sheet) colour(hex string) {
	var r, g, b int
	if hex != "" {
		_, _ = fmt.Sscanf(hex, "#%02x%02x%02x", &r, &g, &b) // the form was checked when it was loaded
	}
	s.pdf.SetDrawColor(r, g, b)
	s.pdf.SetFillColor(r, g, b)
}

// boxed prints a text in its box.
func (s *sheet) boxed(e Element, text string) *Error {
	if err := printable(printed{what: e.Text, index: 1, text: strings.ReplaceAll(text, "\n", " ")}); err != nil {
		return refuse(CodeText, "%[1]s", "%[2]s", err.(*Error).En, err.(*Error).Vi)
	}
	f, lines, ok := s.stand(e, text)
	if !ok {
		return refuse(CodeTooTall, "%[1]s is too long for its place even in the smallest letters; shorten it",
			"%[1]s dài quá chỗ dành cho nó dù đã thu nhỏ hết mức; hãy rút gọn", e.Text)
	}
	y := e.Y
	switch left := e.H - float64(len(lines))*f.line(); e.VAlign {
	case "middle":
		y += left / 2
	case "bottom":
		y += left
	}
	for _, l := range lines {
		x := e.X
		switch w := s.width(f, l); e.Align {
		case "":
			x += (e.W - w) / 2
		case "right":
			x += e.W - w
		}
		s.text(f, l, x, y)
		y += f.line()
	}
	return nil
}

// stand finds the greatest size at which a text stands in its box: on one line down to
// the size that the element names, else on lines of nearly one length.
func (s *sheet) stand(e Element, text string) (face, []string, bool) {
	paragraphs := strings.Split(text, "\n")
	for size := e.Size; e.Single > 0 && size >= e.Single; size -= 0.5 {
		f := face{e.Style, size}
		if lines, whole := s.broken(f, paragraphs, e); whole && len(lines) == len(paragraphs) && float64(len(lines))*f.line() <= e.H {
			return f, lines, true
		}
	}
	for size := e.Size; size > e.Min; size -= 0.5 {
		f := face{e.Style, size}
		if lines, whole := s.broken(f, paragraphs, e); whole && float64(len(lines))*f.line() <= e.H {
			return f, lines, true
		}
	}
	f := face{e.Style, e.Min} // at last a word may be broken
	lines, _ := s.broken(f, paragraphs, e)
	return f, lines, float64(len(lines))*f.line() <= e.H
}

// broken breaks paragraphs into the lines of a box and tells whether each word stayed whole.
func (s *sheet) broken(f face, paragraphs []string, e Element) (lines []string, whole bool) {
	whole = true
	for _, p := range paragraphs {
		if e.Align == "" {
			lines = append(lines, s.balance(f, p, e.W)...)
		} else {
			lines = append(lines, s.wrap(f, p, e.W, e.W)...)
		}
		for _, word := range strings.Fields(p) {
			whole = whole && s.width(f, word) <= e.W
		}
	}
	return lines, whole
}

// border draws a double border with a mark in each corner.
func (s *sheet) border(e Element) {
	p := s.pdf
	p.SetLineWidth(1.6)
	p.Rect(e.X, e.Y, e.W, e.H, "D")
	p.SetLineWidth(0.4)
	const in, size = 3.0, 6.5
	p.Rect(e.X+in, e.Y+in, e.W-2*in, e.H-2*in, "D")
	for _, right := range []bool{false, true} {
		for _, low := range []bool{false, true} {
			x, y, dx, dy := e.X+in+1.6, e.Y+in+1.6, 1.0, 1.0
			if right {
				x, dx = e.X+e.W-in-1.6, -1
			}
			if low {
				y, dy = e.Y+e.H-in-1.6, -1
			}
			p.SetLineWidth(0.7)
			p.Line(x, y, x+dx*size*2, y)
			p.Line(x, y, x, y+dy*size*2)
			p.SetLineWidth(0.4)
			p.Curve(x+dx*size*2, y, x+dx*size*0.6, y+dy*size*0.6, x, y+dy*size*2, "D")
			p.Circle(x+dx*3.2, y+dy*3.2, 1.3, "F")
		}
	}
}

// qr draws a link as squares, so that it stays sharp at any size.
func (s *sheet) qr(e Element, link string) *Error {
	code, err := qr.Encode(link, qr.M, qr.Auto)
	if err != nil {
		return refuse(CodeText, "the link does not fit a QR code: %[1]v", "liên kết không đưa vào mã QR được: %[1]v", err)
	}
	n := code.Bounds().Dx()
	m := e.W / float64(n)
	for row := range n {
		for from := 0; from < n; from++ {
			to := from
			for to < n && dark(code.At(to, row)) {
				to++
			}
			if to > from {
				s.pdf.Rect(e.X+float64(from)*m, e.Y+float64(row)*m, float64(to-from)*m, m, "F")
			}
			from = to
		}
	}
	return nil
}
