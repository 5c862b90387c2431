package eval

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

func evaluator(t testing.TB) *Evaluator {
	t.Helper()
	e, err := New(law.Default())
	require.NoError(t, err)
	return e
}

func facts(t testing.TB, raw string) Facts {
	t.Helper()
	f, err := ParseFacts([]byte(raw))
	require.NoError(t, err, raw)
	return f
}

// clean is what every item needs beside its criteria.
const clean = `"ledger_read":true,"state_level":{"others_in_year":0},"on_hold":false,"already_rewarded":false,"proposer_manages":true,"unit_dissolved":false,`

const papers = `"papers":["TO_TRINH","BAO_CAO","BIEN_BAN","SANG_KIEN","BAO_CAO_TOM_TAT"],`

func title(award, kind, label string) string {
	return `{"award":"` + award + `","period":{"kind":"` + kind + `","label":"` + label + `"},"number":"1/QĐ-UBND","date":"2023-08-18"}`
}

// Invented people and collectives, on the edge of each award.
func TestAwards(t *testing.T) {
	t.Parallel()
	const y2023 = `"period":{"kind":"calendar","label":"2023"},`
	const y2024 = `"period":{"kind":"calendar","label":"2024"},`
	person, group, household := `"kind":"individual",`, `"kind":"collective",`, `"kind":"household",`
	three := `"titles":[` + title("CSTDCS", "calendar", "2021") + "," + title("CSTDCS", "calendar", "2022") + "," + title("CSTDCS", "calendar", "2023") + `],`
	ini := func(scope, year string) string {
		return `"initiatives":[{"scope":"` + scope + `","period":{"kind":"calendar","label":"` + year + `"},"number":"12/GCN"}],`
	}
	pt := `"campaign":{"level":"PROVINCE","review_held":true,"selected":true,"quota_stated":false},`
	strong := `"members":{"total":32,"task_done":32,"ldtt":24,"cstdcs":4,"discipline":"NONE"},"rating":"EXCELLENT",`
	weak := `"members":{"total":30,"task_done":30,"ldtt":20,"cstdcs":3,"discipline":"NONE"},"rating":"EXCELLENT",`
	tests := []struct {
		name, regime, award, facts string
		want                       Verdict
	}{
		{"LDTT, tốt", "R1", "LDTT", person + y2023 + `"rating":"GOOD",`, Met},
		{"LDTT, hoàn thành", "R1", "LDTT", person + y2023 + `"rating":"DONE",`, NotMet},
		{"LDTT for a collective", "R1", "LDTT", group + y2023 + `"rating":"GOOD",`, NotMet},
		{"LDTT without rating", "R1", "LDTT", person + y2023, NeedsPerson},
		{"CSTDCS R1 needs the initiative", "R1", "CSTDCS", person + y2023 + `"rating":"EXCELLENT","initiatives":[],"quota":{"ldtt":100,"cstdcs_proposed":1},`, NotMet},
		{"CSTDCS R1 with it", "R1", "CSTDCS", person + y2023 + `"rating":"GOOD",` + ini("GRASSROOTS", "2023") + `"quota":{"ldtt":100,"cstdcs_proposed":15},`, Met},
		{"CSTDCS R1 over the share", "R1", "CSTDCS", person + y2023 + `"rating":"GOOD",` + ini("GRASSROOTS", "2023") + `"quota":{"ldtt":100,"cstdcs_proposed":16},`, NeedsPerson},
		{"CSTDCS R2 by excellence alone", "R2", "CSTDCS", person + y2024 + `"rating":"EXCELLENT","initiatives":[],`, Met},
		{"CSTDCS R2 neither", "R2", "CSTDCS", person + y2024 + `"rating":"GOOD","initiatives":[],`, NotMet},
		{"CSTDT", "R1", "CSTDT", person + y2023 + three + ini("PROVINCE", "2023"), Met},
		{"CSTDT with a grassroots initiative", "R1", "CSTDT", person + y2023 + three + ini("GRASSROOTS", "2023"), NotMet},
		{"TTLDTT R1 at exactly half", "R1", "TTLDTT", group + y2023 + `"rating":"GOOD","members":{"total":10,"ldtt":5,"discipline":"NONE"},`, NotMet},
		{"TTLDTT R2 at exactly half", "R2", "TTLDTT", group + y2024 + `"rating":"GOOD","members":{"total":10,"ldtt":5},`, Met},
		{"TTLDXS", "R1", "TTLDXS", group + y2023 + strong, Met},
		{"TTLDXS at 20 of 30", "R1", "TTLDXS", group + y2023 + weak, NotMet},
		{"TTLDXS R1 with a warning", "R1", "TTLDXS", group + y2023 + `"members":{"total":32,"task_done":32,"ldtt":24,"cstdcs":4,"discipline":"WARNING"},"rating":"EXCELLENT",`, NotMet},
		{"TTLDXS R2 does not ask for discipline", "R2", "TTLDXS", group + y2024 + `"members":{"total":32,"task_done":32,"ldtt":24,"cstdcs":4,"discipline":"WARNING"},"rating":"EXCELLENT",`, Met},
		{"BKT-I", "R1", "BKT-I", person + y2023 + three, Met},
		{"BKT-C", "R1", "BKT-C", group + y2023 + `"titles":[` + title("TTLDXS", "calendar", "2022") + "," + title("TTLDXS", "calendar", "2023") + `],`, Met},
		{"BKT-H without a local threshold", "R1", "BKT-H", household + y2023 + `"contribution":{"amount":45000000},`, NeedsPerson},
		{"BKT-PT", "R1", "BKT-PT", household + y2023 + pt, Met},
		{"BKT-PT before the review", "R1", "BKT-PT", person + y2023 + `"campaign":{"level":"PROVINCE","review_held":false,"selected":true,"quota_stated":false},`, NotMet},
		{"BKT-DX", "R3", "BKT-DX", person + y2023 + `"adhoc":{"confirmed":true,"influence":"PROVINCE"},`, Met},
		{"GK-X, nobody has said", "R1", "GK-X", household + y2023, NeedsPerson},
		{"GK-H", "R1", "GK-H", person + y2023 + `"local_criteria_met":true,`, Met},
	}
	e := evaluator(t)
	for _, tc := range tests {
		f := facts(t, "{"+tc.facts+clean+papers+`"discipline":"NONE"}`)
		r, err := e.Evaluate(tc.regime, tc.award, f)
		require.NoError(t, err, tc.name)
		assert.Equal(t, tc.want, r.Criteria, "%s: %s", tc.name, r.Sentence.VI)
		assert.Equal(t, tc.want, r.Verdict, "%s: %s", tc.name, r.Sentence.VI)
		assert.Equal(t, Met, r.Global, tc.name)
		assert.Equal(t, Met, r.Dossier, tc.name)
		assert.Equal(t, law.Default().Hash(), r.LawHash)
	}
}

func TestGlobalRules(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	base := `"ledger_read":true,"kind":"individual","rating":"GOOD","papers":["TO_TRINH","BAO_CAO","BIEN_BAN"],`
	for _, tc := range []struct {
		name, regime, facts string
		want                Verdict
	}{
		{"nothing against it", "R1", `"on_hold":false,"already_rewarded":false,"proposer_manages":true,"unit_dissolved":false`, Met},
		{"a hold is no refusal", "R1", `"on_hold":true,"already_rewarded":false,"proposer_manages":true,"unit_dissolved":false`, NeedsPerson},
		{"rewarded already", "R1", `"on_hold":false,"already_rewarded":true,"proposer_manages":true,"unit_dissolved":false`, NotMet},
		{"a refusal outweighs a hold", "R1", `"on_hold":true,"already_rewarded":true,"proposer_manages":true,"unit_dissolved":false`, NotMet},
		{"not the manager", "R2", `"on_hold":false,"already_rewarded":false,"proposer_manages":false,"unit_dissolved":false`, NotMet},
		{"dissolved, before there was a rule", "R2", `"on_hold":false,"already_rewarded":false,"proposer_manages":true,"unit_dissolved":true`, NeedsPerson},
		{"dissolved", "R3", `"on_hold":false,"already_rewarded":false,"proposer_manages":true,"unit_dissolved":true`, NotMet},
		{"not looked up", "R3", `"on_hold":false`, NeedsPerson},
	} {
		r, err := e.Evaluate(tc.regime, "LDTT", facts(t, "{"+base+tc.facts+"}"))
		require.NoError(t, err)
		assert.Equal(t, tc.want, r.Global, tc.name)
		assert.Equal(t, tc.want, r.Verdict, tc.name)
	}
}

func TestDossier(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	for _, tc := range []struct {
		regime, award, facts string
		want                 Verdict
	}{
		{"R1", "LDTT", `{"papers":["TO_TRINH","BAO_CAO","BIEN_BAN"]}`, Met},
		{"R1", "LDTT", `{"papers":["TO_TRINH","BAO_CAO"]}`, NotMet},
		{"R1", "LDTT", `{"papers":[]}`, NotMet},
		{"R1", "LDTT", `{}`, NeedsPerson},
		{"R1", "CSTDCS", `{"rating":"EXCELLENT","papers":["TO_TRINH","BAO_CAO","BIEN_BAN"]}`, NotMet},
		{"R2", "CSTDCS", `{"rating":"EXCELLENT","papers":["TO_TRINH","BAO_CAO","BIEN_BAN"]}`, Met},
		{"R2", "CSTDCS", `{"rating":"GOOD","papers":["TO_TRINH","BAO_CAO","BIEN_BAN"]}`, NotMet},
		{"R2", "CSTDCS", `{"papers":["TO_TRINH","BAO_CAO","BIEN_BAN"]}`, NeedsPerson},
		{"R1", "BKT-DX", `{"papers":["TO_TRINH","BAO_CAO_TOM_TAT"]}`, Met},
	} {
		r, err := e.Evaluate(tc.regime, tc.award, facts(t, tc.facts))
		require.NoError(t, err)
		assert.Equal(t, tc.want, r.Dossier, "%v", tc)
	}
}

// Under R4 nothing is decided by a text that nobody has seen, and the reader is
// told what the former text would say.
func TestR4NeedsAPerson(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	good := facts(t, `{"kind":"individual","rating":"EXCELLENT",`+papers+clean+`"initiatives":[]}`)
	on, err := e.EvaluateOn(law.MustDate("2026-10-01"), "CSTDCS", good)
	require.NoError(t, err)
	assert.Equal(t, "R4", on.Regime)
	assert.Equal(t, NeedsPerson, on.Verdict)
	seen := 0
	walk(on.Tree, func(n Node) {
		if len(n.Children) > 0 || n.ID == "SUBJECT_KIND" {
			return
		}
		seen++
		assert.Equal(t, NeedsPerson, n.Result, n.ID)
		assert.Equal(t, "R3", n.AssumedFrom, n.ID)
		assert.Equal(t, law.MarkUnconfirmed, n.Mark, n.ID)
		assert.NotEmpty(t, n.WouldBe, n.ID)
		assert.Contains(t, n.Sentence.VI, "theo R3 thì", n.ID)
	})
	assert.GreaterOrEqual(t, seen, 9)
	before, err := e.EvaluateOn(law.MustDate("2026-09-30"), "CSTDCS", good)
	require.NoError(t, err)
	assert.Equal(t, Met, before.Verdict)
}

func walk(n Node, visit func(Node)) {
	visit(n)
	for _, c := range n.Children {
		walk(c, visit)
	}
}

// Every node says what it is, where it comes from and why, in both languages.
func TestNodesExplain(t *testing.T) {
	t.Parallel()
	r, err := evaluator(t).Evaluate("R1", "CSTDT", facts(t, `{"kind":"individual","period":{"kind":"calendar","label":"2023"},"titles":[`+title("CSTDCS", "calendar", "2023")+`]}`))
	require.NoError(t, err)
	assert.Equal(t, NotMet, r.Criteria)
	assert.Contains(t, r.Sentence.VI, "không đạt – Có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở")
	walk(r.Tree, func(n Node) {
		assert.NotEmpty(t, n.Article, n.ID)
		assert.NotEmpty(t, n.Mark, n.ID)
		assert.NotEmpty(t, n.Sentence.VI, n.ID)
		assert.NotEmpty(t, n.Sentence.EN, n.ID)
		assert.Contains(t, n.Sentence.VI, n.Article, n.ID)
	})
	walk(r.Tree, func(n Node) {
		switch n.ID {
		case "CSTDT_THREE_CSTDCS":
			assert.Equal(t, NotMet, n.Result)
			require.Len(t, n.Facts, 2)
			assert.Equal(t, "period", n.Facts[0].Name)
			assert.Equal(t, "titles", n.Facts[1].Name)
			assert.Contains(t, n.Sentence.VI, "CSTDCS 2023 (1/QĐ-UBND ngày 18/08/2023)")
		case "CSTDT_INITIATIVE":
			assert.Equal(t, NeedsPerson, n.Result)
			assert.Contains(t, n.Sentence.VI, "Còn thiếu: sáng kiến, đề tài")
			assert.Equal(t, json.RawMessage("null"), n.Facts[0].Value)
		}
	})
}

func TestJudgedByPeople(t *testing.T) {
	t.Parallel()
	r, err := evaluator(t).Evaluate("R2", "TTLDXS", Facts{})
	require.NoError(t, err)
	require.NotEmpty(t, r.JudgedByPeople)
	assert.Equal(t, NeedsPerson, r.Verdict, "no facts at all never pass and never fail")
}

func TestEvaluateRefuses(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	_, err := e.Evaluate("R1", "NOPE", Facts{})
	require.ErrorContains(t, err, "no_award")
	_, err = e.Evaluate("R3", "GK-H", Facts{})
	require.ErrorContains(t, err, "award_not_in_regime")
	_, err = e.EvaluateOn(law.MustDate("2001-01-01"), "LDTT", Facts{})
	require.ErrorContains(t, err, "no_regime")
	_, err = ParseFacts([]byte(`{"ratng":"GOOD"}`))
	require.ErrorContains(t, err, "unknown field")
}

// A unit dissolved in the reorganisation: before 05/08/2025 a person looks, from that day
// on the circular says that it is not rewarded.
func TestACriterionThatChangesWithinARegime(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	for day, want := range map[string]Verdict{
		"2025-06-30": NeedsPerson, "2025-07-01": NeedsPerson, "2025-07-10": NeedsPerson, "2025-08-04": NeedsPerson,
		"2025-08-05": NotMet, "2025-08-10": NotMet, "2026-09-30": NotMet,
	} {
		f := facts(t, `{"kind":"individual","rating":"GOOD",`+strings.Replace(clean, `"unit_dissolved":false`, `"unit_dissolved":true`, 1)+papers+`"discipline":"NONE"}`)
		r, err := e.EvaluateOn(law.MustDate(day), "LDTT", f)
		require.NoError(t, err)
		assert.Equal(t, want, r.Global, day)
		assert.Equal(t, Met, r.Criteria, day)
	}
}
