// Package web is the pages: every role's work, in Vietnamese first. It puts the areas
// together; each area is a package of its own below this one (clerk, review, council,
// …), with one handler a file, its views and its words. What they are built with is
// package ui. Pages call package app and nothing below it, like the JSON API.
package web

import (
	"net/http"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/account"
	"vinhdanh/internal/web/admin"
	"vinhdanh/internal/web/audit"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/clerk"
	"vinhdanh/internal/web/council"
	"vinhdanh/internal/web/decisions"
	"vinhdanh/internal/web/delegation"
	"vinhdanh/internal/web/duplicates"
	"vinhdanh/internal/web/head"
	"vinhdanh/internal/web/help"
	"vinhdanh/internal/web/home"
	"vinhdanh/internal/web/law"
	"vinhdanh/internal/web/ledger"
	"vinhdanh/internal/web/letters"
	"vinhdanh/internal/web/notices"
	"vinhdanh/internal/web/oidc"
	"vinhdanh/internal/web/permissions"
	"vinhdanh/internal/web/pictures"
	"vinhdanh/internal/web/registry"
	"vinhdanh/internal/web/review"
	"vinhdanh/internal/web/revocations"
	"vinhdanh/internal/web/search"
	"vinhdanh/internal/web/signing"
	"vinhdanh/internal/web/ui"
	"vinhdanh/internal/web/upward"
	"vinhdanh/internal/web/verify"
)

// Options bound what the pages take.
type Options = ui.Options

// areas of the site, in the order of their navigation.
func areas() []ui.Area {
	return []ui.Area{
		home.Area(),
		cases.Area(),
		review.Area(),
		upward.Area(),
		audit.Area(),
		account.Area(),
		signing.Area(),
		registry.Area(),
		head.Area(),
		clerk.Area(),
		delegation.Area(),
		duplicates.Area(),
		permissions.Area(),
		oidc.Area(),
		council.Area(),
		decisions.Area(), letters.Area(), revocations.Area(),
		admin.Area(),
		search.Area(),
		ledger.Area(),
		law.Area(),
		pictures.Area(),
		notices.Area(),
		help.Area(),
		verify.Area(),
	}
}

// New builds the site.
func New(a *app.App, o Options) (*ui.Site, error) {
	if o.Notices == nil {
		o.Notices = func(r *http.Request, s app.Session) int {
			n, err := a.UnreadNotices(r.Context(), s)
			if err != nil {
				return 0 // the page is worth more than its bell
			}
			return n
		}
	}
	return ui.New(a, o, areas()...)
}

// Beside puts the pages beside the JSON API: what the API does not serve is a page.
func Beside(api, pages http.Handler) http.Handler {
	mux := http.NewServeMux()
	for _, prefix := range []string{"/api/", "/healthz", "/readyz"} {
		mux.Handle(prefix, api)
	}
	mux.Handle("/", pages)
	return mux
}
