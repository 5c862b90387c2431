package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/webtest"
)

// The desk asks where to return to only where the route leaves a choice, and the case
// goes there.
func TestTheDeskAsksWhereToReturnTo(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	w.Under(t, apitest.ReturnsToReview)
	ctx, p := context.Background(), w.Sent(t, "Nguyễn Văn Ví Dụ")
	at := func(stage string) {
		require.Eventually(t, func() bool { return w.Row(t, p.ID).Stage == stage }, time.Minute, 20*time.Millisecond)
	}
	_, err := w.App.Decide(ctx, w.Session(t, "ph-reviewer"), app.DecideInput{Target: app.Target{Proposal: p.ID}, Verdict: "forward", Minutes: strings.Repeat("a", 64)})
	require.NoError(t, err)
	at("reception")
	_, err = w.App.Accept(ctx, w.Session(t, "snv-appraiser"), app.AcceptInput{Target: app.Target{Proposal: p.ID}})
	require.NoError(t, err)
	at("appraisal")
	desk := w.As(t, "snv-appraiser").Get("/review/cases/" + p.ID)
	require.Equal(t, http.StatusOK, desk.Status)
	require.Contains(t, desk.Text(), "Trả lại về")
	done := desk.Submit("/review/cases/"+p.ID+"/return", url.Values{"to": {"review"}, "reason": {"Biên bản chưa đúng."}})
	require.Equal(t, http.StatusOK, done.Status, done.Text())
	at("review")
	again := w.As(t, "ph-reviewer").Get("/review/cases/" + p.ID)
	require.Equal(t, http.StatusOK, again.Status)
	assert.NotContains(t, again.Text(), "Trả lại về", "below there is no choice")
	assert.Contains(t, again.Text(), "Biên bản chưa đúng.")
	assert.Contains(t, w.As(t, "pgd-clerk").English().Get("/proposals/"+p.ID).Text(), "→ Review")
}
