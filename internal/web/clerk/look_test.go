package clerk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestTheFocusIsNeverCovered: Tab through the longest form and the list from Excel;
// the bar that sticks to the window's edge covers nothing that has the focus.
func TestTheFocusIsNeverCovered(t *testing.T) {
	w := webtest.New(t)
	clerk := w.As(t, "pgd-clerk")
	item := added(t, clerk, begun(t, clerk), "Nguyễn Thị Mẫu")
	list := "/lists/" + staged(t, w)
	for _, width := range []int{browsertest.Desktop, browsertest.Small} {
		tab := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "pgd-clerk"))
		for _, path := range []string{item, list} {
			stops, hidden := tab.Go(path).Walk(180)
			assert.Greater(t, stops, 20, "%s at %d", path, width)
			assert.Empty(t, hidden, "%s at %d", path, width)
			tab.Fits()
		}
		tab.Clean()
	}
}

// TestTaskLinksAreLargeEnough to be hit: 24 px, and 44 on a phone.
func TestTaskLinksAreLargeEnough(t *testing.T) {
	w := webtest.New(t)
	sub := begun(t, w.As(t, "pgd-clerk"))
	for width, least := range map[int]string{browsertest.Desktop: "24", browsertest.Small: "44"} {
		tab := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "pgd-clerk")).Go(sub)
		require.NotEqual(t, "0", tab.Eval(`String(document.querySelectorAll(".task a").length)`))
		require.Empty(t, tab.Eval(`[...document.querySelectorAll(".task a")].filter((a) => a.getBoundingClientRect().height < `+least+`).map((a) => a.innerText).join()`))
	}
}

// TestMissingPapersAreNoRefusal: where nothing but papers is missing, the item's page
// says that, in the badge as in the list.
func TestMissingPapersAreNoRefusal(t *testing.T) {
	w := webtest.New(t)
	clerk := w.As(t, "pgd-clerk")
	sub := begun(t, clerk)
	p := clerk.Get(sub+"/items/new?kind=individual").Submit(sub+"/items/new", values(
		"award", "BKT-PT", "name", "Nguyễn Thị Giấy", "position", "Giáo viên", "period_kind", "school", "period", "2022-2023", "then", "open"))
	require.Contains(t, clerk.Get(sub).Text(), "Thiếu giấy tờ")
	verdict := clerk.Get(p.Path + "/verdict").Text()
	require.Contains(t, verdict, "Thiếu giấy tờ")
	require.NotContains(t, verdict, "■ Không đạt")
}

// TestAClashIsChosenNotSkipped: of two texts of one field none is chosen beforehand,
// and saving without a choice asks again and loses neither.
func TestAClashIsChosenNotSkipped(t *testing.T) {
	w := webtest.New(t)
	clerk := w.As(t, "pgd-clerk")
	item := added(t, clerk, begun(t, clerk), "Nguyễn Thị Mẫu")
	one, two := clerk.Get(item), clerk.Get(item)
	one.Submit(item, values("note", "bản một"))
	p := two.Submit(item, values("note", "bản hai"))
	p = p.Submit(item, nil)
	require.Equal(t, 422, p.Status)
	require.Contains(t, p.Text(), "hãy chọn giữ nội dung")
	require.Contains(t, p.Text(), "bản một")
	require.Contains(t, p.Text(), "bản hai")
	p = p.Submit(item, values("take.note", "mine"))
	require.Contains(t, p.Text(), "Đã lưu")
	require.Equal(t, "bản hai", p.Value("note"))
}

// TestAmbiguousAwardsAreNamed in the preview of a list, beside their codes.
func TestAmbiguousAwardsAreNamed(t *testing.T) {
	w := webtest.New(t)
	text := w.As(t, "pgd-clerk").Get("/lists/" + staged(t, w)).Text()
	require.Regexp(t, `có thể là [^.]*Bằng khen[^.]* \(BKT-C\), [^.]*Bằng khen[^.]* \(BKT-PT\)`, text)
}

// TestADayIsSaidInWords beside its field, whatever order the browser's figures have.
func TestADayIsSaidInWords(t *testing.T) {
	w := webtest.New(t)
	sub := begun(t, w.As(t, "pgd-clerk"))
	for lang, words := range map[string]string{"vi": "Thứ bảy, ngày 04 tháng 3 năm 2023", "en": "Saturday 4 March 2023"} {
		tab := browsertest.Open(t, w.Server.URL, browsertest.Small, w.Cookie(t, "pgd-clerk"))
		if lang == "en" {
			tab.English()
		}
		tab.Go(sub+"/letter").Choose("letter_date", "2023-03-04").Wait(words)
		tab.Axe().Fits().Shot("clerk/date-words-" + lang)
	}
	clerk := w.As(t, "pgd-clerk")
	clerk.Get(sub+"/letter").Submit(sub+"/letter", values("letter_date", "2023-03-04"))
	require.Contains(t, clerk.Get(sub+"/letter").Text(), "Thứ bảy, ngày 04 tháng 3 năm 2023", "without scripts it is said once it is saved")
}
