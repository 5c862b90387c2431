package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/embedded/pg/pgtest"
	"vinhdanh/internal/restore"
)

// TestRestoreTrialVerb: an administrator tries the newest back-up and reads what was found;
// a good one and one that is cut are told apart; nobody else may.
func TestRestoreTrialVerb(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	require.Contains(t, s.ok("hg-admin", "admin", "restore-trial", "--list"), "VINHDANH_BACKUPS", "what is missing")
	s.fails(app.ExitNotReady, "hg-admin", "admin", "restore-trial")
	s.fails(app.ExitRefused, "pgd-clerk", "admin", "restore-trial", "--list")
	dir, server := t.TempDir(), pgtest.Server(t)
	s.w.App.Backups = restore.Config{Dir: dir, Server: server.URL("postgres"), Bin: server.Bin(), Database: "vinhdanh"}
	s.fails(app.ExitRefused, "pgd-clerk", "admin", "restore-trial")
	dump, err := exec.Command(filepath.Join(server.Bin(), "pg_dump"), "--format=custom", "--dbname", s.w.Owner).Output()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.dump"), dump, 0o600))
	out := s.ok("hg-admin", "admin", "restore-trial", "--wait", "2m")
	require.Contains(t, out, "✓  a.dump: 0 hồ sơ")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "b.dump"), dump[:len(dump)/2], 0o600))
	require.Contains(t, s.ok("hg-admin", "admin", "restore-trial", "--lang", "en"), "b.dump: 0 cases")
	list := s.ok("hg-admin", "admin", "restore-trial", "--list")
	require.Contains(t, list, "a.dump")
	require.Contains(t, list, app.TrialText(restore.LoadFailed).VI)
}

// TestRestoreCheckVerb: a database that was restored by hand is held to the record in use;
// an empty one is not it, and the exit code says so.
func TestRestoreCheckVerb(t *testing.T) {
	s := newShell(t)
	check := func() (string, int) {
		root := &cobra.Command{Use: "vinhdanh", SilenceUsage: true, SilenceErrors: true}
		root.AddCommand(restoreCheckCommand())
		var out, errs lines
		root.SetOut(&out)
		root.SetErr(&errs)
		root.SetArgs([]string{"restore-check"})
		code := exitCode(root.ExecuteContext(t.Context()), &errs)
		return string(out) + string(errs), code
	}
	t.Setenv("DATABASE_URL", "")
	t.Setenv("VINHDANH_TRIAL_URL", "")
	told, code := check()
	require.NotZero(t, code)
	require.Contains(t, told, "VINHDANH_TRIAL_URL")
	t.Setenv("DATABASE_URL", s.w.Owner)
	t.Setenv("VINHDANH_TRIAL_URL", s.w.Owner)
	told, code = check()
	require.Zero(t, code, told)
	require.Contains(t, told, `"ok":true`)
	t.Setenv("VINHDANH_TRIAL_URL", pgtest.Database(t).Owner)
	told, code = check()
	require.NotZero(t, code)
	require.Contains(t, told, restore.NotOurs)
}

// lines keeps what is written to it.
type lines []byte

func (l *lines) Write(p []byte) (int, error) { *l = append(*l, p...); return len(p), nil }
