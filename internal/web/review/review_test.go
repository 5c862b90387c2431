package review_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Run(func() int { return pgtest.Run(m) })) }

var minutes = webtest.File{Field: "minutes", Name: "bien-ban.pdf", Content: []byte("%PDF-1.7 biên bản mẫu")}

// view reads a case as somebody sees it.
func view(t *testing.T, w *webtest.World, login, id string) app.CaseView {
	t.Helper()
	v, err := w.App.Case(context.Background(), w.Session(t, login), id, false)
	require.NoError(t, err)
	return v
}

func TestTheQueueIsWalkedCaseByCase(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	a, b, c := w.Sent(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định"), w.Sent(t, "Lê Văn Minh Họa"), w.Sent(t, "Phạm Thị Thử Nghiệm")
	reviewer := w.As(t, "ph-reviewer")
	list := reviewer.Get("/review")
	for _, p := range []app.ProposalRow{a, b, c} {
		assert.Contains(t, list.Text(), p.Ref)
	}
	first := reviewer.Get("/review/next?stage=review")
	require.Contains(t, first.Path, "/review/cases/"+a.ID+"?stage=review", "filters stay in the address")
	assert.Contains(t, first.Text(), "1 / 3")
	action := "/review/cases/" + a.ID + "/forward"

	// No minutes: nothing typed is lost.
	items := view(t, w, "ph-reviewer", a.ID).ItemList
	typed := url.Values{"opinion-" + items[1].ID: {"not_propose"}, "reason-" + items[1].ID: {"Chưa đủ hai năm"}}
	wrong := first.Submit(action, typed)
	assert.Equal(t, http.StatusUnprocessableEntity, wrong.Status)
	assert.Contains(t, wrong.Text(), "biên bản họp của cấp xét")
	assert.Equal(t, "Chưa đủ hai năm", wrong.Value("reason-"+items[1].ID))
	// No reason: the item's name is in the summary.
	noReason := wrong.Submit(action, url.Values{"reason-" + items[1].ID: {""}}, minutes)
	assert.Contains(t, noReason.Text(), "Hãy nêu lý do không đề nghị Ông Trần Thị Giả Định")
	done := noReason.Submit(action, typed)
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	assert.Contains(t, done.Path, "/review/cases/"+b.ID+"?stage=review", "on to the next")
	assert.Contains(t, done.Text(), "Đã ghi nhận và trình lên.")
	assert.Contains(t, done.Text(), "1 / 2")
	after := view(t, w, "ph-reviewer", a.ID)
	assert.Equal(t, "reception", after.Stage)
	assert.Equal(t, 1, after.OpenItems)

	// A second submit of the same page is the same act.
	again := noReason.Submit(action, typed)
	assert.Equal(t, http.StatusOK, again.Status, again.Text())
	assert.Equal(t, after.Number, view(t, w, "ph-reviewer", a.ID).Number)

	// The same meeting's minutes are offered for the next case.
	assert.Contains(t, done.Text(), "(đã dùng ở hồ sơ khác)")
	next := done.Submit("/review/cases/"+b.ID+"/forward", nil)
	assert.Contains(t, next.Path, "/review/cases/"+c.ID)
	assert.Equal(t, "reception", view(t, w, "ph-reviewer", b.ID).Stage)
	last := next.Submit("/review/cases/"+c.ID+"/forward", nil)
	assert.Contains(t, last.Text(), "Không có hồ sơ nào")

	// What went up is one list over the cases, for the level's own letter.
	sent := reviewer.Get("/review/sent?number=12/TTr-UBND&date=2023-11-20")
	assert.Contains(t, sent.Text(), "đề nghị 3, không đề nghị 1")
	assert.Contains(t, sent.Text(), "Chưa đủ hai năm")
	csv := reviewer.Get(sent.Link("CSV"))
	assert.Contains(t, csv.Body, "Lê Văn Minh Họa")
	assert.NotContains(t, csv.Body, "Giả Định", "what is not proposed stands in no letter")
	assert.NotContains(t, w.As(t, "vt-reviewer").Get("/review/sent").Text(), "Minh Họa")

	// And the level's own letter, in Word; another district does not see it.
	blank := reviewer.Get(sent.Link("Soạn tờ trình"))
	assert.Equal(t, "12/TTr-UBND", blank.Value("number"), "the filter's words are in the form")
	refused := blank.Submit("/review/letters", url.Values{"title": {""}})
	assert.Equal(t, http.StatusUnprocessableEntity, refused.Status)
	kept := blank.Submit("/review/letters", url.Values{"addressee": {"Sở Nội vụ mẫu"}})
	assert.Contains(t, kept.Text(), "Đã lưu tờ trình")
	assert.Equal(t, "Sở Nội vụ mẫu", kept.Value("addressee"))
	for _, name := range []string{"Tờ trình (Word)", "Danh sách (Word)"} {
		assert.Equal(t, "PK", reviewer.Get(kept.Link(name)).Body[:2], name)
	}
	assert.Equal(t, http.StatusNotFound, w.As(t, "vt-reviewer").Get(kept.Path).Status)
	assert.Contains(t, reviewer.Get("/review/letters").Text(), "12/TTr-UBND")
	assert.Contains(t, kept.Submit(kept.Path+"/drop", nil).Text(), "Cấp của bạn chưa soạn tờ trình nào")
	assert.Equal(t, http.StatusUnprocessableEntity, reviewer.Get("/review/sent?from=hom-qua").Status)
}

func TestAReturnCarriesWordsOnFieldsAndPapers(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn Ví Dụ")
	item := view(t, w, "ph-reviewer", p.ID).ItemList[0].ID
	page := w.As(t, "ph-reviewer").Get("/review/cases/" + p.ID)
	more := page.Submit("/review/cases/"+p.ID+"/return", nil)
	assert.Equal(t, http.StatusUnprocessableEntity, more.Status, "a return has its reason")
	done := page.Submit("/review/cases/"+p.ID+"/return", url.Values{
		"reason-standard": {"Thông tin của trường hợp đề nghị chưa khớp với giấy tờ kèm theo; đề nghị kiểm tra và sửa."}, "reason": {"Gửi lại trước ngày 20."},
		"remark-item": {item, "", ""}, "remark-field": {"birth_year", "paper/BAO_CAO", ""}, "remark-text": {"Năm sinh chưa khớp căn cước", "Thiếu chữ ký", ""},
	})
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	v := view(t, w, "pgd-clerk", p.ID)
	require.Len(t, v.Returns, 1)
	assert.Contains(t, v.Returns[0].Reason, "kiểm tra và sửa. Gửi lại trước ngày 20.")
	assert.ElementsMatch(t, []app.FieldSaid{
		{Item: item, Field: "birth_year", Remark: "Năm sinh chưa khớp căn cước"}, {Field: "paper/BAO_CAO", Remark: "Thiếu chữ ký"},
	}, v.Returns[0].Fields)
	clerk := w.As(t, "pgd-clerk").Get("/proposals/" + p.ID)
	assert.Contains(t, clerk.Text(), "Năm sinh: Năm sinh chưa khớp căn cước")
}

func TestTwoAtOnceOnOneCase(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	forward(t, w, p.ID)
	at := "/review/cases/" + p.ID
	one, two := w.As(t, "snv-appraiser").Get(at), w.As(t, "snv-director").Get(at)
	assert.Contains(t, two.Text(), "đang mở hồ sơ này", "they see each other")
	accepted := one.Submit(at+"/accept", nil)
	require.Equal(t, http.StatusOK, accepted.Status, accepted.Text())
	late := two.Submit(at+"/accept", nil)
	assert.Equal(t, http.StatusConflict, late.Status)
	assert.Contains(t, late.Text(), "tiếp nhận hồ sơ đầy đủ", "what the other did")
	assert.Contains(t, late.Text(), "Lưu thẩm định", "and what can be done now")

	// Two appraise at once: the words of the slower one are still in the form.
	two = w.As(t, "snv-director").Get(at)
	_, err := w.App.Hold(context.Background(), w.Session(t, "snv-appraiser"), app.ReasonInput{Target: app.Target{Proposal: p.ID}, Reason: "chờ xác minh"})
	require.NoError(t, err)
	words := url.Values{"text": {"Hồ sơ đủ điều kiện."}}
	slow := two.Submit(at+"/appraise", words)
	assert.Equal(t, http.StatusConflict, slow.Status)
	assert.Contains(t, slow.Text(), "chờ xác minh")
	assert.Contains(t, slow.Text(), "Hồ sơ đủ điều kiện.", "nothing typed is lost")
	_, err = w.App.Release(context.Background(), w.Session(t, "snv-appraiser"), app.ReasonInput{Target: app.Target{Proposal: p.ID}})
	require.NoError(t, err)
	done := w.As(t, "snv-director").Get(at).Submit(at+"/appraise", words)
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	assert.Equal(t, "council", view(t, w, "snv-director", p.ID).Stage)
	assert.Contains(t, w.As(t, "pgd-clerk").Get("/proposals/"+p.ID).Text(), "Hồ sơ đủ điều kiện.")
}

func forward(t *testing.T, w *webtest.World, ids ...string) {
	t.Helper()
	ctx, s := context.Background(), w.Session(t, "ph-reviewer")
	for _, id := range ids {
		row, err := w.App.AddPaper(ctx, s, app.PaperInput{Proposal: id, Kind: "minutes", FileName: "bb.pdf"}, minutes.Content)
		require.NoError(t, err)
		_, err = w.App.Decide(ctx, s, app.DecideInput{Target: app.Target{Proposal: id}, Verdict: "forward", Minutes: row.SHA256})
		require.NoError(t, err)
	}
}

func TestNobodyElseSeesAQueueOrADesk(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	p := w.Sent(t, "Nguyễn Văn Ví Dụ")
	for _, login := range []string{"vt-reviewer", "hh-reviewer", "snv-appraiser", "hg-admin", "vt-clerk"} {
		v := w.As(t, login)
		for _, path := range []string{"/review", "/review?text=vi+du", "/review?unit=" + p.Unit} {
			page := v.Get(path)
			assert.Equal(t, http.StatusOK, page.Status, login)
			for _, secret := range []string{p.Ref, "Ví Dụ", "Phụng Hiệp (1)"} {
				assert.NotContains(t, strings.ReplaceAll(page.Text(), "vi du", ""), secret, "%s %s", login, path)
			}
		}
		assert.Equal(t, http.StatusNotFound, v.Get("/review/cases/"+p.ID).Status, login)
		assert.Equal(t, http.StatusNotFound, v.Get("/review/cases/"+url.PathEscape(p.Ref)).Status, login)
	}
	auditor := w.As(t, "hg-auditor").Get("/review/cases/" + p.ID)
	assert.Equal(t, http.StatusOK, auditor.Status)
	assert.Nil(t, auditor.Form("/review/cases/"+p.ID+"/forward"), "an auditor decides nothing")
	forged := w.As(t, "pgd-head").Get("/review/cases/" + p.ID)
	assert.Nil(t, forged.Form("/review/cases/"+p.ID+"/forward"), "who sent it does not review it")
}

func TestManyAreRehearsedConfirmedAndReported(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	a, b, c := w.Sent(t, "Nguyễn Văn Ví Dụ"), w.Sent(t, "Trần Thị Giả Định"), w.Sent(t, "Lê Văn Minh Họa")
	forward(t, w, a.ID, b.ID)
	reviewer := w.As(t, "ph-reviewer")
	// By hand: the hold lacks its reason, then has it.
	list := reviewer.Get("/review")
	marks := markOf(t, w, "ph-reviewer", c.ID)
	plan := list.Submit("/review/rehearse", url.Values{"cases": {marks}, "action": {"hold"}, "over": {"marked"}})
	require.Equal(t, http.StatusOK, plan.Status, plan.Text())
	assert.Contains(t, plan.Text(), "chưa có gì được thực hiện")
	assert.Nil(t, plan.Form("/review/bulk"), "nothing to confirm while the reason is missing")
	plan = plan.Submit("/review/rehearse", url.Values{"reason": {"Chờ xác minh đơn"}})
	assert.Contains(t, plan.Text(), "Lê Văn Minh Họa", "names before it commits")
	assert.False(t, view(t, w, "ph-reviewer", c.ID).OnHold, "a rehearsal does nothing")
	res := plan.Submit("/review/bulk", nil)
	assert.Contains(t, res.Path, "/review/bulk/")
	assert.Contains(t, res.Text(), c.Ref)
	assert.True(t, view(t, w, "ph-reviewer", c.ID).OnHold)
	twice := plan.Submit("/review/bulk", nil)
	assert.Equal(t, res.Path, twice.Path, "a double submit is the same run")

	// By filter: everything that the standing body has to receive.
	appraiser := w.As(t, "snv-appraiser")
	plan = appraiser.Get("/review?stage=reception").Submit("/review/rehearse", url.Values{"action": {"accept"}, "over": {"filter"}})
	assert.Contains(t, plan.Text(), "Gõ 2 để xác nhận")
	unsure := plan.Submit("/review/bulk", url.Values{"confirm": {"3"}})
	assert.Equal(t, http.StatusUnprocessableEntity, unsure.Status)
	assert.Equal(t, "reception", view(t, w, "snv-appraiser", a.ID).Stage, "nothing was done")
	_, err := w.App.Hold(context.Background(), w.Session(t, "snv-director"), app.ReasonInput{Target: app.Target{Proposal: b.ID}, Reason: "có đơn"})
	require.NoError(t, err)
	res = unsure.Submit("/review/bulk", url.Values{"confirm": {"2"}})
	require.Equal(t, http.StatusOK, res.Status, res.Text())
	assert.Equal(t, "appraisal", view(t, w, "snv-appraiser", a.ID).Stage)
	assert.Equal(t, "reception", view(t, w, "snv-appraiser", b.ID).Stage, "moved in between: refused, and no other with it")
	assert.Contains(t, res.Text(), "Có người vừa xử lý hồ sơ này")
	link := res.Link("CSV")
	require.NotEmpty(t, link)
	csv := appraiser.Get(link)
	assert.Contains(t, csv.Body, a.Ref)
	assert.Contains(t, csv.Body, "Không thực hiện")
	assert.Equal(t, http.StatusNotFound, w.As(t, "vt-reviewer").Get(link).Status)
	assert.Equal(t, http.StatusNotFound, w.As(t, "snv-director").Get(link).Status, "a run is its person's own")
}

// markOf is what the list's box of a case sends.
func markOf(t *testing.T, w *webtest.World, login, id string) string {
	t.Helper()
	v := view(t, w, login, id)
	return v.ID + " " + itoa(v.Revision) + " " + itoa(v.Number)
}

func itoa(n int) string { return strconv.Itoa(n) }
