package archtest

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// outOfDate are hashes and ciphers that evidence must not rest on; each place that uses one says for what.
var outOfDate = map[string]map[string]string{
	"crypto/md5":  {"internal/postgres/manytest/people.go": "ids of invented people, no secret"},
	"crypto/sha1": {"internal/identity/breached.go": "the published lists are in SHA-1", "internal/decision/stamp.go": "the older way to name a certificate in a time stamp"},
	"crypto/des":  {}, "crypto/rc4": {}, "crypto/dsa": {},
}

// TestASVS_11_4_3_EvidenceRestsOnSoundHashes: no code of ours uses what is out of date, but for what stands above.
func TestASVS_11_4_3_EvidenceRestsOnSoundHashes(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	eachGoFile(t, func(name string, _ *token.FileSet, file *ast.File) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, i := range file.Imports {
			path, _ := strconv.Unquote(i.Path.Value)
			if allowed, old := outOfDate[path]; old {
				assert.Contains(t, allowed, name, "%s uses %s", name, path)
				used[name] = true
			}
		}
	})
	for path, allowed := range outOfDate {
		for name := range allowed {
			assert.True(t, used[name], "%s no longer uses %s", name, path)
		}
	}
}

// followers may be sent elsewhere by what answers: they run on a person's own machine or ask this process.
var followers = []string{"internal/client/", "internal/embedded/ui/", "cmd/vinhdanh/", "internal/identity/oidc/oidctest/", "internal/web/webtest/"}

// TestASVS_15_3_2_NoServerIsSentElsewhere: every HTTP client of the servers stops at a redirect. The time-stamp
// authority's is given one and stops itself.
func TestASVS_15_3_2_NoServerIsSentElsewhere(t *testing.T) {
	t.Parallel()
	clients := 0
	eachGoFile(t, func(name string, set *token.FileSet, file *ast.File) {
		for _, f := range followers {
			if strings.HasPrefix(name, f) {
				return
			}
		}
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				assert.False(t, isHTTP(n, "DefaultClient") || isHTTP(n, "Get") || isHTTP(n, "Post"), "%s follows redirects", set.Position(n.Pos()))
			case *ast.CompositeLit:
				if sel, ok := n.Type.(*ast.SelectorExpr); ok && isHTTP(sel, "Client") {
					clients++
					assert.True(t, has(n, "CheckRedirect") || name == "internal/service/worker.go", "%s follows redirects", set.Position(n.Pos()))
				}
			}
			return true
		})
	})
	assert.NotZero(t, clients)
}

func isHTTP(s *ast.SelectorExpr, name string) bool {
	x, ok := s.X.(*ast.Ident)
	return ok && x.Name == "http" && s.Sel.Name == name
}

func has(lit *ast.CompositeLit, key string) bool {
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Name == key {
				return true
			}
		}
	}
	return false
}
