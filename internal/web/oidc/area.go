// Package oidc is the pages of signing in at an identity provider: out to it, back
// from it, a page for who is known to nobody here, and the administrators' page that
// says whose a subject is.
//
//	with.go    GET /sign-in/with/{id}: keeps a secret in the browser and goes out
//	again.go   GET /account/freshen/with/{id}: goes out once more before what weighs much
//	answer.go  GET /sign-in/with/{id}/answer: takes the answer, once
//	links.go   the mappings, and who came unknown
//	map.go     maps, and ends a mapping
//
// A page of sign-in shows the buttons by ui's function providers.
package oidc

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed text.yaml
var words []byte

// Area is the pages of identity providers.
func Area() ui.Area {
	return ui.Area{
		Name: "oidc", Views: views, Text: words,
		Nav: []ui.Nav{{Path: "/identity-providers", Key: "oidc.nav", Roles: []proposal.Role{proposal.RoleAdmin}, Order: 96}},
		Routes: func(m *ui.Mux) {
			m.Open("GET /sign-in/with/{id}", with)
			m.Open("GET /sign-in/with/{id}/answer", answer)
			m.Page("GET /account/freshen/with/{id}", again)
			m.Page("GET /identity-providers", links)
			m.Page("POST /identity-providers", mapped)
			m.Page("POST /identity-providers/{id}/end", ended)
		},
	}
}
