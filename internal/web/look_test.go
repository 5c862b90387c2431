package web_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestACampaignIsPicturedByItsName, with what its text states beside its figures.
func TestACampaignIsPicturedByItsName(t *testing.T) {
	w := webtest.New(t)
	ctx := context.Background()
	admin := w.Session(t, "hg-admin")
	all, err := w.App.Campaigns(ctx, admin)
	require.NoError(t, err)
	require.NotEmpty(t, all)
	c := all[0]
	c.Numbers = []app.CampaignNumber{{Award: "BKT-PT", Kind: "individual", Per: "campaign", Limit: 50}}
	c.Open["reception_window"] = app.StatedOrNot{Value: "từ 01/10 đến 30/11/2023"}
	_, err = w.App.SaveCampaign(ctx, admin, app.CampaignInput{CampaignText: c.CampaignText, Status: c.Status, Version: c.Version, Reason: "thử"})
	require.NoError(t, err)
	v, err := w.App.NewSubmission(ctx, w.Session(t, "pgd-clerk"), app.NewInput{Title: "Đề nghị của phong trào", Campaign: c.ID})
	require.NoError(t, err)
	clerk := w.As(t, "pgd-clerk")
	clerk.Get("/submissions/"+v.ID+"/items/new?kind=individual").Submit("/submissions/"+v.ID+"/items/new", map[string][]string{"award": {"BKT-PT"}, "name": {"Nguyễn Thị Mẫu"}})
	p := clerk.Get("/pictures")
	require.Contains(t, p.Text(), c.Title)
	require.NotContains(t, p.Text(), c.ID)
	require.Contains(t, p.Text(), "tối đa 50")
	require.Contains(t, p.Text(), "Nhận hồ sơ: từ 01/10 đến 30/11/2023")
	for _, width := range []int{browsertest.Desktop, browsertest.Small} {
		tab := browsertest.Open(t, w.Server.URL, width, w.Cookie(t, "pgd-clerk")).Go("/pictures")
		tab.Eval(`(document.querySelectorAll("details").forEach((d) => { d.open = true; }), "")`)
		tab.Axe().Fits().Shot("everyone/campaign-" + map[bool]string{true: "desktop", false: "small"}[width == browsertest.Desktop])
		tab.Clean()
	}
}

// TestASVS_2_4_1_SearchIsPaced: whoever searches without a pause is told to wait, on
// the page and by the API, by one count.
func TestASVS_2_4_1_SearchIsPaced(t *testing.T) {
	w := webtest.New(t)
	w.App.SearchBurst = 0
	v := w.As(t, "pgd-clerk")
	least := 0
	for ; least < 300; least++ {
		if p := v.Get("/search?q=nguyen"); p.Status == http.StatusTooManyRequests {
			require.NotEmpty(t, p.Text())
			break
		}
	}
	require.GreaterOrEqual(t, least, 20, "a person at work is not held up")
	require.Less(t, least, 300, "searches are not paced")
	// the API counts the same person's searches together with the page's
	r, err := http.NewRequest(http.MethodGet, w.Server.URL+"/api/v1/search?q=nguyen", nil)
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+w.Tokens["pgd-clerk"])
	status := 0
	for range 30 {
		res, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		_ = res.Body.Close()
		if status = res.StatusCode; status == http.StatusTooManyRequests {
			break
		}
	}
	require.Equal(t, http.StatusTooManyRequests, status)
	require.Equal(t, http.StatusOK, w.As(t, "vt-clerk").Get("/search?q=nguyen").Status, "nobody else waits")
}

// TestTheStyleGuideIsForDevelopment only.
func TestTheStyleGuideIsForDevelopment(t *testing.T) {
	for development, status := range map[bool]int{false: http.StatusNotFound, true: http.StatusOK} {
		w := webtest.With(t, web.Options{Development: development})
		require.Equal(t, status, w.As(t, "pgd-clerk").Get("/styleguide").Status)
	}
}

// TestManyOfficesFit: the menu of a person with many offices is wholly seen on a
// desktop, and no form is wider than the narrowest window.
func TestManyOfficesFit(t *testing.T) {
	w := webtest.New(t)
	for _, login := range []string{"snv-director", "hg-auditor", "snv-appraiser"} {
		tab := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, login)).Go("/")
		require.Empty(t, tab.Eval(`[...document.querySelectorAll(".mainnav a")].filter((a) => a.getBoundingClientRect().right > innerWidth).map((a) => a.innerText).join()`), login)
		tab.Axe().Fits().Shot("kit/menu-" + login)
	}
	tab := browsertest.Open(t, w.Server.URL, browsertest.Reflow, w.Cookie(t, "hg-admin"))
	tab.Go("/admin/campaign-new").Axe().Fits().Shot("admin/campaign-new-reflow")
}

// TestThePDFStandsInThePage, or the way to it does: never an empty box.
func TestThePDFStandsInThePage(t *testing.T) {
	w := webtest.New(t)
	p := w.AtCouncil(t, w.World.Sent(t, "Nguyễn Thị Văn Bản"))
	w.Voted(t, 0, p)
	d := w.Submitted(t, p)
	page := w.As(t, "snv-director").Get("/decision-drafts/" + d.ID)
	pdf := w.As(t, "snv-director").Get("/decision-drafts/" + d.ID + "/preview.pdf")
	require.Equal(t, "application/pdf", pdf.Header.Get("Content-Type"))
	require.Contains(t, pdf.Header.Get("Content-Disposition"), "inline")
	require.Contains(t, pdf.Header.Get("Content-Security-Policy"), "frame-ancestors 'self'")
	require.Contains(t, page.Header.Get("Content-Security-Policy"), "object-src 'self'")
	for _, english := range []bool{false, true} {
		tab := browsertest.Open(t, w.Server.URL, browsertest.Tablet, w.Cookie(t, "snv-director"))
		if english {
			tab.English()
		}
		tab.Go("/decision-drafts/" + d.ID)
		// Chromium without a viewer shows what stands in the object; with one, the document.
		require.Equal(t, "yes", tab.Eval(`(() => {
			const o = document.querySelector("object.paper-frame"), link = o.querySelector("a");
			const falls = link.getClientRects().length > 0, shows = Boolean(o.contentDocument || o.contentWindow);
			return falls || shows ? "yes" : "empty";
		})()`))
		require.Equal(t, "200 application/pdf", tab.Await(`fetch(document.querySelector("object.paper-frame").data).then((r) => r.status + " " + r.headers.get("Content-Type"))`))
		tab.Axe().Fits().Shot("decisions/pdf-tablet-" + map[bool]string{false: "vi", true: "en"}[english])
		tab.Clean()
	}
}
