package audit_test

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestTheSliderMovesInABrowser by its arrow keys: the state follows, the slider stays
// the same element with the focus, the address follows too, and the back button
// leads off the page in one press.
func TestTheSliderMovesInABrowser(t *testing.T) {
	w, p, _ := played(t)
	for _, width := range []int{browsertest.Desktop, browsertest.Small} {
		tab := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "hg-auditor")).Vietnamese()
		at := "/audit/case/" + p.CaseID
		tab.Go(at).Go(at + "/state").Wait("Sau bước 6 / 6")
		tab.Eval(`(window.slider = document.querySelector("#f-number"), slider.focus(), "")`)
		for _, step := range []string{"5", "4", "3"} {
			tab.Keys(kb.ArrowLeft).Wait("Sau bước " + step + " / 6")
		}
		require.Equal(t, "true 3", tab.Eval(`String(document.activeElement === slider) + " " + slider.value`))
		require.Equal(t, at+"/state?number=3", tab.Path())
		tab.Axe().Fits().Shot("audit/slider-" + map[bool]string{true: "desktop", false: "small"}[width == browsertest.Desktop])
		tab.Back().WaitAt(at)
		tab.Clean()
	}
}

// TestWhatOperatorsDidIsNoRefusal: it stands on the record, apart from what was refused.
func TestWhatOperatorsDidIsNoRefusal(t *testing.T) {
	w := webtest.New(t)
	ctx := context.Background()
	require.NoError(t, w.App.Store.RefuseAtGate(ctx, "operator", "CreateSchedule", "", "", "operator-use", "CreateSchedule"))
	require.NoError(t, w.App.Store.RefuseAtGate(ctx, "worker", "TerminateWorkflowExecution", "", "", "denied", "not covered"))
	v := auditor(t, w)
	refused, used := v.Get("/audit/refusals").Text(), v.Get("/audit/refusals?code=operator-use").Text()
	require.Contains(t, refused, "TerminateWorkflowExecution")
	require.NotContains(t, refused, "CreateSchedule")
	require.Contains(t, used, "CreateSchedule")
	require.Contains(t, used, "Không bị từ chối")
	require.NotContains(t, used, "TerminateWorkflowExecution")
}
