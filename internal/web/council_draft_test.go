package web_test

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"vinhdanh/internal/web/webtest"
)

// draftsDecision goes on after the vote: the standing body picks what passed, chooses
// a deputy to sign, reads the text, changes it, and its head submits it.
func (r *councilRoom) draftsDecision() {
	t := r.t
	r.Delivered(t, strings.TrimPrefix(r.path, "/sessions/"))
	clerk := r.As(t, "snv-appraiser")
	waiting := clerk.Get("/decision-drafts")
	require.Contains(t, waiting.Text(), "2 trường hợp trong 1 hồ sơ")
	require.NotContains(t, waiting.Text(), "Lê Văn Thiếu Phiếu", "who did not pass is not in it")
	form := clerk.Get(waiting.Link("Dự thảo quyết định (2 trường hợp)"))
	require.Equal(t, http.StatusOK, form.Status, form.Text())
	require.Contains(t, form.Text(), "3.600.000 đồng", "2 × the law's sum of 2023")

	wrong := form.Submit("/decision-drafts", url.Values{"proposals": {}, "occasion": {"trong phong trào thử"}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Status)
	require.Equal(t, "trong phong trào thử", wrong.Value("occasion"), "nothing that was typed is lost")
	deputy := ""
	form.Find(func(n *html.Node) bool {
		if webtest.Attr(n, "name") == "signer" {
			deputy = webtest.Attr(n, "value") // the last: a deputy
		}
		return false
	})
	draft := form.Submit("/decision-drafts", url.Values{"signer": {deputy}, "occasion": {"trong phong trào thử"}})
	require.Equal(t, http.StatusOK, draft.Status, draft.Text())
	require.Contains(t, draft.Text(), "KT. Tạ Thị Ký Thay")
	require.Contains(t, draft.Text(), "Lãnh đạo cơ quan thường trực trình ký.", "an appraiser is told who submits")
	twice := form.Submit("/decision-drafts", url.Values{"signer": {deputy}})
	require.Equal(t, draft.Path, twice.Path, "the cases stand in one draft: %s", twice.Text())

	pdf := clerk.Get(draft.Path + "/preview.pdf")
	require.Equal(t, "application/pdf", pdf.Header.Get("Content-Type"))
	require.Contains(t, pdf.Header.Get("Content-Security-Policy"), "frame-ancestors 'self'")
	require.True(t, strings.HasPrefix(pdf.Body, "%PDF-"))
	edit := clerk.Get(draft.Path + "/edit")
	require.Equal(t, "trong phong trào thử", edit.Value("occasion"))
	changed := edit.Submit(draft.Path+"/edit", url.Values{"period": {"năm thử"}})
	require.Contains(t, changed.Text(), "Đã soạn lại dự thảo.")

	head := r.As(t, "snv-director")
	sent := head.Get(draft.Path).Submit(draft.Path+"/submit", nil)
	require.Contains(t, sent.Text(), "Đã trình ký.")
	require.Contains(t, sent.Text(), "Đã trình Tạ Thị Ký Thay ký")
	again := head.Post(draft.Path+"/submit", url.Values{"csrf": {sent.Value("csrf")}})
	require.Contains(t, again.Text(), "Đã trình ký.", "sent twice, submitted once")
	require.Equal(t, http.StatusNotFound, clerk.Get(draft.Path+"/edit").Status, "a submitted text is not edited")
	for _, login := range []string{"pgd-clerk", "ph-reviewer", "hd-secretary", "vt-head"} {
		for _, path := range []string{"/decision-drafts", draft.Path, draft.Path + "/preview.pdf", draft.Path + "/edit"} {
			assert.Equal(t, http.StatusNotFound, r.As(t, login).Get(path).Status, "%s %s", login, path)
		}
	}
	for _, v := range []*webtest.Visitor{clerk, r.As(t, "snv-appraiser").English()} {
		assert.Equal(t, http.StatusOK, v.Get("/decision-drafts").Status)
	}
}
