package clerk_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestClerkPagesInABrowser looks at every page of the clerk and the head, at both
// widths, in both languages.
func TestClerkPagesInABrowser(t *testing.T) {
	w := webtest.New(t)
	back := returnedCase(t, w)
	clerk := w.As(t, "pgd-clerk")
	sub := begun(t, clerk)
	item := added(t, clerk, sub, "Nguyễn Thị Mẫu")
	list := staged(t, w)
	for _, c := range []struct {
		name    string
		width   int
		english bool
	}{{"desktop-vi", browsertest.Desktop, false}, {"phone-vi", browsertest.Phone, false}, {"phone-en", browsertest.Phone, true}} {
		tab := browsertest.Open(t, w.Server.URL, c.width, w.Cookie(t, "pgd-clerk"))
		if c.english {
			tab.English()
		}
		for name, path := range map[string]string{
			"list": "/submissions", "new": "/submissions/new", "submission": sub, "item": item, "add": sub + "/items/new", "letter": sub + "/letter",
			"declaration": sub + "/declaration", "papers": sub + "/papers", "check": sub + "/check", "copy": sub + "/copy", "upload": "/lists/new",
			"preview": "/lists/" + list, "return": "/returns/" + back, "changes": "/proposals/" + back + "/changes",
		} {
			tab.Go(path).Axe().Fits()
			tab.Shot("clerk/" + c.name + "-" + name)
		}
		tab.Clean()
		head := browsertest.Open(t, w.Server.URL, c.width, w.Cookie(t, "pgd-head"))
		if c.english {
			head.English()
		}
		for name, path := range map[string]string{"approvals": "/approvals", "approve": "/approvals" + sub[len("/submissions"):], "return": "/returns/" + back} {
			head.Go(path).Axe().Fits()
			head.Shot("head/" + c.name + "-" + name)
		}
		head.Clean()
	}
}

// TestALostConnectionKeepsWhatWasTyped: it says so, tries again by itself, and the
// law's word follows what was saved.
func TestALostConnectionKeepsWhatWasTyped(t *testing.T) {
	w := webtest.New(t)
	clerk := w.As(t, "pgd-clerk")
	item := added(t, clerk, begun(t, clerk), "Nguyễn Thị Mẫu")
	tab := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "pgd-clerk")).Go(item)
	tab.Fill("achievement", "Dạy giỏi cấp huyện").Wait("Đã lưu")
	require.Equal(t, "Dạy giỏi cấp huyện", clerk.Get(item).Value("achievement"))
	tab.Offline(true)
	tab.Fill("achievement", "Dạy giỏi cấp tỉnh").Wait("mất kết nối")
	require.Equal(t, "Dạy giỏi cấp tỉnh", tab.Eval(`document.getElementsByName("achievement")[0].value`))
	tab.Offline(false)
	require.Eventually(t, func() bool { return clerk.Get(item).Value("achievement") == "Dạy giỏi cấp tỉnh" }, 20*time.Second, 300*time.Millisecond)
	require.NotContains(t, tab.Eval(`JSON.stringify(Object.entries(localStorage)) + JSON.stringify(Object.entries(sessionStorage))`), "Dạy", "ASVS 14.3.3")
	require.Contains(t, []string{`[][]`, `[][["htmx-current-path-for-history","` + item + `"]]`}, tab.Eval(`JSON.stringify(Object.entries(localStorage)) + JSON.stringify(Object.entries(sessionStorage))`), "nothing but where one is")
	tab.Choose("facts.rating", "DONE").Wait("Không đạt")
}

// staged is a list from Excel with its faults, put up by the clerk.
func staged(t *testing.T, w *webtest.World) string {
	t.Helper()
	v, err := w.App.StageList(context.Background(), session(t, w, "pgd-clerk"), sample(t), "danh-sach.xlsx", app.ImportInput{PeriodKind: "school", Period: "2022-2023"})
	require.NoError(t, err)
	return v.ID
}
