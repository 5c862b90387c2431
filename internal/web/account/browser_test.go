package account_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestPagesInABrowser looks at each page at a desk and on a phone, in both
// languages: axe finds nothing, nothing is wider than its window.
func TestPagesInABrowser(t *testing.T) {
	w := webtest.New(t)
	signer(t, w, "ky-thu", "signer", "admin", "auditor")
	for _, c := range []struct {
		name    string
		width   int
		english bool
	}{{"desktop-vi", browsertest.Desktop, false}, {"phone-vi", browsertest.Phone, false}, {"desktop-en", browsertest.Desktop, true}, {"phone-en", browsertest.Phone, true}} {
		sql(t, w, `delete from code_factors`)
		sql(t, w, `delete from recovery_codes`)
		tab := browsertest.Open(t, w.Local, c.width)
		if c.english {
			tab.English()
		}
		look := func(name string) { tab.Axe().Fits().Shot("account/" + c.name + "-" + name) }
		tab.Go("/sign-in").Fill("login", "ky-thu").Fill("password", "wrong wrong")
		tab.Click("form[action='/sign-in'] button")
		tab.Wait(map[bool]string{false: "không đúng", true: "is wrong"}[c.english])
		look("sign-in-wrong")
		tab.Go("/sign-in")
		look("sign-in")
		tab.Fill("login", "ky-thu").Fill("password", password)
		tab.Click("form[action='/sign-in'] button.primary").WaitPath("/account/factors")
		look("must-enrol")
		tab.Go("/account/factors/code")
		look("code")
		tab.Fill("code", codeOn(t, tab)).Click("form[action='/account/factors/code'] button.primary")
		tab.Wait(map[bool]string{false: "Tôi đã cất giữ", true: "I have kept them"}[c.english])
		look("codes")
		for _, p := range []string{"/account", "/account/password", "/account/factors", "/account/sessions", "/account/tokens", "/account/history", "/account/freshen", "/account/sign-ins", "/account/assist"} {
			tab.Go(p)
			look(url.PathEscape(p[1:]))
		}
		tab.Fill("login", "pgd-clerk").Click("form[action='/account/assist/link'] button").Wait("/account/link/")
		look("assist-link")
		other := browsertest.Open(t, w.Local, c.width)
		other.Go(tab.Eval(`new URL(document.querySelector("code.secret").textContent).pathname`)).Axe().Fits().Shot("account/" + c.name + "-link")
		other.Go("/sign-in").Fill("login", "ky-thu").Fill("password", password).Click("form[action='/sign-in'] button.primary").WaitPath("/account/second-factor")
		other.Axe().Fits().Shot("account/" + c.name + "-second-factor")
		tab.Clean()
		other.Clean()
	}
}

// codeOn is the code that an app would show, after the key on the page.
func codeOn(t *testing.T, tab *browsertest.Tab) string {
	t.Helper()
	secret := tab.Eval(`document.querySelector("code.secret").textContent.replaceAll(" ", "")`)
	code, err := identity.CodeAt(secret, time.Now())
	require.NoError(t, err)
	return code
}
