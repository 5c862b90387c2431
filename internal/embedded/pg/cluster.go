package pg

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// loadPasswords reads the passwords of the data directory, and makes them when there are none.
func loadPasswords(path string) (map[string]string, error) {
	raw, err := os.ReadFile(path)
	if err == nil {
		p := map[string]string{}
		if err := json.Unmarshal(raw, &p); err != nil {
			return nil, fmt.Errorf("postgres.passwords: %s is not readable: %w", path, err)
		}
		return p, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("postgres.passwords: %w", err)
	}
	p := map[string]string{}
	for _, role := range []string{superuser, RoleOwner, RoleApp, RoleGate} {
		var b [24]byte
		_, _ = rand.Read(b[:])
		p[role] = base64.RawURLEncoding.EncodeToString(b[:])
	}
	if raw, err = json.MarshalIndent(p, "", "  "); err != nil {
		return nil, err
	}
	aside := path + ".new"
	if err := os.WriteFile(aside, raw, 0o600); err != nil {
		return nil, fmt.Errorf("postgres.passwords: %w", err)
	}
	if err := os.Rename(aside, path); err != nil {
		return nil, fmt.Errorf("postgres.passwords: %w", err)
	}
	return p, nil
}

// initialise makes the cluster aside and renames it: a crash half-way leaves nothing that looks like a cluster.
func initialise(ctx context.Context, o Options, bin string, who account, password string) error {
	if _, err := os.Stat(filepath.Join(o.cluster(), "PG_VERSION")); err == nil {
		return nil
	}
	if entries, err := os.ReadDir(o.cluster()); err == nil && len(entries) > 0 {
		return fmt.Errorf("postgres.datadir-foreign: %s is not empty and not a PostgreSQL cluster; use another data directory", o.cluster())
	}
	aside := o.cluster() + ".new"
	if err := os.RemoveAll(aside); err != nil {
		return fmt.Errorf("postgres.initdb: %w", err)
	}
	if err := os.Mkdir(aside, 0o700); err != nil {
		return fmt.Errorf("postgres.initdb: %w", err)
	}
	if err := who.own(aside); err != nil {
		return fmt.Errorf("postgres.initdb: %w", err)
	}
	if err := runInitdb(ctx, o, bin, aside, who, password); err != nil {
		return err
	}
	_ = os.Remove(o.cluster()) // an empty directory at most
	if err := os.Rename(aside, o.cluster()); err != nil {
		return fmt.Errorf("postgres.initdb: %w", err)
	}
	return nil
}

func runInitdb(ctx context.Context, o Options, bin, dir string, who account, password string) error {
	secret, err := os.CreateTemp(o.DataDir, "initdb-*")
	if err != nil {
		return fmt.Errorf("postgres.initdb: %w", err)
	}
	defer func() { _ = os.Remove(secret.Name()) }()
	_, err = secret.WriteString(password + "\n")
	if err = errors.Join(err, secret.Close(), who.own(secret.Name())); err != nil {
		return fmt.Errorf("postgres.initdb: %w", err)
	}
	args := []string{
		"-D", dir, "-U", superuser, "--pwfile=" + secret.Name(), "--auth=scram-sha-256",
		"--encoding=UTF8", "--locale=C.UTF-8",
	}
	if o.Throwaway {
		args = append(args, "--no-sync")
	}
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), args...)
	cmd.Dir = dir
	cmd.Env = childEnv()
	cmd.SysProcAttr = attributes(who, false)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("postgres.initdb: initdb failed: %w: %s", err, lastLines(string(out)))
	}
	return nil
}

// childEnv carries nothing of the parent's PG… settings, which would change what the child does.
func childEnv() []string {
	env := []string{"LC_ALL=C.UTF-8", "TZ=UTC"}
	for _, kv := range os.Environ() {
		if strings.HasPrefix(kv, "PATH=") || strings.HasPrefix(kv, "LD_LIBRARY_PATH=") || strings.HasPrefix(kv, "TMPDIR=") {
			env = append(env, kv)
		}
	}
	return env
}

// lastLines keeps the end of a program's output, where the reason stands.
func lastLines(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) > 6 {
		lines = lines[len(lines)-6:]
	}
	return strings.Join(lines, " | ")
}
