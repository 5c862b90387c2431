package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLateItemsThroughPages: the secretary asks, the chair consents, the item stands on
// the agenda; once the session is open the page says what to do instead.
func TestLateItemsThroughPages(t *testing.T) {
	t.Parallel()
	r := newCouncilRoom(t, "Nguyễn Văn Ví Dụ")
	r.planned()
	r.AtCouncil(t, r.Sent(t, "Trần Thị Đến Sau"))
	path := r.path + "/late"
	require.Contains(t, r.secretary.Get(path).Text(), "Không có đề nghị bổ sung nào")
	r.secretary.Get(r.path+"/convene").Submit(r.path+"/convene", nil)
	form := r.secretary.Get(path)
	require.Contains(t, form.Text(), "Trần Thị Đến Sau")
	proposal := form.Value("ask")
	bad := form.Submit(path, url.Values{"ask": {proposal}})
	require.Equal(t, http.StatusUnprocessableEntity, bad.Status)
	asked := bad.Submit(path, url.Values{"ask": {proposal}, "reason": {"Bộ bổ sung hướng dẫn"}})
	require.Contains(t, asked.Text(), "Chờ Chủ trì", asked.Text())
	require.Empty(t, button(asked, "admit"), "only the chair consents")

	member := r.people["hg-member-1"].Get(path)
	require.NotContains(t, member.Text(), "Bộ bổ sung hướng dẫn")
	chair := r.people["hg-chair"].Get(path)
	require.Contains(t, chair.Text(), "Bộ bổ sung hướng dẫn")
	require.NotContains(t, chair.Text(), "Trần Thị Đến Sau", "the chair has not declared yet")
	done := chair.Submit(path, url.Values{"admit": {button(chair, "admit")}})
	require.Contains(t, done.Text(), "Chủ trì đồng ý lúc", done.Text())
	require.Contains(t, r.secretary.Get(r.path).Text(), "Trần Thị Đến Sau")
	r.opened()
	require.Contains(t, r.secretary.Get(path).Text(), "không bổ sung được nữa")
}
