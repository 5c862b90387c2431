package archtest

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLawInForce: in package app App.Law and App.Rules are what the process was
// started with. What holds today is a.law() and a.rules(): an administrator may have
// activated other data since.
func TestLawInForce(t *testing.T) {
	t.Parallel()
	uses := 0
	eachGoFile(t, func(name string, fset *token.FileSet, file *ast.File) {
		if filepath.Dir(name) != "internal/app" || strings.HasSuffix(name, "_test.go") || filepath.Base(name) == "law_now.go" {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, isName := sel.X.(*ast.Ident); isName && x.Name == "a" {
				assert.NotContains(t, []string{"Law", "Rules"}, sel.Sel.Name, "%s: write a.law() or a.rules()", fset.Position(sel.Pos()))
				if sel.Sel.Name == "law" {
					uses++
				}
			}
			return true
		})
	})
	require.NotZero(t, uses)
}
