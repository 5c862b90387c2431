package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/browsertest"
)

// TestCouncilInABrowser looks at every page of a council's day, wide and narrow, in
// both languages.
func TestCouncilInABrowser(t *testing.T) {
	r := newCouncilRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định", "H'Hen Mẫu")
	secretary := browsertest.Open(t, r.Server.URL, browsertest.Desktop, r.Cookie(t, "hd-secretary"))
	phone := browsertest.Open(t, r.Server.URL, browsertest.Phone, r.Cookie(t, "hg-member-1"))
	english := browsertest.Open(t, r.Server.URL, browsertest.Desktop, r.Cookie(t, "hd-secretary")).English()
	see := func(name string, tabs map[string]*browsertest.Tab, path string) {
		for who, tab := range tabs {
			tab.Go(path).Axe().Fits().Shot("council/" + name + "-" + who)
		}
	}
	desk := map[string]*browsertest.Tab{"vi": secretary, "en": english}
	hand := map[string]*browsertest.Tab{"phone": phone}
	see("list", desk, "/sessions")
	see("new", desk, "/sessions/new")
	r.planned()
	for name, path := range map[string]string{"draft": "", "agenda": "/agenda", "convene": "/convene", "presence": "/presence", "agenda-print": "/agenda/print", "paper": "/paper", "edit": "/edit"} {
		see(name, desk, r.path+path)
	}
	secretary.Go(r.path + "/presence").Click("label[for$=-present]").Wait("Có mặt 1 / 11 thành viên")
	see("withheld", hand, r.path)
	see("declare", hand, r.path+"/declare")
	phone.Press("Xác nhận không có xung đột lợi ích").Wait("Đã ghi nhận khai báo của bạn.")
	see("item", map[string]*browsertest.Tab{"phone": phone, "vi": secretary, "en": english}, r.secretary.Get(r.path+"/agenda").Link("Ví Dụ"))
	r.AtCouncil(t, r.Sent(t, "Lê Văn Đến Sau"))
	r.secretary.Get(r.path+"/convene").Submit(r.path+"/convene", nil)
	see("late", desk, r.path+"/late")
	r.presentAndOpen()
	for name, path := range map[string]string{"late-over": "/late", "team": "/team", "open": "", "run": "/run", "projector": "/projector", "opinion": "/opinion", "cancel": "/cancel", "close": "/close"} {
		see(name, desk, r.path+path)
	}
	phone.Go(r.path + "/projector").Axe().Fits().Shot("council/projector-phone")
	secretary.Go(r.path + "/run").Wait("0 / 11")
	ballotByHand(t, r, phone)
	secretary.Wait("1 / 11") // the numbers come by themselves
	for _, login := range councilLogins {
		if login != "hg-member-1" {
			r.declareNone(login)
			p := r.people[login].Get(r.path+"/ballot").Submit(r.path+"/ballot", url.Values{"fill": {"a0g0=yes"}})
			p.Submit(r.path+"/ballot", url.Values{"do": {"check"}}).Submit(r.path+"/cast", nil)
		}
	}
	chair := browsertest.Open(t, r.Server.URL, browsertest.Desktop, r.Cookie(t, "hg-chair"))
	chair.Go(r.path+"/close").Fill("phrase", "KẾT THÚC").Press("Kết thúc biểu quyết và kiểm phiếu").WaitPath(r.path + "/result")
	for name, path := range map[string]string{"result": "/result", "minutes": "/minutes", "closed": "", "projector-closed": "/projector"} {
		see(name, map[string]*browsertest.Tab{"vi": secretary, "en": english, "phone": phone}, r.path+path)
	}
	draftByHand(t, r)
	for _, tab := range []*browsertest.Tab{secretary, phone, english, chair} {
		tab.Clean()
	}
}

// draftByHand drafts a decision over what passed, with its text in the page.
func draftByHand(t *testing.T, r *councilRoom) {
	r.Delivered(t, strings.TrimPrefix(r.path, "/sessions/"))
	tab := browsertest.Open(t, r.Server.URL, browsertest.Desktop, r.Cookie(t, "snv-director"))
	small := browsertest.Open(t, r.Server.URL, browsertest.Phone, r.Cookie(t, "snv-appraiser")).English()
	for name, b := range map[string]*browsertest.Tab{"vi": tab, "phone-en": small} {
		b.Go("/decision-drafts").Axe().Fits().Shot("council/drafts-" + name)
	}
	tab.Press("Dự thảo quyết định (3 trường hợp)").WaitPath("/decision-drafts/new")
	tab.Axe().Fits().Shot("council/draft-new-vi")
	tab.Fill("occasion", "trong phong trào thi đua thử nghiệm").Press("Soạn văn bản và xem trước").Wait("Đã soạn dự thảo.")
	tab.Axe().Fits().Shot("council/draft-preview-vi")
	small.Go(tab.Path()).Axe().Fits().Shot("council/draft-preview-phone-en")
	tab.Press("Trình ký").Wait("Đã trình ký.")
	tab.Clean()
	small.Clean()
}

// ballotByHand fills in a ballot on a phone: the group at once, an exception, a lost
// connection in the middle, a reload; then casts it.
func ballotByHand(t *testing.T, r *councilRoom, tab *browsertest.Tab) {
	tab.Go(r.path + "/ballot").Axe().Fits().Shot("council/ballot-phone-empty")
	tab.Press("Tán thành cả 3 trường hợp trong nhóm").Wait("Đã chọn 3 / 3").Wait("Đã lưu")
	tab.Offline(true)
	tab.Click("label[for=c1-no]").Wait("Chưa lưu được")
	tab.Shot("council/ballot-phone-offline")
	tab.Offline(false)
	tab.Wait("Đã lưu")
	tab.Go(r.path + "/ballot").Wait("Đã chọn 3 / 3")
	require.Equal(t, "true", tab.Eval(`String(document.getElementById("c1-no").checked)`), "what was chosen outlives the lost connection and a reload")
	require.Equal(t, "true", tab.Eval(`String([...document.querySelectorAll(".segments label")].every(l => l.getBoundingClientRect().height >= 44))`), "targets of a finger")
	tab.Eval(`(document.getElementById("c2-yes").focus(), "")`)
	tab.Keys("3").Wait("Đã lưu")
	tab.Shot("council/ballot-phone")
	tab.Press("Kiểm tra lại phiếu").WaitPath(r.path + "/ballot/check")
	tab.Wait("1 Tán thành").Axe().Fits().Shot("council/check-phone")
	tab.Press("Bỏ phiếu").Wait("Phiếu của bạn đã được ghi nhận.").Shot("council/voted-phone")
	tab.Back()
	tab.Go(r.path + "/ballot").Wait("Bạn đã bỏ phiếu.")
}
