package prove

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

func TestTheRoutesOfTheDataHold(t *testing.T) {
	t.Parallel()
	rep := Routes(law.Default())
	for _, p := range rep.Problems {
		t.Error(p.String("en"))
	}
	t.Log(rep.Sentence("en"))
	assert.Greater(t, rep.Routes, 100)
	assert.Greater(t, rep.Shapes, 4)
	assert.Greater(t, rep.States, 1000)
}

// broken is the built-in data with one edit, loaded without the checks that would
// refuse most holes before any path is walked.
func broken(t *testing.T, edits ...string) *law.Law {
	t.Helper()
	files := law.Default().Files()
	for i := 0; i < len(edits); i += 2 {
		file := "routes.yaml"
		if strings.Contains(edits[i], "route: ") {
			file = "awards.yaml"
		}
		require.Contains(t, files[file], edits[i])
		files[file] = strings.ReplaceAll(files[file], edits[i], edits[i+1])
	}
	l, err := law.Unchecked(files)
	require.NoError(t, err)
	return l
}

// Each hole in a route is caught, and the path shows it.
func TestAHoleIsShownByItsPath(t *testing.T) {
	t.Parallel()
	council := "      - {kind: council, at: authority, body: council, roles: [secretary, chair, member], decides: [pass, not_pass, defer, hold], own_unit: allowed}\n"
	appraisal := "      - {kind: appraisal, at: authority, body: standing, roles: [appraiser, standing_head], deadline: APPRAISAL, returns_to: [nomination], decides: [propose, not_propose, return, hold], own_unit: allowed}\n"
	tests := []struct {
		name  string
		edits []string
		want  string   // of the problem
		steps []string // of its path, in order, among others
		last  string   // how the path ends
	}{
		{"a route without the Council", []string{council, ""}, "without a required stage: Council", []string{"nomination: send", "appraisal: appraise"}, "signing and issue: issue,"},
		{"a route without appraisal", []string{appraisal, ""}, "without a required stage: appraisal", []string{"reception: accept as complete", "Council: Council's result"}, "signing and issue: issue,"},
		{"who sends may sign", []string{"[unit_head, signer], ", ""}, "who acted as unit head signs", []string{"nomination: send, unit head, the same person"}, ", signer, the same person → closed"},
		{"who appraises may sign", []string{"[appraiser, signer], ", ""}, "who acted as appraiser signs", []string{", appraiser, the same person"}, ", signer, the same person"},
		{"nobody is kept from signing", []string{"[[unit_head, reviewer], [unit_head, signer], [clerk, signer], [reviewer, signer], [appraiser, signer], [standing_head, signer]]", "[]"},
			"one person carries a case from draft to signature", []string{"nomination: send, unit head, the same person", "review: give an opinion (forward), reviewer, the same person", ", appraiser, the same person"}, "the same person"},
		{"a review that may only return", []string{"decides: [propose, not_propose, return, hold], own_unit: refused", "decides: [return, hold], own_unit: refused"}, "no path leads to a recognition", []string{"nomination: send"}, ""},
		{"an appraisal that may not say yes", []string{"deadline: APPRAISAL, returns_to: [nomination], decides: [propose, not_propose, return, hold]", "deadline: APPRAISAL, returns_to: [nomination], decides: [return, hold]"}, "a dead end", nil, ""},
		{"a Council that can decide nothing", []string{"decides: [pass, not_pass, defer, hold]", "decides: [hold]"}, "a dead end: nobody awaited can bring the case to its end", nil, ""},
		{"a decision that nobody may sign", []string{"roles: [standing_head, signer, registrar], deadline: NOTIFY, decides: [sign, send_back, hold]", "roles: [standing_head, signer, registrar], deadline: NOTIFY, decides: [send_back, hold]"}, "no path leads to a recognition", nil, ""},
		{"what is submitted upward without hiệp y", []string{"      - {kind: consultation, at: province, body: standing, roles: [appraiser, standing_head], deadline: CONSULTATION, agencies: [POLICE, TAX, SOCIAL_INSURANCE, ENVIRONMENT, INSPECTION], returns_to: [nomination], decides: [propose, not_propose, return, hold], own_unit: allowed}\n", ""},
			"without a required stage: consultation of agencies", []string{"nomination: send"}, "enter the outcome from above"},
		{"an Order without public comment", []string{"      - {kind: publication, at: province, body: standing, roles: [appraiser, standing_head], deadline: PUBLIC_COMMENT, returns_to: [nomination], decides: [propose, not_propose, return, hold], own_unit: allowed}\n", ""},
			"without a required stage: public comment", []string{"nomination: send"}, ""},
		{"a title without the Council", []string{"        route: PROVINCE\n        council: CSTDT_VOTE\n", "        route: SIMPLIFIED\n"}, "without a required stage: Council", []string{"nomination: send"}, "signing and issue: issue,"},
		{"the signer appraises", []string{"{kind: appraisal, at: authority, body: standing, roles: [appraiser, standing_head]", "{kind: appraisal, at: authority, body: standing, roles: [signer]"}, "the role signer does not act at the stage appraisal", nil, ""},
		{"the signer prepares", []string{"roles: [clerk, unit_head]", "roles: [clerk, unit_head, signer]"}, "the role signer does not act at the stage nomination", nil, ""},
		{"a decision without a signer", []string{"roles: [standing_head, signer, registrar], deadline: NOTIFY", "roles: [standing_head, registrar], deadline: NOTIFY"}, "the stage signing and issue lacks the role signer", nil, ""},
		{"the authority may not decide for its own office", []string{"decides: [sign, send_back, hold], own_unit: allowed}", "decides: [sign, send_back, hold], own_unit: refused}"}, "may not process its own case", nil, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			rep := Routes(broken(t, tc.edits...))
			var all []string
			for _, p := range rep.Problems {
				text := p.String("en")
				all = append(all, text)
				if strings.Contains(text, tc.want) && holds(text, tc.steps, tc.last) {
					assert.Contains(t, text, "routes.yaml:", "where the route stands")
					assert.NotEqual(t, p.Text.VI, p.Text.EN)
					return
				}
			}
			t.Errorf("not caught: %q in\n%s", tc.want, strings.Join(all, "\n"))
		})
	}
}

// holds tells whether a path has the steps in order, and ends so.
func holds(text string, steps []string, last string) bool {
	rest := text
	for _, s := range steps {
		_, after, ok := strings.Cut(rest, s)
		if !ok {
			return false
		}
		rest = after
	}
	lines := strings.Split(text, "\n")
	return strings.Contains(lines[len(lines)-1], last)
}

// above is the data with an award that the Prime Minister decides.
func above(t *testing.T, edits ...string) *law.Law {
	t.Helper()
	files := broken(t, edits...).Files()
	at := strings.Index(files["awards.yaml"], "  - code: CSTDT\n")
	require.Positive(t, at)
	head, tail := files["awards.yaml"][:at], files["awards.yaml"][at:]
	tail = strings.ReplaceAll(tail, "authority: PROVINCE_CHAIR\n        route: PROVINCE\n        council: CSTDT_VOTE", "authority: PRIME_MINISTER\n        route: STATE\n        council: STATE_TITLE_VOTE")
	files["awards.yaml"] = head + tail
	l, err := law.Unchecked(files)
	require.NoError(t, err)
	return l
}

func TestAboveTheProvince(t *testing.T) {
	t.Parallel()
	rep := Routes(above(t))
	require.Empty(t, rep.Problems)
	states := []proposal.StageKind{proposal.StageConsultation, proposal.StagePublication, proposal.StageSubmission, proposal.StageOutcome}
	l := above(t)
	r, err := l.RouteFor(law.RouteQuery{Regime: "R2", Award: "CSTDT", Path: paths[0], Resolve: unitOf(paths[0])})
	require.NoError(t, err)
	for _, k := range states {
		assert.True(t, has(r, k), k)
	}
	assert.Equal(t, "PRIME_MINISTER", r.Above)
	for edit, want := range map[[2]string]string{
		{"decides: [award, not_award]", "decides: [not_award]"}:                 "no path leads to a recognition",
		{"decides: [award, not_award]", "decides: [hold]"}:                      "a dead end",
		{"[appraiser, signer], [standing_head, signer]", "[appraiser, signer]"}: "who acted as head of the standing body signs",
		{"at: province, body: council, roles: [secretary, chair, member], decides: [pass, not_pass", "at: province, body: council, roles: [secretary, chair, member], decides: [not_pass"}: "no path leads to a recognition",
	} {
		found := Routes(above(t, edit[0], edit[1])).Problems
		ok := false
		for _, p := range found {
			ok = ok || strings.Contains(p.String("en"), want) && p.Award == "CSTDT"
		}
		assert.True(t, ok, "%v: %v", edit, found)
	}
}

func has(r proposal.Route, k proposal.StageKind) bool {
	for _, s := range r.Stages {
		if s.Kind == k {
			return true
		}
	}
	return false
}
