package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestConsultationThroughPages: the members are asked in writing, answer one after
// the other, and the chair counts once all have answered.
func TestConsultationThroughPages(t *testing.T) {
	t.Parallel()
	r := newCouncilRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	form := r.secretary.Get("/sessions/new")
	bad := form.Submit("/sessions", url.Values{"title": {"Lấy ý kiến"}, "held_on": {"2023-11-20"}, "mode": {"written"}})
	require.Equal(t, http.StatusUnprocessableEntity, bad.Status)
	p := bad.Submit("/sessions", url.Values{"until": {"2023-11-27"}})
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	r.path = p.Path[:len(p.Path)-len("/agenda")]
	p = p.Submit(r.path+"/agenda", url.Values{"add": {button(p, "add")}})
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	for _, login := range councilLogins {
		r.declareNone(login)
	}
	edit := r.secretary.Get(r.path + "/edit")
	require.Equal(t, "2023-11-27", edit.Value("until"))
	r.secretary.Get(r.path+"/convene").Submit(r.path+"/convene", nil)
	session := r.secretary.Get(r.path)
	require.Contains(t, session.Text(), "Lấy ý kiến bằng văn bản")
	require.Contains(t, session.Text(), "27/11/2023")
	run := session.Submit(r.path+"/open", nil)
	require.Equal(t, r.path+"/run", run.Path, run.Text())
	require.Contains(t, run.Text(), "0 / 11 thành viên đã trả lời")
	for i, login := range councilLogins {
		if i == len(councilLogins)-1 {
			early := r.people["hg-chair"].Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
			require.Contains(t, early.Text(), "mới có 10/11 thành viên trả lời", "it is too early to count")
		}
		paper := r.people[login].Get(r.path+"/ballot").Submit(r.path+"/ballot", url.Values{"fill": {"a0g0=yes"}, "do": {"check"}})
		done := paper.Submit(r.path+"/cast", nil)
		require.Contains(t, done.Text(), "Phiếu của bạn đã được ghi nhận.", done.Text())
	}
	result := r.people["hg-chair"].Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Equal(t, r.path+"/result", result.Path, result.Text())
	require.Contains(t, result.Text(), "11 tán thành / 11, cần 8")
	require.Contains(t, r.secretary.Get(r.path+"/minutes").Text(), "Thành viên trả lời:")
}
