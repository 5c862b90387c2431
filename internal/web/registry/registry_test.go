package registry_test

import (
	"net/url"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

func TestMain(m *testing.M) {
	os.Exit(browsertest.Run(func() int { return pgtest.Run(m) }))
}

func signed(t *testing.T) (*webtest.World, []app.DecisionView) {
	t.Helper()
	w := webtest.New(t)
	a := w.AtCouncil(t, w.Sent(t, "Tạ Văn Kín Đáo", "Đỗ Thị Riêng Tư"))
	b := w.AtCouncil(t, w.Sent(t, "Lưu Thị Mẫu Mực"))
	w.Voted(t, 0, a, b)
	return w, []app.DecisionView{w.Signed(t, w.Submitted(t, a)), w.Signed(t, w.Submitted(t, b))}
}

func TestRegistrarNumbersSeveralAtOnce(t *testing.T) {
	t.Parallel()
	w, ds := signed(t)
	v := w.As(t, "hg-registrar")
	desk := v.Get("/numbering")
	require.Contains(t, desk.Text(), ds[0].Ref)
	wrong := desk.Submit("/numbering", url.Values{"number-" + ds[0].ID: {"hai nghìn"}})
	require.Equal(t, 422, wrong.Status)
	require.Equal(t, "hai nghìn", wrong.Value("number-"+ds[0].ID), "what was typed is not lost")
	same := desk.Submit("/numbering", url.Values{"number-" + ds[0].ID: {"2011"}, "number-" + ds[1].ID: {"2011"}})
	require.Contains(t, same.Text(), "Đã cấp số 1, không được 1")
	require.Contains(t, same.Text(), "đã cấp cho quyết định")
	done := same.Submit("/numbering", url.Values{"number-" + ds[1].ID: {"2012"}})
	require.Contains(t, done.Text(), "Đã cấp số và ban hành")
	for _, words := range []string{"2011/QĐ-UBND", "2012/QĐ-UBND", "2023 · QĐ-UBND (2)"} {
		require.Contains(t, done.Text(), words)
	}
	w.Finished(t, ds[0])
	pdf := v.Get("/register/" + ds[0].ID + "/document.pdf")
	require.Equal(t, "%PDF-", pdf.Body[:5])
	file := v.Get("/register/export?format=csv")
	require.Contains(t, v.Get("/register").Body, file.Header.Get("X-Content-Sha256"))
}

func TestHandoverIsMarkedWithWhoReceived(t *testing.T) {
	t.Parallel()
	w, ds := signed(t)
	w.Issued(t, ds[0], 2011)
	v := w.As(t, "hg-registrar")
	at := "/register/" + ds[0].ID
	page := v.Get(at)
	for _, words := range []string{"Quỹ thi đua, khen thưởng", "Tạ Văn Kín Đáo", "0 trên 2", "Phòng Giáo dục và Đào tạo"} {
		require.Contains(t, page.Text(), words)
	}
	item := page.Value("items")
	bad := page.Submit(at, url.Values{"items": {item}})
	require.Equal(t, 422, bad.Status)
	require.Contains(t, bad.Text(), "Người nhận: phải có")
	done := bad.Submit(at, url.Values{"items": {item}, "receiver": {"Phạm Thị Nhận Thay"}})
	require.Contains(t, done.Text(), "1 trên 2")
	require.Contains(t, done.Text(), "Phạm Thị Nhận Thay")
	file := v.Get(at + "/export?format=xlsx")
	require.Equal(t, "PK", file.Body[:2])

	own := w.As(t, "pgd-head").Get(at)
	require.Contains(t, own.Text(), "Tạ Văn Kín Đáo", "a unit reads its own recipients")
	require.Nil(t, own.Form(at), "and marks nothing")
}

func TestCertificatesAreEnteredAndPrinted(t *testing.T) {
	t.Parallel()
	w, ds := signed(t)
	w.Issued(t, ds[0], 2011)
	v := w.As(t, "hg-registrar")
	at := "/register/" + ds[0].ID + "/certificates"
	page := v.Get(at)
	require.Contains(t, page.Text(), "2 trường hợp sẽ nhận số sổ vàng tiếp theo")
	require.Contains(t, page.Text(), "Chưa xác nhận", "the design's mark is on the screen")
	done := page.Submit(at, nil)
	require.Contains(t, done.Text(), "Đã vào sổ vàng")
	require.Contains(t, done.Text(), "2/2023")
	pdf := v.Get(at + "/file?paper=stock&printer=A")
	require.Equal(t, "%PDF-", pdf.Body[:5])
	require.Equal(t, "PK", v.Get(at + "/file?as=zip").Body[:2])
	bad := done.Submit(at+"/printer", url.Values{"set_printer": {"A"}, "x": {"xa"}})
	require.Equal(t, 422, bad.Status)
	require.Equal(t, "xa", bad.Value("x"), "what was typed is not lost")
	set := bad.Submit(at+"/printer", url.Values{"set_printer": {"A"}, "x": {"-1,5"}, "y": {"0.3"}})
	require.Contains(t, set.Text(), "ngang -1,5 mm, dọc 0,3 mm")
	require.Equal(t, "%PDF-", v.Get("/register/" + ds[0].ID + "/calibration.pdf?design=bang-khen&printer=A").Body[:5])
	book := v.Get("/gold-book?search=ta+van+kin")
	require.Contains(t, book.Text(), "Tạ Văn Kín Đáo")
	require.NotContains(t, book.Text(), "Đỗ Thị Riêng Tư")
	require.Equal(t, "PK", v.Get("/gold-book/export?format=xlsx").Body[:2])
	again := v.Get(at)
	link := regexp.MustCompile(at + "/[0-9a-f-]+/reissue").FindString(again.Body)
	require.NotEmpty(t, link)
	ask := v.Get(link)
	require.Contains(t, ask.Text(), "[chưa xác nhận]", "the reasons' mark is on the screen")
	wrong := ask.Submit(link, url.Values{"reason": {"DAMAGED"}, "why": {"Bị ướt (giả định)"}})
	require.Equal(t, 422, wrong.Status)
	require.Contains(t, wrong.Text(), "cần thu lại bản cũ")
	require.Equal(t, "DAMAGED", wrong.Value("reason"), "what was chosen is not lost")
	require.Contains(t, wrong.Submit(link, url.Values{"reason": {"LOST"}, "why": {"Bị mất (giả định)"}}).Text(), "bản cũ hết giá trị")
	anew := v.Get("/gold-book?anew=yes")
	require.Contains(t, anew.Text(), "cấp lại thay số 1/2023")
	require.NotContains(t, anew.Text(), "Đỗ Thị Riêng Tư")
	require.Regexp(t, `<input type="checkbox" value="yes" checked[^>]* name="anew"`, anew.Body, "the filter shows that it is on")
	require.NotRegexp(t, `checked[^>]* name="anew"`, v.Get("/gold-book").Body)
	require.NotContains(t, w.As(t, "pgd-head").Get(at).Text(), "Cấp đổi, cấp lại")
	require.Contains(t, w.As(t, "pgd-head").Get("/register/"+ds[0].ID).Text(), "1/2023", "the unit reads its own numbers")
	paper := v.Get("/register/" + ds[0].ID + "/paper?kind=minutes&format=pdf")
	require.Equal(t, "%PDF-", paper.Body[:5])
	require.Contains(t, v.Get("/payments?year=2023").Text(), "2011/QĐ-UBND")
}

func TestANumberIsVoided(t *testing.T) {
	t.Parallel()
	w, ds := signed(t)
	w.Issued(t, ds[0], 1)
	w.App.OwnRegister = true
	v := w.As(t, "hg-registrar")
	page := v.Get("/register")
	bad := page.Submit("/register/voided", url.Values{"void_symbol": {"QĐ-UBND"}})
	require.Equal(t, 422, bad.Status)
	done := bad.Submit("/register/voided", url.Values{"void_symbol": {"QĐ-UBND"}, "reason": {"in hỏng bản ký"}})
	for _, words := range []string{"Đã hủy số trong sổ", "02/QĐ-UBND", "in hỏng bản ký"} {
		require.Contains(t, done.Text(), words)
	}
	require.Nil(t, w.As(t, "hg-chair").Get("/register").Form("/register/voided"), "the signer voids nothing")
}

func TestOthersSeeNoRegister(t *testing.T) {
	t.Parallel()
	w, ds := signed(t)
	w.Issued(t, ds[0], 2011)
	_, err := w.App.MakeCertificates(t.Context(), w.Session(t, "hg-registrar"), ds[0].ID)
	require.NoError(t, err)
	for _, login := range []string{"vt-clerk", "vt-reviewer", "hg-admin"} {
		v := w.As(t, login)
		for _, path := range []string{"/numbering", "/register", "/register/" + ds[0].ID, "/register/" + ds[0].ID + "/export?format=csv", "/register/" + ds[0].ID + "/document.pdf", "/register/export?format=json",
			"/register/" + ds[0].ID + "/certificates", "/register/" + ds[0].ID + "/certificates/file", "/register/" + ds[0].ID + "/paper?kind=receipt&format=pdf",
			"/gold-book", "/gold-book?search=kin", "/gold-book/export?format=csv", "/payments", "/payments/export?format=csv"} {
			page := v.Get(path)
			for _, secret := range []string{"Kín Đáo", "Riêng Tư", ds[0].Ref, ds[1].Ref, "2011/QĐ"} {
				assert.NotContains(t, page.Body, secret, "%s as %s", path, login)
			}
		}
	}
}

func TestRegistryInTheBrowser(t *testing.T) {
	w, ds := signed(t)
	w.Issued(t, ds[0], 2011)
	_, err := w.App.MakeCertificates(t.Context(), w.Session(t, "hg-registrar"), ds[0].ID)
	require.NoError(t, err)
	for _, width := range []int{browsertest.Desktop, browsertest.Phone} {
		for _, english := range []bool{false, true} {
			b := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "hg-registrar"))
			if english {
				b.English()
			}
			for name, path := range map[string]string{"desk": "/numbering", "register": "/register", "handover": "/register/" + ds[0].ID,
				"certificates": "/register/" + ds[0].ID + "/certificates", "gold": "/gold-book", "payments": "/payments"} {
				b.Go(path)
				b.Axe()
				b.Fits()
				b.Shot("registry-" + name + map[bool]string{true: "-en", false: "-vi"}[english] + map[int]string{browsertest.Phone: "-phone", browsertest.Desktop: "-desktop"}[width])
			}
		}
	}
}
