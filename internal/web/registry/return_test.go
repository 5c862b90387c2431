package registry_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/law"
	"vinhdanh/internal/web/browsertest"
)

// aPDF is a file that the checks of papers take.
var aPDF = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")

// TestWhatCameBackIsMarkedOnItsPage and shown on the list of who got what, and of the money.
func TestWhatCameBackIsMarkedOnItsPage(t *testing.T) {
	w, ds := signed(t)
	d := w.Issued(t, ds[0], 2011)
	_, err := w.App.MarkHandover(t.Context(), w.Session(t, "hg-registrar"), d.ID, app.HandoverInput{
		Items: []string{d.Lines[0].Item, d.Lines[1].Item}, State: "received", Receiver: "Người nhận (giả định)",
	})
	require.NoError(t, err)
	w.App.Today = func() law.Date { return law.MustDate("2024-03-01") }
	v := w.Revoked(t, d, "FRAUD", aPDF, 57)
	at := "/revocations/" + v.ID
	page := w.As(t, "hg-registrar").Get(at)
	require.Contains(t, page.Text(), "chưa thu hồi")
	wrong := page.Submit(at+"/returns", url.Values{"recognitions": {v.Lines[0].Recognition}, "state": {"lost"}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.Status, wrong.Text())
	done := wrong.Submit(at+"/returns", url.Values{"recognitions": {v.Lines[0].Recognition}, "state": {"lost"}, "note": {"Đã cháy (giả định)"}, "thing": {"object"}})
	require.Contains(t, done.Text(), "không thu hồi được 01/03/2024 (Đã cháy (giả định))")
	done = done.Submit(at+"/returns", url.Values{"recognitions": {v.Lines[0].Recognition, v.Lines[1].Recognition}, "thing": {"money"}})
	require.Contains(t, done.Text(), "Đã thu hồi: 3.600.000 đồng; hiện vật: 0")
	sh := &shown{w}
	sh.look(t, "hg-registrar", "/register/"+d.ID, "đã hủy bỏ theo Quyết định số 57/QĐ-UBND", "không thu hồi được 01/03/2024", "đã thu hồi 01/03/2024")
	sh.look(t, "hg-registrar", "/payments", "Phải thu hồi", "3.600.000")
	sh.look(t, "pgd-head", at, "đã thu hồi 01/03/2024")
	require.Nil(t, w.As(t, "pgd-head").Get(at).Form(at+"/returns"))
	for _, login := range []string{"vt-head", "vt-clerk"} {
		assert.Equal(t, http.StatusNotFound, w.As(t, login).Get(at).Status, login)
	}
	for _, width := range []int{browsertest.Desktop, browsertest.Phone} {
		b := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "hg-registrar"))
		for _, path := range []string{at, "/register/" + d.ID, "/payments"} {
			b.Go(path)
			b.Axe()
			b.Fits()
		}
	}
}
