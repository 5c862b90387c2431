package decision

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBuildNamesFewSubjectsInTheArticle(t *testing.T) {
	t.Parallel()
	doc := mustBuild(t, sampleInput())
	require.Nil(t, doc.Annex)
	require.Equal(t, "Về việc công nhận danh hiệu Tập thể lao động xuất sắc cho 01 tập thể", doc.Abstract)
	require.Equal(t, []string{"Công nhận danh hiệu Tập thể lao động xuất sắc cho 01 tập thể: Phòng Nghiệp vụ mẫu, " +
		"Sở Mẫu tỉnh Hậu Giang, kèm theo tiền thưởng 1.950.000 đồng. Đã có thành tích hoàn thành xuất sắc nhiệm vụ năm 2017."},
		doc.Articles[0].Paragraphs)
	require.Equal(t, "Giám đốc: Sở Nội vụ, Sở Tài chính; Thủ trưởng các cơ quan, đơn vị có liên quan và các tập thể có tên tại "+
		"Điều 1 chịu trách nhiệm thi hành Quyết định này kể từ ngày ký.", doc.Articles[1].Paragraphs[0])
	require.Equal(t, []string{"Như Điều 2", "Ban Thi đua - Khen thưởng tỉnh", "Lưu: VT, TH"}, doc.Recipients)
	require.Equal(t, "Xét đề nghị của Giám đốc Sở Nội vụ,", doc.Bases[len(doc.Bases)-1])
	for _, b := range doc.Bases[:len(doc.Bases)-1] {
		require.Equal(t, byte(';'), b[len(b)-1])
	}
}

func TestBuildListsThreeInTheArticleByKind(t *testing.T) {
	t.Parallel()
	doc := mustBuild(t, listInput(1, 1, 1))
	require.Nil(t, doc.Annex)
	require.Equal(t, []string{
		"Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh cho 01 tập thể, 01 cá nhân và 01 hộ gia đình:",
		"1. Phòng Ví dụ số 1, Sở Mẫu, kèm theo tiền thưởng 3.600.000 đồng;",
		"2. Ông Nguyễn Văn An, Chuyên viên, Phòng Mẫu số 1, Sở Ví Dụ, kèm theo tiền thưởng 1.800.000 đồng;",
		"3. Hộ ông Đặng Văn An, ấp Mẫu, xã Ví Dụ, kèm theo tiền thưởng 2.700.000 đồng.",
		"Đã có thành tích xuất sắc trong phong trào thi đua chào mừng kỷ niệm 20 năm thành lập tỉnh Hậu Giang năm 2023.",
	}, doc.Articles[0].Paragraphs)
}

func TestBuildSendsMoreToTheAnnexInOrder(t *testing.T) {
	t.Parallel()
	in := listInput(2, 12, 1)
	in.Fund = "Quỹ thi đua, khen thưởng của tỉnh"
	doc := mustBuild(t, in)
	require.Contains(t, doc.Articles[0].Paragraphs[0], "cho 02 tập thể, 12 cá nhân và 01 hộ gia đình (có danh sách kèm theo), "+
		"kèm theo tiền thưởng mỗi tập thể 3.600.000 đồng, mỗi cá nhân 1.800.000 đồng và mỗi hộ gia đình 2.700.000 đồng.")
	require.Equal(t, "Tổng số tiền thưởng là 31.500.000 đồng, chi từ Quỹ thi đua, khen thưởng của tỉnh.", doc.Articles[1].Paragraphs[0])
	groups := doc.Annex.Sections[0].Groups
	require.Equal(t, []Kind{Collective, Individual, Household}, []Kind{groups[0].Kind, groups[1].Kind, groups[2].Kind})
	for i, e := range groups[1].Entries {
		require.Equal(t, personName(i), e.Name, "order of the tờ trình")
	}
	require.True(t, doc.Annex.Money)
}

func TestBuildGivesEachAwardItsArticle(t *testing.T) {
	t.Parallel()
	in := listInput(0, 5, 0)
	in.Awards[0].Items[2].Entry.Money = 1
	in.Awards = append(in.Awards, listInput(4, 0, 0).Awards[0], sampleInput().Awards[0])
	doc := mustBuild(t, in)
	require.Len(t, doc.Articles, 4)
	require.Contains(t, doc.Articles[0].Paragraphs[0], "kèm theo tiền thưởng theo danh sách")
	require.Contains(t, doc.Articles[3].Paragraphs[0], "các tập thể, cá nhân có tên tại Điều 1, Điều 2 và Điều 3")
	require.Len(t, doc.Annex.Sections, 2)
	require.NotEmpty(t, doc.Annex.Sections[0].Heading)
}

func TestBuildRefusesWhatItCannotPrint(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*Input)
		code  string
	}{
		"no award":           {func(in *Input) { in.Awards = nil }, CodeIncomplete},
		"no item":            {func(in *Input) { in.Awards[0].Items = nil }, CodeIncomplete},
		"no name":            {func(in *Input) { in.Awards[0].Items[0].Entry.Name = "" }, CodeIncomplete},
		"no kind":            {func(in *Input) { in.Awards[0].Items[0].Kind = "" }, CodeIncomplete},
		"negative money":     {func(in *Input) { in.Awards[0].Items[0].Entry.Money = -1 }, CodeIncomplete},
		"NFD":                {func(in *Input) { in.Awards[0].Items[0].Entry.Name = "Ho\u0300a" }, CodeText},
		"control character":  {func(in *Input) { in.Awards[0].Items[0].Entry.Name = "A\nB" }, CodeText},
		"no glyph":           {func(in *Input) { in.Awards[0].Items[0].Entry.Name = "𠀀" }, CodeText},
		"broken UTF-8":       {func(in *Input) { in.Place = "\xff" }, CodeText},
		"number, no date":    {func(in *Input) { in.Date = civil(1, 1, 1) }, CodeIncomplete},
		"number with symbol": {func(in *Input) { in.Number = "328/QĐ" }, CodeText},
		"no basis":           {func(in *Input) { in.Bases, in.Proposer = nil, "" }, CodeIncomplete},
		"deputy, no title":   {func(in *Input) { in.Signing.Title = "" }, CodeIncomplete},
		"unknown mode":       {func(in *Input) { in.Signing.Mode = "PP." }, CodeIncomplete},
		"no signer":          {func(in *Input) { in.Signing.Name = "" }, CodeIncomplete},
	} {
		in := sampleInput()
		c.spoil(&in)
		_, err := Build(in)
		t.Run(name, func(t *testing.T) { requireCode(t, err, c.code) })
	}
}

func TestSigningModes(t *testing.T) {
	t.Parallel()
	s := Signing{Body: "ỦY BAN NHÂN DÂN", Office: "CHỦ TỊCH", Title: "PHÓ CHỦ TỊCH", Name: "Trần Văn Mẫu"}
	for mode, want := range map[Mode][]string{
		ModeHead: {"CHỦ TỊCH"},
		ModeKT:   {"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"},
		ModeQ:    {"Q. CHỦ TỊCH"},
		ModeTUQ:  {"TUQ. CHỦ TỊCH", "PHÓ CHỦ TỊCH"},
		ModeTM:   {"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"},
		ModeTMKT: {"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"},
		ModeTL:   {"TL. CHỦ TỊCH", "PHÓ CHỦ TỊCH"},
	} {
		s.Mode = mode
		require.Equal(t, want, s.Lines(), mode)
		require.NoError(t, s.check(), mode)
	}
}

func TestFormatMoney(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0 đồng", 540: "540 đồng", 540000: "540.000 đồng", 2340000: "2.340.000 đồng",
		14400000: "14.400.000 đồng", 1234567890: "1.234.567.890 đồng", -1000: "-1.000 đồng"} {
		require.Equal(t, want, FormatMoney(n))
	}
}

func TestDigestCoversWhatIsSaidAndNotTheNumber(t *testing.T) {
	t.Parallel()
	doc := mustBuild(t, listInput(2, 4, 1))
	base, err := Digest(doc)
	require.NoError(t, err)
	open := doc
	open.Number, open.Date, open.Drafted = "", civil(1, 1, 1), civil(2018, 3, 1)
	same, err := Digest(open)
	require.NoError(t, err)
	require.Equal(t, base, same)
	for name, spoil := range map[string]func(*Input){
		"name":   func(in *Input) { in.Awards[0].Items[1].Entry.Name += "h" },
		"money":  func(in *Input) { in.Awards[0].Items[1].Entry.Money++ },
		"order":  func(in *Input) { it := in.Awards[0].Items; it[1], it[4] = it[4], it[1] },
		"signer": func(in *Input) { in.Signing.Name = "Lê Thị Mẫu" },
		"basis":  func(in *Input) { in.Bases = in.Bases[1:] },
	} {
		in := listInput(2, 4, 1)
		spoil(&in)
		other, err := Digest(mustBuild(t, in))
		require.NoError(t, err)
		require.NotEqual(t, base, other, name)
	}
}
