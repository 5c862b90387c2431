package main

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// notOpened are the routes to which no link led in the town that TestEveryPage
// furnishes: the test that looks at each, or why none does. Where a test is named, it
// looks in a browser, at a desk and on a phone; "HTTP:" means that no browser does yet.
var notOpened = map[string]string{
	"GET /styleguide":                 "TestKitInABrowser",
	"GET /session":                    "no page: JSON; TestWhatWasTypedSurvivesTheSessionInABrowser",
	"GET /sign-in":                    "TestPagesInABrowser",
	"GET /account/link/{secret}":      "TestPagesInABrowser",
	"GET /account/second-factor":      "TestPagesInABrowser",
	"GET /account/freshen":            "TestProvidersInABrowser",
	"GET /account/factors/code.png":   "no page: a picture; TestPagesInABrowser",
	"GET /sign-in/with/{id}":          "no page: leads to the provider; TestProvidersInABrowser",
	"GET /sign-in/with/{id}/answer":   "no page: takes the provider's answer; TestProvidersInABrowser",
	"GET /account/freshen/with/{id}":  "no page: leads to the provider; TestProvidersInABrowser",
	"GET /approvals/{id}":             "TestClerkPagesInABrowser",
	"GET /lists/{id}":                 "TestClerkPagesInABrowser",
	"GET /proposals/{id}/changes":     "TestClerkPagesInABrowser",
	"GET /items/{id}/verdict":         "no page: a part of one; TestALostConnectionKeepsWhatWasTyped",
	"GET /proposals/{id}/presence":    "no page: a part of one; TestACaseInABrowser",
	"GET /lists/{id}/bad-rows.xlsx":   "no page: a file; TestAListFromExcelIsCorrectedInThePage",
	"GET /review/letters/{id}":        "TestTheReviewersDayInABrowser",
	"GET /review/letters/{id}/{name}": "no page: a file; TestTheReviewersDayInABrowser",
	"GET /review/bulk/{id}":           "TestTheReviewersDayInABrowser",
	"GET /review/bulk/{id}/report":    "no page: a file; TestManyAreRehearsedConfirmedAndReported",
	"GET /signing/{id}":               "TestSigningOnATablet",
	"GET /signing/rehearse":           "TestSigningOnATablet",
	"GET /signing/{id}/preview.pdf":   "no page: a file; TestSignerSeesWhoAndWhatWasContested",
	"GET /decision-drafts/new":        "TestCouncilInABrowser",
	"GET /sessions/{id}/edit":         "TestCouncilInABrowser",
	"GET /sessions/{id}/agenda":       "TestCouncilInABrowser",
	"GET /sessions/{id}/late":         "TestCouncilInABrowser",
	"GET /sessions/{id}/declare":      "TestCouncilInABrowser",
	"GET /sessions/{id}/presence":     "TestCouncilInABrowser",
	"GET /sessions/{id}/convene":      "TestCouncilInABrowser",
	"GET /sessions/{id}/run":          "TestCouncilInABrowser",
	"GET /sessions/{id}/ballot":       "TestCouncilInABrowser",
	"GET /sessions/{id}/ballot/check": "TestCouncilInABrowser",
	"GET /sessions/{id}/opinion":      "TestCouncilInABrowser",
	"GET /sessions/{id}/team":         "TestCouncilInABrowser",
	"GET /sessions/{id}/close":        "TestCouncilInABrowser",
	"GET /sessions/{id}/cancel":       "TestCouncilInABrowser",

	"GET /proposals/{id}/items/{item}/law": "TestACaseInABrowser",

	"GET /register/{id}/certificates/file":                  "no page: a file; TestRegistryInTheBrowser",
	"GET /register/{id}/calibration.pdf":                    "no page: a file; TestRegistryInTheBrowser",
	"GET /register/{id}/certificates/{certificate}/reissue": "HTTP: a certificate must have been printed",
	"GET /register/{id}/paper":                              "no page: a file; TestRegistryInTheBrowser",
	"GET /gold-book/export":                                 "no page: a file; TestRegistryInTheBrowser",
	"GET /sessions/{id}/lines/{n}":                          "HTTP: an open ballot must hold the line",
	"GET /sessions/{id}/progress":                           "no page: a part of one; TestCouncilInABrowser",
	"GET /sessions/{id}/projector/live":                     "no page: a part of one; TestCouncilInABrowser",
	"GET /sessions/{id}/secret":                             "HTTP: a session with sealed ballots",
	"GET /sessions/{id}/secret/record.json":                 "no page: a file",
	"GET /sessions/{id}/sealed":                             "HTTP: a session with sealed ballots",
	"GET /sessions/{id}/count":                              "HTTP: a session with paper ballots",
	"GET /sessions/{id}/count-record":                       "HTTP: a session with paper ballots",
	"GET /sessions/{id}/count-record/{file}":                "no page: a file",
	"GET /sessions/{id}/priority":                           "HTTP: a result over its quota",
	"GET /decision-drafts/{id}/edit":                        "HTTP: a draft that is not submitted yet",
	"GET /decision-drafts/{id}/draft.docx":                  "no page: a file",
	"GET /revocations/{id}":                                 "HTTP: a revocation under way",
	"GET /revocations/{id}/preview.pdf":                     "no page: a file",
	"GET /revocations/{id}/files/{sha256}":                  "no page: a file",
	"GET /upward/cases/{id}":                                "HTTP: a case that another authority decides",
	"GET /ledger/records/{id}":                              "HTTP: a paper record that was imported",
	"GET /ledger/records/{id}/scan":                         "no page: a file",
}

// sometimes are those of them that another test of the same town may bring into reach.
var sometimes = map[string]bool{
	"GET /approvals/{id}": true, "GET /lists/{id}": true, "GET /proposals/{id}/changes": true, "GET /decision-drafts/new": true, "GET /signing/{id}": true,
	"GET /signing/{id}/preview.pdf": true, "GET /sessions/{id}/edit": true, "GET /sessions/{id}/agenda": true, "GET /sessions/{id}/late": true,
	"GET /sessions/{id}/declare": true, "GET /sessions/{id}/presence": true, "GET /sessions/{id}/convene": true, "GET /sessions/{id}/run": true,
	"GET /sessions/{id}/ballot": true, "GET /sessions/{id}/opinion": true, "GET /sessions/{id}/team": true, "GET /sessions/{id}/close": true,
	"GET /sessions/{id}/cancel": true, "GET /decision-drafts/{id}/edit": true, "GET /decision-drafts/{id}/draft.docx": true, "GET /revocations/{id}": true,
	"GET /gold-book/export": true, "GET /proposals/{id}/presence": true, "GET /proposals/{id}/items/{item}/law": true, "GET /items/{id}/verdict": true,
	"GET /sessions/{id}/lines/{n}": true, "GET /register/{id}/certificates/file": true, "GET /register/{id}/calibration.pdf": true, "GET /register/{id}/paper": true,
}

// TestTheTestsOfUnopenedPagesExist: a name in notOpened is a test's.
func TestTheTestsOfUnopenedPagesExist(t *testing.T) {
	out, err := exec.Command("grep", "-rhoE", "^func Test[A-Za-z0-9_]+", "--include=*_test.go", "../../internal").Output()
	require.NoError(t, err)
	have := map[string]bool{}
	for _, f := range strings.Fields(string(out)) {
		have[f] = true
	}
	for route, why := range notOpened {
		for _, word := range strings.Fields(why) {
			if strings.HasPrefix(word, "Test") && !have[word] {
				t.Errorf("%s names %s, which is no test", route, word)
			}
		}
	}
}
