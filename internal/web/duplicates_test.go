package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// twice is one person proposed by two units; the first case has come to the standing body.
func twice(t *testing.T) (w *webtest.World, mine, theirs app.ProposalRow, item string) {
	t.Helper()
	ctx := context.Background()
	w = webtest.New(t)
	mine = w.Sent(t, "Danh Thị Diệu Hiền")
	theirs = w.SentBy(t, "vt-clerk", "vt-head", "Bà DANH THỊ DIỆU HIỀN")
	reviewer := w.Session(t, "ph-reviewer")
	minutes, err := w.App.AddPaper(ctx, reviewer, app.PaperInput{Proposal: mine.ID, Kind: "minutes", FileName: "bb.pdf"}, []byte("%PDF-1.7 biên bản"))
	require.NoError(t, err)
	_, err = w.App.Decide(ctx, reviewer, app.DecideInput{Target: app.Target{Proposal: mine.ID}, Verdict: "forward", Minutes: minutes.SHA256})
	require.NoError(t, err)
	v, err := w.App.Proposal(ctx, w.Session(t, "pgd-clerk"), mine.ID, false)
	require.NoError(t, err)
	return w, mine, theirs, v.ItemList[0].ID
}

// verdict is what NOT_REWARDED_TWICE says of the item now.
func already(t *testing.T, w *webtest.World, item string) string {
	t.Helper()
	v, err := w.App.Item(context.Background(), w.Session(t, "pgd-clerk"), item)
	require.NoError(t, err)
	for _, g := range v.Law.Tree.Children {
		for _, n := range g.Children {
			if n.ID == "NOT_REWARDED_TWICE" {
				return string(n.Result) + ": " + n.Sentence.VI
			}
		}
	}
	require.Fail(t, "no such node")
	return ""
}

func TestDuplicatesAreSeenResolvedAndUndone(t *testing.T) {
	t.Parallel()
	w, mine, theirs, item := twice(t)
	ctx := context.Background()
	assert.Contains(t, already(t, w, item), "rong tỉnh có đề nghị hoặc hồ sơ khen thưởng khác")

	// The unit learns that there is another, and nothing of it.
	secret := []string{theirs.Ref, theirs.ID, "Vị Thanh", "Vị Thủy", "DANH THỊ DIỆU HIỀN"}
	clerk := w.As(t, "pgd-clerk")
	page := clerk.Get("/proposals/" + mine.ID + "/items/" + item)
	require.Equal(t, http.StatusOK, page.Status)
	require.Contains(t, page.Text(), "Có thể trùng")
	hits, err := w.App.DuplicatesOf(ctx, w.Session(t, "pgd-clerk"), item)
	require.NoError(t, err)
	require.Len(t, hits, 1)
	pair := "/duplicates/" + hits[0].Pair
	assert.Equal(t, app.DuplicateSide{}, hits[0].Sides[1])
	assert.Zero(t, hits[0].Score)
	masked := clerk.Get(pair)
	require.Equal(t, http.StatusOK, masked.Status)
	for _, p := range []*webtest.Page{page, masked, clerk.English().Get(pair)} {
		for _, s := range secret {
			assert.NotContains(t, p.Body, s)
		}
	}
	assert.NotContains(t, masked.Body, pair+"/resolve")
	_, err = w.App.ResolveDuplicate(ctx, w.Session(t, "pgd-clerk"), hits[0].Pair, app.ResolveInput{Word: "different", Reason: "khác người"})
	assert.Error(t, err, "a unit's clerk does not decide it")
	assert.NotEqual(t, http.StatusOK, clerk.Get("/duplicates").Status)
	assert.Equal(t, http.StatusNotFound, w.As(t, "vt-clerk").Get("/duplicates/"+mine.ID+"."+mine.ID).Status)
	assert.Equal(t, http.StatusNotFound, w.As(t, "hg-admin").Get(pair).Status, "who sees neither side sees no pair")

	// The standing body sees both and says what it is.
	appraiser := w.As(t, "snv-appraiser")
	list := appraiser.Get("/duplicates")
	require.Equal(t, http.StatusOK, list.Status)
	require.Contains(t, list.Body, pair)
	both := appraiser.Get(pair)
	assert.Contains(t, both.Text(), "DANH THỊ DIỆU HIỀN")
	assert.Contains(t, both.Text(), "tên hiếm", "why it was found")
	done := both.Submit(pair+"/resolve", url.Values{"word": {"different"}, "reason": {"Hai người cùng tên, khác ấp."}})
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	assert.Contains(t, done.Text(), "Hai người cùng tên, khác ấp.")
	assert.NotContains(t, already(t, w, item), "rong tỉnh có")
	assert.NotContains(t, clerk.Get(pair).Text(), "khác ấp", "the reason may speak of the other")
	stale := both.Submit(pair+"/resolve", url.Values{"word": {"same"}, "reason": {"Không thấy kết luận trước."}, "nonce": {"another"}})
	assert.Equal(t, http.StatusConflict, stale.Status, "nobody overrules unseen")

	undone := done.Submit(pair+"/undo", url.Values{"reason": {"Nhầm cặp."}})
	require.Equal(t, http.StatusOK, undone.Status, undone.Text())
	assert.Contains(t, already(t, w, item), "rong tỉnh có")
	same := undone.Submit(pair+"/resolve", url.Values{"word": {"same"}, "reason": {"Cùng số định danh."}})
	require.Equal(t, http.StatusOK, same.Status, same.Text())
	assert.Contains(t, already(t, w, item), "needs_person")
	assert.Contains(t, already(t, w, item), "chỉ một trường hợp được khen thưởng")
	history := w.As(t, "hg-auditor").Get(pair).Text()
	for _, said := range []string{"Hai người cùng tên", "Nhầm cặp", "Cùng số định danh"} {
		assert.Contains(t, history, said, "everything said stays on record")
	}
	assert.True(t, strings.HasPrefix(already(t, w, item), "needs_person"))
}

func TestDuplicatePagesInABrowser(t *testing.T) {
	w, _, _, item := twice(t)
	hits, err := w.App.DuplicatesOf(context.Background(), w.Session(t, "snv-appraiser"), item)
	require.NoError(t, err)
	require.Len(t, hits, 1)
	for _, width := range []int{1280, 390} {
		tab := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "snv-appraiser"))
		for name, path := range map[string]string{"list": "/duplicates", "pair": "/duplicates/" + hits[0].Pair} {
			tab.Go(path).Axe().Fits()
			tab.Clean()
			tab.Shot("duplicates-" + name + "-" + map[int]string{1280: "wide", 390: "phone"}[width])
		}
	}
}
