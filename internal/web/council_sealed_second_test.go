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

// sealedTwice is a convened and opened session of sealed ballots whose rule votes twice.
func sealedTwice(t *testing.T) *councilRoom {
	r := &councilRoom{World: webtest.New(t), t: t, people: map[string]*webtest.Visitor{}}
	r.Under(t, func(files map[string]string) {
		files["councils.yaml"] = strings.ReplaceAll(files["councils.yaml"], "    ballot: secret\n    absent: written\n",
			"    ballot: secret\n    absent: written\n    second_round: {num: 1, den: 2, article: \"Quy chế thử\", mark: unconfirmed}\n")
	})
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
	r.secretary.Get(r.path+"/edit").Submit(r.path+"/edit", url.Values{"secret": {"electronic"}})
	for _, login := range councilLogins {
		r.declareNone(login)
	}
	r.secretary.Get(r.path+"/convene").Submit(r.path+"/convene", nil)
	return r
}

// shareOf has a holder make a share on the page and writes it down.
func (r *councilRoom) shareOf(v *webtest.Visitor) string {
	r.t.Helper()
	p := v.Get(r.path+"/secret").Submit(r.path+"/secret/key", nil)
	require.Equal(r.t, http.StatusOK, p.Status, p.Text())
	return strings.TrimSpace(p.Find(func(n *html.Node) bool { return n.Data == "code" }).FirstChild.Data)
}

// TestSealedSecondBallotThroughPages: what falls short goes to a second sealed ballot, with
// other shares; a page of the first that stood open is refused and told why; both ballots
// are published, and anybody counts both again.
func TestSealedSecondBallotThroughPages(t *testing.T) {
	t.Parallel()
	r := sealedTwice(t)
	chair := r.people["hg-chair"]
	first, second := r.shareOf(chair), r.shareOf(r.secretary)
	r.presentAndOpen()
	for i, login := range councilLogins {
		short := "yes"
		if i > 6 {
			short = "no"
		}
		done := r.people[login].Get(r.path+"/sealed").Submit(r.path+"/sealed", url.Values{"s0": {"yes"}, "s1": {short}, "sure": {"yes"}})
		require.Contains(t, done.Text(), "Biên nhận phiếu đã mã hóa", done.Text())
	}
	freeze := chair.Get(r.path + "/secret")
	boxed := freeze.Submit(r.path+"/secret/freeze", nil)
	opened := boxed.Submit(r.path+"/secret/open", url.Values{"chair": {first}, "secretary": {second}})
	require.Contains(t, opened.Text(), "Đã mở và công bố phiếu kín", opened.Text())
	r.secretary.Get(r.path+"/secret").Submit(r.path+"/secret/attest", nil)
	form := chair.Get(r.path + "/close")
	require.Contains(t, form.Text(), "sẽ chuyển sang lần hai")
	run := form.Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Equal(t, r.path+"/run", run.Path, run.Text())

	stale := freeze.Submit(r.path+"/secret/freeze", nil)
	require.Equal(t, http.StatusConflict, stale.Status, stale.Text())
	require.Contains(t, stale.Text(), "lần bỏ phiếu kín khác")
	wait := r.people["hg-vice"].Get(r.path + "/sealed")
	require.Contains(t, wait.Text(), "chưa tạo đủ hai mảnh khóa của lần bỏ phiếu này")
	page := chair.Get(r.path + "/secret")
	require.Contains(t, page.Text(), "Bỏ phiếu kín lần hai dùng hai mảnh khóa mới")
	require.NotContains(t, page.Text(), "Khóa rồi không nhận thêm phiếu kín", "the box cannot be closed before there is a key")
	one, two := r.shareOf(chair), r.shareOf(r.secretary)
	require.NotContains(t, chair.Get(r.path+"/secret").Text(), "Tạo mảnh khóa của tôi")

	phone := browsertest.Open(t, r.Server.URL, browsertest.Phone, r.Cookie(t, "hg-member-1"))
	phone.Go(r.path + "/sealed").Axe().Fits()
	phone.Wait("Phiếu được mã hóa ngay trên máy của bạn")
	phone.Click("label[for=s0-yes]").Click("label[for=sure]").Press("Bỏ phiếu").Wait("Biên nhận phiếu đã mã hóa")
	phone.Clean()
	for _, login := range councilLogins {
		if login == "hg-member-1" {
			continue
		}
		p := r.people[login].Get(r.path + "/sealed")
		require.Contains(t, p.Text(), "Phiếu kín lần hai")
		require.NotContains(t, p.Text(), "Nguyễn Văn Ví Dụ", "it passed in the first ballot")
		old := p.Submit(r.path+"/sealed", url.Values{"s0": {"no"}, "sure": {"yes"}, "round": {"1"}})
		require.Equal(t, http.StatusConflict, old.Status, "a page of the first ballot")
		done := p.Submit(r.path+"/sealed", url.Values{"s0": {"yes"}, "sure": {"yes"}})
		require.Contains(t, done.Text(), "Biên nhận phiếu đã mã hóa", done.Text())
	}
	boxed = chair.Get(r.path+"/secret").Submit(r.path+"/secret/freeze", nil)
	wrong := boxed.Submit(r.path+"/secret/open", url.Values{"chair": {first}, "secretary": {second}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Status, "shares of the first ballot")
	opened = boxed.Submit(r.path+"/secret/open", url.Values{"chair": {one}, "secretary": {two}})
	require.Contains(t, opened.Text(), "yyyyyyyyyyy", opened.Text())
	require.Contains(t, opened.Text(), "Phiếu đã mở của lần thứ nhất")
	attested := r.secretary.Get(r.path+"/secret").Submit(r.path+"/secret/attest", nil)
	require.Contains(t, attested.Text(), "Hai người giữ mảnh khóa đã xác nhận.", attested.Text())
	browsertest.Open(t, r.Server.URL, browsertest.Desktop, r.Cookie(t, "hd-secretary")).Go(r.path + "/secret").Axe().Fits().Shot("council/secret-second")
	result := chair.Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Contains(t, result.Text(), "11 tán thành / 11, cần 10 lần thứ nhất 7 tán thành / 11, cần 10", result.Text())
	for _, round := range []string{"1", "2", ""} {
		var record council.Record
		require.NoError(t, json.Unmarshal([]byte(r.secretary.Get(r.path+"/secret/record.json?round="+round).Body), &record))
		require.NoError(t, council.Recount(record, record.Ballots[3]))
	}
	require.Contains(t, r.secretary.Get(r.path+"/count-record").Text(), "BỎ PHIẾU LẦN HAI")
	english := r.As(t, "hg-member-1").English().Get(r.path + "/secret")
	require.Contains(t, english.Text(), "What was voted in the first ballot")
}
