package app

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/identity"
	"vinhdanh/internal/identity/permission"
)

// tabled lists every function that the table of permissions names.
func tabled() map[string]bool {
	out := map[string]bool{}
	for _, a := range identity.Permissions().Actions {
		for _, f := range a.Do {
			out[f] = true
		}
	}
	for _, o := range identity.Permissions().Open {
		out[o.Do] = true
	}
	return out
}

// A function of the application that the table does not name could let anybody in.
// Give it a row in internal/identity/permissions.yaml, and ask by that row's name.
func TestEveryFunctionHasARowInTheTableOfPermissions(t *testing.T) {
	t.Parallel()
	known, here := tabled(), map[string]bool{}
	of := reflect.TypeFor[*App]()
	var missing []string
	for i := range of.NumMethod() {
		name := of.Method(i).Name
		here[name] = true
		if !known[name] && reaches(of.Method(i).Type) {
			missing = append(missing, name)
		}
	}
	assert.Empty(t, missing, "functions without a row")
	for name := range known {
		assert.True(t, here[name], "the table names %s, which is not there", name)
	}
}

// reaches tells a function that may read or change something from one that only
// rewords what its caller has.
func reaches(f reflect.Type) bool {
	for i := range f.NumIn() {
		if f.In(i) == reflect.TypeFor[context.Context]() || f.In(i) == reflect.TypeFor[Session]() {
			return true
		}
	}
	return false
}

var byRole = regexp.MustCompile(`\bs\.(As|Has|Units)\(`)

var asksByRow = regexp.MustCompile(`\.(?:may|can|anywhere|where|member|reads|inState|actOnAs)\((?:ctx, s, (?:p, in\.Target, )?)?"([a-z_]+\.?[a-z_.-]*)"`)

// Roles stand in the table, not in the code: a function asks by the name of a row,
// and a row that is asked for exists.
func TestRolesAreLookedUpAndNotWrittenDown(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	asked := 0
	m := identity.Permissions()
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(f)
		require.NoError(t, err)
		code := string(raw)
		assert.False(t, byRole.MatchString(code), "%s: ask by a row of the table (permit.go)", f)
		for _, q := range asksByRow.FindAllStringSubmatch(code, -1) {
			asked++
			field := slices.ContainsFunc(m.Fields, func(x permission.Field) bool { return x.Name == q[1] })
			family := strings.HasSuffix(q[1], ".") && slices.ContainsFunc(m.Actions, func(x permission.Action) bool { return strings.HasPrefix(x.Name, q[1]) })
			assert.True(t, m.Knows(q[1]) || field || family, "%s asks by %q, which the table does not know", f, q[1])
		}
	}
	assert.Greater(t, asked, 50)
}
