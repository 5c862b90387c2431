package decision

import (
	"crypto"
	"crypto/x509"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// All people and units below are invented; only the form is that of a real decision.

func civil(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func sampleInput() Input {
	return Input{
		Issuer:    []string{"ỦY BAN NHÂN DÂN", "TỈNH HẬU GIANG"},
		Authority: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẬU GIANG", AuthorityText: "Chủ tịch Ủy ban nhân dân tỉnh Hậu Giang",
		Number: "328", Symbol: "QĐ-UBND", Place: "Hậu Giang", Date: civil(2018, 3, 12),
		Bases: []string{
			"Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
			"Căn cứ Luật Thi đua, Khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số điều của Luật Thi đua, Khen thưởng ngày 14 tháng 6 năm 2005 và ngày 16 tháng 11 năm 2013",
			"Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ",
		},
		Proposer: "Giám đốc Sở Nội vụ",
		Awards: []AwardPart{{
			Verb: "công nhận danh hiệu", Award: "Tập thể lao động xuất sắc",
			Achievement: "đã có thành tích hoàn thành xuất sắc nhiệm vụ", Period: "năm 2017",
			Items: []Item{{Kind: Collective, Entry: Entry{Name: "Phòng Nghiệp vụ mẫu", Workplace: "Sở Mẫu tỉnh Hậu Giang", Money: 1950000}}},
		}},
		Executors:  "Giám đốc: Sở Nội vụ, Sở Tài chính; Thủ trưởng các cơ quan, đơn vị có liên quan",
		Recipients: []string{"Ban Thi đua - Khen thưởng tỉnh"}, Filing: "VT, TH",
		Signing: Signing{Mode: ModeKT, Office: "CHỦ TỊCH", Title: "PHÓ CHỦ TỊCH", Name: "Trần Văn Mẫu"},
	}
}

// listInput has c collectives, p people and h households, given mixed.
func listInput(c, p, h int) Input {
	in := sampleInput()
	part := AwardPart{Verb: "tặng", Award: "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
		Achievement: "đã có thành tích xuất sắc trong phong trào thi đua chào mừng kỷ niệm 20 năm thành lập tỉnh Hậu Giang", Period: "năm 2023"}
	for i := range max(c, p, h) {
		if i < h {
			part.Items = append(part.Items, Item{Kind: Household, Entry: Entry{Form: "Hộ ông", Name: personName(i + 7), Workplace: "ấp Mẫu, xã Ví Dụ", Money: 2700000}})
		}
		if i < p {
			part.Items = append(part.Items, Item{Kind: Individual, Entry: Entry{Form: []string{"Ông", "Bà"}[i%2], Name: personName(i),
				Position: "Chuyên viên", Workplace: fmt.Sprintf("Phòng Mẫu số %d, Sở Ví Dụ", i%17+1), Money: 1800000}})
		}
		if i < c {
			part.Items = append(part.Items, Item{Kind: Collective, Entry: Entry{Name: fmt.Sprintf("Phòng Ví dụ số %d", i+1), Workplace: "Sở Mẫu", Money: 3600000}})
		}
	}
	in.Awards = []AwardPart{part}
	return in
}

// personName gives an invented name; different for every i below 8,000.
func personName(i int) string {
	family := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Danh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Thạch", "Kim", "Sơn", "Trương", "Mai", "Tô"}
	middle := []string{"Văn", "Thị", "Hữu", "Ngọc", "Thị Mỹ", "Minh", "Quốc", "Thanh", "Thị Kim", "Hoàng", "Đức", "Công", "Xuân", "Thị Bích", "Thúy", "Gia", "Phước", "Trọng", "Bảo", "Tấn"}
	given := []string{"An", "Bình", "Hòa", "Hoà", "Thủy", "Thuỷ", "Lắm", "Quỳnh", "Ưng", "Đẹp", "Nghĩa", "Tuyết", "Phượng", "Khởi", "Vẹn", "Sậu", "Nhỡ", "Cẩm", "Ửng", "Mười"}
	return family[i%20] + " " + middle[i/20%20] + " " + given[i/400%20]
}

func mustBuild(t testing.TB, in Input) Document {
	t.Helper()
	doc, err := Build(in)
	require.NoError(t, err)
	return doc
}

func mustRender(t testing.TB, doc Document) []byte {
	t.Helper()
	pdf, err := Render(doc)
	require.NoError(t, err)
	return pdf
}

// tool runs a program of poppler-utils or qpdf over the PDF, given as FILE in args.
func tool(t testing.TB, pdf []byte, name string, args ...string) (string, error) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is missing: install it with `apt-get install -y poppler-utils qpdf`", name)
	}
	file := writeTemp(t, pdf)
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "FILE", file)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	return string(out), err
}

func pdfText(t testing.TB, pdf []byte, options ...string) string {
	t.Helper()
	out, err := tool(t, pdf, "pdftotext", append(options, "FILE", "-")...)
	require.NoError(t, err, out)
	return out
}

func writeTemp(t testing.TB, pdf []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "decision.pdf")
	require.NoError(t, os.WriteFile(file, pdf, 0o600))
	return file
}

// testKey is made once: RSA keys take their time.
type testKey struct {
	key  crypto.Signer
	cert *x509.Certificate
	err  error
}

var (
	signerKey = sync.OnceValue(func() testKey { return newTestKey("Trần Văn Mẫu") })
	sealKey   = sync.OnceValue(func() testKey { return newTestKey("Ủy ban nhân dân tỉnh Hậu Giang") })
)

func newTestKey(name string) testKey {
	key, cert, err := SelfSigned(name, "Cơ quan mẫu", civil(2018, 1, 1))
	return testKey{key, cert, err}
}

// signature signs with a test key at half past nine on the day of the sample.
func signature(t testing.TB, k testKey, name string) Signature {
	t.Helper()
	require.NoError(t, k.err)
	at := time.Date(2018, 3, 12, 9, 30, 0, 0, time.FixedZone("", 7*3600))
	return Signature{Signer: k.key, Chain: []*x509.Certificate{k.cert}, Name: name, Reason: "Ký ban hành", Location: "Hậu Giang", Time: at}
}

func roots(keys ...testKey) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, k := range keys {
		pool.AddCert(k.cert)
	}
	return pool
}

// issued takes a document all the way: certified by the signer, numbered, sealed.
func issued(t testing.TB, in Input) (signed, sealed []byte) {
	t.Helper()
	in.Number, in.Date, in.Drafted = "", time.Time{}, civil(2018, 3, 10)
	pdf, places, err := Layout(mustBuild(t, in))
	require.NoError(t, err)
	first := signature(t, signerKey(), "Trần Văn Mẫu")
	first.Certify, first.Place, first.Appearance = true, &places.Signer, AppearanceLines(first.Name, first.Time)
	signed, err = Sign(pdf, first)
	require.NoError(t, err)
	numbered, err := FillNumber(signed, "329", civil(2018, 3, 12))
	require.NoError(t, err)
	second := signature(t, sealKey(), "Ủy ban nhân dân tỉnh Hậu Giang")
	second.Place, second.Appearance = &places.Seal, AppearanceLines(second.Name, second.Time)
	sealed, err = Sign(numbered, second)
	require.NoError(t, err)
	return signed, sealed
}

func requireCode(t testing.TB, err error, code string) {
	t.Helper()
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, code, e.Code, e.Error())
	require.NotEmpty(t, e.Vi)
}
