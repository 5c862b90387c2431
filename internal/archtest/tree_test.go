package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// maxLines is the length that a Go file stays below.
const maxLines = 300

// long lists the files that are longer, each with its reason.
var long = map[string]string{}

// text are the files that people read and write.
var text = map[string]bool{
	".go": true, ".md": true, ".yaml": true, ".yml": true, ".sql": true, ".sh": true, ".tmpl": true, ".html": true, ".css": true,
	".js": true, ".json": true, ".txt": true, ".toml": true, ".mod": true, "": true,
}

// marks are what no file may hold. They are put together here so that this file
// does not hold them itself.
var marks = []struct{ mark, why string }{
	{"/wo" + "rk/", "a path of one machine"},
	{"/ro" + "ot/", "a path of one machine"},
	{"/ho" + "me/", "a path of one machine"},
	{"TO" + "DO", "work that is left undone belongs in an issue"},
	{"FIX" + "ME", "work that is left undone belongs in an issue"},
}

func TestMarks(t *testing.T) {
	t.Parallel()
	seen := 0
	eachFile(t, func(name, path string) {
		if !text[filepath.Ext(name)] || name == "go.sum" {
			return
		}
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		if bytes.IndexByte(content, 0) >= 0 { // a binary without an extension
			return
		}
		seen++
		for i, line := range bytes.Split(content, []byte("\n")) {
			for _, m := range marks {
				assert.False(t, bytes.Contains(line, []byte(m.mark)), "%s:%d holds %q: %s", name, i+1, m.mark, m.why)
			}
		}
	})
	require.Greater(t, seen, 100, "the tree was not found")
}

// eachGoFile calls f with every Go file of the tree, parsed.
func eachGoFile(t *testing.T, f func(name string, set *token.FileSet, file *ast.File)) {
	t.Helper()
	eachFile(t, func(name, path string) {
		if filepath.Ext(name) != ".go" {
			return
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		f(name, set, file)
	})
}

func TestFileLength(t *testing.T) {
	t.Parallel()
	met := map[string]bool{}
	eachGoFile(t, func(name string, set *token.FileSet, file *ast.File) {
		if ast.IsGenerated(file) {
			return
		}
		lines := set.File(file.FileStart).LineCount()
		if reason, ok := long[name]; ok {
			met[name] = true
			assert.NotEmpty(t, reason, name)
			assert.GreaterOrEqual(t, lines, maxLines, "%s is short again: take it off the list", name)
			return
		}
		assert.Less(t, lines, maxLines, "%s is too long", name)
	})
	for name := range long {
		assert.True(t, met[name], "%s is listed as long and does not exist", name)
	}
}

// maxFunction is the length that a function stays below; a test's table may be longer.
const maxFunction = 50

func TestFunctionLength(t *testing.T) {
	t.Parallel()
	eachGoFile(t, func(name string, set *token.FileSet, file *ast.File) {
		if strings.HasSuffix(name, "_test.go") || ast.IsGenerated(file) {
			return
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil {
				lines := set.Position(f.End()).Line - set.Position(f.Pos()).Line + 1
				assert.Less(t, lines, maxFunction, "%s: %s is too long", set.Position(f.Pos()), f.Name.Name)
			}
		}
	})
}

// TestNoSkippedTests: a test that does not run cannot fail.
func TestNoSkippedTests(t *testing.T) {
	t.Parallel()
	eachGoFile(t, func(name string, set *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if s, ok := call.Fun.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && (x.Name == "t" || x.Name == "b" || x.Name == "f" || x.Name == "tb") {
					switch s.Sel.Name {
					case "Skip", "Skipf", "SkipNow":
						assert.Fail(t, "a skipped test", "%s", set.Position(n.Pos()))
					}
				}
			}
			return true
		})
	})
}

// TestDocumented: every package says what it is, and every exported name what it
// stands for.
func TestDocumented(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	eachGoFile(t, func(name string, set *token.FileSet, file *ast.File) {
		dir := filepath.Dir(name)
		said[dir] = said[dir] || file.Doc != nil
		if strings.HasSuffix(name, "_test.go") || ast.IsGenerated(file) {
			return
		}
		for _, decl := range file.Decls {
			for _, n := range undocumented(decl, file.Name.Name == "main") {
				assert.Fail(t, "no docstring", "%s: %s", set.Position(n.Pos()), n.Name)
			}
		}
	})
	for name := range house(t) {
		assert.True(t, said[name], "package %s has no comment", name)
	}
}
