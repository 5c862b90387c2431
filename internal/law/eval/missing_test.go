package eval

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

// optional are parts of a fact whose absence is itself an answer: no end of validity is
// stated, a sole author, an initiative, no other issuer, a member not on the list.
var optional = []string{".valid_until", ".authors", ".kind", ".issuer", ".list", ".from", ".to"}

// without lists every path of a value's keys with a copy of the value that lacks it.
func without(v any, at string, visit func(path string, less any)) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			less := maps.Clone(v)
			delete(less, key)
			visit(at+"."+key, less)
			without(v[key], at+"."+key, func(path string, part any) {
				changed := maps.Clone(v)
				changed[key] = part
				visit(path, changed)
			})
		}
	case []any:
		for i := range v {
			without(v[i], fmt.Sprintf("%s[%d]", at, i), func(path string, part any) {
				changed := slices.Clone(v)
				changed[i] = part
				visit(path, changed)
			})
		}
	}
}

// Every fact of every case in the data is taken away, one at a time: the answer stays, or
// a person must look. Nothing becomes met or not met by what is not known.
func TestEveryFactOfEveryCaseTakenAway(t *testing.T) {
	t.Parallel()
	e, taken := evaluator(t), 0
	for _, c := range law.Default().Criteria {
		for _, k := range c.Cases {
			raw, err := json.Marshal(k.Facts)
			require.NoError(t, err)
			var whole map[string]any
			require.NoError(t, json.Unmarshal(raw, &whole))
			without(whole, "", func(path string, less any) {
				if slices.ContainsFunc(optional, func(o string) bool { return strings.HasSuffix(path, o) && path != o }) {
					return
				}
				raw, err := json.Marshal(less)
				require.NoError(t, err)
				f := facts(t, string(raw))
				for _, regime := range c.Regimes {
					n, err := e.entry(c, false, regime, &f)
					require.NoError(t, err)
					taken++
					if Verdict(k.Want) == NeedsPerson && strings.Contains(path, "rating") && n.Result != NeedsPerson && contradicts(t, k) {
						continue // two sources differ: without one of them the other is all that is known
					}
					assert.Contains(t, []Verdict{NeedsPerson, Verdict(k.Want)}, n.Result, "%s %s, case %q without %s", c.Code, regime, k.Name, path)
				}
			})
		}
	}
	assert.Greater(t, taken, 1000)
}

func contradicts(t *testing.T, k law.Case) bool {
	t.Helper()
	raw, err := json.Marshal(k.Facts)
	require.NoError(t, err)
	f := facts(t, string(raw))
	_, twice := (subject{facts: &f, rec: &recorder{}}).byYear(yearOf(f))
	return twice
}

// A year that nobody has rated is not stepped over.
func TestOwnYearNotRated(t *testing.T) {
	t.Parallel()
	rated := func(n int, word string) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(`{"period":{"kind":"calendar","label":"%d"},"rating":"%s"}`, 2023-i, word))
		}
		return `"ratings":[` + strings.Join(list, ",") + `],`
	}
	const y2024 = `"period":{"kind":"calendar","label":"2024"},`
	e := evaluator(t)
	for _, tc := range []struct{ award, facts string }{
		{"BKT-C", `"kind":"collective","titles":[],` + rated(2, "EXCELLENT")},
		{"BKT-C", `"kind":"collective","titles":[],` + rated(9, "EXCELLENT")},
		{"BKT-I", `"kind":"individual","titles":[],"initiatives":[{"scope":"PROVINCE","period":{"kind":"calendar","label":"2023"},"number":"1"},{"scope":"PROVINCE","period":{"kind":"calendar","label":"2022"},"number":"2"}],` + rated(2, "EXCELLENT")},
		{"BKTTG", `"kind":"individual","titles":[` + title("BKT-I", "calendar", "2020") + "," + title("CSTDCS", "calendar", "2021") + "," + title("CSTDCS", "calendar", "2022") + "," + title("CSTDCS", "calendar", "2023") + `],` + rated(5, "GOOD")},
	} {
		r, err := e.Evaluate("R2", tc.award, facts(t, "{"+y2024+tc.facts+clean+papers+`"discipline":"NONE"}`))
		require.NoError(t, err)
		assert.Equal(t, NeedsPerson, r.Criteria, "%s: %s", tc.award, r.Sentence.EN)
	}
	assert.Equal(t, NotMet, ask(t, `ratings.consecutive(GOOD, 2)`, "{"+y2024+rated(2, "GOOD")+`"rating":"DONE"}`), "rated lower")
	assert.Equal(t, Met, ask(t, `ratings.consecutive(GOOD, 2)`, "{"+y2024+rated(1, "GOOD")+`"rating":"GOOD"}`))
}

func TestOneYearIsOneHoweverWritten(t *testing.T) {
	t.Parallel()
	held := func(kind string, labels ...string) string {
		var list []string
		for i, label := range labels {
			list = append(list, fmt.Sprintf(`{"award":"X","period":{"kind":"%s","label":"%s"},"number":"%d/QĐ","date":"2021-01-01"}`, kind, label, i+1))
		}
		return `{"period":{"kind":"calendar","label":"2024"},"titles":[` + strings.Join(list, ",") + `]}`
	}
	within := func(n int) string { return fmt.Sprintf(`titles.atLeast("X", %d, period.last(5))`, n) }
	assert.Equal(t, NotMet, ask(t, within(3), held("calendar", "2020", "năm 2020", "2024")))
	assert.Equal(t, NotMet, ask(t, within(3), held("calendar", "2020", "NĂM  2020 ", "2024")))
	assert.Equal(t, Met, ask(t, within(3), held("calendar", "2020", "Năm 2021", "2024")))
	assert.Equal(t, NotMet, ask(t, `titles.ever("X", 2)`, held("school", "2020-2021", "Năm học 2020 – 2021")))
	assert.Equal(t, NeedsPerson, ask(t, within(2), held("calendar", "2020", "đợt 2 năm 2020")), "what cannot be read needs a person")
	both := `{"period":{"kind":"calendar","label":"2024"},"titles":[` + title("X", "calendar", "2021") + "," + title("X", "school", "2020-2021") + `]}`
	assert.Equal(t, NeedsPerson, ask(t, `titles.ever("X", 2)`, both), "a school year over a calendar year may be the same achievement")
}

func TestTimeOfAnotherKind(t *testing.T) {
	t.Parallel()
	at := func(titles string) string {
		return `{"period":{"kind":"calendar","label":"2024"},"titles":[` + titles + `]}`
	}
	const ever = `titles.ever("X", 1)`
	assert.Equal(t, NotMet, ask(t, ever, at(title("X", "school", "2026-2027"))), "later")
	assert.Equal(t, NeedsPerson, ask(t, ever, at(title("X", "school", "2024-2025"))), "over the item's end")
	assert.Equal(t, Met, ask(t, ever, at(title("X", "school", "2023-2024"))))
	assert.Equal(t, NeedsPerson, ask(t, ever, at(`{"award":"X","period":{"kind":"calendar","label":"đợt 1"},"number":"1"}`)))
	for _, label := range []string{"", "đợt 2 năm 2024"} {
		unread := `{"period":{"kind":"calendar","label":"` + label + `","from":"2024-01-01"},"titles":[` + title("X", "calendar", "2023") + `]}`
		assert.Equal(t, NeedsPerson, ask(t, ever, unread), "the item's own period %q cannot be read", label)
	}
	blank := `{"award":"X","period":{"kind":"calendar","label":"2023"},"number":" "}`
	assert.Equal(t, NeedsPerson, ask(t, ever, at(blank)), "a blank is no number")

	const valid = `initiatives.valid(1, PROVINCE, 3)`
	until := func(item, day, number string) string {
		return `{"period":{` + item + `},"initiatives":[{"scope":"PROVINCE","period":{"kind":"school","label":"2018-2019"},"number":"` + number + `","valid_until":"` + day + `"}]}`
	}
	const school = `"kind":"school","label":"2023-2024"`
	assert.Equal(t, NeedsPerson, ask(t, valid, until(school, "2023-03-01", "1")))
	assert.Equal(t, NotMet, ask(t, valid, until(school+`,"from":"2023-09-05"`, "2023-03-01", "1")))
	assert.Equal(t, Met, ask(t, valid, until(school+`,"from":"2023-09-05"`, "2023-09-05", "1")))
	assert.Equal(t, Met, ask(t, valid, until(school, "2024-01-01", "1")))
	assert.Equal(t, NotMet, ask(t, valid, until(school, "2022-12-31", "1")))
	assert.Equal(t, NeedsPerson, ask(t, valid, until(school, "2024-01-01", " ")), "a blank is no number")
}

func TestASVS_2_1_2_and_2_2_3_CountsThatContradict(t *testing.T) {
	t.Parallel()
	for _, members := range []string{`"total":10,"cstdcs":11`, `"total":10,"ldtt":11,"cstdcs":1`, `"total":10,"ldtt":2,"cstdcs":3`, `"total":10,"task_done":11,"cstdcs":1`} {
		assert.Equal(t, NeedsPerson, ask(t, `members.cstdcs >= 1`, `{"members":{`+members+`}}`), members)
	}
	assert.Equal(t, Met, ask(t, `members.cstdcs >= 1`, `{"members":{"total":10,"ldtt":10,"cstdcs":10}}`))
}
