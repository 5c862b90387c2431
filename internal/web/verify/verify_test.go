package verify_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

func TestMain(m *testing.M) {
	os.Exit(browsertest.Run(func() int { return pgtest.Run(m) }))
}

func TestAnybodyAsks(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	v := w.As(t, "")
	page := v.Get("/verify")
	require.Equal(t, 200, page.Status)
	require.Contains(t, page.Text(), "Không cần đăng nhập")
	require.Contains(t, v.Get("/verify?code=0000-1111-2222-3333").Text(), "Không tìm thấy")
	bad := v.Get("/verify?code=abc")
	require.Equal(t, 422, bad.Status)
	require.Contains(t, bad.Text(), "16 chữ và số")
	require.Contains(t, page.Submit("/verify/file", nil, webtest.File{Field: "file", Name: "a.pdf", Content: []byte("%PDF-1.7 gì đó")}).Text(), "Không tìm thấy")
	require.Contains(t, w.As(t, "").English().Get("/verify?code=0000-1111-2222-3333").Text(), "No such document was issued here")
}

func TestVerifyOnAPhone(t *testing.T) {
	w := webtest.New(t)
	for _, width := range []int{browsertest.Desktop, browsertest.Phone} {
		b := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "pgd-clerk"))
		b.Go("/verify?code=0000-1111-2222-3333").Axe().Fits()
		b.Shot("verify")
	}
}
