package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// halfCuts is a quota of test data: no more than half of those proposed pass.
const halfCuts = `
  - code: HALF
    regimes: [R1]
    award: BKT-PT
    of: BKT-PT
    percent: 50
    per: list
    does: cut
    article: "Quy chế thử"
    mark: unconfirmed
    text: {vi: "Bằng khen không quá nửa số đề nghị", en: "Certificates at most half of those proposed"}
`

// TestPriorityThroughPages: equal votes straddle a quota; the secretary enters the
// Council's order, the chair reads it, consents and closes; result and minutes tell.
func TestPriorityThroughPages(t *testing.T) {
	t.Parallel()
	r := &councilRoom{World: webtest.New(t), t: t, people: map[string]*webtest.Visitor{}}
	r.Under(t, func(files map[string]string) {
		files["quotas.yaml"] = strings.Replace(files["quotas.yaml"], "\nquotas:\n", "\nquotas:\n"+halfCuts, 1)
	})
	r.AtCouncil(t, r.Sent(t, "Nguyễn Văn Ngang", "Trần Thị Bằng"))
	r.secretary = r.As(t, "hd-secretary")
	for _, login := range councilLogins {
		r.people[login] = r.As(t, login)
	}
	r.planned()
	for _, login := range councilLogins {
		r.declareNone(login)
	}
	r.opened()
	require.Contains(t, r.secretary.Get(r.path+"/priority").Text(), "không chờ thứ tự ưu tiên")
	for _, login := range councilLogins {
		form := r.people[login].Get(r.path + "/ballot")
		form.Submit(r.path+"/ballot", url.Values{"c0": {"yes"}, "c1": {"yes"}, "do": {"check"}}).Submit(r.path+"/cast", nil)
	}
	chair := r.people["hg-chair"]
	counted := chair.Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Equal(t, r.path+"/priority", counted.Path, counted.Text())
	require.Contains(t, counted.Text(), "chỉ còn 1 chỗ")
	require.Contains(t, r.people["hg-member-1"].Get(r.path+"/ballot").Text(), "Phiếu")
	early := chair.Get(r.path+"/close").Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Contains(t, early.Text(), "Thư ký nhập thứ tự ưu tiên")

	require.Contains(t, r.secretary.Get(r.path).Text(), "Hội đồng cần thống nhất thứ tự ưu tiên")
	browsertest.Open(t, r.Server.URL, browsertest.Phone, r.Cookie(t, "hd-secretary")).Go(r.path + "/priority").Axe().Fits().Shot("council/priority-phone")
	browsertest.Open(t, r.Server.URL, browsertest.Desktop, r.Cookie(t, "hd-secretary")).English().Go(r.path + "/priority").Axe().Fits().Shot("council/priority-en")
	form := r.secretary.Get(r.path + "/priority")
	wrong := form.Submit(r.path+"/priority", url.Values{"place0": {"1"}, "place1": {"1"}, "reason": {"r"}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Status)
	require.Contains(t, wrong.Text(), "mỗi số cho một trường hợp")
	saved := form.Submit(r.path+"/priority", url.Values{"place0": {"2"}, "place1": {"1"}, "reason": {"Người trực tiếp lao động trước (giả định)"}})
	require.Contains(t, saved.Text(), "Đã lưu thứ tự ưu tiên")
	closing := chair.Get(r.path + "/close")
	require.Contains(t, closing.Text(), "Kết thúc là đồng ý với thứ tự ưu tiên sau: Ông Trần Thị Bằng")
	result := closing.Submit(r.path+"/close", url.Values{"phrase": {"kết thúc"}})
	require.Equal(t, r.path+"/result", result.Path, result.Text())
	require.Contains(t, result.Text(), "đủ số phiếu, xếp thứ 2, vượt số lượng 1")
	require.Contains(t, r.secretary.Get(r.path+"/minutes").Text(), "Người trực tiếp lao động trước")
}
