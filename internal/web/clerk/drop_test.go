package clerk_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestAPaperIsDropped on its field: a file from the desk lands in the form and is kept.
func TestAPaperIsDropped(t *testing.T) {
	w := webtest.New(t)
	sub := begun(t, w.As(t, "pgd-clerk"))
	file := filepath.Join(t.TempDir(), "bien-ban-hop.pdf")
	require.NoError(t, os.WriteFile(file, []byte("%PDF-1.7 biên bản mẫu"), 0o600))
	tab := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "pgd-clerk")).Vietnamese()
	tab.Go(sub+"/papers?kind=BIEN_BAN").Drop(`[data-drop] input[name="file"]`, file)
	require.Equal(t, "bien-ban-hop.pdf", tab.Eval(`[...document.querySelector('input[name="file"]').files].map((f) => f.name).join()`))
	tab.Send("/papers").Wait("bien-ban-hop.pdf")
	tab.Clean()
}
