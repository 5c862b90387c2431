package api_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/postgres"
)

// Where the route names more than the nomination, whoever returns chooses; elsewhere a
// choice is refused, with what could be chosen.
func TestAReturnGoesWhereTheRouteAllows(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	w.Under(t, apitest.ReturnsToReview)
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	act := func(as, verb string, body any) app.Done {
		done := good[app.Done](t, w, ask{method: "POST", path: "/proposals/" + p.ID + "/" + verb, as: as, body: body})
		require.Eventually(t, func() bool { return w.Row(t, p.ID).Number >= done.Number }, time.Minute, 20*time.Millisecond)
		return done
	}
	may := func(as string) []string {
		v := good[app.CaseView](t, w, ask{method: "GET", path: "/proposals/" + p.ID + "/case", as: as})
		i := slices.IndexFunc(v.Abilities, func(a app.Ability) bool { return a.Action == "return" })
		require.GreaterOrEqual(t, i, 0)
		require.True(t, v.Abilities[i].Allowed)
		return v.Abilities[i].To
	}
	back := func(to string) map[string]any {
		return map[string]any{"verdict": "return", "reason": "Biên bản không khớp danh sách.", "to": to}
	}
	refused := func(as string, body map[string]any, words string) {
		e := bad(t, w, ask{method: "POST", path: "/proposals/" + p.ID + "/decide", as: as, body: body})
		require.Equal(t, app.CodeInvalid, e.Code)
		require.Contains(t, e.Fields[0].Message, words)
	}
	require.Equal(t, []string{"nomination"}, may("ph-reviewer"))
	refused("ph-reviewer", back("review"), "nomination")
	act("ph-reviewer", "decide", forward)
	act("snv-appraiser", "accept", map[string]any{})
	require.Equal(t, []string{"nomination", "review"}, may("snv-appraiser"))
	refused("snv-appraiser", back("council"), "Xét duyệt (review)")
	refused("snv-appraiser", map[string]any{"verdict": "forward", "to": "review"}, "review")

	act("snv-appraiser", "decide", back("review"))
	row := w.Row(t, p.ID)
	require.Equal(t, "review", row.Stage)
	require.False(t, row.Returned, "the unit has nothing to do")
	require.Equal(t, app.CodeNotReady, bad(t, w, ask{method: "GET", path: "/proposals/" + p.ID + "/return", as: "pgd-clerk"}).Code)
	seen := good[app.CaseView](t, w, ask{method: "GET", path: "/proposals/" + p.ID + "/case", as: "ph-reviewer"})
	require.Equal(t, "review", seen.Returns[0].To)
	require.Nil(t, seen.Returns[0].AnsweredAt)
	told := good[app.Inbox](t, w, ask{method: "GET", path: "/inbox", as: "ph-reviewer"})
	require.True(t, slices.ContainsFunc(told.Notices, func(n postgres.InboxRow) bool { return n.Kind == "returned" }), "%+v", told.Notices)
	require.False(t, slices.ContainsFunc(good[app.Inbox](t, w, ask{method: "GET", path: "/inbox", as: "pgd-clerk"}).Notices,
		func(n postgres.InboxRow) bool { return n.Kind == "returned" }))

	act("ph-reviewer", "decide", forward)
	require.Equal(t, "reception", w.Row(t, p.ID).Stage, "it goes its way again")
	act("snv-appraiser", "accept", map[string]any{})
	act("snv-appraiser", "decide", back("nomination"))
	require.True(t, w.Row(t, p.ID).Returned)
	seen = good[app.CaseView](t, w, ask{method: "GET", path: "/proposals/" + p.ID + "/case", as: "snv-appraiser"})
	require.NotNil(t, seen.Returns[0].AnsweredAt)
	require.Empty(t, seen.Returns[1].To)
}
