package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/filecheck"
)

func day() *time.Time {
	d := time.Date(2023, 2, 5, 0, 0, 0, 0, time.UTC)
	return &d
}

func paper() Paper {
	return Paper{Superior: "Ủy ban nhân dân huyện Phụng Hiệp", Issuer: "Phòng Giáo dục và Đào tạo", Number: "45/TTr-PGDĐT", Place: "Phụng Hiệp", Date: day()}
}

func letter() Letter {
	return Letter{
		Paper: paper(), Abstract: "Về việc đề nghị khen thưởng năm học 2022-2023", To: "Ủy ban nhân dân huyện Phụng Hiệp",
		Paragraphs: []string{"Căn cứ kết quả bình xét, kính trình:"}, Groups: []Group{{Award: "Lao động tiên tiến", Individuals: 3, Collectives: 1}},
		Papers: []string{"Báo cáo thành tích"}, Recipients: []string{"Như trên"}, SignerTitle: "Trưởng phòng", Signer: "Trần Văn Minh Họa",
	}
}

func list(rows int) List {
	l := List{Paper: paper(), Title: "Đề nghị khen thưởng", With: "(Kèm theo Tờ trình số 45)", SignerTitle: "Trưởng phòng", Signer: "Trần Văn Minh Họa"}
	s := Section{Award: "Lao động tiên tiến"}
	for range rows {
		s.Rows = append(s.Rows, Row{Name: "Bà H'Hen Niê <Kđăm> & \"Hòa\"", BirthYear: "1980", Where: "Giáo viên, Trường Mẫu", Period: "2022-2023", Achievement: "=1+1\ndòng hai\u0001"})
	}
	l.Sections = []Section{s}
	return l
}

func written(t *testing.T, d *Doc) []byte {
	t.Helper()
	var a, b bytes.Buffer
	require.NoError(t, d.Write(&a))
	require.NoError(t, d.Write(&b))
	require.Equal(t, a.Bytes(), b.Bytes(), "the same document gives the same bytes")
	if dir := os.Getenv("VINHDANH_TEST_KEEP"); dir != "" {
		require.NoError(t, os.WriteFile(dir+"/"+strings.ReplaceAll(strings.ReplaceAll(t.Name(), "/", "-"), " ", "")+".docx", a.Bytes(), 0o600))
	}
	return a.Bytes()
}

// text is every word of the document, and a check that each part is sound XML.
func text(t *testing.T, content []byte) string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	require.NoError(t, err)
	var out strings.Builder
	for _, f := range zr.File {
		r, err := f.Open()
		require.NoError(t, err)
		d := xml.NewDecoder(r)
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			require.NoError(t, err, f.Name)
			if c, ok := tok.(xml.CharData); ok && f.Name == "word/document.xml" {
				out.Write(c)
				out.WriteByte(' ')
			}
		}
	}
	return out.String()
}

func TestALetterSaysWhatDecree30Asks(t *testing.T) {
	t.Parallel()
	content := written(t, letter().Doc())
	got := text(t, content)
	for _, want := range []string{
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 45/TTr-PGDĐT", "Phụng Hiệp, ngày 05 tháng 02 năm 2023", "TỜ TRÌNH",
		"Kính gửi: Ủy ban nhân dân huyện Phụng Hiệp", "1. Lao động tiên tiến: 01 tập thể, 03 cá nhân.", "Nơi nhận:", "TRƯỞNG PHÒNG", "Trần Văn Minh Họa",
	} {
		assert.Contains(t, got, want)
	}
	kind, err := filecheck.Check(content, filecheck.DefaultLimits)
	require.NoError(t, err)
	assert.Equal(t, filecheck.Word, kind, "our own papers may be uploaded")
	l := letter()
	l.Number, l.Date = "", nil
	assert.Contains(t, text(t, written(t, l.Doc())), "ngày      tháng      năm", "what is not known stays open")
}

func TestAListKeepsNamesExactlyAndRunsNothing(t *testing.T) {
	t.Parallel()
	content := written(t, list(60).Doc())
	got := text(t, content)
	assert.Equal(t, 60, strings.Count(got, `Bà H'Hen Niê <Kđăm> & "Hòa"`))
	assert.Contains(t, got, "I. Lao động tiên tiến: 60 trường hợp")
	assert.NotContains(t, got, "\u0001")
	assert.Equal(t, []string{"I", "IV", "IX", "XIV"}, []string{roman(1), roman(4), roman(9), roman(14)})
}

func TestAReportLeavesOpenWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	r := Report{Paper: paper(), Kind: "BÁO CÁO THÀNH TÍCH", Award: "Chiến sĩ thi đua cấp tỉnh", Name: "Bà Nguyễn Thị Mẫu",
		About: [][2]string{{"Họ và tên", "Nguyễn Thị Mẫu"}, {"Năm sinh", ""}}, Titles: [][]string{{"Chiến sĩ thi đua cơ sở", "2021-2022", "12/QĐ"}},
		Initiatives: [][]string{{"Cấp tỉnh", "2021-2022", "5/GCN"}}, SignerTitle: "Trưởng phòng"}
	got := text(t, written(t, r.Doc()))
	for _, want := range []string{"BÁO CÁO THÀNH TÍCH", "Năm sinh: ", "……", "12/QĐ", "SÁNG KIẾN"} {
		assert.Contains(t, got, want)
	}
}
