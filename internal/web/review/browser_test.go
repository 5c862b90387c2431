package review_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestTheReviewersDayInABrowser decides with the keyboard alone, and looks at every
// page at both widths, in both languages.
func TestTheReviewersDayInABrowser(t *testing.T) {
	w := webtest.New(t)
	a, b := w.Sent(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định", "H'Hen Niê Minh Họa"), w.Sent(t, "Lê Văn Thử Nghiệm")
	c := w.Sent(t, "Phạm Thị Tập Dượt")
	forward(t, w, c.ID)
	file := filepath.Join(t.TempDir(), "bien-ban.pdf")
	require.NoError(t, os.WriteFile(file, minutes.Content, 0o600))
	for _, look := range []struct {
		name, login string
		width       int
		english     bool
	}{
		{"desktop-vi", "ph-reviewer", browsertest.Desktop, false}, {"phone-vi", "ph-reviewer", browsertest.Phone, false},
		{"desktop-en", "ph-reviewer", browsertest.Desktop, true},
	} {
		tab := browsertest.Open(t, w.Server.URL, look.width, w.Cookie(t, look.login))
		if look.english {
			tab.English()
		}
		for name, path := range map[string]string{"queue": "/review", "desk": "/review/cases/" + a.ID, "none": "/review?text=khongcoai", "sent": "/review/sent", "letters": "/review/letters", "letter": "/review/letters/new"} {
			tab.Go(path).Axe().Fits()
			require.Less(t, tab.Wire(), 100<<10)
			tab.Shot("review/" + look.name + "-" + name)
		}
		tab.Clean()
	}
	for _, width := range []int{browsertest.Desktop, browsertest.Phone} {
		tab := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "snv-appraiser"))
		name := map[int]string{browsertest.Desktop: "desktop", browsertest.Phone: "phone"}[width]
		tab.Go("/review/cases/" + c.ID + "?regime=R2").Axe().Fits().Shot("review/" + name + "-accept")
		tab.Clean()
	}
	byKeyboard(t, w, a, b, file)
	rehearsedInABrowser(t, w)
}

func byKeyboard(t *testing.T, w *webtest.World, a, b app.ProposalRow, file string) {
	tab := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "ph-reviewer"))
	tab.Go("/review/next")
	tab.Attach("minutes", file)
	tab.Keys("j").Keys("j").Keys("2")
	tab.Keys("Chua du nam")
	tab.Eval(`(() => { document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true})); return ""; })()`)
	tab.Keys("?").Wait("Phím tắt").Axe().Shot("review/desktop-keys")
	tab.Press("Đóng")
	// Turned off, single keys do nothing (WCAG 2.1.4).
	tab.Eval(`(() => { const t = document.querySelector("[data-keys-on]"); t.checked = false; t.dispatchEvent(new Event("change")); return ""; })()`)
	tab.Eval(`(() => { document.activeElement.blur(); return ""; })()`)
	tab.Keys("n")
	assert.Contains(t, tab.Path(), a.ID, "no shortcut while they are off")
	tab.Eval(`(() => { const t = document.querySelector("[data-keys-on]"); t.checked = true; t.dispatchEvent(new Event("change")); return ""; })()`)
	tab.Eval(`(() => { document.querySelector("#desk input.why").focus(); return ""; })()`)
	tab.Eval(`(() => { document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", ctrlKey: true, bubbles: true})); return ""; })()`)
	tab.WaitPath("/review/cases/" + b.ID).Wait("Đã ghi nhận và trình lên.")
	v, err := w.App.Case(context.Background(), w.Session(t, "ph-reviewer"), a.ID, false)
	require.NoError(t, err)
	require.Equal(t, "reception", v.Stage)
	assert.Equal(t, "not_proposed", v.ItemList[1].Outcome, "the second item, by j j 2")
	assert.Equal(t, "Chua du nam", v.Opinions[v.ItemList[1].ID][0].Reason)
	// The back button after a submit: sending the old form again does nothing twice.
	tab.Back().WaitPath("/review/cases/" + a.ID)
	tab.Clean()
}

func rehearsedInABrowser(t *testing.T, w *webtest.World) {
	for _, width := range []int{browsertest.Desktop, browsertest.Phone} {
		tab := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "snv-appraiser"))
		name := map[int]string{browsertest.Desktop: "desktop", browsertest.Phone: "phone"}[width]
		tab.Go("/review?stage=reception")
		tab.Choose("action", "accept")
		tab.Click(`button[name="over"][value="filter"]`).Wait("chưa có gì được thực hiện")
		tab.Axe().Fits().Shot("review/" + name + "-plan")
		if width == browsertest.Desktop {
			tab.Clean()
			continue
		}
		tab.Fill("confirm", "2").Press("Thực hiện với 2 hồ sơ")
		tab.WaitPath("/review/bulk/").Axe().Fits().Shot("review/phone-result")
		tab.Clean()
	}
}
