package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/help"
	"vinhdanh/internal/web/webtest"
)

// Every count of the first page is the length of the list that it leads to.
func TestHomeCountsAreTheirLists(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	for _, name := range []string{"Nguyễn Văn An", "Trần Văn Bình", "Lê Thị Cúc"} {
		w.Sent(t, name)
	}
	seen := 0
	for _, login := range []string{"pgd-clerk", "pgd-head", "ph-reviewer", "snv-appraiser", "snv-director", "hd-secretary", "hg-member-1", "hg-chair", "hg-vice", "hg-registrar", "hg-auditor", "hg-admin", "vt-clerk"} {
		v := w.As(t, login)
		page := v.Get("/")
		require.Equal(t, http.StatusOK, page.Status, login)
		for _, n := range all(page, "a", "tally") {
			count := strings.TrimSpace(firstText(n, "b"))
			list := v.Get(webtest.Attr(n, "href"))
			require.Equal(t, http.StatusOK, list.Status)
			rows := len(all(list, "tr", "")) - 1
			assert.Equal(t, count, strconv.Itoa(max(rows, 0)), "%s: %s", login, webtest.Attr(n, "href"))
			seen += max(rows, 0)
		}
	}
	assert.Positive(t, seen, "the lists must have had something in them")
	assert.Contains(t, w.As(t, "ph-reviewer").Get("/").Text(), "đang chờ tôi")
}

func TestNoticesAreReadAndChosen(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn An")
	v := w.As(t, "ph-reviewer")
	page := v.Get("/notices")
	assert.Contains(t, page.Text(), p.Ref)
	assert.Contains(t, page.Text(), "Hồ sơ vừa gửi đến")
	assert.NotContains(t, page.Body, "Nguyễn Văn An", "a notice names nobody")
	assert.Contains(t, v.Get("/").Text(), "chưa đọc")
	other := w.As(t, "pgd-clerk").Post("/notices/read", url.Values{"notice": {page.Value("notice")}, "csrf": {w.As(t, "pgd-clerk").Get("/").Value("csrf")}})
	assert.NotEqual(t, http.StatusInternalServerError, other.Status)
	assert.Contains(t, v.Get("/notices?unread=1").Text(), p.Ref, "nobody reads another's notices")
	page = page.Submit("/notices/read", nil)
	require.Equal(t, http.StatusOK, page.Status, page.Text())
	assert.NotContains(t, v.Get("/notices?unread=1").Text(), p.Ref)

	form := v.Get("/notices/preferences")
	assert.Contains(t, form.Text(), "Bắt buộc")
	done := form.Submit("/notices/preferences", url.Values{"channels[forwarded]": {"weekly"}})
	assert.Contains(t, done.Text(), "Đã lưu cách nhận thông báo.")
	prefs, err := w.App.NoticePreferences(t.Context(), w.Session(t, "ph-reviewer"))
	require.NoError(t, err)
	for _, x := range prefs {
		if x.Kind == "forwarded" {
			assert.Equal(t, "weekly", x.Channel)
		}
	}
	_, err = w.App.SetNoticePreferences(t.Context(), w.Session(t, "ph-reviewer"), app.PreferencesInput{Channels: map[string]string{"returned": "inbox"}})
	assert.Error(t, err, "what is mandatory cannot be stopped")
}

func TestHelpOfEveryAreaInBothLanguages(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	areas := help.Areas()
	require.Greater(t, len(areas), 8)
	for _, area := range areas {
		vi := w.As(t, "pgd-clerk").Get("/help?of=" + area)
		en := w.As(t, "pgd-clerk").English().Get("/help?of=" + area)
		require.Equal(t, http.StatusOK, vi.Status, area)
		require.Equal(t, http.StatusOK, en.Status, area)
		assert.NotEqual(t, firstText(vi.Doc, "h1"), firstText(en.Doc, "h1"), "%s speaks both languages", area)
		assert.NotContains(t, vi.Body, "style=\"")
	}
	for _, odd := range []string{"../text", "nothing", "%00", strings.Repeat("x", 500), "general.vi.md"} {
		assert.Contains(t, w.As(t, "").Get("/help?of="+url.QueryEscape(odd)).Text(), "Trợ giúp", "an area without help has the general page, signed in or not")
	}
	words := w.As(t, "pgd-clerk").Get("/help/words")
	assert.Contains(t, words.Text(), "Hồ sơ đề nghị")
	assert.Contains(t, words.Text(), "Bộ hồ sơ điện tử")
}

func TestLanguageIsKeptWithThePerson(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	page := v.Get("/")
	v.Post("/language", url.Values{"lang": {"en"}, "csrf": {page.Value("csrf")}, "back": {"/"}})
	assert.Contains(t, w.As(t, "pgd-clerk").Get("/").Text(), "My work", "on another machine too")
}

func TestPicturesCountWhatTheListsHold(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	w.Sent(t, "Nguyễn Văn An")
	w.Sent(t, "Trần Văn Bình")
	v := w.As(t, "ph-reviewer")
	page := v.Get("/pictures")
	require.Equal(t, http.StatusOK, page.Status, page.Text())
	svg := all(page, "svg", "chart")
	require.NotEmpty(t, svg)
	found := 0
	for _, td := range all(page, "td", "num") {
		a := firstNode(td, "a")
		if a == nil {
			continue
		}
		list := v.Get(webtest.Attr(a, "href"))
		assert.Equal(t, strings.TrimSpace(firstText(td, "a")), strconv.Itoa(max(0, len(all(list, "tr", ""))-1)), webtest.Attr(a, "href"))
		found++
	}
	assert.Positive(t, found)
	for _, login := range []string{"vt-reviewer", "hg-admin"} {
		assert.NotContains(t, w.As(t, login).Get("/pictures").Body, "<svg class", login)
	}
}

func all(p *webtest.Page, tag, class string) []*html.Node {
	var out []*html.Node
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == tag && (class == "" || strings.Contains(" "+webtest.Attr(n, "class")+" ", " "+class+" ")) {
			out = append(out, n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(p.Doc)
	return out
}

func firstNode(n *html.Node, tag string) *html.Node {
	if n.Type == html.ElementNode && n.Data == tag {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if f := firstNode(c, tag); f != nil {
			return f
		}
	}
	return nil
}

func firstText(n *html.Node, tag string) string {
	f := firstNode(n, tag)
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	if f != nil {
		walk(f)
	}
	return b.String()
}
