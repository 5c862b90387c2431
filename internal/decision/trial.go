package decision

import "time"

// TestSheet is a page on which a signer's key is tried, and where its signature goes. It
// says of itself that it is no document.
func TestSheet(name string, at time.Time) ([]byte, Box, error) {
	const width, height = 210.0, 297.0
	s := newPlate(Design{Width: width, Height: height}, "Bản thử chữ ký số", at.UTC())
	s.pdf.AddPage()
	s.centred(face{"B", 20}, "BẢN THỬ CHỮ KÝ SỐ", width/2, 60)
	for i, l := range []string{
		"Trang này chỉ để thử khóa ký của " + name + ", không phải văn bản và không có giá trị.",
		"Nếu thấy chữ ký dưới đây và trình đọc PDF báo chữ ký hợp lệ thì khóa dùng được.",
		"This page only tries a signing key. It is no document and has no effect.",
	} {
		s.centred(face{"", 12}, l, width/2, 75+float64(i)*8)
	}
	pdf, err := s.bytes()
	const point = 72 / 25.4
	return pdf, Box{Page: 1, X0: 65 * point, Y0: (height - 150) * point, X1: 145 * point, Y1: (height - 120) * point}, err
}
