package decision

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// vietnamese is the alphabet with all its tones: 12 vowels in 6 tones, đ, and the consonants.
const vietnamese = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestRenderReadsLikeDecision328(t *testing.T) {
	t.Parallel()
	pdf := mustRender(t, mustBuild(t, sampleInput()))
	text := squeeze(pdfText(t, pdf, "-raw"))
	at := 0
	for _, part := range []string{
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 328/QĐ-UBND", "Hậu Giang, ngày 12 tháng 3 năm 2018",
		"QUYẾT ĐỊNH", "Về việc công nhận danh hiệu Tập thể lao động xuất sắc cho 01 tập thể", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẬU GIANG",
		"Căn cứ Luật Tổ chức chính quyền địa phương", "Xét đề nghị của Giám đốc Sở Nội vụ,", "QUYẾT ĐỊNH:", "Điều 1. Công nhận danh hiệu",
		"1.950.000 đồng", "Điều 2.", "kể từ ngày ký./.", "Nơi nhận:", "- Như Điều 2;", "- Lưu: VT, TH.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu",
	} {
		i := strings.Index(text[at:], part)
		require.GreaterOrEqual(t, i, 0, "%q is missing or out of order in\n%s", part, text)
		at += i + len(part)
	}
	require.Contains(t, text, "ỦY BAN NHÂN DÂN TỈNH HẬU GIANG")
	out, err := tool(t, pdf, "qpdf", "--check", "FILE")
	require.NoError(t, err, out)
	require.Contains(t, out, "PDF Version: 1.7")
}

func TestRenderLeavesNumberAndDateOpen(t *testing.T) {
	t.Parallel()
	in := listInput(0, 4, 0)
	in.Number, in.Date, in.Drafted = "", time.Time{}, civil(2018, 3, 1)
	pdf := mustRender(t, mustBuild(t, in))
	require.Regexp(t, `Số: +/QĐ-UBND`, pdfText(t, pdf, "-layout"))
	filled, err := FillNumber(pdf, "7", civil(2018, 2, 5))
	require.NoError(t, err)
	text := squeeze(pdfText(t, filled, "-layout"))
	require.Contains(t, text, "Số: 7/QĐ-UBND Hậu Giang, ngày 05 tháng 02 năm 2018")
	require.Contains(t, text, "(Kèm theo Quyết định số 7/QĐ-UBND ngày 05 tháng 02 năm 2018 của Chủ tịch Ủy ban nhân dân tỉnh Hậu Giang)")
	out, err := tool(t, filled, "qpdf", "--check", "FILE")
	require.NoError(t, err, out)

	_, err = FillNumber(filled, "8", civil(2018, 2, 6))
	requireCode(t, err, CodeNumbered)
	_, err = FillNumber(mustRender(t, mustBuild(t, sampleInput())), "8", civil(2018, 2, 6))
	requireCode(t, err, CodeNoFields)
	_, err = FillNumber(pdf, "8) Tj (", civil(2018, 2, 6))
	requireCode(t, err, CodeIncomplete)
}

func TestRenderIsDeterministic(t *testing.T) {
	t.Parallel()
	doc := mustBuild(t, listInput(3, 40, 2))
	first := mustRender(t, doc)
	for range 3 {
		require.Equal(t, first, mustRender(t, doc))
	}
	doc.Number, doc.Date, doc.Drafted = "", time.Time{}, civil(2018, 3, 1)
	require.Equal(t, mustRender(t, doc), mustRender(t, doc))
}

func TestRenderPrintsEveryVietnameseLetter(t *testing.T) {
	t.Parallel()
	in := listInput(0, 0, 0)
	var letters []string
	for _, r := range vietnamese + strings.ToUpper(vietnamese) {
		letters = append(letters, string(r))
	}
	require.Len(t, letters, 146, "12 vowels in 6 tones and đ, small and capital: 134 of them beyond ASCII")
	for i := 0; i < len(letters); i += 10 {
		in.Awards[0].Items = append(in.Awards[0].Items, Item{Kind: Individual, Entry: Entry{Name: strings.Join(letters[i:min(i+10, len(letters))], "")}})
	}
	for _, name := range []string{"Hòa Hoà Thủy Thuỷ", "H'Hen Niê", "Y Čih Ƀuôn Ya", "Ơ̆ng Krông", "Thượng tọa Thích Thanh Mẫn", "a\\b(c)"} {
		in.Awards[0].Items = append(in.Awards[0].Items, Item{Kind: Individual, Entry: Entry{Name: name}})
	}
	text := pdfText(t, mustRender(t, mustBuild(t, in)), "-raw")
	require.True(t, norm.NFC.IsNormalString(text))
	for i, item := range in.Awards[0].Items {
		require.Contains(t, text, fmt.Sprintf("%d %s", i+1, item.Entry.Name))
	}
}

var rowStart = regexp.MustCompile(`^(\d+) (Ông|Bà) (.+?) Chuyên viên`)

func TestRenderNamesAThousandInOrder(t *testing.T) {
	t.Parallel()
	in := listInput(0, 1000, 0)
	pdf := mustRender(t, mustBuild(t, in))
	n := 0
	for page, text := range strings.Split(pdfText(t, pdf, "-raw"), "\f") {
		if page > 0 && strings.TrimSpace(text) != "" {
			require.Equal(t, 1, strings.Count(text, "STT"), "page %d repeats the table's head", page+1)
		}
		lines := strings.Split(text, "\n")
		if page > 1 && strings.TrimSpace(text) != "" {
			require.Equal(t, strconv.Itoa(page), strings.TrimSpace(lines[0]), "the annex counts its own pages")
		}
		for _, line := range lines {
			m := rowStart.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			require.Equal(t, strconv.Itoa(n+1), m[1])
			require.Equal(t, personName(n), m[3])
			n++
		}
	}
	require.Equal(t, 1000, n)
}

func TestRenderKeepsLongNamesWholeOnOnePage(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Nguyễn Phúc Tôn Nữ Công Huyền ", 6) + "Mẫu"
	in := listInput(0, 60, 0)
	for i := range in.Awards[0].Items {
		in.Awards[0].Items[i].Entry.Name = fmt.Sprintf("%s%d", long, i)
	}
	pages := strings.Split(pdfText(t, mustRender(t, mustBuild(t, in)), "-raw"), "\f")
	for i := range 60 {
		on := 0
		for _, page := range pages {
			name := regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(fmt.Sprintf("Ông %s%d", long, i)), " ", `\s`) + `\s`)
			if i%2 == 1 {
				name = regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(fmt.Sprintf("Bà %s%d", long, i)), " ", `\s`) + `\s`)
			}
			on += len(name.FindAllString(page, -1))
		}
		require.Equal(t, 1, on, "name %d", i)
	}
	in.Awards[0].Items[3].Entry.Position = strings.Repeat("dài ", 2000)
	_, err := Render(mustBuild(t, in))
	requireCode(t, err, CodeTooTall)
}

func TestRenderBreaksAWordWiderThanItsCell(t *testing.T) {
	t.Parallel()
	in := listInput(0, 4, 0)
	in.Awards[0].Items[0].Entry.Name = strings.Repeat("Ư", 60)
	text := pdfText(t, mustRender(t, mustBuild(t, in)), "-raw")
	require.Equal(t, 60, strings.Count(text, "Ư"))
}

func TestRenderNeverLeavesTheSignatureAlone(t *testing.T) {
	t.Parallel()
	for bases := 1; bases < 40; bases++ {
		in := sampleInput()
		in.Bases = nil
		for i := range bases {
			in.Bases = append(in.Bases, fmt.Sprintf("Căn cứ văn bản mẫu số %d", i+1))
		}
		pages := strings.Split(strings.TrimRight(pdfText(t, mustRender(t, mustBuild(t, in)), "-raw"), "\f"), "\f")
		last := pages[len(pages)-1]
		require.Contains(t, last, "Trần Văn Mẫu")
		require.Contains(t, last, "Điều 2.", "%d bases", bases)
	}
}
