package archtest

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

// TestNoStatuteInGo: which awards there are, which regimes, and the sums that statutes
// fix stand in the data. Go that names an award or a regime, or holds a base salary,
// would go on saying so after the law has changed.
func TestNoStatuteInGo(t *testing.T) {
	t.Parallel()
	codes, sums := map[string]bool{}, map[int64]bool{}
	law.Default().Each(func(_ string, entry any) {
		switch x := entry.(type) {
		case *law.Award:
			codes[x.Code] = true
		case *law.Regime:
			codes[x.ID] = true
		case *law.Criterion:
			codes[x.Code] = true
		case *law.Number:
			codes[x.Code] = true
		case *law.BaseSalary:
			sums[x.Dong] = true
		}
	})
	require.Greater(t, len(codes), 50)
	require.NotEmpty(t, sums)
	seen := 0
	eachGoFile(t, func(name string, set *token.FileSet, file *ast.File) {
		product := under(name, "internal") || under(name, "workflows") || under(name, "activities") || under(name, "cmd/vinhdanh")
		if !product || strings.HasSuffix(name, "_test.go") || underAny(name, fixtures...) || under(name, "internal/sample") {
			return
		}
		seen++
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok {
				return true
			}
			switch lit.Kind {
			case token.STRING:
				v, err := strconv.Unquote(lit.Value)
				assert.False(t, err == nil && codes[v], "%s: %s is a word of the law's data", set.Position(lit.Pos()), lit.Value)
			case token.INT:
				v, err := strconv.ParseInt(lit.Value, 0, 64)
				assert.False(t, err == nil && sums[v], "%s: %s is a sum of the law's data", set.Position(lit.Pos()), lit.Value)
			}
			return true
		})
	})
	require.Greater(t, seen, 100)
}
