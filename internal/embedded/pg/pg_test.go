package pg

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// parentEnv makes the test binary play the parent that gets killed.
const parentEnv = "VINHDANH_TEST_PG_PARENT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(parentEnv); dir != "" {
		playParent(dir)
		return
	}
	os.Exit(m.Run())
}

// playParent holds the lock, runs PostgreSQL, says its address and waits to be killed.
func playParent(dir string) {
	_, err := LockDir(dir)
	if err == nil {
		var s *Server
		if s, err = Start(context.Background(), Options{DataDir: dir}); err == nil {
			fmt.Println("ready", s.PID(), s.URLs().Owner)
			_, _ = io.Copy(io.Discard, os.Stdin)
		}
	}
	fmt.Println("error", err)
	os.Exit(1)
}

// dataDir is a directory the database's user can enter: those of t.TempDir are closed to others.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "vinhdanh-pg-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o711))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func begin(t *testing.T, dir string) *Server {
	t.Helper()
	began := time.Now()
	s, err := Start(context.Background(), Options{DataDir: dir})
	require.NoError(t, err)
	t.Logf("PostgreSQL ready after %v", time.Since(began))
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func query(t *testing.T, url, sql string) (string, error) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close(context.Background()) }()
	var out string
	err = conn.QueryRow(context.Background(), sql).Scan(&out)
	return out, err
}

func execute(t *testing.T, url, sql string) error {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.Background()) }()
	_, err = conn.Exec(context.Background(), sql)
	return err
}

func TestServerIsConfined(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := begin(t, dir)
	urls := s.URLs()

	got, err := query(t, urls.Owner, `SELECT current_setting('server_encoding') || ' ' || datcollate FROM pg_database WHERE datname = current_database()`)
	require.NoError(t, err)
	require.Equal(t, "UTF8 C.UTF-8", got)

	require.NoError(t, execute(t, urls.Owner, `CREATE TABLE t (x int); GRANT SELECT ON t TO vinhdanh_app`))
	for name, url := range map[string]string{"app": urls.App, "gate": urls.Gate} {
		require.ErrorContains(t, execute(t, url, `CREATE TABLE u (x int)`), "permission denied", name)
		require.ErrorContains(t, execute(t, url, `CREATE SCHEMA s`), "permission denied", name)
		require.ErrorContains(t, execute(t, url, `GRANT vinhdanh_owner TO CURRENT_USER`), "must have admin option", name)
		require.ErrorContains(t, execute(t, url, `DELETE FROM t`), "permission denied", name)
	}
	require.Error(t, execute(t, s.Role(RoleApp, "postgres"), `SELECT 1`), "the maintenance database is closed to app")
	require.Error(t, execute(t, strings.Replace(urls.App, ":"+s.passwords[RoleApp], ":wrong", 1), `SELECT 1`))

	for _, file := range []string{"postgres-passwords.json", "postgres"} {
		info, err := os.Stat(filepath.Join(dir, file))
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, "%s is open to others", file)
	}
	owner, err := os.Stat(filepath.Join(dir, "postgres"))
	require.NoError(t, err)
	if os.Geteuid() == 0 {
		require.NotZero(t, owner.Sys().(*syscall.Stat_t).Uid, "PostgreSQL does not run as root")
	}
	status, err := os.ReadFile("/proc/" + strconv.Itoa(s.PID()) + "/net/tcp")
	require.NoError(t, err)
	require.NotContains(t, string(status), fmt.Sprintf("00000000:%04X ", s.port), "it listens on every address")
}

func TestStopAndStartAgainKeepsData(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := begin(t, dir)
	require.NoError(t, execute(t, s.URLs().Owner, `CREATE TABLE kept AS SELECT 'yes'::text AS x`))
	pid := s.PID()
	require.NoError(t, s.Close())
	require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH, "still running after Close")

	again := begin(t, dir)
	got, err := query(t, again.URLs().Owner, `SELECT x FROM kept`)
	require.NoError(t, err)
	require.Equal(t, "yes", got)
}

func TestSecondUseOfDataDirIsRefused(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	lock, err := LockDir(dir)
	require.NoError(t, err)
	_, err = LockDir(dir)
	require.ErrorIs(t, err, ErrInUse)
	require.ErrorContains(t, err, dir)
	require.ErrorContains(t, err, strconv.Itoa(os.Getpid()))

	out, err := child(t, dir).Output()
	require.Error(t, err, "another process must be refused too")
	require.Contains(t, string(out), "datadir.in-use")

	require.NoError(t, lock.Release())
	lock, err = LockDir(dir)
	require.NoError(t, err)
	require.NoError(t, lock.Release())
}

func child(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), parentEnv+"="+dir)
	return cmd
}

// TestKilledParent kills the parent in the middle of work: the child goes too, and a start right afterwards, while
// it may still be shutting down, finds what was committed.
func TestKilledParent(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	cmd := child(t, dir)
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	defer func() { _ = in.Close() }()
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	var pid int
	var url string
	_, err = fmt.Sscanf(line, "ready %d %s", &pid, &url)
	require.NoError(t, err, line)
	require.NoError(t, execute(t, url, `CREATE TABLE survivor AS SELECT 'yes'::text AS x`))

	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	lock, err := LockDir(dir)
	require.NoError(t, err, "the kernel gives the lock back")
	defer func() { _ = lock.Release() }()
	s := begin(t, dir)
	require.NotEqual(t, pid, s.PID())
	require.False(t, servesCluster(pid, filepath.Join(dir, "postgres")), "the orphan still runs")
	got, err := query(t, s.URLs().Owner, `SELECT x FROM survivor`)
	require.NoError(t, err)
	require.Equal(t, "yes", got)
}

// TestOrphanGoesByItself looks only at the kernel's signal: nobody starts anything afterwards.
func TestOrphanGoesByItself(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	cmd := child(t, dir)
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	defer func() { _ = in.Close() }()
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	pid, err := strconv.Atoi(strings.Fields(line)[1])
	require.NoError(t, err, line)
	require.True(t, servesCluster(pid, filepath.Join(dir, "postgres")))
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	require.Eventually(t, func() bool { return !servesCluster(pid, filepath.Join(dir, "postgres")) },
		20*time.Second, 20*time.Millisecond)
}

func TestCrashOfTheServerItselfRecovers(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := begin(t, dir)
	require.NoError(t, execute(t, s.URLs().Owner, `CREATE TABLE survivor AS SELECT 'yes'::text AS x`))
	require.NoError(t, syscall.Kill(s.PID(), syscall.SIGKILL))
	<-s.Exited()
	again := begin(t, dir)
	got, err := query(t, again.URLs().Owner, `SELECT x FROM survivor`)
	require.NoError(t, err)
	require.Equal(t, "yes", got)
}

// TestStalePIDFile: the number in a left-over pid file belongs to a stranger by now.
func TestStalePIDFile(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	s := begin(t, dir)
	require.NoError(t, s.Close())
	pidFile := filepath.Join(dir, "postgres", "postmaster.pid")
	require.NoError(t, os.WriteFile(pidFile, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600))
	begin(t, dir)
}

func TestInterruptedInitdbIsRepeated(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "postgres.new", "base"), 0o700))
	begin(t, dir)
}

func TestClosedDataDirIsRefusedByName(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Log("not root: PostgreSQL runs as this user, who can enter")
		return
	}
	closed := filepath.Join(dataDir(t), "home")
	require.NoError(t, os.Mkdir(closed, 0o700))
	_, err := Start(context.Background(), Options{DataDir: filepath.Join(closed, "data")})
	require.ErrorContains(t, err, "cannot enter "+closed+";")
}

func TestForeignDirectoryIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	file := filepath.Join(dir, "postgres", "letter.txt")
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, []byte("mine"), 0o600))
	_, err := Start(context.Background(), Options{DataDir: dir})
	require.ErrorContains(t, err, "postgres.datadir-foreign")
	require.FileExists(t, file)
}

func TestMissingBinaries(t *testing.T) {
	t.Parallel()
	_, err := Start(context.Background(), Options{DataDir: dataDir(t), BinDir: t.TempDir()})
	require.ErrorIs(t, err, ErrMissing)
}
