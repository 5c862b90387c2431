package web_test

import (
	"strings"
	"testing"

	"vinhdanh/internal/web/browsertest"
	"vinhdanh/internal/web/webtest"
)

// The administrators' pages are looked at, in both languages, on a phone and a desk.
func TestAdminPagesInABrowser(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	paths := append([]string{
		"/admin", "/admin/units", "/admin/units/ubnd-phung-hiep", "/admin/unit-new", "/admin/unit-end", "/admin/people?text=pgd",
		"/admin/person-new", "/admin/roster", "/admin/events", "/admin/campaign-new",
	}, adminPages...)
	desk := browsertest.Open(t, w.Server.URL, browsertest.Desktop, w.Cookie(t, "hg-admin")).Vietnamese()
	phone := browsertest.Open(t, w.Server.URL, browsertest.Phone, w.Cookie(t, "hg-admin")).English()
	for _, path := range paths {
		name := "admin" + strings.NewReplacer("/", "-", "?", "-", "=", "-", "&", "-").Replace(strings.TrimPrefix(path, "/admin"))
		desk.Go(path).Axe().Fits().Shot(name + "-desktop")
		phone.Go(path).Axe().Fits().Shot(name + "-phone")
	}
}
