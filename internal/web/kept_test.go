package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

const sessionCookie = "__Host-session"

// TestAFormOutlivesItsSession without scripts: what was sent after the session had
// ended is sent again by the same person, and by nobody else.
func TestAFormOutlivesItsSession(t *testing.T) {
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	form := v.Get("/submissions/new")
	v.Forget(sessionCookie)
	kept := form.Submit("/submissions/new", url.Values{"title": {"Đề nghị khen thưởng cuối năm"}})
	require.Equal(t, http.StatusUnauthorized, kept.Status, kept.Text())
	require.Contains(t, kept.Text(), "Đề nghị khen thưởng cuối năm")
	require.Equal(t, "Đề nghị khen thưởng cuối năm", kept.Value("title"))
	kept = kept.Submit("/submissions/new", nil) // too early
	require.Equal(t, http.StatusUnauthorized, kept.Status)
	require.Equal(t, "Đề nghị khen thưởng cuối năm", kept.Value("title"))

	v.Take(w.Cookie(t, "vt-clerk"))
	require.Equal(t, http.StatusForbidden, kept.Submit("/submissions/new", nil).Status, "another person")
	require.NotContains(t, w.As(t, "vt-clerk").Get("/submissions").Text(), "cuối năm")

	v.Take(w.Cookie(t, "pgd-clerk"))
	done := kept.Submit("/submissions/new", nil)
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	require.Contains(t, done.Text(), "Đề nghị khen thưởng cuối năm")
}

// TestAFormOfAnOlderSessionOfTheSamePerson is asked for once more and then taken.
func TestAFormOfAnOlderSessionOfTheSamePerson(t *testing.T) {
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	form := v.Get("/submissions/new")
	v.Take(w.Again(t, "pgd-clerk"))
	kept := form.Submit("/submissions/new", url.Values{"title": {"Viết ở phiên trước"}})
	require.Equal(t, http.StatusForbidden, kept.Status)
	require.Contains(t, kept.Text(), "Bạn đã đăng nhập lại")
	require.Contains(t, kept.Submit("/submissions/new", nil).Text(), "Viết ở phiên trước")
}

// TestPasswordsAndNumbersAreNotKept: a page that holds what was typed does not hold those.
func TestPasswordsAndNumbersAreNotKept(t *testing.T) {
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	token := v.Get("/").Value("csrf")
	v.Forget(sessionCookie)
	kept := v.Post("/ledger/subjects/x/number", url.Values{"csrf": {token}, "unkept": {"number"}, "number": {"001080000001"}, "note": {"hai từ"}})
	require.Equal(t, http.StatusUnauthorized, kept.Status)
	require.Equal(t, "hai từ", kept.Value("note"))
	require.NotContains(t, kept.Body, "001080000001")
	require.Contains(t, w.As(t, "hg-chair").Get("/account/password").Body, `name="unkept" value="password"`)
}

// TestWhatWasTypedSurvivesTheSessionInABrowser: a plain form, a guarded one, and one
// that is saved as it is typed.
func TestWhatWasTypedSurvivesTheSessionInABrowser(t *testing.T) {
	w := webtest.New(t)
	tab := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "pgd-clerk"))
	back := func() {
		t.Helper()
		in := tab.Window().Go("/sign-in?next=%2Fsession%2Fagain").Fill("login", "pgd-clerk").Fill("password", apitest.SamplePassword)
		in.Send("/sign-in").WaitAt("/session/again").Axe().Fits()
	}
	tab.Go("/submissions/new").Fill("title", "Gõ dở khi hết phiên").Forget(sessionCookie)
	tab.Send("/submissions/new").Wait("Gõ dở khi hết phiên").Axe().Fits().Shot("kit/kept-desktop-vi")
	back()
	tab.Send("/submissions/new").WaitPath("/submissions/").Wait("Gõ dở khi hết phiên")
	at := tab.Path()

	tab.Go(at+"/items/new?kind=individual").Choose("award", "BKT-PT").Fill("name", "Nguyễn Thị Mẫu").Choose("period_kind", "school").Fill("period", "2022-2023")
	tab.Forget(sessionCookie).Click(`form[action$="/items/new"] button.primary`).Wait("Phiên làm việc đã hết").Shot("kit/kept-guarded-vi")
	require.Equal(t, "Nguyễn Thị Mẫu", tab.Eval(`document.getElementsByName("name")[0].value`))
	back()
	tab.Send("/items/new").WaitPath("/items/")
	item := tab.Path()

	tab.Fill("achievement", "Trước khi hết phiên").Wait("Đã lưu")
	tab.Forget(sessionCookie).Fill("achievement", "Sau khi hết phiên").Wait("Đăng nhập (mở cửa sổ mới)").Axe().Shot("kit/kept-autosave-vi")
	back()
	require.Eventually(t, func() bool { return w.As(t, "pgd-clerk").Get(item).Value("achievement") == "Sau khi hết phiên" }, 20*time.Second, 300*time.Millisecond)
	require.Equal(t, "Sau khi hết phiên", tab.Wait("Đã lưu").Eval(`document.getElementsByName("achievement")[0].value`))
}

// TestAGuardedFormWaitsForTheConnection: sent without one, it stays with its words.
func TestAGuardedFormWaitsForTheConnection(t *testing.T) {
	w := webtest.New(t)
	tab := browsertest.Open(t, w.Server.URL, browsertest.Phone, w.Cookie(t, "pgd-clerk")).English()
	tab.Go("/submissions/new").Fill("title", "Offline").Send("/submissions/new").WaitPath("/submissions/").Wait("Offline")
	tab.Go(tab.Path()+"/items/new?kind=individual").Choose("award", "BKT-PT").Fill("name", "Trần Văn Mẫu").Choose("period_kind", "school").Fill("period", "2022-2023")
	tab.Offline(true).Click(`form[action$="/items/new"] button.primary`).Wait("the connection is lost").Axe().Fits().Shot("kit/unsent-phone-en")
	require.Equal(t, "Trần Văn Mẫu", tab.Eval(`document.getElementsByName("name")[0].value`))
	tab.Offline(false).Send("/items/new").WaitPath("/items/").Wait("Trần Văn Mẫu")
}
