package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/embedded/pg/pgtest"
)

func TestMain(m *testing.M) {
	// A developer's own settings must not reach the tests.
	for _, name := range []string{"VINHDANH_URL", "VINHDANH_TOKEN", "VINHDANH_LANG"} {
		os.Unsetenv(name)
	}
	os.Setenv("XDG_CONFIG_HOME", filepath.Join(os.TempDir(), "vinhdanh-no-such-folder"))
	os.Exit(pgtest.Run(m))
}

// shell runs verbs against a web tier.
type shell struct {
	t   *testing.T
	w   *apitest.World
	url string
	in  string // standard input
}

func newShell(t *testing.T) shell {
	t.Helper()
	w := apitest.New(t, api.Options{})
	return shell{t: t, w: w, url: w.Serve(t)}
}

// run runs a verb as a sample user and returns what it printed and its exit code.
func (s shell) run(login string, args ...string) (out, errs string, code int) {
	s.t.Helper()
	args = append(args, "--url", s.url, "--token", s.w.Tokens[login])
	return runRootIn(s.in, args...)
}

func runRoot(args ...string) (out, errs string, code int) { return runRootIn("", args...) }

func runRootIn(in string, args ...string) (out, errs string, code int) {
	root := &cobra.Command{Use: "vinhdanh", SilenceUsage: true, SilenceErrors: true}
	root.AddCommand(clientCommands()...)
	var stdout, stderr bytes.Buffer
	root.SetIn(strings.NewReader(in))
	root.SetOut(&stdout)
	root.SetErr(&stderr)
	root.SetArgs(args)
	code = exitCode(root.ExecuteContext(context.Background()), &stderr)
	return stdout.String(), stderr.String(), code
}

// ok runs a verb that must succeed.
func (s shell) ok(login string, args ...string) string {
	s.t.Helper()
	out, errs, code := s.run(login, args...)
	require.Zero(s.t, code, "%s: %s%s", strings.Join(args, " "), out, errs)
	return out
}

// fails runs a verb that must end with an exit code.
func (s shell) fails(want int, login string, args ...string) string {
	s.t.Helper()
	out, errs, code := s.run(login, args...)
	require.Equal(s.t, want, code, "%s: %s%s", strings.Join(args, " "), out, errs)
	return errs
}

func (s shell) file(name string, content []byte) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	require.NoError(s.t, os.WriteFile(path, content, 0o600))
	return path
}

func (s shell) minutes() string { return s.file("bien-ban.pdf", []byte("%PDF-1.7 biên bản mẫu")) }

// field reads one field of a JSON answer.
func field[T any](t *testing.T, s shell, login string, args ...string) T {
	t.Helper()
	var v T
	decode(t, s.ok(login, append(args, "--json")...), &v)
	return v
}

func TestTheClerksWay(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	list := s.file("danh-sach.xlsx", apitest.List(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định"))
	letter := []string{"--letter-number", "45/TTr-PGDĐT", "--letter-date", "2023-11-10"}

	out := s.ok("pgd-clerk", "import", "preview", list)
	require.Contains(t, out, "2 dòng, 2 trường hợp")
	require.Contains(t, out, "Nguyễn Văn Ví Dụ")
	require.Contains(t, s.ok("pgd-clerk", "import", "preview", list, "--lang", "en"), "2 rows, 2 items")
	template := filepath.Join(t.TempDir(), "mau.xlsx")
	s.ok("pgd-clerk", "import", "template", "-o", template)
	require.FileExists(t, template)
	require.Equal(t, "PK", s.ok("pgd-clerk", "import", "bad-rows", list, "-o", "-")[:2])

	sub := field[app.SubmissionView](t, s, "pgd-clerk", append([]string{"import", "accept", list}, letter...)...)
	require.Len(t, sub.Proposals, 1)
	require.Contains(t, s.ok("pgd-clerk", "submission", "list"), sub.Ref)
	require.Contains(t, s.ok("pgd-clerk", "submission", "show", sub.Ref), "Trần Thị Giả Định")
	s.ok("pgd-clerk", "submission", "paper", sub.Ref, s.minutes(), "--kind", "minutes")
	s.ok("pgd-clerk", "submission", "declare", sub.Ref, "--proposer-manages", "--discipline", "NONE")
	item := sub.Proposals[0].ItemList[0].ID
	require.Contains(t, s.ok("pgd-clerk", "item", "edit", item, "--submission", sub.Ref, "--set", "birth_year=1979"), "Nguyễn Văn Ví Dụ")
	s.ok("pgd-clerk", "item", "remove", sub.Proposals[0].ItemList[1].ID, "--submission", sub.Ref)
	require.NotContains(t, s.ok("pgd-clerk", "submission", "show", sub.Ref), "Trần Thị Giả Định")
	s.fails(app.ExitRefused, "pgd-clerk", "submission", "send", sub.Ref)
	require.Contains(t, s.ok("pgd-head", "submission", "send", sub.Ref), "accepted")
	require.Contains(t, s.ok("ph-reviewer", "inbox"), sub.Ref)
	require.Contains(t, s.ok("pgd-clerk", "me"), "Phòng Giáo dục và Đào tạo")
}

func TestExitCodesOfARefusedVerb(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	p := s.sent("Nguyễn Văn Ví Dụ")
	s.fails(app.ExitUsage, "ph-reviewer", "proposal", "decide")
	s.fails(app.ExitUsage, "ph-reviewer", "proposal", "decide", p.Ref, "--colour", "red")
	s.fails(app.ExitUsage, "ph-reviewer", "proposal", "return", p.Ref)
	s.fails(app.ExitUsage, "ph-reviewer", "proposal", "list", "--limit", "1000")
	s.fails(app.ExitUsage, "ph-reviewer", "proposal", "list", "--lang", "fr")
	s.fails(app.ExitUsage, "ph-reviewer", "proposal", "decide", p.Ref, "--not-propose", "9=không có")
	require.Contains(t, s.fails(app.ExitNotFound, "tanlong1-clerk", "proposal", "show", p.Ref), "Không tìm thấy")
	require.Contains(t, s.fails(app.ExitNotFound, "tanlong1-clerk", "proposal", "show", p.Ref, "--lang", "en"), "does not exist")
	s.fails(app.ExitRefused, "pgd-head", "proposal", "decide", p.Ref)
	s.fails(app.ExitConflict, "ph-reviewer", "proposal", "decide", p.Ref, "--number", "9", "--minutes", s.minutes())
	s.fails(app.ExitNotReady, "hg-auditor", "audit", "bundle", p.Ref)
	_, _, code := runRoot("inbox", "--url", "http://127.0.0.1:1", "--token", "x")
	require.Equal(t, app.ExitUnavailable, code)
	_, errs, code := runRoot("inbox", "--token", "x")
	require.Equal(t, app.ExitUsage, code)
	require.Contains(t, errs, "VINHDANH_URL")
	s.w.Temporal.Away(true)
	errs = s.fails(app.ExitPending, "ph-reviewer", "proposal", "decide", p.Ref, "--minutes", s.minutes())
	follow := errs[strings.LastIndex(errs, "/")+1:]
	require.Contains(t, s.ok("ph-reviewer", "attempt", strings.TrimSpace(follow)), "pending")
	out, _, code := runRoot("help", "exit-codes")
	require.Zero(t, code)
	for _, c := range append(app.Codes(), "9  ") {
		require.Contains(t, out, c)
	}
}
