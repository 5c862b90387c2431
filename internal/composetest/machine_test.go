package composetest

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/embedded/pg"
	"vinhdanh/internal/freeport"
	"vinhdanh/internal/notify/smtptest"
)

// today is the business date of the trial instance: the sample's campaign of 2023.
const today = "2023-11-20"

// machine is the one machine that docker-compose.yml is for.
type machine struct {
	t       *testing.T
	dir     string // its .env, secrets and volumes
	bin     string // the three programs
	project *types.Project
	pg      *pg.Server
	mail    *smtptest.Server
	hosts   *strings.Replacer            // names of the container network
	ports   map[string]string            // Temporal's ports, which stand alone in a value
	mounted map[string]map[string]string // directory by mount point, by service
	url     string                       // of serve
	root    string                       // fingerprint that keys create printed
	running map[string]*process
	started []string // in the order of the start
}

// build makes the three programs, as the Dockerfile does.
func build(t *testing.T, dir string) {
	t.Helper()
	cmd := exec.Command("go", "build", "-o", dir+"/", "./cmd/vinhdanh", "./cmd/temporal-server", "./cmd/standalone")
	cmd.Dir = filepath.Join("..", "..")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// newMachine follows the first steps of docs/operations.md: keys, seal, .env, PostgreSQL.
func newMachine(t *testing.T) *machine {
	t.Helper()
	dir, err := os.MkdirTemp("", "vinhdanh-compose-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o711)) // the database's user passes through
	m := &machine{t: t, dir: dir, bin: filepath.Join(dir, "bin"), mounted: map[string]map[string]string{}, running: map[string]*process{}}
	build(t, m.bin)
	m.mail, err = smtptest.Start(smtptest.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = m.mail.Close() })
	m.keys()
	serve, temporal, ui := freePort(t), freePort(t), freePort(t)
	m.url = "http://127.0.0.1:" + serve
	m.project, err = load(dir, m.env())
	require.NoError(t, err)
	m.startPostgres()
	m.hosts = strings.NewReplacer(
		"postgres:5432", m.pg.Address(), "temporal:7233", "127.0.0.1:"+temporal, "0.0.0.0:8080", "127.0.0.1:"+serve,
		"0.0.0.0", "127.0.0.1",
	)
	m.ports = map[string]string{"7233": temporal, "8233": ui}
	return m
}

// freePort is a port that nobody listens on now.
func freePort(t *testing.T) string {
	t.Helper()
	port, err := freeport.One()
	require.NoError(t, err)
	return strconv.Itoa(port)
}

// keys makes the key files and the organisation's key in secrets/.
func (m *machine) keys() {
	secrets := filepath.Join(m.dir, "secrets")
	cmd := exec.Command(filepath.Join(m.bin, "vinhdanh"), "keys", "create")
	cmd.Env = []string{"VINHDANH_KEYS=" + secrets}
	out, err := cmd.Output()
	require.NoError(m.t, err)
	name, value, _ := strings.Cut(strings.TrimSpace(string(out)), "=")
	require.Equal(m.t, "VINHDANH_ROOT", name)
	m.root = value
	from, err := time.Parse(time.DateOnly, today)
	require.NoError(m.t, err)
	key, cert, err := decision.SelfSigned("Con dấu thử nghiệm", "Ủy ban nhân dân (bản thử nghiệm)", from.AddDate(0, -1, 0))
	require.NoError(m.t, err)
	pem, err := decision.EncodePEM(key, []*x509.Certificate{cert})
	require.NoError(m.t, err)
	require.NoError(m.t, os.WriteFile(filepath.Join(secrets, "seal.pem"), pem, 0o600))
	require.NoError(m.t, os.Remove(filepath.Join(secrets, "root.key"))) // it leaves the machine
}

// env is .env: .env.example filled in as it says.
func (m *machine) env() map[string]string {
	env := example(m.t)
	for _, name := range secrets {
		b := make([]byte, 32)
		_, _ = rand.Read(b) // never fails: crypto/rand ends the process instead
		env[name] = hex.EncodeToString(b)
	}
	env["VINHDANH_ROOT"], env["VINHDANH_PUBLIC_URL"] = m.root, m.url
	env["SMTP_HOST"], env["SMTP_PORT"], env["SMTP_TLS"] = m.mail.Host(), strconv.Itoa(m.mail.Port()), "none"
	env["SMTP_FROM"] = "vinhdanh@haugiang.example"
	env["VINHDANH_DEMO"], env["VINHDANH_TODAY"], env["LOG_LEVEL"] = "1", today, "info"
	return env
}

// startPostgres starts the machine's PostgreSQL, empty, and runs the script that the
// postgres container mounts, twice: it may be run again.
func (m *machine) startPostgres() {
	ctx := context.Background()
	var err error
	m.pg, err = pg.Start(ctx, pg.Options{DataDir: filepath.Join(m.dir, "pg"), Throwaway: true, MaxConnections: 200})
	require.NoError(m.t, err)
	m.t.Cleanup(func() { require.NoError(m.t, m.pg.Close()) })
	m.empty(ctx)
	var script string
	for _, v := range m.project.Services["postgres"].Volumes {
		if strings.HasPrefix(v.Target, "/docker-entrypoint-initdb.d/") {
			script = filepath.Join("..", "..", strings.TrimPrefix(v.Source, m.dir))
		}
	}
	host, port, err := net.SplitHostPort(m.pg.Address())
	require.NoError(m.t, err)
	user, password := m.pg.Superuser()
	for range 2 {
		cmd := exec.Command("bash", script)
		cmd.Env = append(m.environment("postgres"), "PATH="+os.Getenv("PATH"),
			"PGHOST="+host, "PGPORT="+port, "POSTGRES_USER="+user, "PGPASSWORD="+password)
		out, err := cmd.CombinedOutput()
		require.NoError(m.t, err, "%s", out)
	}
}

// empty takes away what package pg makes for the standalone: the script makes it here.
func (m *machine) empty(ctx context.Context) {
	conn, err := pgx.Connect(ctx, m.pg.URL("postgres"))
	require.NoError(m.t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "DROP DATABASE "+pg.Database)
	require.NoError(m.t, err)
	for _, role := range []string{pg.RoleOwner, pg.RoleApp, pg.RoleGate} {
		_, err = conn.Exec(ctx, "DROP ROLE "+role)
		require.NoError(m.t, err)
	}
}

// environment is what the file gives a service, with names of the container network
// and mounts replaced.
func (m *machine) environment(service string) []string {
	mounts := m.mounts(service)
	var out []string
	for name, value := range m.project.Services[service].Environment {
		v := *value
		if m.hosts != nil && !strings.HasPrefix(v, "http") {
			v = m.hosts.Replace(v)
		}
		if port := m.ports[v]; port != "" {
			v = port
		}
		for at, dir := range mounts {
			if v == at || strings.HasPrefix(v, at+"/") {
				v = dir + strings.TrimPrefix(v, at)
			}
		}
		out = append(out, name+"="+v)
	}
	return out
}

// mounts gives the directory that stands for each mount: a volume is shared by all
// who mount it, key files are copied for their service alone, once.
func (m *machine) mounts(service string) map[string]string {
	if done := m.mounted[service]; done != nil {
		return done
	}
	out := map[string]string{}
	m.mounted[service] = out
	s := m.project.Services[service]
	for _, v := range s.Volumes {
		if v.Type == types.VolumeTypeVolume {
			out[v.Target] = filepath.Join(m.dir, "volume-"+v.Source)
			require.NoError(m.t, os.MkdirAll(out[v.Target], 0o700))
		}
	}
	for _, ref := range s.Secrets {
		dir := filepath.Join(m.dir, "mount-"+service+filepath.Dir(ref.Target))
		require.NoError(m.t, os.MkdirAll(dir, 0o700))
		content, err := os.ReadFile(m.project.Secrets[ref.Source].File)
		require.NoError(m.t, err)
		require.NoError(m.t, os.WriteFile(filepath.Join(dir, filepath.Base(ref.Target)), content, 0o600))
		out[filepath.Dir(ref.Target)] = dir
	}
	return out
}

// run runs one of our programs with a service's environment to its end.
func (m *machine) run(ctx context.Context, service string, command ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(m.bin, command[0]), command[1:]...)
	cmd.Env = m.environment(service)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w: %s", command, err, out)
	}
	return nil
}
