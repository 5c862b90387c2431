package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/web/webtest"
)

// Law data that change while the instance runs hold for what is sent from then on; a
// case that was sent before keeps its own, and its page and the API say which.
func TestOpenCasesKeepTheirLawAndSayWhich(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	before := w.Sent(t, "Nguyễn Văn Ví Dụ")
	next := w.Under(t, func(files map[string]string) {
		const was = "from: 2023-07-01, dong: 1800000"
		require.Contains(t, files["money.yaml"], was)
		files["money.yaml"] = strings.Replace(files["money.yaml"], was, "from: 2023-07-01, dong: 1900000", 1)
	})
	after := w.Sent(t, "Trần Thị Giả Định")
	built := law.Default().Hash()
	require.NotEqual(t, built, next.Hash())
	for id, hash := range map[string]string{before.ID: built, after.ID: next.Hash()} {
		assert.Equal(t, hash, w.Row(t, id).LawHash)
		page := w.As(t, "pgd-clerk").Get("/proposals/" + id)
		require.Equal(t, http.StatusOK, page.Status)
		assert.Contains(t, page.Body, hash, "the page says under which data the case is judged")
		for _, other := range []string{built, next.Hash()} {
			if other != hash {
				assert.NotContains(t, page.Body, other)
			}
		}
	}
	// It is still judged, under data that nobody else uses any more.
	v, err := w.App.Proposal(t.Context(), w.Session(t, "pgd-clerk"), before.ID, true)
	require.NoError(t, err)
	require.NotNil(t, v.ItemList[0].Law)
	assert.Equal(t, built, v.ItemList[0].Law.LawHash)
}
