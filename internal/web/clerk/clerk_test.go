package clerk_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/webtest"
)

func values(kv ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(kv); i += 2 {
		v.Add(kv[i], kv[i+1])
	}
	return v
}

// begun begins a submission by following the page and gives its address.
func begun(t *testing.T, v *webtest.Visitor) string {
	t.Helper()
	p := v.Get("/submissions")
	p = v.Get(p.Link("Lập hồ sơ mới"))
	p = p.Submit("/submissions/new", values("title", "Về việc đề nghị khen thưởng năm học 2022-2023"))
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	require.Contains(t, p.Text(), "Đã lập hồ sơ")
	return p.Path
}

// added adds one person and gives the item's address.
func added(t *testing.T, v *webtest.Visitor, sub, name string) string {
	t.Helper()
	p := v.Get(sub+"/items/new?kind=individual").Submit(sub+"/items/new", values(
		"award", "LDTT", "name", name, "period_kind", "school", "period", "2022-2023", "then", "open"))
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	require.True(t, strings.HasPrefix(p.Path, "/items/"), p.Path)
	return p.Path
}

func TestAFirstDossierByFollowingThePage(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	clerk, head := w.As(t, "pgd-clerk"), w.As(t, "pgd-head")
	sub := begun(t, clerk)
	item := added(t, clerk, sub, "Nguyễn Thị Mẫu")
	p := clerk.Get(item)
	assert.Contains(t, p.Text(), "Cần người xem", "the law speaks beside the form")
	p = p.Submit(item, values("facts.rating", "GOOD", "achievement", "Dạy giỏi cấp huyện", "then", "list"))
	require.Equal(t, sub, p.Path, p.Text())
	for _, step := range []struct{ action, field string }{{"/letter", "letter_number"}} {
		p = clerk.Get(sub+step.action).Submit(sub+step.action, values(step.field, "45/TTr-PGDĐT", "letter_date", "2023-11-15"))
		require.Equal(t, http.StatusOK, p.Status, p.Text())
	}
	p = clerk.Get(sub+"/declaration").Submit(sub+"/declaration", values("facts.proposer_manages", "yes", "facts.on_hold", "no",
		"facts.already_rewarded", "no", "facts.unit_dissolved", "no", "no_discipline", "yes"))
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	for _, kind := range []string{"TO_TRINH", "BAO_CAO", "BIEN_BAN"} {
		p = clerk.Get(sub+"/papers?kind="+kind).Submit(sub+"/papers", nil, webtest.File{Field: "file", Name: kind + ".pdf", Content: []byte("%PDF-1.7 mẫu")})
		require.Equal(t, http.StatusOK, p.Status, p.Text())
	}
	p = clerk.Get(sub + "/check")
	assert.NotContains(t, p.Text(), "Chưa làm")
	assert.Contains(t, p.Text(), "Đạt")
	p = p.Submit(sub+"/hand-over", values("note", "mời xem"))
	assert.Contains(t, p.Text(), "Chờ thủ trưởng duyệt")

	p = head.Get("/approvals")
	p = head.Get(p.Link("HS-2023-"))
	require.Contains(t, p.Text(), "Nguyễn Thị Mẫu")
	require.Contains(t, p.Text(), "mời xem")
	id := strings.TrimPrefix(sub, "/submissions/")
	p = p.Submit("/approvals/"+id+"/send", nil)
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	assert.Contains(t, p.Text(), "Đã gửi")
	// The back button after a submit, and pressing it again, do no harm.
	again := head.Get("/approvals/" + id)
	assert.Contains(t, again.Text(), "Mọi hồ sơ đề nghị đã được gửi")
	assert.Contains(t, clerk.Get(item).Text(), "không sửa được")
}

func TestWhatIsTypedIsSavedAndTwoTabsAreMerged(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	clerk := w.As(t, "pgd-clerk")
	sub := begun(t, clerk)
	item := added(t, clerk, sub, "Nguyễn Thị Mẫu")
	one, two := clerk.Get(item), clerk.Get(item)
	base := one.Value("base")
	csrf := one.Value("csrf")
	save := func(v url.Values) (int, map[string]any) {
		r, err := http.NewRequest(http.MethodPost, w.Server.URL+item+"/save", strings.NewReader(v.Encode()))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", w.Server.URL)
		res := clerk.Do(r)
		raw, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		out := map[string]any{}
		require.NoError(t, json.Unmarshal(raw, &out), string(raw))
		return res.StatusCode, out
	}
	status, out := save(values("csrf", csrf, "base", base, "name", "Nguyễn Thị Mẫu", "position", "Giáo viên", "note", "một"))
	require.Equal(t, http.StatusOK, status, out)
	assert.NotEmpty(t, out["saved"])
	assert.NotEqual(t, base, out["fields"].(map[string]any)["base"])
	status, out = save(values("csrf", csrf, "base", base, "name", "Nguyễn Thị Mẫu", "position", "", "note", "hai"))
	assert.Equal(t, http.StatusConflict, status)
	assert.Contains(t, out["error"], "Có người khác")
	// The button of the second tab shows both and asks.
	p := two.Submit(item, values("note", "hai", "workplace", "Trường Mẫu"))
	require.Contains(t, p.Text(), "một")
	require.Contains(t, p.Text(), "hai")
	assert.Equal(t, "Giáo viên", p.Value("position"), "what the other tab typed elsewhere is kept")
	assert.Equal(t, "Trường Mẫu", p.Value("workplace"))
	p = p.Submit(item, values("take.note", "mine"))
	require.Contains(t, p.Text(), "Đã lưu")
	assert.Equal(t, "hai", p.Value("note"))
	status, out = save(values("csrf", csrf, "base", p.Value("base"), "birth_year", "mười"))
	assert.Equal(t, http.StatusUnprocessableEntity, status)
	assert.Contains(t, out["error"], "ăm sinh")
	assert.Contains(t, clerk.Get(item+"/verdict").Body, `id="law"`)
}

func TestAListFromExcelIsCorrectedInThePage(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	clerk := w.As(t, "pgd-clerk")
	file, err := os.ReadFile("../../importing/testdata/danh-sach-trich-ngang.xlsx")
	require.NoError(t, err)
	p := clerk.Get("/lists/new").Submit("/lists/new", values("period_kind", "school", "period", "2022-2023"),
		webtest.File{Field: "file", Name: "danh-sach.xlsx", Content: file})
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	require.Contains(t, p.Text(), "dòng lỗi")
	list := p.Path
	assert.Contains(t, p.Text(), "Còn", "the button says why it waits")
	for range 6 {
		fixes := values()
		for i := range 200 {
			at := "c." + itoa(i)
			field := p.Value(at + ".field")
			line := p.Value(at + ".line")
			switch {
			case field == "" && line != "" && line == "21":
				fixes.Set(at+".remove", "yes")
			case field == "birth":
				fixes.Set(at+".value", "1986")
			case strings.HasPrefix(field, "birth_year"):
				fixes.Set(at+".value", "1993")
			case field == "award" && strings.Contains(p.Text(), "dòng lỗi"):
				fixes.Set(at+".value", "BKT-PT")
			}
		}
		for i := range 5 {
			if p.Find(nil2(func(name string) bool { return name == "choice."+itoa(i) })) != nil {
				fixes.Set("choice."+itoa(i), map[bool]string{true: "BKT-PT", false: "GK-H"}[i == 0])
			}
		}
		p = p.Submit(list+"/changes", fixes)
		require.Equal(t, http.StatusOK, p.Status, p.Text())
		if strings.Contains(p.Text(), "không còn lỗi") {
			break
		}
	}
	require.Contains(t, p.Text(), "không còn lỗi", p.Text())
	p = p.Submit(list+"/take-over", nil)
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	require.Contains(t, p.Text(), "Đã nhập danh sách")
	assert.Contains(t, p.Text(), "LÊ HOÀNG PHÚC")
	taken := p.Path
	assert.Equal(t, taken, clerk.Get(list).Path, "the list leads to its submission")
	assert.Equal(t, http.StatusNotFound, w.As(t, "pgd-head").Get(list).Status, "a list is its reader's")
	assert.Equal(t, http.StatusOK, clerk.Get("/lists/template.xlsx").Status)
	copied := clerk.Get(taken+"/copy").Submit(taken+"/copy", values("years", "1"))
	require.Equal(t, http.StatusOK, copied.Status, copied.Text())
	assert.Contains(t, copied.Text(), "LÊ HOÀNG PHÚC")
}

// Files of people are downloads in a sandbox: they never run as pages of ours (ASVS 3.5.4).
func TestASVS_3_5_4_PapersAreJudgedAndServedHarmless(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	clerk := w.As(t, "pgd-clerk")
	sub := begun(t, clerk)
	added(t, clerk, sub, "Nguyễn Thị Mẫu")
	for name, content := range map[string]string{
		"x.pdf": "MZ\x90\x00\x03" + strings.Repeat("\x00", 60), "y.html": "<script>alert(1)</script>", "z.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`,
	} {
		p := clerk.Get(sub+"/papers").Submit(sub+"/papers", values("kind", "BAO_CAO"), webtest.File{Field: "file", Name: name, Content: []byte(content)})
		assert.Equal(t, http.StatusUnprocessableEntity, p.Status, name)
		assert.Contains(t, p.Text(), "Chỉ nhận tệp PDF", name)
	}
	p := clerk.Get(sub+"/papers").Submit(sub+"/papers", values("kind", "BAO_CAO"), webtest.File{Field: "file", Name: `../"><img>.exe`, Content: []byte("%PDF-1.7 mẫu")})
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	link := p.Link(".pdf")
	got := clerk.Get(link)
	assert.Contains(t, got.Header.Get("Content-Disposition"), "attachment")
	assert.Contains(t, got.Header.Get("Content-Security-Policy"), "sandbox")
	assert.Equal(t, "nosniff", got.Header.Get("X-Content-Type-Options"))
	p = clerk.Get(sub+"/papers").Submit(sub+"/papers", values("kind", "BAO_CAO", "secret_ref", "Số 01-M ngày 02/11/2023"),
		webtest.File{Field: "file", Name: "mat.pdf", Content: []byte("%PDF-1.7 mật")})
	assert.Equal(t, http.StatusUnprocessableEntity, p.Status)
	p = clerk.Get(sub+"/papers").Submit(sub+"/papers", values("kind", "BAO_CAO", "secret_ref", "Số 01-M ngày 02/11/2023"))
	require.Equal(t, http.StatusOK, p.Status, p.Text())
	assert.Contains(t, p.Text(), "Số 01-M")

	other := w.As(t, "vt-clerk")
	for _, path := range []string{sub, sub + "/papers", link, sub + "/check", sub + "/letter", sub + "/copy", "/approvals" + strings.TrimPrefix(sub, "/submissions")} {
		there, missing := other.Get(path), other.Get("/submissions/00000000-0000-0000-0000-000000000000")
		assert.Equal(t, http.StatusNotFound, there.Status, path)
		assert.Equal(t, missing.Find(nil2(func(string) bool { return false })), there.Find(nil2(func(string) bool { return false })))
		assert.NotContains(t, there.Text(), "Mẫu", path)
	}
	assert.NotContains(t, other.Get("/submissions?q=mau").Text(), "HS-2023-0001")
}

func TestAReturnIsAnsweredFieldByField(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	clerk, head := w.As(t, "pgd-clerk"), w.As(t, "pgd-head")
	p := returnedCase(t, w)
	page := clerk.Get("/returns/" + p)
	require.Equal(t, http.StatusOK, page.Status, page.Text())
	assert.Contains(t, page.Text(), "nêu số liệu")
	assert.Contains(t, page.Text(), "Thủ trưởng đơn vị gửi lại", "the clerk is told who can")
	item := page.Link("Sửa trường hợp này")
	saved := clerk.Get(item).Submit(item, values("achievement", "Huy động 120 hộ dân"))
	require.Equal(t, http.StatusOK, saved.Status, saved.Text())
	page = head.Get("/returns/" + p)
	assert.Contains(t, page.Text(), "Huy động 120 hộ dân")
	page = page.Submit("/returns/"+p, nil)
	require.Equal(t, http.StatusOK, page.Status, page.Text())
	assert.Contains(t, page.Text(), "Đã gửi lại")
	assert.Contains(t, clerk.Get("/proposals/"+p+"/changes").Text(), "Huy động 120 hộ dân")
	assert.Equal(t, http.StatusNotFound, w.As(t, "vt-clerk").Get("/returns/"+p).Status)
	assert.Equal(t, http.StatusNotFound, w.As(t, "vt-clerk").Get("/proposals/"+p+"/changes").Status)
}

func TestEnglishPagesSpeakEnglish(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	sub := begun(t, w.As(t, "pgd-clerk"))
	en := w.As(t, "pgd-clerk").English()
	for _, path := range []string{"/submissions", "/submissions/new", sub, sub + "/letter", sub + "/items/new", sub + "/papers", sub + "/check", sub + "/declaration", "/lists/new"} {
		p := en.Get(path)
		require.Equal(t, http.StatusOK, p.Status, path)
		assert.NotContains(t, p.Body, "clerk.", "%s: a text is missing", path)
		assert.NotContains(t, p.Text(), "Hồ sơ của đơn vị", path)
	}
}

// TestOneListIsTypedInARow: who types a list goes on from what was typed last,
// whatever its award, is led through the whole of it, and is told what is left.
func TestOneListIsTypedInARow(t *testing.T) {
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	sub := begun(t, v)
	p := v.Get(sub + "/items/new?kind=individual")
	for _, award := range []string{"LDTT", "CSTDCS", "CSTDCS"} {
		p = p.Submit(sub+"/items/new", values("award", award, "name", "Nguyễn Giả Định "+award, "workplace", "Trường Mẫu", "then", "next"))
		require.Equal(t, award, p.Value("award"), "the award that was typed last is offered")
		require.Equal(t, "Trường Mẫu", p.Value("workplace"))
	}
	p = p.Submit(sub+"/items/new", values("award", "LDTT", "name", "Nguyễn Giả Định Cuối", "then", "list"))
	require.Contains(t, p.Text(), "Nguyễn Giả Định Cuối", "the last one is added, not dropped")
	links := p.Links()
	first := links[slices.IndexFunc(links, func(l string) bool { return strings.HasPrefix(l, "/items/") })]
	seen := 1
	for p = v.Get(first); ; seen++ {
		next := p.Submit(p.Path, values("then", "next"))
		if !strings.HasPrefix(next.Path, "/items/") {
			break
		}
		p = next
	}
	require.Equal(t, 4, seen, "saving leads through both awards")
	require.Contains(t, v.Get(sub+"/check").Text(), "việc chưa xong", "beside the button")
}
