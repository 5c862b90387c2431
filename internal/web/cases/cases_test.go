package cases_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Run(func() int { return pgtest.Run(m) })) }

func TestEverybodyReadsTheCaseAndSeesWhatHeMayDo(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	at := "/proposals/" + p.ID
	for login, want := range map[string][]string{
		"pgd-clerk":   {"Nguyễn Văn Ví Dụ", "Xin rút hồ sơ", "Việc này do"},
		"pgd-head":    {"Rút về để sửa", "Đồng ý hạ mức khen thưởng"},
		"ph-reviewer": {"Xét và trình lên", "Yêu cầu bổ sung", "Tạm dừng xét"},
		"hg-auditor":  {"sent the submission", "Rules that apply"}, // reads English
	} {
		page := w.As(t, login).Get(at)
		require.Equal(t, http.StatusOK, page.Status, login)
		for _, words := range want {
			assert.Contains(t, page.Text(), words, login)
		}
	}
	assert.NotContains(t, w.As(t, "hg-auditor").Get(at).Text(), "What can be done", "an auditor can do nothing")
	english := w.As(t, "ph-reviewer").English().Get(at)
	assert.Contains(t, english.Text(), "Review and forward")
	assert.Contains(t, english.Text(), "sent the submission")
	assert.NotContains(t, english.Text(), "Xét và trình lên")
}

func TestACaseOutOfSightIsNotFoundOnAnyOfItsPages(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn Ví Dụ")
	v, err := w.App.Case(context.Background(), w.Session(t, "ph-reviewer"), p.ID, false)
	require.NoError(t, err)
	item := v.ItemList[0].ID
	missing := "00000000-0000-0000-0000-000000000000"
	for _, login := range []string{"vt-clerk", "vt-head", "vt-reviewer", "hg-admin", "hh-reviewer", "snv-appraiser"} {
		visitor := w.As(t, login)
		for _, path := range []string{"", "/items/" + item, "/items/" + item + "/law", "/presence", "/act/hold", "/papers/" + missing} {
			hidden, gone := visitor.Get("/proposals/"+p.ID+path), visitor.Get("/proposals/"+missing+path)
			assert.Equal(t, http.StatusNotFound, hidden.Status, "%s %s", login, path)
			assert.Equal(t, gone.Status, hidden.Status)
			assert.NotContains(t, hidden.Text(), "Ví Dụ")
		}
	}
	stranger := w.As(t, "").Get("/proposals/" + p.ID)
	assert.Contains(t, stranger.Path, "/sign-in")
}

func TestActsBesideTheWayUp(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	at := "/proposals/" + p.ID + "/act/"
	reviewer := w.As(t, "ph-reviewer")
	form := reviewer.Get(at + "hold")
	refused := form.Submit(at+"hold", url.Values{})
	assert.Equal(t, http.StatusUnprocessableEntity, refused.Status)
	assert.Contains(t, refused.Text(), "Chưa thực hiện được")
	done := refused.Submit(at+"hold", url.Values{"reason": {"Chờ xác minh đơn"}})
	assert.Equal(t, http.StatusOK, done.Status, done.Text())
	assert.Contains(t, done.Text(), "Tạm dừng xét")
	assert.Contains(t, done.Text(), "Chờ xác minh đơn")
	again := refused.Submit(at+"hold", url.Values{"reason": {"Chờ xác minh đơn"}})
	assert.Equal(t, http.StatusOK, again.Status, "a second submit of the same form is the same act")
	got, err := w.App.Account(context.Background(), w.Session(t, "ph-reviewer"), p.ID)
	require.NoError(t, err)
	assert.Len(t, got.Steps, 2)

	// Somebody is faster: what was typed stays, what happened is told, and a second
	// submit of the same page goes through.
	slow := reviewer.Get(at + "release")
	_, err = w.App.Release(context.Background(), w.Session(t, "ph-reviewer"), app.ReasonInput{Target: app.Target{Proposal: p.ID}, Reason: "đã rõ"})
	require.NoError(t, err)
	_, err = w.App.Hold(context.Background(), w.Session(t, "ph-reviewer"), app.ReasonInput{Target: app.Target{Proposal: p.ID}, Reason: "lại chờ"})
	require.NoError(t, err)
	late := slow.Submit(at+"release", url.Values{"reason": {"Đã có kết quả xác minh"}})
	assert.Equal(t, http.StatusConflict, late.Status)
	assert.Contains(t, late.Text(), "lại chờ", "what happened in between")
	assert.Equal(t, "Đã có kết quả xác minh", late.Value("reason"), "nothing typed is lost")
	ok := late.Submit(at+"release", url.Values{})
	assert.Equal(t, http.StatusOK, ok.Status, ok.Text())
	assert.Contains(t, ok.Text(), "Đã có kết quả xác minh")

	withdrawn := w.As(t, "pgd-head").Get(at+"withdraw").Submit(at+"withdraw", url.Values{"reason-standard": {"Đơn vị xin rút hồ sơ sau khi họp xét lại."}, "reason": {"Theo biên bản số 5."}})
	assert.Contains(t, withdrawn.Text(), "sau khi họp xét lại. Theo biên bản số 5.")
	assert.Contains(t, withdrawn.Text(), "Đã kết thúc")
	assert.Contains(t, w.As(t, "pgd-clerk").Get(at+"withdraw").Text(), "không ở bước")
}

func TestACaseInABrowser(t *testing.T) {
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định", "Lê Hoàng Minh Họa")
	ctx, reviewer := context.Background(), w.Session(t, "ph-reviewer")
	v, err := w.App.Case(ctx, reviewer, p.ID, false)
	require.NoError(t, err)
	_, err = w.App.Decide(ctx, reviewer, app.DecideInput{Target: app.Target{Proposal: p.ID}, Verdict: "return", Reason: "Báo cáo thành tích còn chung chung.",
		Fields: []app.FieldRemark{{Item: v.ItemList[0].ID, Field: "achievement", Remark: "Nêu số liệu học sinh giỏi ba năm"}, {Field: "paper/BAO_CAO", Remark: "Thiếu dấu"}}})
	require.NoError(t, err)
	for _, c := range []struct {
		name, login string
		width       int
		english     bool
	}{{"desktop-vi", "pgd-head", browsertest.Desktop, false}, {"phone-vi", "ph-reviewer", browsertest.Phone, false}, {"desktop-en", "ph-reviewer", browsertest.Desktop, true}} {
		tab := browsertest.Open(t, w.Server.URL, c.width, w.Cookie(t, c.login))
		if c.english {
			tab.English()
		}
		for name, page := range map[string]string{"case": "", "item": "/items/" + v.ItemList[0].ID, "act": "/act/withdraw"} {
			tab.Go("/proposals/" + p.ID + page).Axe().Fits()
			require.Less(t, tab.Wire(), 100<<10)
			tab.Shot("cases/" + c.name + "-" + name)
		}
		tab.Clean()
	}
}
