package archtest

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pure are the four packages that the workflows, the tests and the offline
// verifier share; also what web and api may speak in, since they only hold
// words and rules and do nothing.
var pure = []string{"internal/proposal", "internal/law", "internal/council", "internal/envelope"}

// world is what no pure package may reach, directly or through another.
var world = []string{
	"go.temporal.io", "database/sql", "github.com/jackc/pgx", "github.com/lib/pq", "modernc.org/sqlite", "net/http", "os/exec",
}

// TestPurePackages: proposal, law, council, envelope import no Temporal, no SQL,
// no HTTP; nor does anything they import.
func TestPurePackages(t *testing.T) {
	t.Parallel()
	found := 0
	for name, p := range house(t) {
		if !underAny(name, pure...) {
			continue
		}
		found++
		for _, dep := range p.Deps {
			assert.False(t, underAny(dep, world...), "%s reaches %s", name, dep)
			if ours(dep) {
				assert.True(t, underAny(within(dep), pure...), "%s reaches %s, which is not pure", name, within(dep))
			}
		}
	}
	require.GreaterOrEqual(t, found, len(pure))
}

// TestWorkflows import only the four pure packages and the SDK. The evaluator of
// the law is not among them: a library's update must not break a replay.
func TestWorkflows(t *testing.T) {
	t.Parallel()
	p := house(t)["workflows"]
	for _, dep := range p.Imports {
		switch {
		case ours(dep):
			assert.Contains(t, pure, within(dep), "workflows imports %s", dep)
		case strings.Contains(strings.Split(dep, "/")[0], "."):
			assert.True(t, underAny(dep, "go.temporal.io/sdk", "go.temporal.io/api"), "workflows imports %s", dep)
		}
	}
	assert.NotContains(t, p.Deps, module+"/internal/law/eval")
	for _, dep := range p.Deps {
		assert.False(t, under(dep, "github.com/google/cel-go"), "workflows reaches %s", dep)
	}
}

// TestActivities may import everything but app, web and api.
func TestActivities(t *testing.T) {
	t.Parallel()
	for name, p := range house(t) {
		if !under(name, "activities") {
			continue
		}
		for _, dep := range p.Deps {
			assert.False(t, underAny(within(dep), "internal/app", "internal/web", "internal/api"), "%s reaches %s", name, dep)
		}
	}
}

// TestDoors: web and api call app and nothing below it, so that a rule can never
// hold on one path and not on the other. They may use the words of the pure
// packages, which can do nothing to a case by themselves.
func TestDoors(t *testing.T) {
	t.Parallel()
	doors := []string{"internal/web", "internal/api"}
	words := append([]string{
		"internal/app", "internal/importing", "internal/tabular", "internal/office", "internal/identity", "internal/config",
		"internal/vietnamese", "internal/edge",
	}, pure...)
	for name, p := range house(t) {
		if !underAny(name, doors...) || slices.Contains(fixtures, name) {
			continue
		}
		for _, dep := range p.Imports {
			if ours(dep) {
				assert.True(t, underAny(within(dep), append(slices.Clone(words), name)...) || slices.ContainsFunc(doors, func(d string) bool {
					return under(name, d) && under(within(dep), d)
				}), "%s imports %s, which is below app", name, within(dep))
				continue
			}
			assert.False(t, underAny(dep, "go.temporal.io", "database/sql", "github.com/jackc/pgx", "github.com/go-jose/go-jose"), "%s imports %s", name, dep)
		}
	}
}

// fixtures are packages that serve tests only; TestFixtures holds them to it.
var fixtures = []string{"internal/api/apitest", "internal/postgres/manytest", "internal/web/webtest", "internal/web/browsertest", "internal/identity/oidc/oidctest", "internal/duplicate/duplicatetest", "internal/office/officetest"}

// TestFixtures: nothing but tests imports a fixture.
func TestFixtures(t *testing.T) {
	t.Parallel()
	for name, p := range house(t) {
		for _, dep := range p.Imports {
			if slices.Contains(fixtures, name) {
				continue
			}
			assert.NotContains(t, fixtures, within(dep), "%s is no test", name)
		}
	}
}

// TestApp does not know its doors.
func TestApp(t *testing.T) {
	t.Parallel()
	for _, dep := range house(t)["internal/app"].Deps {
		assert.False(t, underAny(within(dep), "internal/web", "internal/api"), "app reaches %s", dep)
	}
}

// TestNothingImportsCmd holds for tests too.
func TestNothingImportsCmd(t *testing.T) {
	t.Parallel()
	for name, p := range house(t) {
		for _, dep := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			assert.False(t, under(within(dep), "cmd") && ours(dep) && !under(within(dep), name), "%s imports %s", name, dep)
		}
	}
}

// TestServerStaysEmbedded: only embedded imports the Temporal server, and only
// cmd/standalone, cmd/temporal-server and tests import embedded, so that the
// product's binary stays small.
func TestServerStaysEmbedded(t *testing.T) {
	t.Parallel()
	hosts := []string{"cmd/standalone", "cmd/temporal-server"}
	for name, p := range house(t) {
		if under(name, "internal/embedded") || slices.Contains(fixtures, name) {
			continue
		}
		for _, dep := range p.Imports {
			assert.False(t, under(dep, "go.temporal.io/server"), "%s imports %s", name, dep)
			if under(within(dep), "internal/embedded") {
				assert.True(t, underAny(name, hosts...), "%s imports %s", name, dep)
			}
		}
		for _, dep := range slices.Concat(p.TestImports, p.XTestImports) {
			assert.False(t, under(dep, "go.temporal.io/server"), "the tests of %s import %s; use internal/embedded", name, dep)
		}
		reached := slices.IndexFunc(p.Deps, func(dep string) bool { return under(dep, "go.temporal.io/server") })
		if reached >= 0 {
			assert.True(t, underAny(name, hosts...), "%s reaches %s", name, p.Deps[reached])
		}
	}
}

// TestPostgresChildLinksNoTemporal: tests of the store pay for PostgreSQL only.
func TestPostgresChildLinksNoTemporal(t *testing.T) {
	t.Parallel()
	for name, p := range house(t) {
		if under(name, "internal/embedded/pg") {
			for _, dep := range p.Deps {
				assert.False(t, under(dep, "go.temporal.io"), "%s reaches %s", name, dep)
			}
		}
	}
}
