package review_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/law"
	"vinhdanh/internal/web/webtest"
)

// TestTheCommuneReviewsSince2025 walks a school's case through its commune under
// regime R3: the reviewing level is found in the tree of units, the district's
// people of 2023 see nothing of it, and neither does another body.
func TestTheCommuneReviewsSince2025(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	w.App.Today = func() law.Date { return law.MustDate("2025-08-15") }
	p := w.SentBy(t, "hiephung-clerk", "hiephung-head", "Nguyễn Văn Ví Dụ Ba", "Trần Thị Giả Định Ba")
	assert.Equal(t, "R3", p.Regime)
	assert.Equal(t, "review", p.Stage)
	reviewer := w.As(t, "hh-reviewer")
	list := reviewer.Get("/review")
	assert.Contains(t, list.Text(), p.Ref)
	at := "/review/cases/" + p.ID
	desk := reviewer.Get(at)
	assert.Contains(t, desk.Text(), "Ví Dụ Ba")
	done := desk.Submit(at+"/forward", nil, minutes)
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	assert.Equal(t, "reception", view(t, w, "hh-reviewer", p.ID).Stage)
	for _, login := range []string{"ph-reviewer", "vt-reviewer", "snv-appraiser", "vidu-clerk"} {
		assert.NotContains(t, w.As(t, login).Get("/review").Text(), p.Ref, login)
		assert.Equal(t, http.StatusNotFound, w.As(t, login).Get(at).Status, login)
	}
	assert.Contains(t, w.As(t, "hiephung-clerk").Get("/proposals/"+p.ID).Text(), "xã Hiệp Hưng")
}

// TestConfirmingTheRegimeOfToday: a case sent under R1 is received when R2 is in
// force; the page says which transitional rule applies and what it changes, and the
// acceptance confirms R2.
func TestConfirmingTheRegimeOfToday(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn Ví Dụ")
	forward(t, w, p.ID)
	w.App.Today = func() law.Date { return law.MustDate("2024-03-01") }
	at := "/review/cases/" + p.ID
	page := w.As(t, "snv-appraiser").Get(at)
	assert.Contains(t, page.Text(), "tiếp nhận từ ngày đó theo quy định mới", "the transitional rule in words")
	assert.Equal(t, "R2", page.Value("regime"), "the rule is clear: it applies by itself")
	assert.Contains(t, page.Text(), "Quy trình thay đổi")
	done := page.Submit(at+"/accept", nil)
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	v := view(t, w, "snv-appraiser", p.ID)
	assert.Equal(t, "R2", v.Regime)
	assert.True(t, v.Rules.Confirmed)
}

// TestASecondLookIsAskedForAndAnswered through the pages alone.
func TestASecondLookIsAskedForAndAnswered(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	at := "/review/cases/" + p.ID
	item := view(t, w, "ph-reviewer", p.ID).ItemList[0].ID
	done := w.As(t, "ph-reviewer").Get(at).Submit(at+"/forward", url.Values{"opinion-" + item: {"not_propose"}, "reason-" + item: {"Chưa đủ năm"}}, minutes)
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	ask := "/proposals/" + p.ID + "/act/reconsider"
	head := w.As(t, "pgd-head").Get(ask)
	assert.Contains(t, head.Text(), "Nguyễn Văn Ví Dụ")
	asked := head.Submit(ask, nil)
	require.Equal(t, http.StatusOK, asked.Status, asked.Text())
	assert.Contains(t, asked.Text(), "Đề nghị xem xét lại")
	desk := w.As(t, "ph-reviewer").Get(at)
	assert.Contains(t, desk.Text(), "Xem xét lại trường hợp đơn vị đề nghị")
	assert.Nil(t, desk.Form(at+"/forward"))
	answered := desk.Submit(at+"/reconsidered", nil)
	require.Equal(t, http.StatusOK, answered.Status, answered.Text())
	v := view(t, w, "pgd-head", p.ID)
	assert.Empty(t, v.ItemList[0].Outcome, "proposed after all")
	assert.Equal(t, 2, v.OpenItems)
	for _, b := range v.Abilities {
		assert.NotEqual(t, "reconsider", b.Action, "once only")
	}
}

// TestPapersOfAMeetingAreOnesOwn: a paper is used again only by who gave it.
func TestPapersOfAMeetingAreOnesOwn(t *testing.T) {
	t.Parallel()
	w, ctx := webtest.New(t), context.Background()
	a, b := w.Sent(t, "Nguyễn Văn Ví Dụ"), w.Sent(t, "Lê Văn Minh Họa")
	reviewer := w.Session(t, "ph-reviewer")
	row, err := w.App.AddPaper(ctx, reviewer, app.PaperInput{Proposal: a.ID, Kind: "minutes", FileName: "bb.pdf"}, minutes.Content)
	require.NoError(t, err)
	again := app.PaperAgainInput{Proposal: b.ID, Paper: row.ID, Kind: "minutes"}
	for login, code := range map[string]string{"vt-reviewer": app.CodeNotFound, "pgd-head": app.CodeForbidden, "ph-standing": app.CodeNotFound} {
		_, err := w.App.AddPaperAgain(ctx, w.Session(t, login), again)
		assert.Equal(t, code, app.ErrorOf(err).Code, login)
	}
	for range 2 {
		got, err := w.App.AddPaperAgain(ctx, reviewer, again)
		require.NoError(t, err)
		assert.Equal(t, row.SHA256, got.SHA256)
	}
	papers, err := w.App.Papers(ctx, reviewer, b.ID)
	require.NoError(t, err)
	n := 0
	for _, x := range papers {
		if x.SHA256 == row.SHA256 {
			n++
		}
	}
	assert.Equal(t, 1, n)
}

// TestShortcutsStayOff: who turned them off finds them off on the next desk.
func TestShortcutsStayOff(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn Ví Dụ")
	at := "/review/cases/" + p.ID
	v := w.As(t, "ph-reviewer")
	assert.Contains(t, v.Get(at).Body, "data-keys-on checked")
	off := v.Get(at).Submit("/review/keys", url.Values{"on": nil})
	assert.Contains(t, off.Path, at, "back to the desk")
	assert.NotContains(t, off.Body, "data-keys-on checked")
	on := off.Submit("/review/keys", url.Values{"on": {"1"}})
	assert.Contains(t, on.Body, "data-keys-on checked")
}
