package web_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestKitInABrowser shows the components at every width, in both languages.
func TestKitInABrowser(t *testing.T) {
	w := webtest.New(t)
	for _, c := range []struct {
		name    string
		width   int
		english bool
	}{{"desktop-vi", browsertest.Desktop, false}, {"phone-vi", browsertest.Phone, false}, {"desktop-en", browsertest.Desktop, true}} {
		tab := browsertest.Open(t, w.Server.URL, c.width, w.Cookie(t, "pgd-clerk"))
		if c.english {
			tab.English()
		}
		for _, page := range []string{"/", "/styleguide"} {
			tab.Go(page).Axe().Fits()
			require.Less(t, tab.Wire(), 100<<10, "%s over the wire on first visit", page)
			tab.Shot("kit/" + c.name + "-" + map[string]string{"/": "home", "/styleguide": "styleguide"}[page])
		}
		tab.Clean()
	}
}

// TestPhoneHeaderIsOneLine whatever the badge of unread notices says, in both languages:
// nothing wraps, overlaps or leaves the window.
func TestPhoneHeaderIsOneLine(t *testing.T) {
	w := webtest.New(t)
	for _, english := range []bool{false, true} {
		tab := browsertest.Open(t, w.Server.URL, browsertest.Phone, w.Cookie(t, "hd-secretary"))
		if english {
			tab.English()
		}
		for _, unread := range []string{"", "7", "42", "128"} {
			tab.Go("/")
			faults := tab.Eval(`(() => {
				const link = document.querySelector('.masthead a[href="/notices"]');
				link.querySelector(".count")?.remove();
				if ("` + unread + `") link.insertAdjacentHTML("beforeend", '<b class="count">` + unread + `<span class="hidden"> chưa đọc</span></b>');
				const parts = [document.querySelector(".brand"), ...document.querySelectorAll(".masthead-tools > *")], out = [];
				const boxes = parts.map((e) => e.getBoundingClientRect());
				boxes.forEach((b, i) => {
					const last = boxes[i - 1];
					if (last && Math.abs((b.top + b.bottom) / 2 - (last.top + last.bottom) / 2) > 4) out.push("another line: " + parts[i].textContent.trim());
					if (last && b.left < last.right - 1) out.push("overlaps: " + parts[i].textContent.trim());
					if (b.right > innerWidth) out.push("leaves the window: " + parts[i].textContent.trim());
					if (b.height > 52) out.push("two lines high: " + parts[i].textContent.trim());
				});
				return out.join("; ");
			})()`)
			require.Empty(t, faults, "%s unread, English: %v", unread, english)
			tab.Axe().Fits().Shot("kit/phone-header-" + map[bool]string{false: "vi", true: "en"}[english] + unread)
		}
	}
}

// TestKeyboard reaches everything of a page by Tab, with the focus seen, and skips
// to the main content.
func TestKeyboard(t *testing.T) {
	w := webtest.New(t)
	tab := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "pgd-clerk")).Go("/")
	tab.TabTo("Đến nội dung chính").Enter()
	require.Equal(t, "main", tab.Eval(`document.activeElement.id`))
	tab.Go("/").TabTo("English").Enter().Wait("My work")
	require.Equal(t, "en", tab.Eval(`document.documentElement.lang`))
	tab.Clean()
}

// TestDark shows the components in the dark, and without motion.
func TestDark(t *testing.T) {
	w := webtest.New(t)
	tab := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "pgd-clerk")).Dark()
	tab.Go("/styleguide").Axe().Shot("kit/dark-styleguide")
	tab.Go("/").Axe().Shot("kit/dark-home")
	require.Equal(t, "0s", tab.Eval(`getComputedStyle(document.querySelector("button")).transitionDuration`))
	tab.Clean()
}

// TestOnPaper: what a page is for is printed, black on white, with its filter in
// words; what is there to be pressed is not.
func TestOnPaper(t *testing.T) {
	w := webtest.New(t)
	w.Sent(t, "Nguyễn Thị In Giấy")
	tab := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "pgd-clerk"))
	shown := func(what string) string {
		return tab.Eval(`getComputedStyle(document.querySelector("` + what + `")).display`)
	}
	tab.Go("/search/cases?state=open")
	require.Equal(t, "none", shown(".print-only"))
	require.NotEqual(t, "none", shown(".masthead"))
	tab.Paper().Shot("kit/paper-cases")
	for _, gone := range []string{".masthead", ".colophon", ".filters", ".tabs", ".skip"} {
		require.Equal(t, "none", shown(gone), gone)
	}
	require.Equal(t, "block", shown(".print-only"))
	require.Equal(t, "table", shown("main table"))
	require.Equal(t, "rgb(0, 0, 0)", tab.Eval(`getComputedStyle(document.querySelector("main table a")).color`))
	tab.Clean()
}
