package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// optionOf is the value of the option whose text begins with the words.
func optionOf(t *testing.T, p *webtest.Page, words string) string {
	t.Helper()
	n := p.Find(func(n *html.Node) bool {
		return n.Data == "option" && n.FirstChild != nil && len(n.FirstChild.Data) >= len(words) && n.FirstChild.Data[:len(words)] == words
	})
	require.NotNil(t, n, "no option %q in %s", words, p.Text())
	for _, a := range n.Attr {
		if a.Key == "value" {
			return a.Val
		}
	}
	return ""
}

func TestDelegationPages(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	chair := w.As(t, "ph-chair")
	p := chair.Get("/delegations/new?unit=hoi-dong-tdkt-phung-hiep")
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	assert.Contains(t, p.Text(), "Ủy viên tự mình biểu quyết", "what cannot be delegated says why")
	to := optionOf(t, p, "Ngô Thị Phó Mẫu")
	wrong := p.Submit("/delegations", url.Values{"roles": {"chair"}, "delegate": {to}, "last_day": {"2023-01-01"}, "basis": {"12/GUQ-UBND"}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Status)
	assert.Equal(t, "12/GUQ-UBND", wrong.Value("basis"), "nothing that was typed is lost")
	assert.Contains(t, wrong.Text(), "không được trước ngày bắt đầu")

	done := wrong.Submit("/delegations", url.Values{"roles": {"chair"}, "delegate": {to}, "last_day": {"2023-11-30"}})
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	assert.Equal(t, "/delegations", done.Path)
	assert.Contains(t, done.Text(), "Đã lập ủy quyền")
	assert.Contains(t, done.Text(), "đến hết 30/11/2023")

	vice := w.As(t, "ph-vice")
	home := vice.Get("/")
	assert.Contains(t, home.Text(), "Xử lý thay Bùi Văn Chủ Tọa", "every page says for whom one acts")
	assert.NotContains(t, chair.Get("/").Text(), "Xử lý thay")
	assert.Contains(t, vice.English().Get("/delegations").Text(), "Hand it back")
	assert.NotContains(t, w.As(t, "vt-head").Get("/delegations").Text(), "Chủ Tọa")

	list := chair.Get("/delegations")
	form := list.Find(func(n *html.Node) bool { return n.Data == "form" && len(action(n)) > 20 })
	require.NotNil(t, form)
	ended := list.Submit(action(form), url.Values{"reason": {"Về sớm"}})
	assert.Contains(t, ended.Text(), "Đã chấm dứt ủy quyền")
	assert.Contains(t, ended.Text(), "Về sớm")
	assert.NotContains(t, vice.Get("/").Text(), "On behalf of")
}

func action(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "action" {
			return a.Val
		}
	}
	return ""
}

func TestDelegationPagesInABrowser(t *testing.T) {
	w := webtest.New(t)
	chair := w.As(t, "ph-chair")
	p := chair.Get("/delegations/new?unit=hoi-dong-tdkt-phung-hiep")
	p.Submit("/delegations", url.Values{"roles": {"chair"}, "delegate": {optionOf(t, p, "Ngô Thị Phó Mẫu")}, "last_day": {"2023-11-30"}, "basis": {"12/GUQ-UBND ngày 14/11/2023"}})
	for _, v := range []struct {
		login, path string
		width       int
		english     bool
	}{
		{"ph-vice", "/delegations", 1280, false}, {"ph-vice", "/delegations", 390, true},
		{"ph-chair", "/delegations/new?unit=hoi-dong-tdkt-phung-hiep", 1280, false}, {"ph-secretary", "/delegations/new", 390, false},
	} {
		tab := browsertest.Open(t, w.Server.URL, v.width, w.Cookie(t, v.login))
		if v.english {
			tab.English()
		}
		tab.Go(v.path).Axe().Fits()
		tab.Clean()
		tab.Shot("delegation-" + v.login + "-" + strconv.Itoa(v.width))
	}
}
