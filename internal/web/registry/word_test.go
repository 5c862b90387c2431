package registry_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/office/officetest"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// reworded changes words of a Word file as an editor would.
func reworded(t *testing.T, content []byte, old, to string) []byte {
	t.Helper()
	return officetest.Edit(t, content, func(xml string) string { return strings.ReplaceAll(xml, old, to) })
}

// TestADraftIsEditedInWord through its page.
func TestADraftIsEditedInWord(t *testing.T) {
	w := webtest.New(t)
	p := w.AtCouncil(t, w.Sent(t, "Tạ Văn Kín Đáo"))
	w.Voted(t, 0, p)
	d, err := w.App.DraftDecision(t.Context(), w.Session(t, "snv-director"), app.DraftDecisionInput{Proposals: []string{p.ID}})
	require.NoError(t, err)
	v, at := w.As(t, "snv-appraiser"), "/decision-drafts/"+d.ID
	file := v.Get(at + "/draft.docx")
	require.Equal(t, "PK", file.Body[:2])
	for _, login := range []string{"pgd-head", "vt-clerk", "hg-auditor", "hg-chair"} {
		assert.NotEqual(t, http.StatusOK, w.As(t, login).Get(at+"/draft.docx").Status, login)
	}
	page := v.Get(at)
	bad := page.Submit(at+"/word", nil, webtest.File{Field: "file", Name: "sua.docx", Content: reworded(t, []byte(file.Body), "Kín Đáo", "Khín Đáo")})
	require.Equal(t, http.StatusUnprocessableEntity, bad.Status)
	require.Contains(t, bad.Text(), "Tệp khác dữ liệu ở 1 chỗ nên không được nhận")
	require.Contains(t, bad.Text(), "dữ liệu ghi “")
	done := bad.Submit(at+"/word", nil, webtest.File{Field: "file", Name: "sua.docx", Content: reworded(t, []byte(file.Body), "Căn cứ ", "Căn cứ theo ")})
	require.Contains(t, done.Text(), "Đã nhận lời văn từ tệp Word")
	require.Contains(t, done.Text(), "Lời văn lấy từ tệp “sua.docx”")
	for _, width := range []int{browsertest.Desktop, browsertest.Phone} {
		b := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "snv-director"))
		b.Go(at)
		b.Axe()
		b.Fits()
	}
}
