package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// constants lists the string constants of a Go file whose names begin with Code.
func constants(t *testing.T, file string) map[string]string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	out := map[string]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, name := range spec.Names {
			if strings.HasPrefix(name.Name, "Code") && i < len(spec.Values) {
				if lit, ok := spec.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					out[name.Name], err = strconv.Unquote(lit.Value)
					require.NoError(t, err)
				}
			}
		}
		return true
	})
	return out
}

func TestEveryCodeHasWordsStatusAndExit(t *testing.T) {
	t.Parallel()
	all := map[string]string{}
	for _, file := range []string{"errors.go", "messages.go", "messages_identity.go", "../envelope/refusal.go"} {
		found := constants(t, file)
		require.NotEmpty(t, found, file)
		for name, code := range found {
			all[code] = file + " " + name
		}
	}
	texts := map[string]string{}
	for code, where := range all {
		o, ok := outcomes[code]
		require.True(t, ok, "%s: %q has no entry in the table", where, code)
		require.NotEmpty(t, o.vi, where)
		require.NotEmpty(t, o.en, where)
		require.NotEqual(t, o.vi, o.en, where)
		require.NotEmpty(t, http.StatusText(o.http), where)
		require.GreaterOrEqual(t, o.http, 400, where)
		require.Positive(t, o.exit, where)
		require.LessOrEqual(t, o.exit, ExitUnavailable, "%s: pending and unverified are no errors of the API", where)
		require.Empty(t, texts[o.vi], "%s says the same as %s", code, texts[o.vi])
		texts[o.vi] = code
	}
	require.Len(t, outcomes, len(all), "the table has entries for codes that do not exist")
	require.Len(t, outcomes, len(appOutcomes)+len(targetOutcomes)+len(actOutcomes)+len(edgeOutcomes)+len(identityOutcomes), "a code stands in two parts")
}

func TestAnErrorsOwnWordsWin(t *testing.T) {
	t.Parallel()
	e := &Error{Code: CodeNotReady, Vi: "Chưa có số tờ trình.", En: "The letter has no number."}
	require.Equal(t, "Chưa có số tờ trình.", e.Text("vi"))
	require.Equal(t, "The letter has no number.", e.Text("en"))
	require.Equal(t, "Chưa có số tờ trình.", e.Text(""))
	require.Equal(t, outcomes[CodeForbidden].en, (&Error{Code: CodeForbidden}).Text("en"))
	require.Contains(t, (&Error{Code: "from-the-future"}).Text("en"), "from-the-future")
}

// Every rule that an input may break has words: the validator's tags in the source,
// our own rules, and the faults that an import may name.
func TestEveryRuleHasWords(t *testing.T) {
	t.Parallel()
	wanted := map[string]string{}
	for _, glob := range []string{"*.go", "../proposal/*.go", "../api/*.go"} {
		files, err := filepath.Glob(glob)
		require.NoError(t, err)
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				rulesIn(t, file, wanted)
			}
		}
	}
	require.Contains(t, wanted, "required_if")
	require.Contains(t, wanted, "facts")
	faults := regexp.MustCompile(`message\{Fault, "([a-z_.]+)"`)
	src := readFile(t, "../importing/messages.go")
	for _, m := range faults.FindAllStringSubmatch(src, -1) {
		wanted[m[1]] = "importing"
	}
	for rule, where := range wanted {
		r, ok := rules[rule]
		require.True(t, ok, "%s: rule %q has no words", where, rule)
		require.NotEmpty(t, r.vi)
		require.NotEmpty(t, r.en)
	}
}

// rulesIn collects validator tags and Rule: literals.
func rulesIn(t *testing.T, file string, into map[string]string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	own := regexp.MustCompile(`Rule: "([a-z_.]+)"|invalid\([^,]+, "([a-z]+)"`)
	for _, m := range own.FindAllStringSubmatch(readFile(t, file), -1) {
		into[m[1]+m[2]] = file
	}
	structural := []string{"", "omitempty", "dive", "keys", "endkeys"}
	ast.Inspect(f, func(n ast.Node) bool {
		field, ok := n.(*ast.Field)
		if !ok || field.Tag == nil {
			return true
		}
		raw, err := strconv.Unquote(field.Tag.Value)
		require.NoError(t, err)
		for _, part := range strings.Split(reflect.StructTag(raw).Get("validate"), ",") {
			if tag, _, _ := strings.Cut(part, "="); !slices.Contains(structural, tag) {
				into[tag] = file
			}
		}
		return true
	})
}

func TestFieldsReadAsSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field  FieldError
		vi, en string
	}{
		{FieldError{Field: "reason", Rule: "required_if", Param: "Verdict return"}, "Lý do: phải có trong trường hợp này.", "Reason is required in this case."},
		{FieldError{Field: "exceptions[0].reason", Rule: "max", Param: "4000"}, "Lý do: quá dài hoặc quá lớn; tối đa 4000.", "Reason is too long or too large; at most 4000."},
		{FieldError{Field: "verdict", Rule: "oneof", Param: "forward return"}, "Quyết định xử lý: phải là một trong: chuyển lên (forward), trả lại để bổ sung (return).", "Verdict must be one of: send on (forward), send back (return)."},
		{FieldError{Field: "E14", Rule: "birth.implausible"}, "E14: năm sinh không hợp lý.", "E14: the year of birth is not plausible."},
		{FieldError{Field: "x", Rule: "from-the-future"}, "X: chưa hợp lệ (from-the-future).", "X is not valid (from-the-future)."},
	} {
		require.Equal(t, c.vi, c.field.Text("vi"))
		require.Equal(t, c.en, c.field.Text("en"))
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}
