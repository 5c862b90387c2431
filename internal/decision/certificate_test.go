package decision

import (
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// certificate is one of an invented person, under a decision of a form that exists.
func certificate(e Entry) Certificate {
	return Certificate{
		Authority: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẬU GIANG", Verb: "tặng", Award: "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
		Kind: Individual, Entry: e, Achievement: "đã có thành tích xuất sắc trong phong trào thi đua chào mừng kỷ niệm 20 năm thành lập tỉnh Hậu Giang",
		Period: "năm 2023", Decision: "2011/QĐ-UBND", Date: civil(2023, 11, 15), Place: "Hậu Giang",
		Signing: Signing{Mode: ModeKT, Office: "CHỦ TỊCH", Title: "PHÓ CHỦ TỊCH", Name: "Trần Văn Mẫu"},
		Code:    "0123456789ABCDEF", Verify: "https://khenthuong.example/verify", Gold: 17, Year: 2023,
	}
}

var longEntries = []Entry{
	{Form: "Ông", Name: "Nguyễn Văn Ví Dụ", Position: "Hiệu trưởng", Workplace: "Trường Tiểu học Mẫu 1, huyện Phụng Hiệp"},
	{Form: "Thượng tọa", Name: "Thích Giả Định Minh Họa", Position: "Trưởng Ban Trị sự Giáo hội Phật giáo Việt Nam huyện Mẫu, Trụ trì chùa Ví Dụ"},
	{Name: "Nhân dân và cán bộ xã Ví Dụ, huyện Minh Họa, tỉnh Hậu Giang"},
	{Name: "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông, nông nghiệp và phát triển nông thôn khu vực đồng bằng sông Cửu Long trực thuộc Sở Mẫu",
		Workplace: "Sở Giao thông vận tải – Nông nghiệp và Phát triển nông thôn tỉnh Hậu Giang"},
	{Form: "Bà", Name: "H'Hen Niê Kđăm Mẫu", Position: "Phó Chủ tịch Hội Liên hiệp Phụ nữ"},
}

func all(t *testing.T) []Certificate {
	t.Helper()
	var out []Certificate
	for _, e := range longEntries {
		out = append(out, certificate(e))
	}
	return out
}

func TestCertificatesPrintEveryDesign(t *testing.T) {
	t.Parallel()
	for _, d := range DefaultDesigns().List {
		for name, how := range map[string]Print{"blank": {QR: true}, "stock": {Stock: true, QR: true, X: 1.5, Y: -0.5}} {
			pdf, err := RenderCertificates(d, all(t), how)
			require.NoError(t, err, d.Code)
			again, err := RenderCertificates(d, all(t), how)
			require.NoError(t, err)
			require.Equal(t, pdf, again, "the same certificates give the same bytes")
			out, err := tool(t, pdf, "qpdf", "--check", "FILE")
			require.NoError(t, err, out)
			text := squeeze(pdfText(t, pdf, "-raw"))
			require.Equal(t, name == "blank" && d.Code != "co", strings.Contains(text, "Độc lập - Tự do - Hạnh phúc"), "%s %s", d.Code, name)
			for _, words := range []string{"2011/QĐ-UBND", "17/2023"} {
				require.Equal(t, len(longEntries), strings.Count(text, words), "%s %s %s", d.Code, name, words)
			}
			if d.Code != "co" {
				require.Contains(t, text, "Ông Nguyễn Văn Ví Dụ")
				require.Contains(t, text, "KT. CHỦ TỊCH PHÓ CHỦ TỊCH")
				require.Contains(t, text, "Hậu Giang, ngày 15 tháng 11 năm 2023")
			}
			keepFile(t, d.Code+"-"+name+".pdf", pdf)
		}
		sheet, err := Calibration(d, 1.5, -0.5)
		require.NoError(t, err)
		out, err := tool(t, sheet, "qpdf", "--check", "FILE")
		require.NoError(t, err, out)
		require.Contains(t, pdfText(t, sheet, "-raw"), "1.5 mm sang phải")
		keepFile(t, d.Code+"-calibration.pdf", sheet)
	}
}

// keepFile writes a document where VINHDANH_TEST_KEEP names a folder, to look at.
func keepFile(t *testing.T, name string, data []byte) {
	if dir := os.Getenv("VINHDANH_TEST_KEEP"); dir != "" {
		require.NoError(t, os.WriteFile(dir+"/"+name, data, 0o600))
	}
}

// TestNoCertificateOverflows: whatever the length, each line is within its box, lines
// are of nearly one length, and what cannot stand is refused.
func TestNoCertificateOverflows(t *testing.T) {
	t.Parallel()
	refused, wrapped := 0, 0
	for _, d := range DefaultDesigns().List {
		s := newPlate(d, "x", civil(2023, 1, 1))
		for _, e := range d.Elements {
			for n := 1; e.Kind == "" && n <= 60; n += (n + 2) / 2 {
				text := strings.TrimSpace(strings.Repeat("Nguyễn Thị Hoàng Ơn ", n))
				f, lines, ok := s.stand(e, text)
				if !ok {
					refused++
					continue
				}
				require.Equal(t, text, strings.Join(lines, " "), "not a letter is lost")
				require.LessOrEqual(t, float64(len(lines))*f.line(), e.H+0.001)
				require.GreaterOrEqual(t, f.size, e.Min)
				least, most := e.W, 0.0
				for _, l := range lines {
					w := s.width(f, l)
					require.LessOrEqual(t, w, e.W+0.001)
					least, most = min(least, w), max(most, w)
				}
				if len(lines) > 1 {
					wrapped++
					require.False(t, f.size >= e.Single && e.Single > 0 && s.width(face{f.style, e.Single}, text) <= e.W, "it would have stood on one line")
				}
				if e.Align == "" && len(lines) == 2 {
					require.Greater(t, least, most*0.55, "two lines of nearly one length: %q", lines)
				}
			}
		}
	}
	require.Positive(t, refused)
	require.Positive(t, wrapped)
	long := certificate(Entry{Name: strings.Repeat("Ban Chỉ đạo ", 150)})
	_, err := RenderCertificates(DefaultDesigns().List[0], []Certificate{certificate(longEntries[0]), long}, Print{})
	requireCode(t, err, CodeTooTall)
	require.Contains(t, err.Error(), "certificate 2")
	_, err = RenderCertificates(DefaultDesigns().List[0], []Certificate{certificate(Entry{Name: "Tên có ký tự \u4e2d"})}, Print{})
	requireCode(t, err, CodeText)
}

// TestCityAndVerbAreTheDecisionsOwn: what the law's data make of city and verb stands
// on the certificate as it stands in the decision.
func TestCityAndVerbAreTheDecisionsOwn(t *testing.T) {
	t.Parallel()
	in := listInput(0, 2, 0)
	in.Authority, in.Awards[0].Verb, in.Awards[0].Award = "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", "công nhận danh hiệu", "Chiến sĩ thi đua thành phố"
	in.Awards = append(in.Awards, AwardPart{Verb: "truy tặng", Award: "Bằng khen", Items: []Item{{Kind: Individual, Entry: Entry{Form: "Ông", Name: "Lê Văn Đã Mất", Money: 5}}}})
	for i, want := range []string{"CÔNG NHẬN DANH HIỆU CHIẾN SĨ THI ĐUA THÀNH PHỐ", "CÔNG NHẬN DANH HIỆU CHIẾN SĨ THI ĐUA THÀNH PHỐ", "TRUY TẶNG BẰNG KHEN"} {
		c, err := CertificateOf(in, i)
		require.NoError(t, err)
		require.Zero(t, c.Entry.Money)
		d, ok := DefaultDesigns().ByCode("danh-hieu")
		require.True(t, ok)
		pdf, err := RenderCertificates(d, []Certificate{c}, Print{})
		require.NoError(t, err)
		require.Contains(t, squeeze(pdfText(t, pdf, "-raw")), "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ "+want)
	}
	_, err := CertificateOf(in, 3)
	requireCode(t, err, CodeIncomplete)
	in.Number = ""
	_, err = CertificateOf(in, 0)
	requireCode(t, err, CodeIncomplete)
}

func TestDesignsAreReadStrictly(t *testing.T) {
	t.Parallel()
	good := string(builtIn)
	for _, wrong := range [][2]string{
		{"width: 297", "width: 29700"}, {"book: bang-khen", "book: none"}, {"mark: unconfirmed", "mark: surely"}, {`"{name}"`, `"{nobody}"`},
		{"x: 8, y: 8, w: 281", "x: 8, y: 8, w: 400"}, {"#b07d12", "gold"}, {"kind: qr", "kind: photo"}, {"code: giay-khen\n", "code: bang-khen\n"}, {"height: 210", "tall: 210"},
	} {
		_, err := ParseDesigns([]byte(strings.Replace(good, wrong[0], wrong[1], 1)))
		require.Error(t, err, wrong[1])
	}
	d := DefaultDesigns()
	for award, want := range map[string]string{"BKT-PT": "bang-khen", "GK-X": "giay-khen", "CTDT": "co", "CSTDT": "danh-hieu", "KNCT": "danh-hieu"} {
		got, ok := d.For(award)
		require.True(t, ok)
		require.Equal(t, want, got.Code)
	}
}

// TestTheCodeIsThere: the QR code is printed where it is wanted, in the picture of the page.
func TestTheCodeIsThere(t *testing.T) {
	t.Parallel()
	d := DefaultDesigns().List[0]
	darkness := func(how Print) int {
		pdf, err := RenderCertificates(d, []Certificate{certificate(longEntries[0])}, how)
		require.NoError(t, err)
		out, err := tool(t, pdf, "pdftoppm", "-r", "72", "-png", "-singlefile", "FILE")
		require.NoError(t, err)
		img, err := png.Decode(strings.NewReader(out))
		require.NoError(t, err)
		n := 0
		for x := 393; x < 449; x++ { // the box of the code: 20 mm from 138.5, 168 mm
			for y := 477; y < 533; y++ {
				if dark(img.At(x, y)) {
					n++
				}
			}
		}
		return n
	}
	require.Greater(t, darkness(Print{QR: true}), 900)
	require.Zero(t, darkness(Print{}))
}
