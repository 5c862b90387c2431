package decision

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/office/officetest"
)

// wordOf writes a draft for Word.
func wordOf(t testing.TB, in Input) []byte {
	t.Helper()
	b, err := Word(mustBuild(t, in))
	require.NoError(t, err)
	return b
}

func swap(old, to string) func(string) string {
	return func(xml string) string { return strings.Replace(xml, old, to, 1) }
}

// TestWordingComesBackFromWord: what nobody changed is the same text, and a changed
// wording is what the document says then.
func TestWordingComesBackFromWord(t *testing.T) {
	t.Parallel()
	in := listInput(2, 5, 1)
	for name, in := range map[string]Input{"in the annex": in, "in the article": sampleInput()} {
		doc := mustBuild(t, in)
		w, found, err := ReadWords(wordOf(t, in), in)
		require.NoError(t, err, name)
		require.Empty(t, found, name)
		in.Words = &w
		again := mustBuild(t, in)
		was, err := Digest(doc)
		require.NoError(t, err)
		is, err := Digest(again)
		require.NoError(t, err)
		require.Equal(t, was, is, "%s: unchanged it says the same", name)
	}
	in = sampleInput()
	w, found, err := ReadWords(officetest.Edit(t, wordOf(t, in), swap("hoàn thành xuất sắc nhiệm vụ", `hoàn thành </w:t></w:r><w:proofErr w:type="spellStart"/><w:sdt><w:sdtContent><w:r><w:t>vượt mức</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t xml:space="preserve"> nhiệm   vụ`)), in)
	require.NoError(t, err)
	require.Empty(t, found)
	in.Words = &w
	require.Contains(t, mustBuild(t, in).Articles[0].Paragraphs[0], "hoàn thành vượt mức nhiệm vụ", "however Word splits it")
	require.Contains(t, pdfText(t, mustRender(t, mustBuild(t, in))), "vượt mức")
}

// TestAFileThatDiffersIsNotTaken: names, numbers, awards, rows, who signs.
func TestAFileThatDiffersIsNotTaken(t *testing.T) {
	t.Parallel()
	list, one := listInput(2, 5, 1), sampleInput()
	two := listInput(0, 2, 0)
	two.ListAlways, two.Awards[0].Items[0].Entry.Money, two.Awards[0].Items[1].Entry.Money = false, 1_100_000, 2_200_000
	name, heading := personName(1), mustBuild(t, list).Annex.Subtitle
	row := func(xml string) (from, to int) {
		at := strings.Index(xml, ">Bà "+name+"<")
		return strings.LastIndex(xml[:at], "<w:tr>"), at + strings.Index(xml[at:], "</w:tr>") + len("</w:tr>")
	}
	for what, c := range map[string]struct {
		in     Input
		change func(string) string
		data   string
		file   string
		where  string
	}{
		"a name of the list":       {list, swap(">Bà "+name+"<", ">Bà "+name+"h<"), "Bà " + name, "Bà " + name + "h", "danh sách cá nhân, dòng 2, Họ và tên, tên tập thể"},
		"a workplace":              {list, swap("ấp Mẫu, xã Ví Dụ", "ấp Mẫu, xã Khác"), "ấp Mẫu, xã Ví Dụ", "ấp Mẫu, xã Khác", "danh sách hộ gia đình, dòng 1, Đơn vị"},
		"a sum of the list":        {list, swap(">1.800.000<", ">1.900.000<"), "1.800.000", "1.900.000", "danh sách cá nhân, dòng 1, Tiền thưởng (đồng)"},
		"a count in the article":   {list, swap("05 cá nhân", "06 cá nhân"), "05", "06", "trích yếu, số"},
		"the award in the article": {one, swap("công nhận danh hiệu Tập thể lao động xuất sắc cho", "công nhận danh hiệu Tập thể tiên tiến cho"), "Tập thể lao động xuất sắc", "", "trích yếu"},
		"a name in the article":    {one, swap("Phòng Nghiệp vụ mẫu", "Phòng Nghiệp vụ mới"), "Phòng Nghiệp vụ mẫu", "", "Điều 1"},
		"a sum in the article":     {one, swap("1.950.000", "1.960.000"), "1.950.000", "1.960.000", "Điều 1, số"},
		"a name that goes on":      {one, swap("Phòng Nghiệp vụ mẫu", "Phòng Nghiệp vụ mẫux"), "Phòng Nghiệp vụ mẫu", "", "Điều 1"},
		"sums that change places":  {two, strings.NewReplacer("1.100.000", "2.200.000", "2.200.000", "1.100.000").Replace, "1.100.000", "", "Điều 1"},
		"another verb":             {one, swap("Công nhận danh hiệu", "Hủy danh hiệu"), "Công nhận danh hiệu", "", "Điều 1"},
		"the signer":               {one, swap("Trần Văn Mẫu", "Trần Văn Khác"), "Trần Văn Mẫu", "Trần Văn Khác", "chức vụ, họ tên người ký"},
		"the signer's office":      {one, swap("PHÓ CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "PHÓ CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "chức vụ, họ tên người ký"},
		"the heading of the list":  {list, swap(heading, "Cá nhân được tặng Huân chương"), heading, "Cá nhân được tặng Huân chương", "đề mục của danh sách"},
		"a row that is gone":       {list, func(x string) string { a, b := row(x); return x[:a] + x[b:] }, "Bà " + name, "", ""},
		"a row that came": {list, func(x string) string {
			a, b := row(x)
			return x[:b] + strings.ReplaceAll(x[a:b], name, "Lê Thị Thêm") + x[b:]
		}, "", "", ""},
		"a person after the list":   {list, swap("<w:sectPr", "<w:p><w:r><w:t>Ông Lê Văn Thêm</w:t></w:r></w:p><w:sectPr"), "", "Ông Lê Văn Thêm", "phần sau danh sách"},
		"one article more":          {one, swap("Điều 2. ", `Điều 2. x</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">Điều 3. `), "2", "3", "số điều"},
		"a person in a list of one": {one, swap("Điều 2. ", `2. Ông Lê Văn Thêm</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">Điều 2. `), "", "2", "Điều 1, số"},
	} {
		_, found, err := ReadWords(officetest.Edit(t, wordOf(t, c.in), c.change), c.in)
		require.NoError(t, err, what)
		require.NotEmpty(t, found, what)
		hit := false
		for _, d := range found {
			hit = hit || ((c.where == "" || d.Vi == c.where) && strings.Contains(d.Data+"|", c.data) && (c.file == "" || d.File == c.file))
		}
		require.True(t, hit, "%s: %+v", what, found)
	}
}

// TestAFileOfAnotherKindIsRefused: tracked changes, another document, no document.
func TestAFileOfAnotherKindIsRefused(t *testing.T) {
	t.Parallel()
	in := sampleInput()
	_, _, err := ReadWords(officetest.Edit(t, wordOf(t, in), swap("hoàn thành xuất sắc", `hoàn thành </w:t></w:r><w:ins w:id="1" w:author="x"><w:r><w:t>rất</w:t></w:r></w:ins><w:r><w:t> xuất sắc`)), in)
	requireCode(t, err, CodeText)
	require.ErrorContains(t, err, "tracked changes")
	other := in
	other.Authority = "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN KHÁC"
	_, _, err = ReadWords(wordOf(t, other), in)
	requireCode(t, err, CodeText)
	_, _, err = ReadWords([]byte("PK\x03\x04 no zip"), in)
	requireCode(t, err, CodeText)
}
