package web_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// TestKitInABrowser shows the components at every width, in both languages.
func TestKitInABrowser(t *testing.T) {
	w := webtest.New(t)
	for _, c := range []struct {
		name    string
		width   int
		english bool
	}{{"desktop-vi", browsertest.Desktop, false}, {"phone-vi", browsertest.Phone, false}, {"desktop-en", browsertest.Desktop, true}} {
		tab := browsertest.Open(t, w.Server.URL, c.width, w.Cookie(t, "pgd-clerk"))
		if c.english {
			tab.English()
		}
		for _, page := range []string{"/", "/styleguide"} {
			tab.Go(page).Axe().Fits()
			require.Less(t, tab.Wire(), 100<<10, "%s over the wire on first visit", page)
			tab.Shot("kit/" + c.name + "-" + map[string]string{"/": "home", "/styleguide": "styleguide"}[page])
		}
		tab.Clean()
	}
}
