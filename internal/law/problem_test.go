package law

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var places = regexp.MustCompile(`%[a-z]`)

// Every problem that the checks can find is told in both languages, with the same values.
func TestEveryProblemHasWords(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "add" && sel.Sel.Name != "problem" {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if !ok || x.Name != "k" && x.Name != "w" {
				return true
			}
			lit, ok := call.Args[1].(*ast.BasicLit)
			require.True(t, ok, "%s: the text of a problem is written out", e.Name())
			format, err := strconv.Unquote(lit.Value)
			require.NoError(t, err)
			used[format] = true
			assert.Equal(t, places.FindAllString(format, -1), places.FindAllString(problemWords[format], -1), format)
			return true
		})
	}
	require.Greater(t, len(used), 90)
	for format := range problemWords {
		assert.True(t, used[format], "nobody says %q", format)
	}
}

func TestProblemsInBothLanguages(t *testing.T) {
	t.Parallel()
	files := Default().Files()
	files["awards.yaml"] = strings.Replace(files["awards.yaml"], "class: title", "class: tittle", 1)
	files["money.yaml"] = strings.Replace(files["money.yaml"], "up_to: 10000", "up_to: 0", 1)
	_, err := FromFiles(files)
	got := Problems(err)
	require.Len(t, got, 2)
	text := got[0].VI + "\n" + got[1].VI
	assert.Contains(t, text, `award LDTT: class "tittle" không phải là title hoặc form`)
	assert.Contains(t, text, "rounding: up_to phải lớn hơn 0")
	for _, p := range got {
		assert.Regexp(t, `^(awards|money)\.yaml:\d+: `, p.VI)
		assert.Regexp(t, `^(awards|money)\.yaml:\d+: `, p.EN)
	}
	assert.Nil(t, Problems(nil))
	assert.Equal(t, []Text{{VI: "không đọc được tệp: x", EN: "the file cannot be read: x"}}, Problems(errors.New("x")))
}

// Every entry knows its file and line: no problem begins with ":0:".
func TestEveryEntryKnowsItsPlace(t *testing.T) {
	t.Parallel()
	Default().Each(func(section string, e any) {
		at := e.(interface{ entry() *Entry }).entry().Pos
		assert.True(t, at.File != "" && at.Line > 0, "%s: %+v", section, at)
	})
}
