package archtest

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

// deterministic are the packages that a replay runs. workflowcheck follows calls
// from the workflows, but not through an interface (the machines) or a table of
// functions (the transition table); this test looks at the packages themselves.
var deterministic = []string{"workflows", "internal/proposal", "internal/council", "internal/envelope"}

// drawsRandomness lists what may use crypto/rand: nothing that a replay runs.
var drawsRandomness = map[string]string{
	"internal/envelope.GenerateSigner": "makes a key at set-up; workflows hold no private key",
}

// impure are functions whose result depends on more than their arguments.
var impure = map[string]bool{
	"time.Now": true, "time.Since": true, "time.Until": true, "time.Sleep": true, "time.After": true, "time.AfterFunc": true,
	"time.NewTimer": true, "time.NewTicker": true, "time.Tick": true, "os.Getenv": true, "os.ReadFile": true, "os.Open": true,
}

// loaded is one typed load for all subtests.
var loaded = sync.OnceValues(func() ([]*packages.Package, error) {
	var patterns []string
	for _, d := range deterministic {
		patterns = append(patterns, "./"+d)
	}
	return packages.Load(&packages.Config{
		Dir:  "../..",
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo,
	}, patterns...)
})

func TestDeterminism(t *testing.T) {
	t.Parallel()
	all, err := loaded()
	require.NoError(t, err)
	require.Len(t, all, len(deterministic))
	for _, p := range all {
		require.Empty(t, p.Errors)
		for _, file := range p.Syntax {
			for _, decl := range file.Decls {
				checkDecl(t, p, decl)
			}
		}
	}
}

// checkDecl reports clocks, randomness, goroutines, channels and ranges over maps.
func checkDecl(t *testing.T, p *packages.Package, decl ast.Decl) {
	name := within(p.PkgPath)
	if f, ok := decl.(*ast.FuncDecl); ok {
		name += "." + f.Name.Name
	}
	report := func(n ast.Node, what string) {
		assert.Fail(t, "not deterministic", "%s: %s %s", p.Fset.Position(n.Pos()), name, what)
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			report(n, "starts a goroutine")
		case *ast.SelectStmt, *ast.SendStmt:
			report(n, "uses a channel")
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				report(n, "receives from a channel")
			}
		case *ast.RangeStmt:
			if isMap(p.TypesInfo.TypeOf(n.X)) {
				report(n, "ranges over a map")
			}
		case *ast.SelectorExpr:
			checkUse(p.TypesInfo.Uses[n.Sel], name, func(what string) { report(n, what) })
		}
		return true
	})
}

func isMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// checkUse judges one named thing of another package.
func checkUse(o types.Object, user string, report func(string)) {
	if o == nil || o.Pkg() == nil {
		return
	}
	full := o.Pkg().Path() + "." + o.Name()
	switch {
	case strings.HasPrefix(full, "math/rand"):
		report("draws a random number: " + full)
	case o.Pkg().Path() == "crypto/rand":
		if _, ok := drawsRandomness[user]; !ok {
			report("draws a random number: " + full)
		}
	case impure[full] && o.Parent() == o.Pkg().Scope(): // a function, not a method of the same name
		report("uses " + full)
	case full == "maps.Keys" || full == "maps.Values" || full == "maps.All":
		report("ranges over a map by " + full)
	}
}

// TestDeterminismSees what it must report, so that the test above cannot pass
// because it looks at nothing.
func TestDeterminismSees(t *testing.T) {
	t.Parallel()
	all, err := loaded()
	require.NoError(t, err)
	maps, calls := 0, 0
	for _, p := range all {
		for _, o := range p.TypesInfo.Uses {
			if o.Pkg() != nil && o.Pkg().Path() == "time" {
				calls++
			}
		}
		for _, tv := range p.TypesInfo.Types {
			if isMap(tv.Type) {
				maps++
			}
		}
	}
	require.NotZero(t, maps, "the types of expressions are not known")
	require.NotZero(t, calls, "the uses of other packages are not known")
}
