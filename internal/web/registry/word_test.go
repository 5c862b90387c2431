package registry_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// reworded changes the text of a Word file as an editor would.
func reworded(t *testing.T, content []byte, old, to string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	require.NoError(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		part, err := f.Open()
		require.NoError(t, err)
		b, err := io.ReadAll(part)
		require.NoError(t, err)
		p, err := w.Create(f.Name)
		require.NoError(t, err)
		_, err = io.WriteString(p, strings.ReplaceAll(string(b), old, to))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
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
