package letters_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

func TestMain(m *testing.M) {
	os.Exit(browsertest.Run(func() int { return pgtest.Run(m) }))
}

// TestALetterIsReadEditedAndReleased through the pages, and the unit reads it then and not before.
func TestALetterIsReadEditedAndReleased(t *testing.T) {
	w := webtest.New(t)
	p := w.AtCouncil(t, w.Sent(t, "Tạ Văn Kín Đáo"))
	z := w.Voted(t, 99, p)
	secretary, unit := w.As(t, "hd-secretary"), w.As(t, "pgd-head")
	reasons := "/proposals/" + p.ID + "/reasons"
	require.NotEqual(t, http.StatusOK, unit.Get(reasons).Status)
	require.NotContains(t, unit.Get("/proposals/"+p.ID).Body, reasons)
	require.Contains(t, unit.Get("/proposals/"+p.ID).Text(), "Thông báo kết quả chính thức của hồ sơ này sẽ được gửi sau")
	list := secretary.Get("/outcome-letters")
	require.Contains(t, list.Text(), p.Ref)
	require.Contains(t, list.Text(), "Xem trước 1 thông báo của "+z.Ref)
	at := regexp.MustCompile(`/outcome-letters/[0-9a-f-]{36}`).FindString(list.Body)
	require.NotEmpty(t, at)
	for _, login := range []string{"pgd-head", "vt-head", "hg-member-1"} {
		assert.Equal(t, http.StatusNotFound, w.As(t, login).Get(at).Status, login)
	}
	audits := w.As(t, "hg-auditor").Get(at)
	require.Equal(t, http.StatusOK, audits.Status)
	require.Nil(t, audits.Form(at+"/edit"), "an auditor changes nothing")

	one := secretary.Get(at)
	require.Contains(t, one.Text(), "Tạ Văn Kín Đáo")
	saved := one.Submit(at+"/edit", url.Values{"paragraph": {"Mời đơn vị trình lại đợt sau (giả định)."}})
	require.Contains(t, saved.Text(), "Đã lưu đoạn viết thêm")
	stale := one.Submit(at+"/edit", url.Values{"paragraph": {"Của người thứ hai"}})
	require.Equal(t, http.StatusConflict, stale.Status)
	require.Contains(t, stale.Body, "Của người thứ hai", "what was typed is not lost")
	require.Equal(t, "%PDF-", secretary.Get(at + "/thong-bao.pdf").Body[:5])
	require.Equal(t, "PK", secretary.Get(at + "/thong-bao.docx").Body[:2])
	empty := saved.Submit(at+"/discard", url.Values{})
	require.Equal(t, http.StatusUnprocessableEntity, empty.Status)
	gone := saved.Submit(at+"/discard", url.Values{"reason": {"Bỏ nhầm (giả định)"}})
	require.Contains(t, gone.Text(), "Đã bỏ; thông báo không gửi.")
	require.Nil(t, w.As(t, "hg-auditor").Get(at).Form(at+"/restore"))
	back := gone.Submit(at+"/restore", url.Values{"reason": {"Vẫn phải gửi (giả định)"}})
	require.Contains(t, back.Text(), "Đã lấy lại; thông báo chờ gửi.", back.Text())
	require.Contains(t, back.Text(), "Bỏ nhầm (giả định)", "what was done stays on record")

	plan := secretary.Get("/outcome-letters").Submit("/outcome-letters/rehearse", url.Values{"of": {z.ID}})
	require.Contains(t, plan.Text(), "Sẽ gửi 1 thông báo về 1 trường hợp; không gửi 0.")
	require.Contains(t, plan.Text(), "Tạ Văn Kín Đáo", "the names are there before anything goes")
	require.NotEqual(t, http.StatusOK, unit.Get(reasons).Status, "a rehearsal sends nothing")
	done := plan.Submit("/outcome-letters/release", url.Values{})
	require.Contains(t, done.Text(), "Đã gửi 1 thông báo về 1 trường hợp; không gửi 0.")
	again := plan.Submit("/outcome-letters/release", url.Values{})
	require.Contains(t, again.Text(), "Đã gửi trước đó")
	read := unit.Get(reasons)
	require.Contains(t, read.Text(), "Mời đơn vị trình lại đợt sau")
	require.Contains(t, w.As(t, "pgd-head").English().Get(reasons).Text(), "Letter of outcome")
	require.Contains(t, secretary.Get("/outcome-letters?state=released").Text(), p.Ref)
}

// TestTheOutboxOfLettersInABrowser: accessible, on a phone and a desk, in both languages.
func TestTheOutboxOfLettersInABrowser(t *testing.T) {
	w := webtest.New(t)
	a, b := w.AtCouncil(t, w.Sent(t, "Tạ Văn Kín Đáo")), w.AtCouncil(t, w.Sent(t, "Lưu Thị Mẫu Mực"))
	w.Voted(t, 99, a)
	w.Voted(t, 99, b)
	at := regexp.MustCompile(`/outcome-letters/[0-9a-f-]{36}`).FindString(w.As(t, "snv-director").Get("/outcome-letters").Body)
	require.NotEmpty(t, at)
	for _, width := range []int{browsertest.Desktop, browsertest.Phone} {
		b := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "snv-director"))
		for _, path := range []string{"/outcome-letters", at, "/outcome-letters?state=discarded"} {
			b.Go(path).Axe().Fits()
		}
		b.English().Go("/outcome-letters").Axe().Fits()
		b.Go(at)
		b.Send("/outcome-letters/rehearse")
		b.Axe()
		b.Fits()
	}
}
