package eval

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

func TestTitlesCounted(t *testing.T) {
	t.Parallel()
	at := func(list string) string {
		return `{"period":{"kind":"calendar","label":"2023"},"rating":"GOOD","ratings":[` +
			`{"period":{"kind":"calendar","label":"2022"},"rating":"GOOD"},{"period":{"kind":"calendar","label":"2021"},"rating":"DONE"}],"titles":[` + list + `]}`
	}
	x := func(label string) string { return title("X", "calendar", label) }
	claim := `{"award":"X","period":{"kind":"calendar","label":"2022"}}`
	for name, tc := range map[string]struct {
		expr, facts string
		want        Verdict
	}{
		"two within two years":                 {`titles.atLeast("X", 2, period.last(2))`, at(x("2022") + "," + x("2023")), Met},
		"gaps do not matter":                   {`titles.atLeast("X", 2, period.last(3))`, at(x("2021") + "," + x("2023")), Met},
		"one lies outside":                     {`titles.atLeast("X", 2, period.last(2))`, at(x("2021") + "," + x("2023")), NotMet},
		"one year twice is one":                {`titles.atLeast("X", 2, period.last(2))`, at(x("2023") + "," + x("2023")), NotMet},
		"a claim needs a person":               {`titles.atLeast("X", 2, period.last(2))`, at(x("2023") + "," + claim), NeedsPerson},
		"a claim beside its decision is one":   {`titles.atLeast("X", 2, period.last(2))`, at(claim + "," + x("2022")), NotMet},
		"another kind of period":               {`titles.atLeast("X", 2, period.last(2))`, at(x("2023") + "," + title("X", "school", "2021-2022")), NeedsPerson},
		"in the years rated well":              {`titles.atLeast("X", 2, ratings.run(GOOD, 2))`, at(x("2022") + "," + x("2023")), Met},
		"not in a year rated lower":            {`titles.atLeast("X", 2, ratings.run(GOOD, 2))`, at(x("2021") + "," + x("2023")), NotMet},
		"no such years":                        {`titles.atLeast("X", 1, ratings.run(EXCELLENT, 2))`, at(x("2023")), NotMet},
		"ever":                                 {`titles.ever("X", 1)`, at(x("2001")), Met},
		"ever, of another kind of period":      {`titles.ever("X", 1)`, at(title("X", "range", "2015-2020")), Met},
		"ever, but later than the item":        {`titles.ever("X", 1)`, at(x("2024")), NotMet},
		"ever, a claim":                        {`titles.ever("X", 1)`, at(claim), NeedsPerson},
		"ever, another award":                  {`titles.ever("Y", 1)`, at(x("2023")), NotMet},
		"ever, nobody looked":                  {`titles.ever("X", 1)`, `{}`, NeedsPerson},
		"a row of years that nobody has rated": {`titles.atLeast("X", 1, ratings.run(GOOD, 9))`, at(x("2023")), NotMet},
	} {
		assert.Equal(t, tc.want, ask(t, tc.expr, tc.facts), name)
	}
}

func TestInitiativesCounted(t *testing.T) {
	t.Parallel()
	at := func(list string) string {
		return `{"period":{"kind":"calendar","label":"2023"},"initiatives":[` + list + `]}`
	}
	i := func(year, more string) string {
		return `{"scope":"PROVINCE","period":{"kind":"calendar","label":"` + year + `"},"number":"1"` + more + `}`
	}
	const valid, ever = `initiatives.valid(1, PROVINCE, 3)`, `initiatives.ever(1, PROVINCE)`
	for name, tc := range map[string]struct {
		expr, facts string
		want        Verdict
	}{
		"the last year that counts":        {valid, at(i("2021", "")), Met},
		"a year too old":                   {valid, at(i("2020", "")), NotMet},
		"of the future":                    {valid, at(i("2024", "")), NotMet},
		"its certificate says longer":      {valid, at(i("2018", `,"valid_until":"2023-01-01"`)), Met},
		"its certificate says shorter":     {valid, at(i("2022", `,"valid_until":"2022-12-31"`)), NotMet},
		"one of three authors":             {valid, at(i("2023", `,"authors":3`)), NeedsPerson},
		"with a certificate of one's own":  {valid, at(i("2023", `,"authors":3,"own_certificate":true`)), Met},
		"the certificate is another's":     {valid, at(i("2023", `,"authors":2,"own_certificate":false`)), NeedsPerson},
		"a sole author":                    {valid, at(i("2023", `,"authors":1`)), Met},
		"the date stands in for the year":  {valid, at(`{"scope":"PROVINCE","period":{},"date":"2021-03-01","number":"1"}`), Met},
		"neither date nor period":          {valid, at(`{"scope":"PROVINCE","period":{},"number":"1"}`), NeedsPerson},
		"ever":                             {ever, at(i("1999", "")), Met},
		"ever, another kind of period":     {ever, at(`{"scope":"PROVINCE","period":{"kind":"school","label":"2020-2021"},"number":"1"}`), Met},
		"ever, too narrow":                 {ever, at(`{"scope":"FIELD","period":{"kind":"calendar","label":"2020"},"number":"1"}`), NotMet},
		"of a kind":                        {`initiatives.ofKind(RESEARCH).ever(1, PROVINCE)`, at(i("2020", `,"kind":"RESEARCH"`)), Met},
		"of another kind":                  {`initiatives.ofKind(RESEARCH).ever(1, PROVINCE)`, at(i("2020", "")), NotMet},
		"one number of two issuers":        {`initiatives.ever(2, PROVINCE)`, at(i("2020", `,"issuer":"A"`) + "," + i("2020", `,"issuer":"B"`)), Met},
		"one number, one issuer not named": {`initiatives.ever(2, PROVINCE)`, at(i("2020", `,"issuer":"A"`) + "," + i("2020", "")), NotMet},
		"a number of years out of bounds":  {`initiatives.valid(1, PROVINCE, 0)`, at(i("2023", "")), NeedsPerson},
		"a kind that does not exist":       {`initiatives.ofKind(7).ever(1, PROVINCE)`, at(i("2023", "")), NeedsPerson},
	} {
		assert.Equal(t, tc.want, ask(t, tc.expr, tc.facts), name)
	}
}

func TestMembersFromTheirList(t *testing.T) {
	t.Parallel()
	const two = `{"rating":"GOOD","ldtt":true,"cstdcs":true,"discipline":"NONE"},{"rating":"DONE","ldtt":false,"cstdcs":false,"discipline":"WARNING"}`
	for name, tc := range map[string]struct {
		expr, members string
		want          Verdict
	}{
		"total":                             {`members.total == 2`, `"list":[` + two + `]`, Met},
		"all done":                          {`percentAtLeast(members.task_done, members.total, 100)`, `"list":[` + two + `]`, Met},
		"half":                              {`percentOver(members.ldtt, members.total, 50)`, `"list":[` + two + `]`, NotMet},
		"fighters":                          {`members.cstdcs >= 1`, `"list":[` + two + `]`, Met},
		"severest discipline":               {`members.discipline < WARNING`, `"list":[` + two + `]`, NotMet},
		"stated and listed agree":           {`members.total == 2`, `"total":2,"list":[` + two + `]`, Met},
		"stated and listed differ":          {`members.total == 3`, `"total":3,"list":[` + two + `]`, NeedsPerson},
		"one of them is not said":           {`members.ldtt >= 1`, `"list":[` + two + `,{"rating":"GOOD"}]`, NeedsPerson},
		"stated where the list is silent":   {`members.ldtt >= 1`, `"ldtt":1,"list":[{"rating":"GOOD"}]`, Met},
		"a fighter not listed as advanced":  {`members.ldtt >= 0`, `"list":[{"cstdcs":true}]`, NeedsPerson},
		"stated milder than listed":         {`members.discipline < WARNING`, `"discipline":"NONE","list":[` + two + `]`, NeedsPerson},
		"stated, and severer than listed":   {`members.discipline < WARNING`, `"discipline":"DEMOTION","list":[` + two + `]`, NotMet},
		"nobody in it":                      {`percentAtLeast(members.ldtt, members.total, 50)`, `"list":[]`, NeedsPerson},
		"a word that is none":               {`members.task_done == 1`, `"list":[{"rating":"?"}]`, NeedsPerson},
		"neither stated nor listed":         {`members.total >= 0`, ``, NeedsPerson},
		"discipline of one member not said": {`members.discipline < WARNING`, `"list":[{"discipline":"NONE"},{}]`, NeedsPerson},
	} {
		assert.Equal(t, tc.want, ask(t, tc.expr, `{"members":{`+tc.members+`}}`), name)
	}
	f := facts(t, `{"members":{"total":3,"list":[`+two+`]}}`)
	ft, ok := factNamed("members.total")
	require.True(t, ok)
	rec := &recorder{}
	_, known := ft.value(&f, rec)
	require.False(t, known)
	assert.Contains(t, rec.reasons[0].VI, "khai 3 nhưng danh sách thành viên có 2")
	f = facts(t, `{"members":{"list":[`+two+`]}}`)
	assert.Equal(t, "2 (theo danh sách thành viên)", ft.used(&f).Shown.VI)
}

// A named number keeps its own mark beside the criterion's.
func TestNumberTravelsWithItsMark(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	f := facts(t, `{"period":{"kind":"calendar","label":"2024"},"initiatives":[{"scope":"PROVINCE","period":{"kind":"calendar","label":"2022"},"number":"1"}]}`)
	n, err := e.criterion("CSTDT_INITIATIVE", "R2", &f)
	require.NoError(t, err)
	assert.Equal(t, Met, n.Result)
	assert.Equal(t, law.MarkConfirmed, n.Mark)
	require.Len(t, n.Numbers, 1)
	assert.Equal(t, law.MarkUnconfirmed, n.Numbers[0].Mark)
	n.tell()
	assert.Contains(t, n.Sentence.VI, "Số năm sáng kiến cấp tỉnh còn được tính (kể cả năm xét): 3 (")
	assert.Contains(t, n.Sentence.VI, "chưa xác nhận; cần quy định của địa phương")
	n, err = e.criterion("CSTDT_INITIATIVE", "R4", &f)
	require.NoError(t, err)
	assert.Equal(t, "R3", n.Numbers[0].AssumedFrom)
}

func TestNumbersMustExist(t *testing.T) {
	t.Parallel()
	l := spoil(t, "numbers.yaml", "regimes: [R2, R3]", "regimes: [R2]")
	_, err := New(l)
	require.ErrorContains(t, err, `there is no number "initiative_years_province" in R3`)
	l = spoil(t, "criteria-titles.yaml", "number.initiative_years_province", "number.initiative_years")
	_, err = New(l)
	require.ErrorContains(t, err, "undeclared reference")
}
