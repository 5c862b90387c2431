package decision

import "time"

// Centres of the two columns at the head of the first page.
const (
	headLeft       = marginLeft + 32.0
	headLeftWidth  = 66.0
	headRight      = marginLeft + 114.0
	headRightWidth = 96.0
)

// head prints parts 1 to 5 of Appendix I: national name and motto, issuing
// body, number, place and date, kind and abstract.
func (s *sheet) head(d Document) {
	if d.Code != "" {
		line := "Mã tra cứu: " + PrintCode(d.Code)
		if d.Verify != "" {
			line += " tại " + d.Verify
		}
		s.text(face{"I", 9}, line, marginLeft, pageHeight-14)
	}
	top := s.y
	s.headIssuer(d)
	left := s.y
	s.y = top
	s.headNation()
	s.y = max(s.y, left) + 3
	s.segments(face{"", 13}, append([]segment{{text: "Số: "}}, d.numbered()...), headLeft, s.y)
	s.segments(face{"I", 14}, append([]segment{{text: d.Place + ", "}}, d.dated()...), headRight, s.y)
	s.y += face{"", 14}.line() + 6
	s.headTitle(d)
}

func (s *sheet) headNation() {
	s.block(face{"B", 12.5}, []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}, headRight)
	motto, f := "Độc lập - Tự do - Hạnh phúc", face{"B", 14}
	s.block(f, []string{motto}, headRight)
	s.rule(headRight, s.y+0.6, s.width(f, motto))
	s.y += 1.5
}

func (s *sheet) headIssuer(d Document) {
	if d.Superior != "" {
		f := face{"", 12.5}
		s.block(f, s.balance(f, d.Superior, headLeftWidth), headLeft)
	}
	f, widest := face{"B", 13}, 0.0
	for _, text := range d.Issuer {
		lines := s.balance(f, text, headLeftWidth)
		for _, l := range lines {
			widest = max(widest, s.width(f, l))
		}
		s.block(f, lines, headLeft)
	}
	s.rule(headLeft, s.y+0.6, widest*0.45)
	s.y += 1.5
}

func (s *sheet) headTitle(d Document) {
	f := face{"B", 14}
	s.block(f, []string{d.Kind}, centre)
	lines := s.balance(f, d.Abstract, bodyWidth-10)
	s.block(f, lines, centre)
	s.rule(centre, s.y+0.8, s.width(f, lines[len(lines)-1])*0.4+10)
	s.y += 6
	s.block(f, s.balance(f, d.Authority, bodyWidth), centre)
	s.y += 3
}

// fileDate dates the file: the date of issue, or of the draft before it.
func (d Document) fileDate() time.Time {
	if d.Date.IsZero() {
		return d.Drafted.UTC()
	}
	y, m, day := d.Date.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}
