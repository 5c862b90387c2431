package eval

import (
	"math"
	"testing"

	"github.com/google/cel-go/common/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

// ask evaluates an expression against facts.
func ask(t *testing.T, expr, raw string) Verdict {
	t.Helper()
	env, err := newEnv()
	require.NoError(t, err)
	p, err := compile(env, expr)
	require.NoError(t, err, expr)
	e := &Evaluator{law: law.Default(), programs: map[string]*program{expr: p}}
	f := facts(t, raw)
	n := Node{}
	e.leaf(&n, expr, "", "R3", &f)
	return n.Result
}

func TestThreeValues(t *testing.T) {
	t.Parallel()
	tests := []struct {
		expr, facts string
		want        Verdict
	}{
		{`on_hold`, `{"on_hold":true}`, Met},
		{`on_hold`, `{"on_hold":false}`, NotMet},
		{`on_hold`, `{}`, NeedsPerson},
		{`!on_hold`, `{}`, NeedsPerson},
		{`on_hold || unit_dissolved`, `{"on_hold":true}`, Met},
		{`unit_dissolved || on_hold`, `{"on_hold":true}`, Met},
		{`on_hold || unit_dissolved`, `{"on_hold":false}`, NeedsPerson},
		{`on_hold && unit_dissolved`, `{"on_hold":false}`, NotMet},
		{`unit_dissolved && on_hold`, `{"on_hold":false}`, NotMet},
		{`on_hold && unit_dissolved`, `{"on_hold":true}`, NeedsPerson},
		{`on_hold ? unit_dissolved : true`, `{"on_hold":false}`, Met},
		{`on_hold ? true : true`, `{}`, NeedsPerson},
		{`members.total == members.total`, `{}`, NeedsPerson},
		{`members.total / members.ldtt > 1`, `{"members":{"total":1,"ldtt":0}}`, NeedsPerson}, // division by zero
		{`members.total >= 1`, `{"members":{"total":-1}}`, NeedsPerson},
		{`rating >= GOOD`, `{"rating":"SUPERB"}`, NeedsPerson},
		{`rating >= GOOD`, `{"rating":"good"}`, NeedsPerson},
		{`subject.kind == "household"`, `{"kind":"household"}`, Met},
		{`"A" in papers`, `{"papers":[]}`, NotMet},
		{`"A" in papers`, `{}`, NeedsPerson},
		{`askIf(on_hold)`, `{"on_hold":true}`, NeedsPerson},
		{`askIf(on_hold)`, `{"on_hold":false}`, NotMet},
		{`discipline < WARNING`, `{"discipline":"REPRIMAND"}`, Met},
		{`discipline < WARNING`, `{}`, NeedsPerson},
	}
	for _, tc := range tests {
		assert.Equal(t, tc.want, ask(t, tc.expr, tc.facts), "%s with %s", tc.expr, tc.facts)
	}
}

func TestCombine(t *testing.T) {
	t.Parallel()
	nodes := func(vs ...Verdict) (list []Node) {
		for _, v := range vs {
			list = append(list, Node{Result: v})
		}
		return list
	}
	for _, tc := range []struct {
		in       []Verdict
		all, any Verdict
	}{
		{[]Verdict{Met, Met}, Met, Met},
		{[]Verdict{Met, NotMet}, NotMet, Met},
		{[]Verdict{Met, NeedsPerson}, NeedsPerson, Met},
		{[]Verdict{NotMet, NeedsPerson}, NotMet, NeedsPerson},
		{[]Verdict{NeedsPerson, NotMet, Met}, NotMet, Met},
		{[]Verdict{NeedsPerson, NeedsPerson}, NeedsPerson, NeedsPerson},
		{[]Verdict{NotMet, NotMet}, NotMet, NotMet},
	} {
		assert.Equal(t, tc.all, combine(nodes(tc.in...), false), "all of %v", tc.in)
		assert.Equal(t, tc.any, combine(nodes(tc.in...), true), "any of %v", tc.in)
	}
}

func TestShares(t *testing.T) {
	t.Parallel()
	tests := []struct {
		expr, facts string
		want        Verdict
	}{
		{`percentAtLeast(members.ldtt, members.total, 70)`, `{"members":{"ldtt":7,"total":10}}`, Met},
		{`percentAtLeast(members.ldtt, members.total, 70)`, `{"members":{"ldtt":69999,"total":100000}}`, NotMet},
		{`percentAtLeast(members.ldtt, members.total, 100)`, `{"members":{"ldtt":999999,"total":1000000}}`, NotMet},
		{`percentOver(members.ldtt, members.total, 50)`, `{"members":{"ldtt":1,"total":2}}`, NotMet},
		{`percentOver(members.ldtt, members.total, 50)`, `{"members":{"ldtt":2,"total":3}}`, Met},
		{`percentAtLeast(members.ldtt, members.total, 0)`, `{"members":{"ldtt":0,"total":0}}`, NeedsPerson},
		{`percentAtLeast(members.ldtt, members.total, 70)`, `{"members":{"ldtt":9223372036854775807,"total":9223372036854775807}}`, NeedsPerson},
		{`percentAtMost(quota.cstdcs_proposed, quota.ldtt, 15)`, `{"quota":{"cstdcs_proposed":0,"ldtt":0}}`, Met},
		{`percentAtMost(quota.cstdcs_proposed, quota.ldtt, 15)`, `{"quota":{"cstdcs_proposed":1,"ldtt":0}}`, NotMet},
		{`percentAtMost(quota.cstdcs_proposed, quota.ldtt, 15)`, `{"quota":{"cstdcs_proposed":1,"ldtt":6}}`, NotMet},
		{`percentAtMost(quota.cstdcs_proposed, quota.ldtt, 15)`, `{"quota":{"cstdcs_proposed":1,"ldtt":7}}`, Met},
	}
	for _, tc := range tests {
		assert.Equal(t, tc.want, ask(t, tc.expr, tc.facts), "%s with %s", tc.expr, tc.facts)
	}
	_, ok := share(1, math.MaxInt64, 50)
	assert.False(t, ok, "counts that would overflow are no counts")
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		kind, label string
		year        int
		ok          bool
	}{
		{"calendar", "2023", 2023, true}, {"calendar", "Năm 2023", 2023, true}, {"calendar", "năm 2023", 2023, true},
		{"school", "2022-2023", 2022, true}, {"school", "2022 - 2023", 2022, true}, {"school", "Năm học 2022–2023", 2022, true},
		{"school", "2022-2024", 2022, false}, {"school", "2023", 0, false}, {"calendar", "2022-2023", 0, false},
		{"range", "2020-2025", 0, false}, {"", "2023", 0, false}, {"calendar", "", 0, false}, {"calendar", "23", 0, false},
	} {
		y, ok := Period{Kind: tc.kind, Label: tc.label}.year()
		assert.Equal(t, tc.ok, ok, "%v", tc)
		if tc.ok {
			assert.Equal(t, tc.year, y, "%v", tc)
		}
	}
}

func TestConsecutive(t *testing.T) {
	t.Parallel()
	const expr = `titles.consecutive("X", 3)`
	at := func(kind, label string, titles string) string {
		return `{"period":{"kind":"` + kind + `","label":"` + label + `"},"titles":[` + titles + `]}`
	}
	x := func(label string) string { return title("X", "calendar", label) }
	claim := func(label string) string { return `{"award":"X","period":{"kind":"calendar","label":"` + label + `"}}` }
	for name, tc := range map[string]struct {
		facts string
		want  Verdict
	}{
		"more than enough":                   {at("calendar", "2023", x("2020")+","+x("2021")+","+x("2022")+","+x("2023")), Met},
		"order does not matter":              {at("calendar", "2023", x("2023")+","+x("2021")+","+x("2022")), Met},
		"other awards do not count":          {at("calendar", "2023", x("2023")+","+x("2021")+","+title("Y", "calendar", "2022")), NotMet},
		"titles of later years do not count": {at("calendar", "2021", x("2021")+","+x("2022")+","+x("2023")), NotMet},
		"the claimed one is not needed":      {at("calendar", "2023", claim("2020")+","+x("2021")+","+x("2022")+","+x("2023")), Met},
		"the claimed one is needed":          {at("calendar", "2023", claim("2021")+","+x("2022")+","+x("2023")), NeedsPerson},
		"claims that would not suffice":      {at("calendar", "2023", claim("2022")+","+x("2023")), NotMet},
		"a mixture that is not needed":       {at("calendar", "2023", title("X", "school", "2019-2020")+","+x("2021")+","+x("2022")+","+x("2023")), Met},
		"a mixture":                          {at("calendar", "2023", title("X", "school", "2020-2021")+","+x("2022")+","+x("2023")), NeedsPerson},
		"a mixture with another award":       {at("calendar", "2023", title("Y", "school", "2020-2021")+","+x("2022")+","+x("2023")), NotMet},
		"a label that cannot be read":        {at("calendar", "2023", title("X", "calendar", "hai năm")+","+x("2022")+","+x("2023")), NeedsPerson},
		"the item's period is a range":       {at("range", "2021-2023", x("2021")+","+x("2022")+","+x("2023")), NeedsPerson},
		"no period":                          {`{"titles":[]}`, NeedsPerson},
		"no titles":                          {at("calendar", "2023", ""), NotMet},
		"titles unknown":                     {`{"period":{"kind":"calendar","label":"2023"}}`, NeedsPerson},
	} {
		assert.Equal(t, tc.want, ask(t, expr, tc.facts), name)
	}
	for _, bad := range []string{"0", "-1", "101", "9223372036854775807"} {
		assert.Equal(t, NeedsPerson, ask(t, `titles.consecutive("X", `+bad+`)`, at("calendar", "2023", x("2023"))), bad)
	}
}

func TestRatings(t *testing.T) {
	t.Parallel()
	at := func(own, others string) string {
		return `{"period":{"kind":"calendar","label":"2023"},"rating":"` + own + `","ratings":[` + others + `]}`
	}
	r := func(kind, label, rating string) string {
		return `{"period":{"kind":"` + kind + `","label":"` + label + `"},"rating":"` + rating + `"}`
	}
	for name, tc := range map[string]struct {
		facts string
		want  Verdict
	}{
		"two":                      {at("EXCELLENT", r("calendar", "2022", "EXCELLENT")), Met},
		"broken this year":         {at("GOOD", r("calendar", "2022", "EXCELLENT")+","+r("calendar", "2021", "EXCELLENT")), NotMet},
		"this year not rated yet":  {at("", r("calendar", "2022", "EXCELLENT")+","+r("calendar", "2021", "EXCELLENT")), NeedsPerson},
		"last year missing":        {at("EXCELLENT", r("calendar", "2021", "EXCELLENT")), NeedsPerson},
		"last year of other kind":  {at("EXCELLENT", r("school", "2021-2022", "EXCELLENT")), NeedsPerson},
		"two sources that agree":   {at("EXCELLENT", r("calendar", "2023", "EXCELLENT")+","+r("calendar", "2022", "EXCELLENT")), Met},
		"two sources that differ":  {at("EXCELLENT", r("calendar", "2023", "GOOD")+","+r("calendar", "2022", "EXCELLENT")), NeedsPerson},
		"last year's word unknown": {at("EXCELLENT", r("calendar", "2022", "?")), NeedsPerson},
	} {
		assert.Equal(t, tc.want, ask(t, `ratings.consecutive(EXCELLENT, 2)`, tc.facts), name)
	}
	assert.Equal(t, NeedsPerson, ask(t, `ratings.consecutive(EXCELLENT, 0)`, at("EXCELLENT", "")))
}

func TestInitiatives(t *testing.T) {
	t.Parallel()
	at := func(list string) string {
		return `{"period":{"kind":"calendar","label":"2023"},"initiatives":[` + list + `]}`
	}
	i := func(scope, kind, label, number string) string {
		return `{"scope":"` + scope + `","period":{"kind":"` + kind + `","label":"` + label + `"},"number":"` + number + `"}`
	}
	const two = `initiatives.atLeast(2, GRASSROOTS, period.last(2))`
	a, b := i("GRASSROOTS", "calendar", "2023", "1"), i("GRASSROOTS", "calendar", "2022", "2")
	for name, tc := range map[string]struct {
		facts string
		want  Verdict
	}{
		"two":                                  {at(a + "," + b), Met},
		"the same certificate twice":           {at(a + "," + i("GRASSROOTS", "calendar", "2022", "1")), NotMet},
		"one too old":                          {at(a + "," + i("NATION", "calendar", "2021", "3")), NotMet},
		"one of the future":                    {at(a + "," + i("NATION", "calendar", "2024", "3")), NotMet},
		"one without number":                   {at(a + "," + i("GRASSROOTS", "calendar", "2022", "")), NeedsPerson},
		"two without numbers are not the same": {at(i("GRASSROOTS", "calendar", "2022", "") + "," + i("GRASSROOTS", "calendar", "2022", "")), NeedsPerson},
		"an unclear one that is not needed":    {at(a + "," + b + "," + i("", "calendar", "2022", "")), Met},
		"scope unknown":                        {at(a + "," + i("", "calendar", "2022", "4")), NeedsPerson},
		"another kind of period":               {at(a + "," + i("GRASSROOTS", "school", "2021-2022", "4")), NeedsPerson},
		"none":                                 {at(""), NotMet},
	} {
		assert.Equal(t, tc.want, ask(t, two, tc.facts), name)
	}
	assert.Equal(t, NeedsPerson, ask(t, `initiatives.atLeast(1, GRASSROOTS, period.last(0))`, at(a)))
	assert.Equal(t, NeedsPerson, ask(t, `initiatives.atLeast(1, GRASSROOTS, period.last(9223372036854775807))`, at(a)))
}

func TestValuesRefuseMisuse(t *testing.T) {
	t.Parallel()
	p := periods{first: 1, last: 2}
	_, err := p.ConvertToNative(nil)
	require.Error(t, err)
	assert.True(t, types.IsError(p.ConvertToType(types.StringType)))
	assert.True(t, types.IsError(p.Equal(p)))
	assert.Nil(t, p.Value())
}
