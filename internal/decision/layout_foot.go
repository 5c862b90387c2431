package decision

import "strings"

// The foot: recipients on the left, the signature on the right.
const (
	footLeftWidth  = 72.0
	footRight      = marginLeft + 118.0
	footRightWidth = 84.0
	signSpace      = 28.0 // for ink or the visible signature
)

var (
	toFace   = face{"BI", 12}
	listFace = face{"", 11}
	signFace = face{"B", 14}
)

// Box is a place on a page, in points from its lower left corner.
type Box struct {
	Page           int // from 1
	X0, Y0, X1, Y1 float64
}

// Places says where visible signatures belong: the organisation's over the left
// part of the space between office and name, the signer's beside it.
type Places struct {
	Signer Box
	Seal   Box
}

func (s *sheet) recipients(d Document) []string {
	var lines []string
	for i, r := range d.Recipients {
		end := ";"
		if i == len(d.Recipients)-1 {
			end = "."
		}
		lines = append(lines, s.wrap(listFace, "- "+strings.TrimRight(r, ";.")+end, footLeftWidth, footLeftWidth)...)
	}
	return lines
}

func (s *sheet) signLines(d Document) []string {
	var lines []string
	for _, l := range d.Signing.Lines() {
		lines = append(lines, s.wrap(signFace, l, footRightWidth, footRightWidth)...)
	}
	return lines
}

func (s *sheet) footHeight(d Document) float64 {
	left := toFace.line() + float64(len(s.recipients(d)))*listFace.line()
	name := len(s.wrap(signFace, d.Signing.Name, footRightWidth, footRightWidth))
	right := float64(len(s.signLines(d))+name)*signFace.line() + signSpace
	return max(left, right)
}

// foot prints recipients and signature side by side and returns nothing: the
// places for visible signatures are kept on the sheet.
func (s *sheet) foot(d Document) {
	top := s.y
	s.text(toFace, "Nơi nhận:", marginLeft, s.y)
	s.y += toFace.line()
	for _, l := range s.recipients(d) {
		s.text(listFace, l, marginLeft, s.y)
		s.y += listFace.line()
	}
	left := s.y
	s.y = top
	s.block(signFace, s.signLines(d), footRight)
	s.places = Places{
		Seal:   s.box(footRight-footRightWidth/2, s.y+2, 40, signSpace-4),
		Signer: s.box(footRight-footRightWidth/2+42, s.y+2, 42, signSpace-4),
	}
	s.y += signSpace
	s.block(signFace, s.wrap(signFace, d.Signing.Name, footRightWidth, footRightWidth), footRight)
	s.y = max(s.y, left)
}

func (s *sheet) box(x, y, w, h float64) Box {
	return Box{Page: s.pdf.PageNo(), X0: x / pointMM, X1: (x + w) / pointMM,
		Y0: (pageHeight - y - h) / pointMM, Y1: (pageHeight - y) / pointMM}
}
