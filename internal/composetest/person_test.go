package composetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// person works with the command line as a user of the sample.
type person struct {
	t     *testing.T
	m     *machine
	login string
	token string
}

// as signs in with the token that the sample gave the user.
func (m *machine) as(login string) *person {
	m.t.Helper()
	raw, err := os.ReadFile(filepath.Join(m.dir, "tokens.json"))
	require.NoError(m.t, err)
	tokens := map[string]string{}
	require.NoError(m.t, json.Unmarshal(raw, &tokens))
	require.NotEmpty(m.t, tokens[login], "no sample user %s", login)
	return &person{t: m.t, m: m, login: login, token: tokens[login]}
}

// try runs a verb and returns what it printed for programs, and its exit code.
func (p *person) try(args ...string) ([]byte, int) {
	p.t.Helper()
	cmd := exec.Command(filepath.Join(p.m.bin, "vinhdanh"), append(args, "--json")...)
	cmd.Env = []string{"HOME=" + p.m.dir, "VINHDANH_URL=" + p.m.url, "VINHDANH_TOKEN=" + p.token}
	cmd.Dir = p.m.dir
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		p.t.Logf("%s: vinhdanh %v: exit %d: %s%s", p.login, args, exit.ExitCode(), complaint.String(), out.String())
		return out.Bytes(), exit.ExitCode()
	}
	require.NoError(p.t, err)
	return out.Bytes(), 0
}

// does runs a verb that must succeed.
func (p *person) does(args ...string) []byte {
	p.t.Helper()
	out, code := p.try(args...)
	require.Zero(p.t, code, "%s: vinhdanh %v", p.login, args)
	return out
}

// shown runs a verb that must succeed and reads its answer.
func shown[T any](p *person, args ...string) T {
	p.t.Helper()
	var v T
	out := p.does(args...)
	require.NoError(p.t, json.Unmarshal(out, &v), "vinhdanh %v: %s", args, out)
	return v
}

// file writes a file where the verbs run, and returns its name.
func (m *machine) file(name string, content []byte) string {
	m.t.Helper()
	path := filepath.Join(m.dir, name)
	require.NoError(m.t, os.WriteFile(path, content, 0o600))
	return path
}

// eventually waits for something that happens by itself.
func eventually(t *testing.T, what string, ready func() bool) {
	t.Helper()
	for deadline := time.Now().Add(90 * time.Second); !ready(); time.Sleep(200 * time.Millisecond) {
		require.True(t, time.Now().Before(deadline), "waited in vain for %s", what)
	}
}
