package web_test

import (
	"context"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"vinhdanh/internal/web/webtest"
)

// councilLogins are the province's Council, its chair first.
var councilLogins = []string{
	"hg-chair", "hg-vice", "snv-director", "hg-member-1", "hg-member-2", "hg-member-3", "hg-member-4", "hg-member-5", "hg-member-6",
	"hg-member-7", "hg-member-8",
}

// councilRoom is a site with cases that wait for the Council, and the pages of its people.
type councilRoom struct {
	*webtest.World
	t         *testing.T
	secretary *webtest.Visitor
	people    map[string]*webtest.Visitor
	path      string // of the session
}

func newCouncilRoom(t *testing.T, names ...string) *councilRoom {
	r := &councilRoom{World: webtest.New(t), t: t, people: map[string]*webtest.Visitor{}}
	r.AtCouncil(t, r.Sent(t, names...))
	r.secretary = r.As(t, "hd-secretary")
	for _, login := range councilLogins {
		r.people[login] = r.As(t, login)
	}
	return r
}

// button is the value of the first button of that name.
func button(p *webtest.Page, name string) string {
	n := p.Find(func(n *html.Node) bool { return n.Data == "button" && webtest.Attr(n, "name") == name })
	if n == nil {
		return ""
	}
	return webtest.Attr(n, "value")
}

// planned drafts a session and puts everything that waits on its agenda.
func (r *councilRoom) planned() {
	t := r.t
	t.Helper()
	p := r.secretary.Get("/sessions/new").Submit("/sessions", url.Values{"title": {"Phiên họp thử"}, "held_on": {"2023-11-20"}, "place": {"Phòng họp số 1"}})
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	require.True(t, strings.HasSuffix(p.Path, "/agenda"), p.Path)
	r.path = strings.TrimSuffix(p.Path, "/agenda")
	p = p.Submit(r.path+"/agenda", url.Values{"add": {button(p, "add")}})
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	require.Contains(t, p.Text(), "Đã cập nhật chương trình họp.")
}

func (r *councilRoom) declareNone(login string) *webtest.Page {
	r.t.Helper()
	p := r.people[login].Get(r.path + "/declare")
	require.Equal(r.t, http.StatusOK, p.Status, p.Text())
	done := p.Submit(r.path+"/declare", url.Values{"none": {"yes"}})
	require.Equal(r.t, http.StatusOK, done.Status, done.Text())
	return done
}

// opened convenes and opens with everybody but the last present.
func (r *councilRoom) opened() {
	t := r.t
	t.Helper()
	check := r.secretary.Get(r.path + "/convene")
	require.Equal(t, http.StatusOK, check.Status, check.Text())
	done := check.Submit(r.path+"/convene", nil)
	require.Contains(t, done.Text(), "Đã triệu tập phiên họp", done.Text())
	r.presentAndOpen()
}

// presentAndOpen marks everybody present and opens a convened session.
func (r *councilRoom) presentAndOpen() {
	t := r.t
	t.Helper()
	marks := r.secretary.Get(r.path + "/presence")
	states := url.Values{}
	n := 0
	marks.Find(func(n0 *html.Node) bool {
		if name := webtest.Attr(n0, "name"); strings.HasPrefix(name, "state.") && states.Get(name) == "" {
			states.Set(name, "present")
			n++
		}
		return false
	})
	require.Equal(t, len(councilLogins), n)
	saved := marks.Submit(r.path+"/presence", states)
	require.Contains(t, saved.Text(), "Có mặt 11 / 11 thành viên", saved.Text())
	open := saved.Submit(r.path+"/open", nil)
	require.Equal(t, r.path+"/run", open.Path, open.Text())
}

// TestCouncilDayThroughPages: from the draft over ballots of all members to result,
// minutes and the draft of the decision, by several people.
func TestCouncilDayThroughPages(t *testing.T) {
	t.Parallel()
	r := newCouncilRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định", "Lê Văn Thiếu Phiếu")
	r.planned()
	for _, login := range councilLogins {
		r.declareNone(login)
	}
	check := r.secretary.Get(r.path + "/convene")
	require.Contains(t, check.Text(), "8/11")
	r.opened()
	for i, login := range councilLogins {
		v := r.people[login]
		p := v.Get(r.path + "/ballot")
		require.Equal(t, http.StatusOK, p.Status, p.Text())
		p = p.Submit(r.path+"/ballot", url.Values{"fill": {"a0g0=yes"}})
		require.Contains(t, p.Text(), "Đã chọn 3 / 3")
		if i > 3 {
			p = p.Submit(r.path+"/ballot", url.Values{"c2": {"no"}, "do": {"check"}})
		} else {
			p = p.Submit(r.path+"/ballot", url.Values{"do": {"check"}})
		}
		require.Equal(t, r.path+"/ballot/check", p.Path, p.Text())
		if i > 3 {
			require.Contains(t, p.Text(), "Lê Văn Thiếu Phiếu – Không tán thành")
		}
		done := p.Submit(r.path+"/cast", nil)
		require.Contains(t, done.Text(), "Phiếu của bạn đã được ghi nhận.", done.Text())
	}
	run := r.secretary.Get(r.path + "/progress")
	require.Contains(t, run.Text(), "11 / 11 đã bỏ phiếu")

	chair := r.people["hg-chair"]
	p := chair.Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"đóng"}})
	require.Equal(t, http.StatusUnprocessableEntity, p.Status, "the words must be typed")
	p = p.Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Equal(t, r.path+"/result", p.Path, p.Text())
	require.Contains(t, p.Text(), "11 tán thành / 11, cần 8")
	require.Contains(t, p.Text(), "4 tán thành / 11, cần 8")
	minutes := r.secretary.Get(r.path + "/minutes")
	require.Contains(t, minutes.Text(), "Chủ trì: Lâm Văn Giả Tưởng")
	require.Contains(t, minutes.Text(), "3 trường hợp: 2 trường hợp đạt")
	for _, kind := range []string{".docx", ".pdf"} {
		file := r.secretary.Get(minutes.Link(map[string]string{".docx": "Tải Word", ".pdf": "Tải PDF"}[kind]))
		require.Equal(t, http.StatusOK, file.Status)
		require.Contains(t, file.Header.Get("Content-Disposition"), "attachment")
		require.Greater(t, len(file.Body), 5000)
	}
	require.Equal(t, http.StatusOK, r.secretary.Get(r.path+"/agenda.xlsx").Status)
	for _, page := range []string{"", "/agenda/print", "/paper", "/run", "/result", "/minutes", "/projector", "/agenda"} {
		for _, v := range []*webtest.Visitor{r.secretary, r.As(t, "hd-secretary").English()} {
			got := v.Get(r.path + page)
			assert.Equal(t, http.StatusOK, got.Status, "%s %s", page, got.Text())
		}
	}
	r.draftsDecision()
}

// TestBeforeDeclaring: a member reads names only and is led to declare; what is
// declared bars from the item, with its reason.
func TestBeforeDeclaring(t *testing.T) {
	t.Parallel()
	r := newCouncilRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	r.planned()
	member := r.people["hg-member-1"]
	p := member.Get(r.path)
	require.Contains(t, p.Text(), "Tên và hồ sơ mở sau khi bạn khai báo")
	require.NotContains(t, p.Body, "/items/")
	item := r.secretary.Get(r.path + "/agenda").Link("Ví Dụ")
	require.Contains(t, r.secretary.Get(item).Text(), "Hoàn thành xuất sắc nhiệm vụ")
	led := member.Get(item)
	require.Equal(t, r.path+"/declare", led.Path)
	require.NotContains(t, led.Text(), "Hoàn thành xuất sắc nhiệm vụ")
	require.Equal(t, r.path+"/declare", member.Get(r.path+"/ballot").Path)

	marked := led.Find(func(n *html.Node) bool { return webtest.Attr(n, "name") == "conflict" })
	form := url.Values{"csrf": {led.Value("csrf")}, "nonce": {"n1"}, "conflict": {webtest.Attr(marked, "value")}}
	p = member.Post(r.path+"/declare", form)
	require.Equal(t, http.StatusUnprocessableEntity, p.Status, "the interest must be named")
	require.NotNil(t, p.Find(func(n *html.Node) bool { return webtest.Attr(n, "id") == "f-reason-error" }))
	form.Set("reason", "Em ruột")
	p = member.Post(r.path+"/declare", form)
	require.Contains(t, p.Text(), "Đã ghi nhận khai báo của bạn.")
	require.Equal(t, http.StatusForbidden, member.Get(item).Status, "not the item with the conflict")
	second := r.secretary.Get(r.path + "/agenda").Link("Giả Định")
	require.Equal(t, http.StatusOK, member.Get(second).Status)
	r.opened()
	row, err := r.App.Store.ItemByID(context.Background(), path.Base(second))
	require.NoError(t, err)
	whole := "/proposals/" + row.Proposal
	of := member.Get(whole)
	require.Contains(t, of.Text(), "Ở đây có 1 trường hợp không hiện ra vì bạn đã khai báo", "the case says that something is hidden")
	require.Contains(t, of.Text(), "Giả Định")
	require.NotContains(t, of.Text(), "Ví Dụ", "and not what")
	require.NotContains(t, r.people["hg-member-2"].Get(whole).Text(), "không hiện ra")
	p = member.Get(r.path + "/ballot")
	require.Contains(t, p.Text(), "Bạn đã khai báo xung đột lợi ích nên không biểu quyết (Em ruột)")
	require.Contains(t, p.Text(), "Đã chọn 0 / 1")
	require.NotContains(t, r.people["hg-member-2"].Get(r.path+"/declare").Text(), "Em ruột", "a member sees no other's conflicts")
}

// TestCouncilSecretsInPages: the projector names nobody of the Council, a ballot is
// its voter's only, and another council's people see nothing.
func TestCouncilSecretsInPages(t *testing.T) {
	t.Parallel()
	r := newCouncilRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	r.planned()
	for _, login := range councilLogins {
		r.declareNone(login)
	}
	r.opened()
	one, two := r.people["hg-member-1"], r.people["hg-member-2"]
	p := one.Get(r.path+"/ballot").Submit(r.path+"/ballot", url.Values{"c0": {"no"}, "do": {"save"}})
	require.Contains(t, p.Text(), "Đã chọn 1 / 2")
	require.Contains(t, two.Get(r.path+"/ballot").Text(), "Đã chọn 0 / 2")
	for _, login := range []string{"hd-secretary", "hg-auditor", "snv-appraiser"} {
		require.Equal(t, http.StatusNotFound, r.As(t, login).Get(r.path+"/ballot").Status, login)
	}
	screen := r.secretary.Get(r.path+"/run").Submit(r.path+"/screen", url.Values{"award": {"BKT-PT"}})
	require.Equal(t, http.StatusOK, screen.Status)
	for _, path := range []string{"/projector", "/projector/live"} {
		shown := one.Get(r.path + path)
		require.Contains(t, shown.Text(), "Nguyễn Văn Ví Dụ")
		for _, name := range []string{"Lâm Văn Giả Tưởng", "Nguyễn Văn Một Mẫu", "Không tán thành"} {
			require.NotContains(t, shown.Text(), name)
		}
		require.Nil(t, shown.Find(func(n *html.Node) bool { return n.Data == "input" || n.Data == "form" }), "nothing to type on the projector")
	}
	for _, login := range []string{"ph-secretary", "ph-chair", "vt-head", "pgd-clerk"} {
		stranger := r.As(t, login)
		for _, path := range []string{"", "/agenda", "/agenda.xlsx", "/declare", "/presence", "/run", "/progress", "/projector", "/projector/live", "/ballot", "/ballot/check", "/opinion", "/count", "/close", "/cancel", "/result", "/minutes", "/minutes/a.pdf", "/paper", "/agenda/print"} {
			require.Equal(t, http.StatusNotFound, stranger.Get(r.path+path).Status, "%s %s", login, path)
		}
		require.NotContains(t, stranger.Get("/sessions").Text(), "Phiên họp thử")
	}
}

// TestBallotTwiceAndLate: two tabs, the back button, sending twice, two members at
// once, and a ballot after the close, which is refused and stays on record.
func TestBallotTwiceAndLate(t *testing.T) {
	t.Parallel()
	r := newCouncilRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	r.planned()
	for _, login := range councilLogins {
		r.declareNone(login)
	}
	r.opened()
	one := r.people["hg-member-1"]
	tab := one.Get(r.path + "/ballot")
	csrf := tab.Value("csrf")
	for _, field := range []string{"c0", "c1"} { // each tab sends what was changed in it
		one.Post(r.path+"/ballot", url.Values{"csrf": {csrf}, field: {"yes"}})
	}
	check := one.Get(r.path + "/ballot/check")
	require.Contains(t, check.Text(), "2 Tán thành")
	first := check.Submit(r.path+"/cast", nil)
	require.Contains(t, first.Text(), "Phiếu của bạn đã được ghi nhận.")
	again := check.Submit(r.path+"/cast", nil)
	require.Equal(t, http.StatusOK, again.Status, "the same form sent twice is one ballot")
	require.Contains(t, again.Text(), "Bạn đã bỏ phiếu.")
	require.Contains(t, one.Get(r.path+"/ballot").Text(), "Bạn đã bỏ phiếu.", "the back button finds it cast")
	require.Contains(t, r.secretary.Get(r.path+"/progress").Text(), "1 / 11 đã bỏ phiếu")

	both := []*webtest.Page{}
	for _, login := range []string{"hg-member-2", "hg-member-3"} {
		p := r.people[login].Get(r.path+"/ballot").Submit(r.path+"/ballot", url.Values{"fill": {"a0g0=yes"}})
		both = append(both, p.Submit(r.path+"/ballot", url.Values{"do": {"check"}}))
	}
	done := make(chan string, 2)
	for _, p := range both {
		go func() { done <- p.Submit(r.path+"/cast", nil).Text() }()
	}
	for range both {
		require.Contains(t, <-done, "Phiếu của bạn đã được ghi nhận.")
	}
	late := r.people["hg-member-4"].Get(r.path+"/ballot").Submit(r.path+"/ballot", url.Values{"fill": {"a0g0=yes"}})
	late = late.Submit(r.path+"/ballot", url.Values{"do": {"check"}})
	chair := r.people["hg-chair"]
	closed := chair.Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Equal(t, r.path+"/result", closed.Path)
	refused := late.Submit(r.path+"/cast", nil)
	require.Equal(t, http.StatusConflict, refused.Status)
	require.Contains(t, refused.Text(), "Phiếu của bạn chưa được bỏ và không được tính")
	rows, err := r.App.Refusals(t.Context(), r.Session(t, "hg-auditor"), "", 50)
	require.NoError(t, err)
	found := false
	for _, row := range rows {
		found = found || row.Action == "cast" && row.Code == "closed"
	}
	require.True(t, found, "the late ballot is on record: %v", rows)
	require.Contains(t, r.secretary.Get(r.path+"/result").Text(), "3 tán thành / 11, cần 8")
}
