package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
)

// A delegation is set, used, shown and ended through the API, and strangers learn
// nothing of it.
func TestDelegationOverTheAPI(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	choices := good[app.DelegationChoices](t, w, ask{method: "GET", path: "/delegation-choices", as: "ph-reviewer"})
	require.Len(t, choices.Units, 1)
	require.Len(t, choices.Holders, 1)
	person := map[string]string{}
	for _, h := range choices.People {
		person[h.Login] = h.User
	}
	body := map[string]any{"delegate": person["ph-standing"], "unit": "ubnd-phung-hiep", "roles": []string{"reviewer"}, "last_day": "2023-11-30", "nonce": "n1"}
	d := good[app.DelegationRow](t, w, ask{method: "POST", path: "/delegations", as: "ph-reviewer", body: body})
	require.Equal(t, d.ID, good[app.DelegationRow](t, w, ask{method: "POST", path: "/delegations", as: "ph-reviewer", body: body}).ID)
	refused := bad(t, w, ask{method: "POST", path: "/delegations", as: "ph-reviewer", body: map[string]any{"delegate": "x", "unit": "", "roles": []string{}, "last_day": "30/11/2023"}})
	require.Equal(t, app.CodeInvalid, refused.Code)

	me := good[api.Me](t, w, ask{method: "GET", path: "/me", as: "ph-standing"})
	require.Equal(t, "Võ Thị Thử Nghiệm", me.Memberships[len(me.Memberships)-1].OnBehalfName)
	back := good[app.Done](t, w, ask{method: "POST", path: "/proposals/" + p.ID + "/decide", as: "ph-standing", body: `{"verdict":"return","reason":"Thiếu biên bản."}`})
	require.True(t, back.Proposal.Returned)
	account := good[app.CaseAccount](t, w, ask{method: "GET", path: "/cases/" + p.ID + "/account", as: "hg-auditor"})
	require.Contains(t, account.Steps[len(account.Steps)-1].Vi, "xử lý thay Võ Thị Thử Nghiệm")

	for _, stranger := range []string{"vt-clerk", "vt-reviewer", "hg-member-1"} {
		require.JSONEq(t, `{"items":[]}`, send(t, w, ask{method: "GET", path: "/delegations", as: stranger}).Body.String())
		require.Equal(t, app.CodeNotFound, bad(t, w, ask{method: "POST", path: "/delegations/" + d.ID + "/end", as: stranger, body: `{}`}).Code)
		require.Equal(t, app.CodeNotFound, bad(t, w, ask{method: "GET", path: "/delegation-choices?unit=ubnd-phung-hiep", as: stranger}).Code)
	}
	ended := good[app.DelegationRow](t, w, ask{method: "POST", path: "/delegations/" + d.ID + "/end", as: "ph-standing", body: `{"reason":"Xin trả lại."}`})
	require.NotNil(t, ended.EndedAt)
	require.Len(t, good[api.Me](t, w, ask{method: "GET", path: "/me", as: "ph-standing"}).Memberships, len(me.Memberships)-1)
	require.Len(t, good[api.Page[app.DelegationRow]](t, w, ask{method: "GET", path: "/delegations", as: "hg-auditor"}).Items, 1, "what was is kept")
}

func TestTheTableOfPermissionsIsForAdministratorsAndAuditors(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	for _, login := range []string{"hg-admin", "hg-auditor"} {
		v := good[app.PermissionTable](t, w, ask{method: "GET", path: "/permissions", as: login})
		require.NotEmpty(t, v.Actions)
		require.Len(t, v.Hash, 64)
	}
	require.Equal(t, app.CodeForbidden, bad(t, w, ask{method: "GET", path: "/permissions", as: "pgd-clerk"}).Code)
}
