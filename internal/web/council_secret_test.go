package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/council"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestSealedBallotsThroughPages: both shares are made and shown once, everybody votes
// from browsers without script and one that seals the ballot itself, the box is closed, opened with both shares, attested,
// and anybody counts the rows again.
func TestSealedBallotsThroughPages(t *testing.T) {
	t.Parallel()
	r := &councilRoom{World: webtest.New(t), t: t, people: map[string]*webtest.Visitor{}}
	sub, err := r.App.AcceptImport(t.Context(), r.Session(t, "pgd-clerk"), apitest.ListFor(t, "Chiến sĩ thi đua cấp tỉnh", "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định"), app.ImportInput{
		PeriodKind: "calendar", Period: "2023", LetterNumber: "45/TTr-PGDĐT", LetterDate: "2023-11-10", Choices: []importing.Choice{{Code: "CSTDT"}},
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
	edit := r.secretary.Get(r.path + "/edit")
	edit.Submit(r.path+"/edit", url.Values{"secret": {"electronic"}})
	for _, login := range councilLogins {
		r.declareNone(login)
	}
	require.NotContains(t, r.secretary.Get(r.path+"/secret").Text(), "Tạo mảnh khóa của tôi", "not convened yet")
	r.secretary.Get(r.path+"/convene").Submit(r.path+"/convene", nil)
	chair := r.people["hg-chair"]
	share := func(v *webtest.Visitor) string {
		p := v.Get(r.path+"/secret").Submit(r.path+"/secret/key", nil)
		require.Equal(t, http.StatusOK, p.Status, p.Text())
		require.Contains(t, p.Text(), "Mảnh khóa chỉ hiện một lần")
		require.Contains(t, p.Header.Get("Cache-Control"), "no-store")
		return strings.TrimSpace(p.Find(func(n *html.Node) bool { return n.Data == "code" }).FirstChild.Data)
	}
	first, second := share(chair), share(r.secretary)
	require.NotContains(t, chair.Get(r.path+"/secret").Text(), first, "it is shown once")
	r.presentAndOpen()

	phone := browsertest.Open(t, r.Server.URL, browsertest.Phone, r.Cookie(t, "hg-member-1"))
	phone.Go(r.path + "/sealed").Axe().Fits().Shot("council/sealed-phone")
	phone.Wait("Phiếu được mã hóa ngay trên máy của bạn")
	phone.Click("label[for=s0-yes]").Click("label[for=s1-yes]").Click("label[for=sure]").Press("Bỏ phiếu").Wait("Biên nhận phiếu đã mã hóa")
	phone.Clean()
	for i, login := range councilLogins {
		if login == "hg-member-1" {
			continue // sealed in the browser
		}
		p := r.people[login].Get(r.path + "/sealed")
		require.Equal(t, http.StatusOK, p.Status, p.Text())
		unsure := p.Submit(r.path+"/sealed", url.Values{"s0": {"yes"}, "s1": {"no"}, "sure": {""}})
		require.Equal(t, http.StatusUnprocessableEntity, unsure.Status)
		open := p.Submit(r.path+"/sealed", url.Values{"s0": {"yes"}, "s1": {""}, "sure": {"yes"}})
		require.Equal(t, http.StatusUnprocessableEntity, open.Status, "an item is left open")
		second := "yes"
		if i > 5 {
			second = "no"
		}
		done := p.Submit(r.path+"/sealed", url.Values{"s0": {"yes"}, "s1": {second}, "sure": {"yes"}})
		require.Contains(t, done.Text(), "Biên nhận phiếu đã mã hóa", done.Text())
	}
	require.Contains(t, r.secretary.Get(r.path+"/progress").Text(), "11 phiếu kín điện tử đã bỏ")
	boxed := chair.Get(r.path+"/secret").Submit(r.path+"/secret/freeze", nil)
	require.Contains(t, boxed.Text(), "Đã khóa hòm phiếu kín.", boxed.Text())
	wrong := boxed.Submit(r.path+"/secret/open", url.Values{"chair": {first}, "secretary": {first}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Status)
	require.NotContains(t, wrong.Body, first, "a share is never sent back")
	opened := boxed.Submit(r.path+"/secret/open", url.Values{"chair": {first}, "secretary": {second}})
	require.Contains(t, opened.Text(), "Đã mở và công bố phiếu kín", opened.Text())
	require.Contains(t, opened.Text(), "yyyyyyyyyyy")
	require.Contains(t, opened.Text(), "Mọi phiếu giống nhau", "a unanimous vote is no secret")
	require.Contains(t, opened.Text(), "y: tán thành")
	desk := browsertest.Open(t, r.Server.URL, browsertest.Desktop, r.Cookie(t, "hd-secretary"))
	desk.Go(r.path + "/secret").Axe().Fits().Shot("council/secret")
	attested := r.secretary.Get(r.path+"/secret").Submit(r.path+"/secret/attest", nil)
	require.Contains(t, attested.Text(), "Hai người giữ mảnh khóa đã xác nhận.", attested.Text())
	result := chair.Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Contains(t, result.Text(), "11 tán thành / 11, cần 10", result.Text())
	require.Contains(t, result.Text(), "Bỏ phiếu kín (điện tử)")

	var record council.Record
	file := r.people["hg-member-1"].Get(r.path + "/secret/record.json")
	require.NoError(t, json.Unmarshal([]byte(file.Body), &record))
	require.NoError(t, council.Recount(record, record.Ballots[3]))
	require.Contains(t, r.secretary.Get(r.path+"/minutes").Text(), "bỏ phiếu kín điện tử")
	require.Contains(t, r.secretary.Get(r.path+"/count-record").Text(), record.Root)
	require.Equal(t, http.StatusNotFound, r.As(t, "pgd-clerk").Get(r.path+"/secret").Status)
	for _, page := range []string{"/secret", "/sealed", "/result", ""} {
		english := r.As(t, "hg-member-1").English().Get(r.path + page)
		require.Equal(t, http.StatusOK, english.Status)
		require.NotContains(t, english.Text(), "council.", page)
	}
}
