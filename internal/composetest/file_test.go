package composetest

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// load reads docker-compose.yml as compose would in the directory dir.
func load(dir string, env map[string]string) (*types.Project, error) {
	file, err := filepath.Abs("../../docker-compose.yml")
	if err != nil {
		return nil, err
	}
	var list []string
	for k, v := range env {
		list = append(list, k+"="+v)
	}
	o, err := cli.NewProjectOptions([]string{file}, cli.WithWorkingDirectory(dir), cli.WithEnv(list))
	if err != nil {
		return nil, err
	}
	return o.LoadProject(context.Background())
}

// example is .env.example: every name, with the default where it has one.
func example(t *testing.T) map[string]string {
	t.Helper()
	env, err := dotenv.Read("../../.env.example")
	require.NoError(t, err)
	return env
}

// filled is .env.example with something in every name.
func filled(t *testing.T) map[string]string {
	t.Helper()
	env := example(t)
	for name, v := range env {
		if v == "" {
			env[name] = "filled-in"
		}
	}
	env["SMTP_PORT"] = "25"
	return env
}

func project(t *testing.T) *types.Project {
	t.Helper()
	p, err := load(t.TempDir(), filled(t))
	require.NoError(t, err)
	return p
}

// secrets are the names that have no default: without one nothing starts.
var secrets = []string{
	"POSTGRES_PASSWORD", "VINHDANH_OWNER_PASSWORD", "VINHDANH_APP_PASSWORD", "VINHDANH_GATE_PASSWORD", "TEMPORAL_DB_PASSWORD",
	"TEMPORAL_TOKEN_APP", "TEMPORAL_TOKEN_WORKER", "TEMPORAL_TOKEN_AUDITOR", "TEMPORAL_TOKEN_OPERATOR",
	"VINHDANH_ROOT", "VINHDANH_PUBLIC_URL",
}

func TestASVS_13_3_1_NoSecretHasADefault(t *testing.T) {
	t.Parallel()
	for _, name := range secrets {
		assert.Empty(t, example(t)[name], "%s has a value in .env.example", name)
		env := filled(t)
		env[name] = ""
		_, err := load(t.TempDir(), env)
		assert.ErrorContains(t, err, name, "%s may be empty", name)
	}
}

// TestExampleIsComplete: the file uses every name of .env.example and no other.
func TestExampleIsComplete(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../docker-compose.yml")
	require.NoError(t, err)
	used := map[string]bool{}
	for _, m := range regexp.MustCompile(`\$\{([A-Z_]+)`).FindAllStringSubmatch(string(raw), -1) {
		used[m[1]] = true
	}
	assert.ElementsMatch(t, slices.Collect(maps.Keys(example(t))), slices.Collect(maps.Keys(used)))
}

func TestServices(t *testing.T) {
	t.Parallel()
	p := project(t)
	assert.Equal(t, "vinhdanh", p.Name)
	assert.ElementsMatch(t, []string{"postgres", "temporal", "migrate", "setup", "serve", "worker", "mailcatcher"}, p.ServiceNames())
	once := []string{"migrate", "setup"}
	for name, s := range p.Services {
		assert.True(t, s.ReadOnly, "%s: its root file system can be written", name)
		assert.NotEmpty(t, s.Restart, "%s: no restart policy", name)
		assert.Contains(t, s.SecurityOpt, "no-new-privileges:true", name)
		assert.False(t, s.Privileged, name)
		if !slices.Contains(once, name) {
			assert.Equal(t, "unless-stopped", s.Restart, name)
			require.NotNil(t, s.HealthCheck, "%s: no health check", name)
			assert.False(t, s.HealthCheck.Disable, name)
			assert.NotEmpty(t, s.HealthCheck.Test, name)
		}
		if s.Build != nil {
			assert.Equal(t, []string{"ALL"}, s.CapDrop, name)
		}
		for dependency := range s.DependsOn {
			assert.Contains(t, p.Services, dependency, "%s depends on what is not there", name)
		}
	}
}

// TestPinned: every image that is not built here has an exact version.
func TestPinned(t *testing.T) {
	t.Parallel()
	exact := regexp.MustCompile(`^[a-z0-9./-]+:v?\d+\.\d+(\.\d+)?(-[a-z]+)?$`)
	for name, s := range project(t).Services {
		if s.Build == nil {
			assert.Regexp(t, exact, s.Image, name)
		}
	}
	raw, err := os.ReadFile("../../Dockerfile")
	require.NoError(t, err)
	for _, m := range regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(string(raw), -1) {
		if m[1] != "scratch" {
			assert.Regexp(t, exact, m[1], "Dockerfile")
		}
	}
	assert.Regexp(t, `(?m)^USER [1-9]\d*:[1-9]\d*$`, string(raw), "the image runs as root")
	mod, err := os.ReadFile("../../go.mod")
	require.NoError(t, err)
	version := regexp.MustCompile(`(?m)^go (\S+)`).FindStringSubmatch(string(mod))[1]
	assert.Contains(t, string(raw), "golang:"+version+"-", "Dockerfile and go.mod name different versions of Go")
}

// TestPorts: people reach serve; the rest listens on the loopback address or not at all.
func TestPorts(t *testing.T) {
	t.Parallel()
	env := filled(t)
	env["VINHDANH_BIND"] = "192.0.2.1"
	p, err := load(t.TempDir(), env)
	require.NoError(t, err)
	published := map[string]string{}
	for name, s := range p.Services {
		for _, port := range s.Ports {
			assert.NotEmpty(t, port.HostIP, "%s publishes a port on every address", name)
			published[name] = port.HostIP
		}
	}
	assert.Equal(t, map[string]string{"serve": "192.0.2.1", "temporal": "127.0.0.1", "mailcatcher": "127.0.0.1"}, published)
	assert.True(t, p.Networks["inside"].Internal, "the servers' network reaches outside")
	for _, name := range []string{"postgres", "migrate", "setup"} {
		assert.Equal(t, []string{"inside"}, slices.Collect(maps.Keys(p.Services[name].Networks)), name)
	}
}

// TestASVS_11_1_1_and_11_1_2_WhoHoldsWhat: each process has only the keys, credentials and addresses that it needs.
func TestASVS_11_1_1_and_11_1_2_WhoHoldsWhat(t *testing.T) {
	t.Parallel()
	p := project(t)
	held := map[string][]string{}
	for name, s := range p.Services {
		for _, ref := range s.Secrets {
			require.Contains(t, p.Secrets, ref.Source, name)
			held[name] = append(held[name], filepath.Base(ref.Target))
		}
	}
	assert.Len(t, held, 2)
	assert.ElementsMatch(t, []string{"root.pub", "keyring.jws", "master.key", "app.key"}, held["serve"])
	assert.ElementsMatch(t, []string{"root.pub", "keyring.jws", "master.key", "session.key", "issuance.key", "seal.pem"}, held["worker"])
	for name, s := range p.Services {
		for k, v := range s.Environment {
			if k == "OWNER_DATABASE_URL" {
				assert.Equal(t, "migrate", name, "only migrate owns the tables")
			}
			if k == "DATABASE_URL" {
				assert.True(t, strings.HasPrefix(*v, "postgres://vinhdanh_app:"), name)
			}
		}
	}
}
