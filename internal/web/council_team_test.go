package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/web/webtest"
)

// TestCountingTeamThroughPages: named by its page, the team alone finds the counts, and
// its head signs there.
func TestCountingTeamThroughPages(t *testing.T) {
	t.Parallel()
	r := &councilRoom{World: webtest.New(t), t: t, people: map[string]*webtest.Visitor{}}
	sub, err := r.App.AcceptImport(t.Context(), r.Session(t, "pgd-clerk"), apitest.ListFor(t, "Chiến sĩ thi đua cấp tỉnh", "Nguyễn Văn Ví Dụ"), app.ImportInput{
		PeriodKind: "calendar", Period: "2023", LetterNumber: "46/TTr-PGDĐT", LetterDate: "2023-11-10",
		Choices: []importing.Choice{{Code: "CSTDT"}},
	})
	require.NoError(t, err)
	sent, err := r.App.Send(t.Context(), r.Session(t, "pgd-head"), app.SendInput{Submission: sub.ID})
	require.NoError(t, err)
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
	path := r.path + "/team"
	form := r.secretary.Get(path)
	who := func(login string) string { return r.Session(t, login).User }
	bad := form.Submit(path, url.Values{"head": {who("hg-member-1")}})
	require.Equal(t, http.StatusUnprocessableEntity, bad.Status)
	done := bad.Submit(path, url.Values{"head": {who("hg-member-1")}, "members": {who("hg-member-2")}})
	require.Contains(t, done.Text(), "Đã cử Tổ kiểm phiếu", done.Text())
	require.Contains(t, r.people["hg-member-5"].Get(r.path+"/count").Text(), "hoặc bạn không nhập được lúc này")
	counts := url.Values{"issued": {"11"}, "collected": {"11"}, "written": {"0"}, "yes0": {"11"}, "no0": {"0"}, "abstain0": {"0"}, "invalid0": {"0"}}
	for _, login := range []string{"hg-member-1", "hg-member-2"} {
		r.people[login].Get(r.path+"/count").Submit(r.path+"/count", counts)
	}
	require.NotContains(t, r.people["hg-member-2"].Get(r.path+"/count").Text(), "Bạn là Tổ trưởng")
	signed := r.people["hg-member-1"].Get(r.path+"/count").Submit(r.path+"/count/sign", nil)
	require.Contains(t, signed.Text(), "Tổ trưởng đã xác nhận kết quả kiểm phiếu", signed.Text())
	result := r.people["hg-chair"].Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Equal(t, r.path+"/result", result.Path, result.Text())
	require.Contains(t, r.secretary.Get(r.path+"/count-record").Text(), "Tổ trưởng Tổ kiểm phiếu:")
}

// TestStandingMembersThroughPages: an administrator marks them at their role, the secretary
// plans their session, and what is the whole Council's is refused in words.
func TestStandingMembersThroughPages(t *testing.T) {
	t.Parallel()
	r := newCouncilRoom(t, "Nguyễn Văn Ví Dụ")
	admin := r.As(t, "hg-admin")
	page := "/admin/people/" + r.Session(t, "hg-vice").User
	given := admin.Get(page).Submit(page+"/roles", url.Values{"unit": {"hoi-dong-tdkt-hau-giang"}, "role": {"member"}, "title": {"Phó Chủ tịch Hội đồng"}, "standing": {"yes"}})
	require.Contains(t, given.Text(), "(standing member)")
	p := r.secretary.Get("/sessions/new").Submit("/sessions", url.Values{"title": {"Thường trực họp"}, "held_on": {"2023-11-20"}, "mode": {"standing"}})
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	path := p.Path[:len(p.Path)-len("/agenda")]
	p.Submit(path+"/agenda", url.Values{"add": {button(p, "add")}})
	session := r.secretary.Get(path)
	require.Contains(t, session.Text(), "Thường trực Hội đồng họp")
	require.Contains(t, session.Text(), "Phó Chủ tịch Hội đồng")
	require.NotContains(t, session.Text(), "Nguyễn Văn Một Mẫu", "no seat in it")
	require.Contains(t, r.secretary.Get(path+"/convene").Text(), "Thường trực Hội đồng không xét riêng được")
}
