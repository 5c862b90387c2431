package eval

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What an expression names must exist; the error says file, line and what.
func TestExpressionsNameOnlyWhatExists(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ file, from, to, want string }{
		{"catalogue-prime-minister.yaml", `titles.ever("BKT-I", 1) ||`, `titles.ever("BKT-DNX", 1) ||`, `there is no award "BKT-DNX"`},
		{"criteria-forms.yaml", `titles.consecutive("CSTDCS", 2)`, `titles.consecutive("CSTDC", 2)`, `there is no award "CSTDC"`},
		{"criteria-forms.yaml", `ratings.consecutive(EXCELLENT, 2)`, `ratings.consecutive(3, 2)`, "one of [FAIL DONE GOOD EXCELLENT] is asked for"},
		{"criteria-titles.yaml", `initiatives.atLeast(1, GRASSROOTS,`, `initiatives.atLeast(1, EXCELLENT,`, "one of [GRASSROOTS FIELD PROVINCE NATION] is asked for"},
		{"catalogue-prime-minister.yaml", `subject.kind == "individual"`, `subject.kind == "person"`, `subject.kind is never "person"`},
		{"catalogue-prime-minister.yaml", `subject.kind == "individual"`, `commendation.type in ["NIEN_HAN", "X"]`, `commendation.type is never "X"`},
		{"criteria-titles.yaml", `percentAtLeast(members.ldtt, members.total, 70)`, `double(members.ldtt) / double(members.total) >= 0.7`, "decimals are not exact"},
		{"criteria-titles.yaml", `rating >= EXCELLENT`, `rating >= 2.5`, "no matching overload"},
	} {
		_, err := New(spoil(t, tc.file, tc.from, tc.to))
		require.ErrorContains(t, err, tc.want)
		assert.Regexp(t, tc.file+`:[1-9]\d*: `, err.Error())
	}
}
