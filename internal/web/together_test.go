package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestTheErrorSummaryTakesTheFocus after a form was refused; its links lead to the
// fields, by the keyboard.
func TestTheErrorSummaryTakesTheFocus(t *testing.T) {
	w := webtest.New(t)
	for _, english := range []bool{false, true} {
		tab := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "hd-secretary")).Vietnamese()
		if english {
			tab.English()
		}
		tab.Go("/sessions/new").Fill("title", "Phiên họp thử").Eval(`(document.getElementsByName("held_on")[0].value = "", "")`)
		tab.Send("/sessions")
		require.Equal(t, "error-summary", tab.Eval(`document.activeElement.id`))
		require.NotEmpty(t, tab.Eval(`document.querySelector("#error-summary a").innerText`))
		tab.Keys(kb.Tab)
		field := tab.Eval(`document.activeElement.dataset.field || ""`)
		require.NotEmpty(t, field, "the next stop is the first link of the summary")
		tab.Enter()
		require.Equal(t, field, tab.Eval(`document.activeElement.name`))
		require.Equal(t, "true", tab.Eval(`document.activeElement.getAttribute("aria-invalid")`))
		require.Equal(t, "Phiên họp thử", tab.Eval(`document.getElementsByName("title")[0].value`))
		tab.Axe().Fits().Shot("kit/summary-" + map[bool]string{false: "vi", true: "en"}[english])
	}
}

// TestTwoPeopleAtOneCase, each in a browser of their own: the head has the page open
// to take the case back while the reviewer sends it on. One of them is told in words
// that the case has gone on, and it went on once.
func TestTwoPeopleAtOneCase(t *testing.T) {
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Thị Hai Người")
	at := "/proposals/" + p.ID
	head := browsertest.Open(t, w.Server.URL, browsertest.Phone, w.Cookie(t, "pgd-head")).Vietnamese()
	head.Go(at + "/act/recall")
	reviewer := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "ph-reviewer")).Vietnamese()
	reviewer.Go("/review/cases/" + p.ID)
	minutes := filepath.Join(t.TempDir(), "bien-ban.pdf")
	require.NoError(t, os.WriteFile(minutes, []byte("%PDF-1.7 biên bản mẫu"), 0o600))
	reviewer.Attach("minutes", minutes).Send("/forward")
	require.Equal(t, "reception", w.Row(t, p.ID).Stage)
	head.Send("/act/recall")
	told := head.Text()
	require.True(t, strings.Contains(told, "đã") && head.Eval(`document.activeElement.id || document.querySelector("h1").innerText`) != "", told)
	head.Axe().Fits().Shot("kit/two-people-phone-vi")
	require.Equal(t, "reception", w.Row(t, p.ID).Stage)
	require.Equal(t, 2, w.Row(t, p.ID).Number)
}

// TestASVS_3_3_SessionCookies: the cookies of a session, as signing in gives them, are
// bound to this host, unseen by scripts and not sent along from elsewhere.
func TestASVS_3_3_SessionCookies(t *testing.T) {
	w := webtest.New(t)
	v := w.As(t, "")
	page := v.Get("/sign-in")
	res := v.Do(request(t, w, http.MethodPost, "/sign-in", url.Values{"csrf": {page.Value("csrf")}, "login": {"pgd-clerk"}, "password": {apitest.SamplePassword}}.Encode(), nil))
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	found := map[string]bool{}
	for _, c := range append(page.Header.Values("Set-Cookie"), res.Header.Values("Set-Cookie")...) {
		name, _, _ := strings.Cut(c, "=")
		found[name] = true
		for _, want := range []string{"; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
			assert.Contains(t, c, want)
		}
		assert.NotContains(t, c, "Domain=")
		assert.NotContains(t, c, "Expires=", "a session ends with the browser")
		assert.NotContains(t, c, "Max-Age=")
	}
	assert.True(t, found["__Host-session"], found)
	assert.True(t, found["__Host-form"], found)
	tab := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "pgd-clerk")).Go("/")
	require.Empty(t, tab.Eval(`document.cookie`), "no script reads a cookie")
}
