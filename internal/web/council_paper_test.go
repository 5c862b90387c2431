package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/web/webtest"
)

// TestWrittenOpinionAndCancel: a member is absent and writes; the secretary enters it
// with its scan, once; then the session is cancelled with a reason and its cases wait again.
func TestWrittenOpinionAndCancel(t *testing.T) {
	t.Parallel()
	r := newCouncilRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	r.planned()
	r.secretary.Get(r.path+"/convene").Submit(r.path+"/convene", nil)
	marks := r.secretary.Get(r.path + "/presence")
	var fields []string
	marks.Find(func(n *html.Node) bool {
		if name := webtest.Attr(n, "name"); strings.HasPrefix(name, "state.") && (len(fields) == 0 || fields[len(fields)-1] != name) {
			fields = append(fields, name)
		}
		return false
	})
	away := fields[len(fields)-1]
	saved := marks.Submit(r.path+"/presence", url.Values{away: {"written"}, strings.Replace(away, "state.", "note.", 1): {"Đi công tác"}, "all": {"present"}})
	require.Contains(t, saved.Text(), "Có mặt 10 / 11 thành viên")
	open := saved.Submit(r.path+"/open", nil)
	require.Equal(t, r.path+"/run", open.Path, open.Text())
	require.Contains(t, r.secretary.Get(r.path+"/progress").Text(), "0 / 11 đã bỏ phiếu", "ten present and one in writing")

	form := r.secretary.Get(r.path + "/opinion")
	who := url.Values{"member": {strings.TrimPrefix(away, "state.")}, "default": {"yes"}, "but.no": {"2"}}
	missing := form.Submit(r.path+"/opinion", who)
	require.Equal(t, http.StatusUnprocessableEntity, missing.Status, "the scan is missing")
	bad := form.Submit(r.path+"/opinion", who, webtest.File{Field: "scan", Name: "y-kien.pdf", Content: []byte("MZ no paper")})
	require.Equal(t, http.StatusUnprocessableEntity, bad.Status, bad.Text())
	scan := webtest.File{Field: "scan", Name: "y-kien.pdf", Content: []byte("%PDF-1.7 mẫu")}
	entered := form.Submit(r.path+"/opinion", who, scan)
	require.Contains(t, entered.Text(), "Đã ghi nhận ý kiến bằng văn bản.", entered.Text())
	require.Contains(t, r.secretary.Get(r.path+"/progress").Text(), "1 / 11 đã bỏ phiếu")
	require.Contains(t, r.secretary.Get(r.path+"/opinion").Text(), "Không có thành viên vắng mặt nào")

	cancel := r.secretary.Get(r.path + "/cancel")
	require.Equal(t, http.StatusUnprocessableEntity, cancel.Submit(r.path+"/cancel", nil).Status, "a reason is asked for")
	done := cancel.Submit(r.path+"/cancel", url.Values{"reason": {"Mất điện"}})
	require.Contains(t, done.Text(), "Đã hủy phiên họp.")
	require.Contains(t, done.Text(), "Bằng khen của Chủ tịch UBND tỉnh (phong trào, chuyên đề): 2", "its cases wait again")
	require.Contains(t, r.secretary.Get(r.path).Text(), "Mất điện")
	require.Equal(t, http.StatusConflict, r.people["hg-chair"].Post(r.path+"/close", url.Values{
		"csrf": {r.people["hg-chair"].Get(r.path + "/close").Value("csrf")}, "phrase": {"kết thúc"}, "nonce": {"x"},
	}).Status)
}

// TestAThousandItemsOnOneBallot: one paper, filled by groups, within the weight of a
// page, cast as a whole.
func TestAThousandItemsOnOneBallot(t *testing.T) {
	t.Parallel()
	names := make([]string, 1000)
	family := strings.Fields("Nguyễn Trần Lê Phạm Hoàng Võ Đặng Bùi Đỗ Hồ")
	given := strings.Fields("An Bình Chi Dung Giang Hà Khánh Lan Minh Nga")
	for i := range names {
		names[i] = family[i/100] + " " + given[i/10%10] + " Mẫu " + given[i%10]
	}
	r := newCouncilRoom(t, names...)
	r.planned()
	for _, login := range councilLogins {
		r.declareNone(login)
	}
	r.opened()
	member := r.people["hg-member-1"]
	req, err := http.NewRequest(http.MethodGet, r.Server.URL+r.path+"/ballot", nil)
	require.NoError(t, err)
	req.Header.Set("Accept-Encoding", "gzip")
	res := member.Do(req)
	require.Equal(t, "gzip", res.Header.Get("Content-Encoding"))
	weight := 0
	buf := make([]byte, 32<<10)
	for {
		n, err := res.Body.Read(buf)
		if weight += n; err != nil {
			break
		}
	}
	t.Logf("a ballot of 1,000 items weighs %d kB over the wire", weight>>10)
	require.Less(t, weight, 100<<10)
	p := member.Get(r.path+"/ballot").Submit(r.path+"/ballot", url.Values{"fill": {"a0g0=yes"}, "c7": {"no"}})
	require.Contains(t, p.Text(), "Đã chọn 1000 / 1000")
	check := p.Submit(r.path+"/ballot", url.Values{"do": {"check"}})
	require.Contains(t, check.Text(), "999 Tán thành")
	require.Contains(t, check.Text(), "Nguyễn An Mẫu Lan – Không tán thành")
	require.Contains(t, check.Submit(r.path+"/cast", nil).Text(), "Phiếu của bạn đã được ghi nhận.")
}

// TestPaperCountsThroughPages: an award with a secret ballot is voted on paper; two
// people enter the counts, the first entry is shown to nobody, unequal entries are
// thrown out, and only then equal ones let the chair close.
func TestPaperCountsThroughPages(t *testing.T) {
	t.Parallel()
	r := &councilRoom{World: webtest.New(t), t: t, people: map[string]*webtest.Visitor{}}
	ctx := t.Context()
	sub, err := r.App.AcceptImport(ctx, r.Session(t, "pgd-clerk"), apitest.ListFor(t, "Chiến sĩ thi đua cấp tỉnh", "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định"), app.ImportInput{
		PeriodKind: "calendar", Period: "2023", LetterNumber: "45/TTr-PGDĐT", LetterDate: "2023-11-10", Choices: []importing.Choice{{Code: "CSTDT"}},
	})
	require.NoError(t, err)
	sent, err := r.App.Send(ctx, r.Session(t, "pgd-head"), app.SendInput{Submission: sub.ID})
	require.NoError(t, err)
	require.Nil(t, sent.Proposals[0].Error)
	r.AtCouncil(t, sent.Proposals[0].Proposal)
	r.secretary = r.As(t, "hd-secretary")
	for _, login := range councilLogins {
		r.people[login] = r.As(t, login)
	}
	r.planned()
	for _, login := range councilLogins {
		r.declareNone(login)
	}
	r.opened()
	require.Contains(t, r.people["hg-member-1"].Get(r.path+"/ballot").Text(), "Không có trường hợp nào bạn biểu quyết công khai")
	require.Contains(t, r.secretary.Get(r.path+"/paper").Text(), "Ông Nguyễn Văn Ví Dụ")
	counts := func(yes string) url.Values {
		return url.Values{"issued": {"11"}, "collected": {"11"}, "yes0": {yes}, "no0": {"1"}, "yes1": {"11"}, "no1": {"0"}}
	}
	chair := r.people["hg-chair"]
	wrong := r.secretary.Get(r.path+"/count").Submit(r.path+"/count", counts("11"))
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Status, "more papers than were taken in")
	require.Equal(t, "11", wrong.Value("yes0"), "nothing that was typed is lost")
	first := r.secretary.Get(r.path+"/count").Submit(r.path+"/count", counts("10"))
	require.Contains(t, first.Text(), "Cần người thứ hai nhập độc lập")
	form := chair.Get(r.path + "/count")
	require.Contains(t, form.Text(), "Số lần đã nhập: 1")
	require.Empty(t, form.Value("yes0"), "the first entry is shown to nobody")
	same := r.secretary.Get(r.path+"/count").Submit(r.path+"/count", counts("10"))
	require.GreaterOrEqual(t, same.Status, 400, "the second entry is another person's")
	early := chair.Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.GreaterOrEqual(t, early.Status, 400, "not counted twice yet")
	require.Contains(t, form.Submit(r.path+"/count", counts("10")).Text(), "Đã nhận lần nhập thứ hai")
	result := chair.Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Contains(t, result.Text(), "10 tán thành / 11, cần 10")
	require.Contains(t, result.Text(), "Bỏ phiếu kín (phiếu giấy)")
	require.NotContains(t, result.Text(), "Nguyễn Văn Một Mẫu", "nobody's vote is named")
	record := r.secretary.Get(r.path + "/count-record")
	require.Contains(t, record.Text(), "phiếu phát ra: 11; phiếu thu vào: 11")
	require.Contains(t, record.Text(), "Tổ kiểm phiếu:")
	for _, kind := range []string{".docx", ".pdf"} {
		require.Equal(t, http.StatusOK, r.secretary.Get(r.path+"/count-record/bien-ban-kiem-phieu"+kind).Status)
	}
	require.Equal(t, http.StatusNotFound, r.As(t, "pgd-clerk").Get(r.path+"/count-record").Status)
}
