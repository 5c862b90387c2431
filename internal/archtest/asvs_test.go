package archtest

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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
	asvsTest = regexp.MustCompile(`^TestASVS_(\d+(?:_\d+)*(?:_(?:to|and)_\d+(?:_\d+)*)*)_[A-Z]`)
)

// notOurs are items that do not apply; docs/asvs.md says why.
var notOurs = []string{"6.6.1", "6.6.2", "6.8.3", "10.3", "10.4"}

// itemsOf are the items that a test is named after: TestASVS_3_4_1_to_3_4_6_and_14_3_2_Headers is after seven.
func itemsOf(test string) []string {
	m := asvsTest.FindStringSubmatch(test)
	if m == nil {
		return nil
	}
	var items []string
	for _, group := range strings.Split(m[1], "_and_") {
		from, to, many := strings.Cut(group, "_to_")
		items = append(items, strings.ReplaceAll(from, "_", "."))
		if !many {
			continue
		}
		chapter := from[:strings.LastIndexByte(from, '_')+1]
		first, _ := strconv.Atoi(strings.TrimPrefix(from, chapter))
		last, _ := strconv.Atoi(strings.TrimPrefix(to, chapter))
		for n := first + 1; n <= last; n++ {
			items = append(items, strings.ReplaceAll(chapter, "_", ".")+strconv.Itoa(n))
		}
	}
	return items
}

// TestASVS: every item that applies has a test named after it; docs/asvs.md has a line for each, and the tests that it
// names exist.
func TestASVS(t *testing.T) {
	t.Parallel()
	tests, named := map[string]bool{}, map[string]bool{}
	eachGoFile(t, func(name string, _ *token.FileSet, file *ast.File) {
		if !strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(f.Name.Name, "Test") {
				continue
			}
			tests[f.Name.Name] = true
			for _, item := range itemsOf(f.Name.Name) {
				named[item] = true
			}
		}
	})
	covered := namedTests(t, "asvs.md", tests)
	for _, item := range asvsItems {
		assert.True(t, covered[item], "docs/asvs.md has no line for %s", item)
		assert.Equal(t, !slices.Contains(notOurs, item), named[item], "a test named after %s", item)
	}
	for _, m := range testName.FindAllStringSubmatch(document(t, "safeguards.md"), -1) {
		assert.True(t, tests[m[1]], "docs/safeguards.md: no test %s", m[1])
	}
	require.Equal(t, []string{"3.4.1", "3.4.2", "3.4.3", "14.3.2"}, itemsOf("TestASVS_3_4_1_to_3_4_3_and_14_3_2_Headers"))
}

// namedTests checks the rows of a document, each of which names tests that exist or says why none does, and returns the
// items that have a row.
func namedTests(t *testing.T, name string, tests map[string]bool) map[string]bool {
	t.Helper()
	covered := map[string]bool{}
	for _, m := range asvsRow.FindAllStringSubmatch(document(t, name), -1) {
		named := testName.FindAllStringSubmatch(m[3], -1)
		for _, n := range named {
			assert.True(t, tests[n[1]], "docs/%s %s: no test %s", name, m[1], n[1])
		}
		assert.True(t, len(named) > 0 || len(strings.TrimSpace(m[3])) > 20, "docs/%s %s: neither a test nor a reason", name, m[1])
		for _, item := range strings.FieldsFunc(m[1], func(r rune) bool { return r == ',' || r == ' ' }) {
			covered[item] = true
		}
	}
	return covered
}

func document(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root(t), "docs", name))
	require.NoError(t, err)
	return string(raw)
}
