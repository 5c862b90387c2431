package archtest

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// asvsItems are the requirements of ASVS 5.0 level 2 that bite here.
var asvsItems = strings.Fields(`
	2.1.2 2.1.3 2.2.3 2.3.1 2.3.2 2.3.3 2.3.4 2.4.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.2 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.2 3.5.3 3.5.4 3.5.5 3.7.2
	5.1.1 5.2.2 5.2.3 5.4.1 5.4.2 5.4.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3
	6.8.1 6.8.2 6.8.3 6.8.4 7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 8.1.2 8.2.3 8.4.1 10.1 10.2 10.3 10.4 10.5 11.1.1 11.1.2 11.2.2
	11.4.2 11.4.3 11.4.4 13.2 13.3.1 13.4.2 13.4.3 13.4.4 13.4.5 14.1.1 14.1.2 14.2 14.3.2 14.3.3 15.1.2 15.1.3 15.2.2 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7
	16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3`)

var (
	asvsRow  = regexp.MustCompile(`(?m)^\| ([0-9., ]+) \|([^|]*)\|([^|]*)\|$`)
	testName = regexp.MustCompile("`(Test[A-Za-z0-9_]+)`")
)

// TestASVS: docs/asvs.md has a line for every item, and the tests that it names
// exist. A line without a test says why in words.
func TestASVS(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{}
	eachGoFile(t, func(name string, set *token.FileSet, file *ast.File) {
		if !strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Test") {
				tests[f.Name.Name] = true
			}
		}
	})
	raw, err := os.ReadFile(filepath.Join(root(t), "docs", "asvs.md"))
	require.NoError(t, err)
	covered := map[string]bool{}
	for _, m := range asvsRow.FindAllStringSubmatch(string(raw), -1) {
		named := testName.FindAllStringSubmatch(m[3], -1)
		for _, n := range named {
			assert.True(t, tests[n[1]], "docs/asvs.md %s: no test %s", m[1], n[1])
		}
		assert.True(t, len(named) > 0 || len(strings.TrimSpace(m[3])) > 20, "docs/asvs.md %s: neither a test nor a reason", m[1])
		for _, item := range strings.FieldsFunc(m[1], func(r rune) bool { return r == ',' || r == ' ' }) {
			covered[item] = true
		}
	}
	for _, item := range asvsItems {
		assert.True(t, covered[item], "docs/asvs.md has no line for %s", item)
	}
}
