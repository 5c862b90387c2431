package eval

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	env, err := newEnv()
	require.NoError(t, err)
	for expr, want := range map[string]string{
		`ratng >= GOOD`:                    "undeclared reference",
		`members.totl > 1`:                 "undeclared reference",
		`rating >= SUPERB`:                 "undeclared reference",
		`rating + 1`:                       "must give true or false",
		`rating >= "GOOD"`:                 "no matching overload",
		`titles.consecutive("CSTDCS")`:     "no matching overload",
		`titles.consecutive(CSTDCS, 3)`:    "undeclared reference",
		`percentAtLeast(members.ldtt, 70)`: "no matching overload",
		`members.ldtt / 3 >= 0.7`:          "no matching overload",
		`on_hold &&`:                       "Syntax error",
		``:                                 "Syntax error",
		strings.Repeat("(", 60) + "on_hold" + strings.Repeat(")", 60): "recursion",
		"on_hold" + strings.Repeat(" || on_hold", 300):                "size",
	} {
		_, err := compile(env, expr)
		require.ErrorContains(t, err, want, expr)
	}
}

// What takes too many steps stops and needs a person.
func TestCostLimit(t *testing.T) {
	t.Parallel()
	nested := `[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c, [1,2,3,4,5,6,7,8,9].all(d, a+b+c+d > 0))))`
	assert.Equal(t, NeedsPerson, ask(t, nested, `{}`))
	assert.Equal(t, Met, ask(t, `[1,2,3].all(a, a > 0)`, `{}`))
}

// spoil loads the shipped criteria with one text changed.
func spoil(t *testing.T, file, from, to string) *law.Law {
	t.Helper()
	data := fstest.MapFS{}
	for name, raw := range shipped(t) {
		if name == file {
			require.Contains(t, raw, from)
			raw = strings.Replace(raw, from, to, 1)
		}
		data[name] = &fstest.MapFile{Data: []byte(raw)}
	}
	l, err := law.Load(data)
	require.NoError(t, err)
	return l
}

func TestCheckFinds(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ file, from, to, want string }{
		"an expression that does not compile": {"criteria-titles.yaml", `expr: "rating >= GOOD"`, `expr: "ratng >= GOOD"`, "criteria-titles.yaml:8: criterion LDTT_RATING"},
		"a changed rule":                      {"criteria-titles.yaml", `expr: "rating >= GOOD"`, `expr: "rating > GOOD"`, "criteria-titles.yaml:10: LDTT_RATING, case \"hoàn thành tốt\": under R1 it gives not_met, expected met"},
		"a changed share":                     {"criteria-titles.yaml", "members.total, 70)", "members.total, 71)", "TTLDXS_SHARE_LDTT"},
		"a changed number of years":           {"criteria-forms.yaml", `titles.consecutive("CSTDCS", 2)`, `titles.consecutive("CSTDCS", 3)`, "BKT_I_TWO_CSTDCS"},
		"a wrong expectation":                 {"criteria-global.yaml", `facts: {on_hold: false}, want: met`, `facts: {on_hold: false}, want: not_met`, "NOT_ON_HOLD"},
		"a fact that does not exist":          {"criteria-global.yaml", `facts: {on_hold: false}`, `facts: {onhold: false}`, `unknown field "onhold"`},
		"an unknown expectation":              {"criteria-global.yaml", `facts: {on_hold: false}, want: met`, `facts: {on_hold: false}, want: yes_please`, "is not met, not_met or needs_person"},
		"a criterion without cases":           {"criteria-global.yaml", "    cases:\n      - {name: \"không bị tạm dừng\", facts: {on_hold: false}, want: met}\n      - {name: \"đang tạm dừng: không phải là từ chối\", facts: {on_hold: true}, want: needs_person}\n      - {name: \"chưa biết\", facts: {}, want: needs_person}\n", "", "needs a test case that is met and one that is not"},
		"a paper's condition":                 {"papers.yaml", `unless: "rating >= EXCELLENT"`, `unless: "rating"`, "papers.yaml:"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorContains(t, Check(spoil(t, tc.file, tc.from, tc.to)), tc.want)
		})
	}
}

// Each shipped expression depends on its facts: with none of them no criterion
// is met or not met.
func TestNoFactsDecideNothing(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	l := law.Default()
	for _, c := range l.Criteria {
		for _, r := range c.Regimes {
			n, err := e.criterion(c.Code, r, &Facts{})
			require.NoError(t, err)
			assert.Equal(t, NeedsPerson, n.Result, "%s in %s", c.Code, r)
		}
	}
}
