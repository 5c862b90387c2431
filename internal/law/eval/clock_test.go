package eval

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

// clockNodeOf is the clock's node of a result tree.
func clockNodeOf(t *testing.T, r Result) Node {
	t.Helper()
	for _, part := range r.Tree.Children {
		for _, n := range part.Children {
			if n.ID == law.ClockNode {
				return n
			}
		}
	}
	t.Fatal("no clock in the tree")
	return Node{}
}

func before(award, kind, label, number, date string) string {
	return fmt.Sprintf(`{"award":%q,"period":{"kind":%q,"label":%q},"number":%q,"date":%q}`, award, kind, label, number, date)
}

// The time for the next award counts from the period of the decision before, or from its
// date; years that counted for it do not count again. Invented people.
func TestNextAwardClock(t *testing.T) {
	t.Parallel()
	const y2023 = `"kind":"individual","period":{"kind":"calendar","label":"2023"},`
	two := before("CSTDCS", "calendar", "2022", "1/QĐ", "2022-12-20") + "," + before("CSTDCS", "calendar", "2023", "2/QĐ", "2023-12-20")
	bkt := func(kind, label, number, date string) string {
		return `"titles":[` + two + "," + before("BKT-I", kind, label, number, date) + "]"
	}
	e := evaluator(t)
	for _, tc := range []struct {
		name, award, facts string
		want               Verdict
	}{
		{"nothing on record", "BKT-I", y2023 + `"ledger_read":true`, Met},
		{"nobody looked", "BKT-I", y2023 + `"rating":"GOOD"`, NeedsPerson},
		{"the two years lie after it", "BKT-I", y2023 + bkt("calendar", "2021", "9/QĐ", "2022-03-01"), Met},
		{"one of the two years counted already", "BKT-I", y2023 + bkt("calendar", "2022", "9/QĐ", "2023-03-01"), NeedsPerson},
		{"the period itself, not the decision's date, counts", "BKT-I", y2023 + bkt("calendar", "2021", "9/QĐ", "2023-11-30"), Met},
		{"no period written: the decision's date", "BKT-I", y2023 + bkt("calendar", "", "9/QĐ", "2021-11-30"), Met},
		{"no period written, decided in a year that counts", "BKT-I", y2023 + bkt("calendar", "", "9/QĐ", "2022-01-02"), NeedsPerson},
		{"a range that ends in one of the years", "BKT-I", y2023 + bkt("range", "2018 - 2022", "9/QĐ", "2022-12-30"), NeedsPerson},
		{"a range that ends before", "BKT-I", y2023 + bkt("range", "2017 - 2021", "9/QĐ", "2022-12-30"), Met},
		{"a period that cannot be read", "BKT-I", y2023 + bkt("range", "nhiều năm", "9/QĐ", "2019-12-30"), NeedsPerson},
		{"a claim without number", "BKT-I", y2023 + `"titles":[` + two + `,{"award":"BKT-I","period":{"kind":"calendar","label":"2019"}}]`, NeedsPerson},
		{"the same year twice", "LDTT", y2023 + `"rating":"GOOD","titles":[` + before("LDTT", "calendar", "2023", "3/QĐ", "2023-12-31") + "]", NeedsPerson},
		{"year after year", "LDTT", y2023 + `"rating":"GOOD","titles":[` + before("LDTT", "calendar", "2022", "3/QĐ", "2023-02-01") + "]", Met},
		{"a school year overlaps the calendar year it ends in", "LDTT", y2023 + `"rating":"GOOD","titles":[` + before("LDTT", "school", "2022-2023", "3/QĐ", "2023-06-30") + "]", NeedsPerson},
		{"three fighters' titles, two of them spent", "CSTDT", y2023 + `"initiatives":[{"scope":"PROVINCE","period":{"kind":"calendar","label":"2023"},"number":"1/GCN"}],"titles":[` +
			two + "," + before("CSTDCS", "calendar", "2021", "4/QĐ", "2021-12-20") + "," + before("CSTDT", "calendar", "2022", "5/QĐ", "2023-01-30") + "]", NeedsPerson},
	} {
		r, err := e.Evaluate("R2", tc.award, facts(t, "{"+tc.facts+"}"))
		require.NoError(t, err)
		n := clockNodeOf(t, r)
		assert.Equal(t, tc.want, n.Result, "%s: %s", tc.name, n.Sentence.EN)
		assert.Equal(t, "Nghị định 98/2023/NĐ-CP Điều 30 k9", n.Article)
		assert.Equal(t, law.MarkConfirmed, n.Mark)
	}
	r, err := e.Evaluate("R2", "BKT-I", facts(t, "{"+y2023+bkt("calendar", "2022", "9/QĐ", "2023-03-01")+"}"))
	require.NoError(t, err)
	assert.Equal(t, Met, r.Criteria, "without the clock the two years are enough")
	assert.Contains(t, clockNodeOf(t, r).Sentence.VI, "Quyết định trước 9/QĐ ngày 01/03/2023, thời gian lập thành tích 2022")
	r, err = e.Evaluate("R1", "BKT-I", facts(t, "{"+y2023+`"ledger_read":true}`))
	require.NoError(t, err)
	assert.Equal(t, law.MarkOld, clockNodeOf(t, r).Mark)
	r, err = e.Evaluate("R4", "BKT-I", facts(t, "{"+y2023+`"ledger_read":true}`))
	require.NoError(t, err)
	n := clockNodeOf(t, r)
	assert.Equal(t, NeedsPerson, n.Result, "nobody has seen the new text")
	assert.Equal(t, Met, n.WouldBe)
}

func TestYearsSince(t *testing.T) {
	t.Parallel()
	const item = `"period":{"kind":"calendar","label":"2023"},`
	for _, tc := range []struct {
		expr, facts string
		want        Verdict
	}{
		{`titles.yearsSince("BKT-I", 5)`, item + `"titles":[` + before("BKT-I", "calendar", "2018", "1/QĐ", "2019-03-01") + "]", Met},
		{`titles.yearsSince("BKT-I", 5)`, item + `"titles":[` + before("BKT-I", "calendar", "2019", "1/QĐ", "2020-03-01") + "]", NotMet},
		{`titles.yearsSince("BKT-I", 5)`, item + `"titles":[` + before("BKT-I", "calendar", "2012", "1/QĐ", "2013-03-01") + "," + before("BKT-I", "calendar", "2020", "2/QĐ", "2021-03-01") + "]", NotMet},
		{`titles.yearsSince("BKT-I", 5)`, item + `"titles":[` + before("BKT-I", "calendar", "", "1/QĐ", "2018-12-31") + "]", Met},
		{`titles.yearsSince("BKT-I", 5)`, item + `"titles":[` + before("BKT-I", "calendar", "", "1/QĐ", "2019-01-01") + "]", NotMet},
		{`titles.yearsSince("BKT-I", 5)`, item + `"titles":[` + before("BKT-I", "school", "2017-2018", "1/QĐ", "2018-07-01") + "]", NeedsPerson},
		{`titles.yearsSince("BKT-I", 5)`, item + `"titles":[` + before("BKT-I", "school", "2016-2017", "1/QĐ", "2017-07-01") + "]", Met},
		{`titles.yearsSince("BKT-I", 5)`, item + `"titles":[]`, NotMet},
		{`titles.yearsSince("BKT-I", 5)`, item + `"rating":"GOOD"`, NeedsPerson},
		{`titles.yearsSince("BKT-I", 5)`, item + `"titles":[{"award":"BKT-I","period":{"kind":"calendar","label":"2015"}}]`, NeedsPerson},
	} {
		assert.Equal(t, tc.want, ask(t, tc.expr, "{"+tc.facts+"}"), "%s %s", tc.expr, tc.facts)
	}
}

// R1: a second State-level proposal of the year needs a person, unless for special merit;
// awards of the province are not touched.
func TestOneStateLevelAYear(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	ask := func(regime, award, extra string) Node {
		r, err := e.Evaluate(regime, award, facts(t, `{"kind":"individual","ledger_read":true,`+extra+`"rating":"GOOD"}`))
		require.NoError(t, err)
		for _, n := range r.Tree.Children[1].Children {
			if n.ID == "ONE_STATE_LEVEL_A_YEAR" {
				return n
			}
		}
		return Node{}
	}
	assert.Equal(t, Met, ask("R1", "BKTTG", `"state_level":{"others_in_year":0},`).Result)
	assert.Equal(t, NeedsPerson, ask("R1", "BKTTG", `"state_level":{"others_in_year":1},"special_merit":false,`).Result)
	assert.Equal(t, Met, ask("R1", "BKTTG", `"state_level":{"others_in_year":1},"special_merit":true,`).Result)
	assert.Equal(t, NeedsPerson, ask("R1", "BKTTG", "").Result, "nobody counted")
	assert.Equal(t, Met, ask("R1", "BKT-I", "").Result, "not above the province")
	assert.Empty(t, ask("R2", "BKTTG", "").ID, "no such rule was found for R2")
	n := ask("R1", "BKTTG", `"state_level":{"others_in_year":1},"special_merit":false,`)
	require.Len(t, n.Numbers, 1)
	assert.Equal(t, law.MarkOld, n.Numbers[0].Mark)
}
