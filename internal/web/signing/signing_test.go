package signing_test

import (
	"net/url"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

func TestMain(m *testing.M) {
	os.Exit(browsertest.Run(func() int { return pgtest.Run(m) }))
}

// waiting is a site with decisions that wait for the head of the province; in the
// first, one was not proposed by the district and one vote went against the other.
func waiting(t *testing.T) (*webtest.World, []app.DecisionView) {
	t.Helper()
	w := webtest.New(t)
	a := w.AtCouncil(t, w.Sent(t, "Tạ Văn Kín Đáo", "Đỗ Thị Riêng Tư"), "Đỗ Thị Riêng Tư")
	b := w.AtCouncil(t, w.Sent(t, "Lưu Thị Mẫu Mực"))
	w.Voted(t, 1, a, b)
	return w, []app.DecisionView{w.Submitted(t, a), w.Submitted(t, b)}
}

// chair reads Vietnamese, whatever the sample person prefers.
func chair(t *testing.T, w *webtest.World) *webtest.Visitor {
	t.Helper()
	v := w.As(t, "hg-chair")
	require.Equal(t, 200, v.Get("/signing").Submit("/language", url.Values{"lang": {"vi"}}).Status)
	return v
}

func TestSignerSeesWhoAndWhatWasContested(t *testing.T) {
	t.Parallel()
	w, ds := waiting(t)
	v := chair(t, w)
	desk := v.Get("/signing")
	require.Contains(t, desk.Text(), ds[0].Ref)
	require.Contains(t, desk.Text(), ds[1].Ref)
	one := v.Get("/signing/" + ds[0].ID)
	for _, words := range []string{"Tạ Văn Kín Đáo", "Đỗ Thị Riêng Tư", "Chưa đủ thời gian công tác.", "Cùng hồ sơ nhưng không có trong quyết định này", "1 không đồng ý", "Bằng khen"} {
		require.Contains(t, one.Text(), words)
	}
	pdf := v.Get("/signing/" + ds[0].ID + "/preview.pdf")
	require.Equal(t, "%PDF-", pdf.Body[:5])
	require.Contains(t, w.As(t, "hg-chair").English().Get("/signing/"+ds[0].ID).Text(), "Of the same proposal, not in this decision")
}

func TestManyAreRehearsedThenSignedOnce(t *testing.T) {
	t.Parallel()
	w, ds := waiting(t)
	v := chair(t, w)
	require.Contains(t, v.Get("/signing/rehearse").Text(), "Hãy chọn ít nhất một quyết định")
	page := v.Get("/signing/rehearse?id=" + ds[0].ID + "&id=" + ds[1].ID)
	require.Contains(t, page.Text(), "Sẽ ký 2 quyết định")
	require.Contains(t, page.Text(), "Lưu Thị Mẫu Mực", "names before anything is signed")
	done := page.Submit("/signing", nil)
	require.Contains(t, done.Text(), "Đã ký tất cả quyết định đã chọn")
	require.Contains(t, done.Text(), "Không có quyết định nào chờ bạn ký")
	again := page.Submit("/signing", nil)
	require.Contains(t, again.Text(), "Đã ký tất cả", "the back button signs nothing twice")
	late := page.Submit("/signing", url.Values{"nonce": {"another-form"}})
	require.Contains(t, late.Text(), "không ký được 2")
}

func TestSendingBackNeedsItsReason(t *testing.T) {
	t.Parallel()
	w, ds := waiting(t)
	v := chair(t, w)
	page := v.Get("/signing/" + ds[0].ID)
	bad := page.Submit("/signing/"+ds[0].ID+"/send-back", nil)
	require.Equal(t, 422, bad.Status)
	require.Contains(t, bad.Text(), "Lý do: phải có")
	back := bad.Submit("/signing/"+ds[0].ID+"/send-back", url.Values{"reason": {"Sửa căn cứ pháp lý"}})
	require.Contains(t, back.Text(), "Đã trả lại dự thảo")
	require.NotContains(t, v.Get("/signing").Text(), ds[0].Ref)
}

func TestNobodyElseSeesOrSigns(t *testing.T) {
	t.Parallel()
	w, ds := waiting(t)
	for _, login := range []string{"vt-clerk", "vt-reviewer", "pgd-head", "pgd-clerk", "hg-admin", "ph-reviewer"} {
		v := w.As(t, login)
		for _, path := range []string{"/signing", "/signing/" + ds[0].ID, "/signing/" + ds[0].ID + "/preview.pdf", "/signing/rehearse?id=" + ds[0].ID} {
			page := v.Get(path)
			for _, secret := range []string{"Kín Đáo", "Riêng Tư", ds[0].Ref, ds[0].Content} {
				assert.NotContains(t, page.Body, secret, "%s as %s", path, login)
			}
		}
		home := v.Get("/")
		csrf := home.Value("csrf")
		r := v.Post("/signing", url.Values{"csrf": {csrf}, "nonce": {"n"}, "document": {ds[0].ID + "=" + ds[0].Content}})
		require.NotContains(t, r.Text(), ds[0].Ref, login)
	}
	row, err := w.App.DecisionView(t.Context(), w.Session(t, "hg-chair"), ds[0].ID)
	require.NoError(t, err)
	require.Equal(t, "submitted", row.Phase)
}

// On a tablet, with a finger: nothing overflows, axe finds nothing, both languages.
func TestSigningOnATablet(t *testing.T) {
	w, ds := waiting(t)
	for _, width := range []int{browsertest.Tablet, browsertest.Phone} {
		for _, english := range []bool{false, true} {
			b := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "hg-chair"))
			if english {
				b.English()
			}
			for name, path := range map[string]string{
				"desk": "/signing", "one": "/signing/" + ds[0].ID, "rehearse": "/signing/rehearse?id=" + ds[0].ID + "&id=" + ds[1].ID,
			} {
				b.Go(path)
				b.Axe()
				b.Fits()
				b.Shot("signing-" + name + map[bool]string{true: "-en", false: "-vi"}[english] + map[int]string{browsertest.Phone: "-phone", browsertest.Tablet: "-tablet"}[width])
			}
		}
	}
}
