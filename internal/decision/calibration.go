package decision

import (
	"fmt"
	"image/color"
	"time"
)

func dark(c color.Color) bool {
	r, _, _, _ := c.RGBA()
	return r < 0x8000
}

// Calibration is the sheet by which a printer is set for a design's stock: rulers and
// cross-hairs at whole millimetres of the paper, and the box of each field where an
// offset puts it. It is printed on plain paper of the stock's size, at 100 %, and laid
// over the stock against the light.
func Calibration(d Design, x, y float64) ([]byte, error) {
	s := newPlate(d, "Hiệu chỉnh máy in: "+d.Names.VI, time.Unix(0, 0).UTC())
	s.pdf.AddPage()
	s.rulers(d)
	for _, at := range [][2]float64{{20, 20}, {d.Width - 20, 20}, {20, d.Height - 20}, {d.Width - 20, d.Height - 20}, {d.Width / 2, d.Height / 2}} {
		s.crossHair(at[0]+x, at[1]+y)
	}
	s.pdf.SetLineWidth(0.1)
	for _, e := range d.Elements {
		if (Print{Stock: true}).shows(e) {
			s.pdf.Rect(e.X+x, e.Y+y, e.W, e.height(), "D")
			if e.Kind == "" {
				s.text(face{"", 6}, e.Text, e.X+x+0.5, e.Y+y)
			}
		}
	}
	for i, l := range []string{
		fmt.Sprintf("%s – lệch đã đặt: %.1f mm sang phải, %.1f mm xuống dưới.", d.Names.VI, x, y),
		"In 100 % trên giấy thường cùng khổ, đặt chồng lên phôi; đo khoảng lệch của dấu cộng so với thước rồi cộng thêm vào số đã đặt.",
		fmt.Sprintf("%s – offset set: %.1f mm right, %.1f mm down. Print at 100 %% on plain paper, lay it over the stock, measure, and add to the offset.", d.Names.EN, x, y),
	} {
		s.text(face{"", 7.5}, l, 26, 24+float64(i)*3.4)
	}
	return s.bytes()
}

// rulers draws a millimetre scale along the upper and the left edge, as the printer puts it.
func (s *sheet) rulers(d Design) {
	const edge = 8.0
	s.pdf.SetLineWidth(0.1)
	for mm := 10; mm <= int(max(d.Width, d.Height))-10; mm++ {
		at, long := float64(mm), 1.5
		switch {
		case mm%10 == 0:
			long = 4
		case mm%5 == 0:
			long = 2.5
		}
		if at <= d.Width-10 {
			s.pdf.Line(at, edge, at, edge+long)
		}
		if at <= d.Height-10 {
			s.pdf.Line(edge, at, edge+long, at)
		}
		if mm%10 != 0 {
			continue
		}
		n := fmt.Sprint(mm)
		if at <= d.Width-10 {
			s.centred(face{"", 6}, n, at, edge+4)
		}
		if at <= d.Height-10 {
			s.text(face{"", 6}, n, edge+4.5, at-1.2)
		}
	}
}

func (s *sheet) crossHair(x, y float64) {
	s.pdf.SetLineWidth(0.2)
	s.pdf.Line(x-8, y, x+8, y)
	s.pdf.Line(x, y-8, x, y+8)
	s.pdf.Circle(x, y, 4, "D")
}
