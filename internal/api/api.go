// Package api is the JSON API under /api/v1 and its OpenAPI 3.1 description,
// which is made from the code.
//
// The model: an address names a thing (a submission, a proposal, a session, a
// decision), a POST below it is an act of a person on it. Every request carries a
// bearer token; without one nothing but the description and the health checks
// answers. The handlers call package app and nothing below it, so the API can do
// no more than the pages and the command line.
//
// Each request passes, from the outside in: request id and log line, security
// headers, rate limit of the address, token, rate limit of the user, size of the
// body, Idempotency-Key, operation. What goes wrong on the way is a problem
// document (RFC 9457) in the reader's language.
package api

import (
	"net/http"
	"net/netip"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"vinhdanh/internal/app"
	"vinhdanh/internal/edge"
)

// Options bound what the API takes. Zero values mean the defaults.
type Options struct {
	MaxBody        int64         // bytes of a JSON body; default 1 MB
	MaxFile        int64         // bytes of an uploaded file; default 25 MB
	Timeout        time.Duration // of one request; default 60 s
	UserRate       Rate          // of a signed-in user; default 30 a second, 150 at once
	AddressRate    Rate          // of an address; default 150 a second, 600 at once
	SignInFailures Rate          // wrong tokens of an address; default 1 a second, 20 at once
	// Proxies are the addresses of our own reverse proxies, whose X-Forwarded-For
	// is believed; from anybody else the header means nothing.
	Proxies []netip.Prefix
}

// Rate is a token bucket: so many a second, so many at once.
type Rate = edge.Rate

// prefix is where the API begins; a breaking change gets another.
const prefix = "/api/v1"

// handlers are what the operations share.
type handlers struct {
	app     *app.App
	api     huma.API
	options Options
}

// New builds the whole HTTP surface of the API: operations, description and
// health checks.
func New(a *app.App, o Options) http.Handler {
	h := &handlers{app: a, options: o.withDefaults()}
	routes := http.NewServeMux()
	h.api = humago.New(routes, config())
	h.register()
	describe(h.api.OpenAPI())

	top := http.NewServeMux()
	top.HandleFunc("GET /healthz", healthz)
	top.HandleFunc("GET /readyz", h.readyz)
	for _, ext := range []string{".json", ".yaml"} {
		top.Handle("GET "+prefix+"/openapi"+ext, edge.Routed(routes))
	}
	top.Handle("/", h.guarded(routes))
	return observed(secured(edge.Routed(top)))
}

// withDefaults fills in what is not set.
func (o Options) withDefaults() Options {
	if o.MaxBody == 0 {
		o.MaxBody = 1 << 20
	}
	if o.MaxFile == 0 {
		o.MaxFile = 25 << 20
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	set := func(r *Rate, perSecond float64, burst int) {
		if *r == (Rate{}) {
			*r = Rate{PerSecond: perSecond, Burst: burst}
		}
	}
	set(&o.UserRate, 30, 150)
	set(&o.AddressRate, 150, 600)
	set(&o.SignInFailures, 1, 20)
	return o
}

// register adds every operation.
func (h *handlers) register() {
	h.registerSelf()
	h.registerReview()
	h.registerLists()
	h.registerEveryone()
	h.registerLaw()
	h.registerImport()
	h.registerSubmissions()
	h.registerDrafting()
	h.registerScan()
	h.registerDocuments()
	h.registerStaged()
	h.registerProposals()
	h.registerProposalActs()
	h.registerUpward()
	h.registerReading()
	h.registerSessions()
	h.registerSessionActs()
	h.registerCouncilRoom()
	h.registerSessionPapers()
	h.registerSessionFiles()
	h.registerDecisions()
	h.registerDecisionActs()
	h.registerReasons()
	h.registerOutcomeLetters()
	h.registerRevocations()
	h.registerRevocationActs()
	h.registerAudit()
	h.registerHistory()
	h.registerInspect()
	h.registerExports()
	h.registerSigning()
	h.registerRegistry()
	h.registerCertificates()
	h.registerLedger()
	h.registerDelegations()
	h.registerDuplicates()
	h.registerPermissions()
	h.registerProviders()
	h.registerAccount()
	h.registerFactors()
	h.registerSignIns()
	h.registerAdmin()
}
