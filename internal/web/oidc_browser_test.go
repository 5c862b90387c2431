package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/browsertest"
)

// TestProvidersInABrowser is somebody who comes from a provider, and the administrator
// who maps them and ends it, in both languages, at a desk and on a phone: axe finds
// nothing, nothing is wider than its window, and every step is led to by the page.
func TestProvidersInABrowser(t *testing.T) {
	w, provider := atProvider(t, "")
	for _, c := range []struct {
		name    string
		width   int
		english bool
	}{{"desktop-vi", browsertest.Desktop, false}, {"phone-vi", browsertest.Phone, false}, {"desktop-en", browsertest.Desktop, true}, {"phone-en", browsertest.Phone, true}} {
		say := func(vi, en string) string { return map[bool]string{false: vi, true: en}[c.english] }
		sql(t, w, `delete from oidc_subjects`)
		sql(t, w, `delete from oidc_unknown`)
		sql(t, w, `update users set active = true`)
		admin := browsertest.Open(t, w.Local, c.width, w.Cookie(t, "hg-admin"))
		who := browsertest.Open(t, w.Local, c.width)
		for _, tab := range []*browsertest.Tab{admin, who} {
			tab.Cookie(&http.Cookie{Name: "__Host-lang", Value: say("vi", "en"), Secure: true, HttpOnly: true})
		}
		look := func(tab *browsertest.Tab, name string) { tab.Axe().Fits().Shot("oidc/" + c.name + "-" + name) }
		admin.Go("/identity-providers").Wait(say("Không có ai chờ gắn", "Nobody waits to be mapped"))
		look(admin, "none")

		who.Go("/sign-in").Press("Provider so").Wait(say("chưa gắn danh tính đó", "no administrator has mapped"))
		look(who, "unknown")
		ref := who.Eval(`document.querySelector("main b").textContent`)
		admin.Go("/identity-providers").Wait(ref)
		look(admin, "came")
		admin.Fill("ref", ref).Fill("login", "khong-co-ai").Press(say("Gắn", "Map"))
		admin.Wait(say("Không tìm thấy", "does not exist"))
		look(admin, "nobody")
		admin.Go("/identity-providers").Fill("ref", strings.ToLower(ref)).Fill("login", "pgd-head").Press(say("Gắn", "Map"))
		admin.Wait(say("Đã gắn danh tính bên ngoài", "is mapped to the account"))
		look(admin, "mapped")

		who.Go("/sign-in").Press("Provider so").WaitAt("/")
		who.Go("/account/freshen?next=/notices").Press("Provider so").WaitAt("/notices")
		who.Go("/account/freshen")
		look(who, "freshen")
		admin.Go("/identity-providers").Press(say("Bỏ gắn", "End")).Wait(say("Đã bỏ gắn", "does not sign in that way"))
		look(admin, "ended")
		admin.Clean()
		for _, f := range who.Faults() {
			require.Equal(t, "left the site: "+strings.TrimPrefix(provider.URL, "http://"), f, "to the provider and nowhere else")
		}
	}
}
