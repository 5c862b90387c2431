package decision

import "fmt"

// Body text: 14 points, first line indented, 6 points between paragraphs.
var (
	bodyFace  = face{"", 14}
	basisFace = face{"I", 14}
	leadFace  = face{"B", 14}
)

const (
	indent     = 12.7
	paraGap    = 6 * pointMM
	keepWhole  = (bottom - marginTop) / 3 // lower paragraphs are never split
	endMark    = "./."
	footBefore = 5.0
)

// para is a paragraph laid into lines; lead is printed bold before the first.
type para struct {
	face  face
	lead  string
	lines []string
}

func (p para) height() float64 { return float64(len(p.lines))*p.face.line() + paraGap }

func (s *sheet) para(f face, lead, text string) para {
	return para{face: f, lead: lead, lines: s.wrap(f, text, bodyWidth-indent-s.leadWidth(lead), bodyWidth)}
}

func (s *sheet) leadWidth(lead string) float64 {
	if lead == "" {
		return 0
	}
	return s.width(leadFace, lead+" ")
}

// draw prints a paragraph. One that is lower than a third of a page stays
// whole, so that no name in it is split over two pages; a higher one leaves at
// least two lines on either page.
func (s *sheet) draw(p para) {
	h := p.height() - paraGap
	if h <= keepWhole {
		s.room(h)
	}
	fit := int((bottom - s.y) / p.face.line())
	if total := len(p.lines); fit < total {
		switch {
		case fit < 2:
			fit = 0
		case total-fit == 1:
			fit--
		}
	}
	for i, l := range p.lines {
		if i == fit || s.y+p.face.line() > bottom {
			s.addPage()
		}
		s.bodyLine(p, i, l)
		s.y += p.face.line()
	}
	s.y += paraGap
}

func (s *sheet) bodyLine(p para, i int, l string) {
	x, w := marginLeft, bodyWidth
	if i == 0 {
		x, w = x+indent, w-indent
		if p.lead != "" {
			s.text(leadFace, p.lead, x, s.y)
			x, w = x+s.leadWidth(p.lead), w-s.leadWidth(p.lead)
		}
	}
	if i == len(p.lines)-1 {
		s.text(p.face, l, x, s.y)
		return
	}
	s.justified(p.face, l, x, s.y, w)
}

// body prints bases, enacting words and articles. The last paragraph stays with
// the signature, so that no page bears a signature alone.
func (s *sheet) body(d Document) {
	for _, b := range d.Bases {
		s.draw(s.para(basisFace, "", b))
	}
	s.y += 2
	s.room(3 * leadFace.line())
	s.block(leadFace, []string{d.Enacting}, centre)
	s.y += 3
	paras := s.articles(d)
	last := len(paras) - 1
	for _, p := range paras[:last] {
		s.draw(p)
	}
	s.room(paras[last].height() + footBefore + s.footHeight(d))
	s.draw(paras[last])
	s.y += footBefore
	s.foot(d)
}

func (s *sheet) articles(d Document) []para {
	var out []para
	for i, a := range d.Articles {
		for j, text := range a.Paragraphs {
			if i == len(d.Articles)-1 && j == len(a.Paragraphs)-1 {
				text = closing(text)
			}
			lead := ""
			if j == 0 {
				lead = fmt.Sprintf("Điều %d.", i+1)
			}
			out = append(out, s.para(bodyFace, lead, text))
		}
	}
	return out
}

// closing ends the text with the mark "./." of Decree 30/2020.
func closing(text string) string {
	for len(text) > 0 && (text[len(text)-1] == '.' || text[len(text)-1] == '/') {
		text = text[:len(text)-1]
	}
	return text + endMark
}
