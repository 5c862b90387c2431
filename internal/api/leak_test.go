package api_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
)

// What belongs to another unit reads exactly like what does not exist: by list, by
// search, by address and by act, to the last byte of the answer.
func TestAnotherUnitsWorkLooksLikeNothing(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	draft := drafted(t, w, "pgd-clerk", "Lê Văn Minh Họa")
	item := draft.Proposals[0].ItemList[0].ID
	for _, stranger := range []string{"tanlong1-clerk", "tanlong1-head", "hg-admin", "vt-clerk"} {
		for _, path := range []string{"/proposals", "/proposals?text=vi+du", "/proposals?unit=phong-gddt-phung-hiep", "/submissions", "/sessions", "/decisions"} {
			rec := send(t, w, ask{method: "GET", path: path, as: stranger})
			require.Equal(t, http.StatusOK, rec.Code)
			require.JSONEq(t, `{"items":[]}`, rec.Body.String(), "%s %s", stranger, path)
		}
		in := good[app.Inbox](t, w, ask{method: "GET", path: "/inbox", as: stranger})
		require.Empty(t, in.Waiting)
		require.Empty(t, in.Notices)
		for _, a := range []struct {
			method, before, id, after string
			body                      any
		}{
			{"GET", "/proposals/", p.ID, "", nil},
			{"GET", "/proposals/", p.ID, "?explain=true", nil},
			{"POST", "/proposals/", p.ID, "/decide", map[string]any{"verdict": "forward"}},
			{"POST", "/proposals/", p.ID, "/recall", map[string]any{}},
			{"POST", "/proposals/", p.ID, "/withdraw", map[string]any{"reason": "x"}},
			{"GET", "/cases/", p.ID, "/account", nil},
			{"GET", "/submissions/", draft.ID, "", nil},
			{"POST", "/submissions/", draft.ID, "/send", map[string]any{}},
			{"POST", "/submissions/", draft.ID, "/declaration", map[string]any{"version": 1}},
			{"PUT", "/items/", item, "", map[string]any{"version": 1, "content": map[string]any{"kind": "individual", "name": "X", "award": "BKT-PT"}}},
			{"DELETE", "/items/", item, "?version=1", nil},
		} {
			ask1 := ask{method: a.method, path: a.before + a.id + a.after, as: stranger, body: a.body, header: map[string]string{"X-Request-Id": "same"}}
			ask2 := ask1
			ask2.path = a.before + uuid.NewString() + a.after
			hidden, missing := send(t, w, ask1), send(t, w, ask2)
			require.Equal(t, http.StatusNotFound, hidden.Code, "%s %s", stranger, ask1.path)
			require.Equal(t, missing.Code, hidden.Code)
			require.Equal(t, missing.Body.String(), hidden.Body.String(), "%s %s", stranger, ask1.path)
		}
	}
	// Paging and filters do not widen what is seen; a level not reached yet sees nothing.
	require.Empty(t, good[api.Page[app.ProposalRow]](t, w, ask{method: "GET", path: "/proposals", as: "snv-appraiser"}).Items)
	require.Len(t, good[api.Page[app.ProposalRow]](t, w, ask{method: "GET", path: "/proposals", as: "ph-reviewer"}).Items, 1)
	// What the stranger tried is in the state it was in.
	view := good[app.ProposalView](t, w, ask{method: "GET", path: "/proposals/" + p.ID, as: "hg-auditor"})
	require.Equal(t, 1, view.Number)
}

func TestASVS_16_3_2_RefusedPermissionsAreOnRecord(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	require.Equal(t, app.CodeForbidden, bad(t, w, ask{method: "POST", path: "/proposals/" + p.ID + "/decide", as: "pgd-head", body: `{"verdict":"forward"}`}).Code)
	send(t, w, ask{method: "GET", path: "/me", header: map[string]string{"Authorization": "Bearer wrong"}})
	rs := good[[]app.RefusalRow](t, w, ask{method: "GET", path: "/refusals", as: "hg-auditor"})
	require.Len(t, good[[]app.RefusalRow](t, w, ask{method: "GET", path: "/cases/" + p.ID + "/refusals", as: "hg-auditor"}), 1)
	codes := map[string]string{}
	for _, r := range rs {
		codes[r.Action] = r.Code
	}
	require.Equal(t, app.CodeForbidden, codes["decide"])
	require.Equal(t, app.CodeUnauthorised, codes["sign-in"])
	raw, err := json.Marshal(rs)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "Bearer wrong")
}
