package api_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
)

func TestAuditorOverTheAPI(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := w.AtCouncil(t, w.Sent(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định"), "Trần Thị Giả Định")
	w.Voted(t, 1, p)
	d := w.Issued(t, w.Signed(t, w.Submitted(t, p)), 2011)
	as := func(path string) ask { return ask{method: "GET", path: path, as: "hg-auditor"} }

	found := good[api.Page[app.AuditHit]](t, w, as("/audit/cases?q=vi+du"))
	require.Len(t, found.Items, 3)
	line := good[app.CaseTimeline](t, w, as("/cases/"+p.ID+"/timeline"))
	require.Len(t, line.Steps, 6)
	state := good[app.CaseState](t, w, as("/cases/"+p.ID+"/state?number=2"))
	require.Equal(t, "not_proposed", state.Items[1].Outcome)
	require.NotEmpty(t, state.Step.Reasons)
	diff := good[app.StateComparison](t, w, as("/cases/"+p.ID+"/compare?from=1"))
	require.NotEmpty(t, diff.Changes)
	events := good[app.EventsPage](t, w, as("/cases/"+p.ID+"/events?limit=3"))
	require.Equal(t, 11, events.Total)
	require.Len(t, events.Events, 3)
	whole := good[app.Integrity](t, w, as("/cases/"+p.ID+"/integrity"))
	require.True(t, whole.OK, whole.En)
	require.True(t, good[app.Integrity](t, w, as("/cases/"+d.Ref+"/integrity")).OK)
	rec := send(t, w, as("/cases/"+p.ID+"/timeline/export?format=json"))
	require.Equal(t, http.StatusOK, rec.Code)
	require.Contains(t, rec.Body.String(), rec.Header().Get("X-Content-Sha256"))
	w.Temporal.Away(true)
	silent := good[app.Integrity](t, w, as("/cases/"+p.ID+"/integrity"))
	require.True(t, silent.OK, "the record holds by itself; the report says that Temporal was not asked")
	for _, path := range []string{"/timeline", "/state", "/compare?from=1", "/events", "/integrity", "/timeline/export"} {
		for login, code := range map[string]string{"vt-clerk": app.CodeForbidden, "pgd-head": app.CodeForbidden, "hg-admin": app.CodeForbidden} {
			require.Equal(t, code, bad(t, w, ask{method: "GET", path: "/cases/" + p.ID + path, as: login}).Code, path)
		}
	}
}
