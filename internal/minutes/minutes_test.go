package minutes_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/minutes"
)

// sample is a session with a list long enough for a second page. People are invented.
func sample(rows int) minutes.Input {
	in := minutes.Input{
		Council: "Hội đồng Thi đua - Khen thưởng tỉnh Mẫu", Ref: "HĐ-2023-0001", Title: "Phiên họp xét khen thưởng đợt 2 năm 2023",
		Place: "Phòng họp số 1", HeldOn: time.Date(2023, 11, 20, 0, 0, 0, 0, time.UTC), Opened: time.Date(2023, 11, 20, 1, 30, 0, 0, time.UTC),
		Closed: time.Date(2023, 11, 20, 4, 5, 0, 0, time.UTC), Chair: minutes.Person{Name: "Nguyễn Văn Chủ", Title: "Chủ tịch Hội đồng"},
		Secretary: minutes.Person{Name: "Trần Thị Ký", Title: "Thư ký Hội đồng"}, Quorum: 2, Content: "abc123",
		Present: []minutes.Person{{Name: "Nguyễn Văn Chủ", Title: "Chủ tịch Hội đồng"}, {Name: "H'Hen Mẫu"}},
		Absent:  []minutes.Person{{Name: "Lê Văn Vắng", Written: true, Note: "đi công tác"}},
		Manner:  []string{"Bằng khen: biểu quyết công khai"}, Recused: []minutes.Recused{{Member: "H'Hen Mẫu", Item: "Bà Giả Định"}},
	}
	g := minutes.Group{Award: "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"}
	for i := range rows {
		g.Rows = append(g.Rows, minutes.Row{Line: "Bà Giả Định", Unit: "Phòng Giáo dục và Đào tạo huyện Mẫu", Yes: 2, Silent: 1, Base: 3, Needed: 3 - i%2, Passed: i%2 == 1})
	}
	in.Groups = []minutes.Group{g}
	return in
}

func TestBuild(t *testing.T) {
	t.Parallel()
	d := minutes.Build(sample(2))
	var all string
	for _, b := range d.Blocks {
		all += b.Text + "\n"
	}
	require.Contains(t, all, "Vào 08 giờ 30 phút, ngày 20 tháng 11 năm 2023, tại Phòng họp số 1")
	require.Contains(t, all, "Tổng số thành viên Hội đồng: 3; có mặt: 2 (tối thiểu phải có mặt: 2); vắng mặt: 1, trong đó gửi ý kiến bằng văn bản: 1.")
	require.Contains(t, all, "2 trường hợp: 1 trường hợp đạt")
	require.Contains(t, all, "H'Hen Mẫu không tham gia biểu quyết trường hợp Bà Giả Định")
	for _, b := range d.Blocks {
		if b.Kind == minutes.Grid {
			require.Equal(t, []string{"1", "Bà Giả Định", "Phòng Giáo dục và Đào tạo huyện Mẫu", "2", "0", "0", "0", "1", "2/3 = 66,6\u00a0% (3)", "Không đạt"}, b.Rows[0])
		}
	}
	require.Equal(t, "bien-ban-hd-2023-0001", d.Name)
}

// TestFiles: PDF and Word say what the page says, on as many pages as it takes.
func TestFiles(t *testing.T) {
	t.Parallel()
	d := minutes.Build(sample(60))
	pdf, err := d.PDF()
	require.NoError(t, err)
	again, err := d.PDF()
	require.NoError(t, err)
	require.Equal(t, pdf, again)
	docx, err := d.Docx()
	require.NoError(t, err)
	if dir := os.Getenv("VINHDANH_TEST_KEEP"); dir != "" {
		require.NoError(t, os.WriteFile(dir+"/bien-ban.pdf", pdf, 0o600))
		require.NoError(t, os.WriteFile(dir+"/bien-ban.docx", docx, 0o600))
	}
	file := filepath.Join(t.TempDir(), "bien-ban.pdf")
	require.NoError(t, os.WriteFile(file, pdf, 0o600))
	text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	require.NoError(t, err)
	for _, words := range []string{"BIÊN BẢN", "Trần Thị Ký", "H'Hen Mẫu", "2/3 = 66,6", "abc123", "THƯ KÝ"} {
		require.Contains(t, string(text), words)
	}
	require.Equal(t, 60, bytes.Count(text, []byte("2/3 =")))
	require.Greater(t, bytes.Count(text, []byte("\f")), 1, "more than a page")
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	require.NoError(t, err)
	f, err := z.Open("word/document.xml")
	require.NoError(t, err)
	body, err := io.ReadAll(f)
	require.NoError(t, err)
	require.Contains(t, string(body), "Vào 08 giờ 30 phút")
	require.Equal(t, 60, bytes.Count(body, []byte("66,6\u00a0%")))
}

// TestTotalsOfTheStandingMembers: minutes of counting in a session of theirs call the
// number theirs.
func TestTotalsOfTheStandingMembers(t *testing.T) {
	t.Parallel()
	for _, in := range []minutes.Count{{Standing: true, Members: 3}, {Standing: true, Members: 3, Sealed: &minutes.Sealed{Ballots: 3}}} {
		said := fmt.Sprint(minutes.BuildCount(in).Blocks)
		require.Contains(t, said, "Tổng số thành viên Thường trực Hội đồng: 3")
		require.NotContains(t, said, "Tổng số thành viên Hội đồng")
	}
}
