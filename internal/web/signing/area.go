// Package signing is the pages of a signer: what waits, what it says, and the
// signature, on a tablet within two minutes.
//
//	desk.go      what waits for my signature; some are chosen to be signed together
//	rehearse.go  what would happen, with count and names, before anything is signed
//	sign.go      signing the chosen ones, one act each, with a result per document
//	trial.go     the signer's key signs a sheet that is no document, to see that it works
//	brief.go     one decision: who, what was contested, the text as it will be printed;
//	             sending it back with the reason
//
// Letters are large and targets big: this is where chairmen sign.
package signing

import (
	"embed"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

//go:embed all:views
var views embed.FS

//go:embed all:static
var static embed.FS

//go:embed text.yaml
var words []byte

// Area is the signer's pages.
func Area() ui.Area {
	return ui.Area{
		Name: "signing", Views: views, Text: words, Static: static,
		Nav: []ui.Nav{{Path: "/signing", Key: "signing.nav", Order: 40, Roles: []proposal.Role{proposal.RoleSigner}}},
		Routes: func(m *ui.Mux) {
			m.Page("GET /signing", desk)
			m.Page("GET /signing/rehearse", rehearse)
			m.Page("POST /signing", sign)
			m.Page("POST /signing/test", tryKey)
			m.Page("GET /signing/{id}", brief)
			m.Page("GET /signing/{id}/preview.pdf", preview)
			m.Page("POST /signing/{id}/send-back", sendBack)
		},
	}
}
