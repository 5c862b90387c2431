package archtest

import (
	"go/ast"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// onlyPages are functions of the application that a page calls and the API has no
// use for, each with its reason.
var onlyPages = map[string]string{
	"Administers": "decides what a page shows; every function asks for itself",
	"AwardNames":  "names for a choice; the API has the catalogue itself", "FilterWords": "a filter in words, for print",
	"FilterValue": "a part of a filter in words",
	"SignIn":      "a program has a token", "SignInByCookie": "a program has a token", "SignInByPasskey": "passkeys live in browsers",
	"BeginAtProvider": "people sign in at a provider in a browser", "FinishAtProvider": "people sign in at a provider in a browser",
	"SignOut": "a token is revoked", "ShowCode": "a code stands beside a program's request", "ShowPasskey": "passkeys live in browsers",
	"AskPasskey": "passkeys live in browsers", "EnrolPasskey": "passkeys live in browsers",
	"EnrolmentPNG": "a program draws the secret that EnrolCode gives", "Freshen": "the password stands beside a program's request",
	"FreshenAtProvider": "people sign in at a provider in a browser", "FreshenWays": "what a page offers; a program gives the password",
	"OpenLink": "a link is opened by who has no account yet", "UseLink": "a link is used by who has no password yet",
	"SetUp": "a link is used by who has no account yet", "MayAssist": "it opens a form; its acts are in the API",
}

// onlyAPI are operations of the API without a verb of the command line.
var onlyAPI = map[string]string{}

// TestParity: whatever a page can do, the API can, by the same function of the
// application.
func TestParity(t *testing.T) {
	t.Parallel()
	pages, api := map[string]string{}, map[string]bool{}
	eachGoFile(t, func(name string, set *token.FileSet, file *ast.File) {
		if strings.HasSuffix(name, "_test.go") || underAny(name, fixtures...) {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			inner, _ := s.X.(*ast.SelectorExpr)
			switch {
			case under(name, "internal/api"):
				api[s.Sel.Name] = true
			case under(name, "internal/web") && inner != nil && inner.Sel.Name == "App":
				pages[s.Sel.Name] = name
			}
			return true
		})
	})
	require.NotEmpty(t, pages)
	fields := []string{"Law", "Rules", "Store", "Place", "Today", "Blobs", "Temporal", "Desk", "OwnRegister"}
	for _, f := range slices.Sorted(maps.Keys(pages)) {
		if onlyPages[f] == "" && !slices.Contains(fields, f) {
			assert.True(t, api[f], "%s calls app.%s, which no operation of the API calls", pages[f], f)
		}
	}
	for f, why := range onlyPages {
		assert.NotEmpty(t, why, f)
		assert.False(t, api[f], "%s is in the API: take it off the list", f)
	}
}

// operation is one of the API's, as its registration reads.
var operation = regexp.MustCompile(`(?:get|post|put|del|remove|patch|upload)\("([a-z0-9-]+)", "(/[^"]*)"`)

// TestCommandLine: every operation of the API has a verb of the command line.
func TestCommandLine(t *testing.T) {
	t.Parallel()
	calls, literals := cliCalls(t)
	seen := 0
	eachFile(t, func(name, path string) {
		if !under(name, "internal/api") || strings.HasSuffix(name, "_test.go") || !strings.HasSuffix(name, ".go") {
			return
		}
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, m := range operation.FindAllStringSubmatch(string(raw), -1) {
			seen++
			want := strings.Split(strings.Trim(m[2], "/"), "/")
			if onlyAPI[m[1]] == "" {
				assert.True(t, slices.ContainsFunc(calls, func(c []string) bool { return reaches(c, want, literals) }),
					"no verb of cmd/vinhdanh reaches %s (%s, %s)", m[1], m[2], name)
			}
		}
	})
	require.Greater(t, seen, 50)
}

// cliCalls are the paths that the command line asks for, segment by segment, ""
// where a segment is not a literal; and every string literal of the package.
func cliCalls(t *testing.T) (calls [][]string, literals map[string]bool) {
	t.Helper()
	literals = map[string]bool{}
	eachGoFile(t, func(name string, set *token.FileSet, file *ast.File) {
		if !under(name, "cmd/vinhdanh") || strings.HasSuffix(name, "_test.go") {
			return
		}
		begun := len(calls)
		var ends []string // path += "/remove"
		ast.Inspect(file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.BasicLit:
				v, err := strconv.Unquote(x.Value)
				if err != nil || x.Kind != token.STRING {
					return true
				}
				for _, part := range strings.Fields(v) {
					literals[part] = true
				}
				if strings.HasPrefix(v, "/") && strings.Count(v, "/") == 1 {
					ends = append(ends, v[1:])
				}
				if strings.HasPrefix(v, "/") {
					calls = append(calls, strings.Split(strings.Trim(v, "/"), "/"))
				}
			case *ast.CallExpr:
				if s, ok := x.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Path" {
					calls = append(calls, segments(x.Args))
				}
			}
			return true
		})
		for _, c := range calls[begun:] {
			for _, e := range ends {
				calls = append(calls, append(slices.Clone(c), e))
			}
		}
	})
	return calls, literals
}

func segments(args []ast.Expr) []string {
	var out []string
	for _, a := range args {
		v := ""
		if lit, ok := a.(*ast.BasicLit); ok {
			v, _ = strconv.Unquote(lit.Value) // a literal of a file that parses
		}
		out = append(out, v)
	}
	return out
}

// reaches tells whether a call's path is the operation's. A segment that the call
// makes at run time reaches a fixed one whose word stands somewhere in the package.
func reaches(call, want []string, literals map[string]bool) bool {
	if len(call) != len(want) {
		return false
	}
	for i := range want {
		wild := strings.HasPrefix(want[i], "{")
		switch {
		case wild && call[i] != "", !wild && call[i] != "" && call[i] != want[i], !wild && call[i] == "" && !literals[want[i]]:
			return false
		}
	}
	return true
}
