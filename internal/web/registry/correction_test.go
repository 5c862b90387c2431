package registry_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestAnIssuedDecisionIsCorrected through the pages: the standing body drafts it from the
// decision's page, and what is right stands where people look.
func TestAnIssuedDecisionIsCorrected(t *testing.T) {
	w, ds := signed(t)
	w.Issued(t, ds[0], 2011)
	head, at := w.As(t, "snv-director"), "/decision-drafts/"+ds[0].ID
	page := head.Get(at)
	choose := head.Get(page.Link("Đính chính quyết định"))
	require.Contains(t, choose.Text(), "văn bản có hình thức tương đương")
	require.Contains(t, choose.Text(), "Chưa xác nhận", "the rules' marks are on the screen")
	recognition := regexp.MustCompile(`id="r-([0-9a-f-]{36})"[^>]*><label[^>]*>1\. <b>[^<]*Kín Đáo`).FindStringSubmatch(choose.Body)
	require.Len(t, recognition, 2, choose.Text())
	path := at + "/correct"
	form := head.Get(path + "?recognition=" + recognition[1])
	name := "name." + recognition[1]
	require.Equal(t, "Tạ Văn Kín Đáo", form.Value(name))
	require.NotContains(t, form.Text(), "Đỗ Thị Riêng Tư", "only the chosen")
	none := form.Submit(path, url.Values{"reason." + recognition[1]: {"Ghi sai"}})
	require.Equal(t, http.StatusUnprocessableEntity, none.Status)
	require.Contains(t, none.Text(), "sửa ít nhất một mục")
	wrong := form.Submit(path, url.Values{name: {"Tạ Văn Khín Đáo"}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Status)
	require.Equal(t, "Tạ Văn Khín Đáo", wrong.Value(name), "what was typed is not lost")
	stale := form.Submit(path, url.Values{"was." + name: {"Tạ Văn Khác"}, name: {"Tạ Văn Khín Đáo"}, "reason." + recognition[1]: {"Ghi sai"}})
	require.Contains(t, stale.Text(), "Thông tin hiện ghi là “Tạ Văn Kín Đáo”")
	draft := form.Submit(path, url.Values{name: {"Tạ Văn Khín Đáo"}, "reason." + recognition[1]: {"Đối chiếu căn cước công dân"}})
	require.Contains(t, draft.Text(), "Đính chính Quyết định số 2011/QĐ-UBND")
	require.NotContains(t, draft.Body, draft.Path+"/edit", "a correction is not composed anew")
	require.Equal(t, draft.Path, form.Submit(path, url.Values{name: {"Tạ Văn Khín Đáo"}, "reason." + recognition[1]: {"Đối chiếu căn cước công dân"}}).Path, "sent twice, drafted once")
	for _, login := range []string{"pgd-head", "hg-registrar", "vt-head", "hg-auditor"} {
		assert.NotEqual(t, http.StatusOK, w.As(t, login).Get(path).Status, login)
	}

	d, err := w.App.DecisionView(t.Context(), w.Session(t, "snv-director"), strings.TrimPrefix(draft.Path, "/decision-drafts/"))
	require.NoError(t, err)
	require.Contains(t, w.As(t, "snv-director").Get(draft.Path).Text(), "Trình ký")
	w.Corrected(t, d, 2057)
	(&shown{w}).corrected(t, ds[0].ID, d.ID)
}

// shown looks at pages.
type shown struct{ *webtest.World }

func (w *shown) look(t *testing.T, login, path string, words ...string) {
	t.Helper()
	text := w.As(t, login).Get(path).Text()
	for _, word := range words {
		require.Contains(t, text, word, "%s as %s", path, login)
	}
}

func (w *shown) corrected(t *testing.T, of, by string) {
	t.Helper()
	brief, number := w.As(t, "hg-chair").Get("/signing/"+by).Text(), "2057/QĐ-UBND"
	require.Contains(t, brief, "đính chính Quyết định số 2011/QĐ-UBND")
	w.look(t, "snv-director", "/decision-drafts/"+of, "Tạ Văn Khín Đáo", "“Tạ Văn Kín Đáo” → “Tạ Văn Khín Đáo”", number)
	w.look(t, "hg-registrar", "/register", number)
	for _, text := range []string{"ta+van+khin+dao", "Tạ+Văn+Kín+Đáo"} {
		w.look(t, "pgd-clerk", "/search/items?q="+text, "Tạ Văn Khín Đáo", "trước ghi “Tạ Văn Kín Đáo”")
		other := w.As(t, "vt-clerk").Get("/search/items?q=" + text)
		assert.NotContains(t, other.Text(), "Khín Đáo", text)
		assert.NotContains(t, other.Text(), "trước ghi", text)
	}
	d, err := w.App.CorrectionForm(t.Context(), w.Session(t, "snv-director"), of)
	require.NoError(t, err)
	ledger := "/ledger/subjects/" + d.Lines[0].Subject
	w.look(t, "pgd-clerk", ledger, "đúng là Tạ Văn Khín Đáo", "trước ghi “Tạ Văn Kín Đáo”", number)
	require.NotEqual(t, http.StatusOK, w.As(t, "vt-clerk").Get(ledger).Status)
	v, err := w.App.DecisionView(t.Context(), w.Session(t, "pgd-clerk"), of)
	require.NoError(t, err)
	at := "/proposals/" + v.Lines[0].Proposal
	w.look(t, "pgd-clerk", at, "Tạ Văn Kín Đáo", "Đính chính họ và tên: Tạ Văn Khín Đáo", number)
	w.look(t, "pgd-clerk", at+"/items/"+v.Lines[0].Item, "Đã được đính chính", "Tạ Văn Khín Đáo", number)
	for _, width := range []int{browsertest.Desktop, browsertest.Phone} {
		b := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "snv-director"))
		for _, path := range []string{"/decision-drafts/" + of, "/decision-drafts/" + of + "/correct", "/decision-drafts/" + of + "/correct?recognition=" + d.Lines[0].Recognition, ledger, at, at + "/items/" + v.Lines[0].Item} {
			b.Go(path)
			b.Axe()
			b.Fits()
		}
	}
}
