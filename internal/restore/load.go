package restore

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// Able says what of the programs that load a dump is not here; "" means nothing.
func (c Config) Able() string {
	for _, p := range []string{"psql", "pg_restore"} {
		if _, err := exec.LookPath(c.program(p)); err != nil {
			return p
		}
	}
	return ""
}

func (c Config) program(name string) string {
	if c.Bin == "" {
		return name
	}
	return filepath.Join(c.Bin, name)
}

// load puts the back-up into the scratch database by PostgreSQL's own programs. What they
// say is not kept: it may quote rows.
func (r *Result) load(ctx context.Context, c Config, at *url.URL) error {
	f, err := os.Open(r.Backup.path)
	if err != nil {
		r.find(Unreadable, "")
		return nil
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<20)
	begins, _ := in.Peek(5) // shorter: it is none of these
	if bytes.Equal(begins, []byte("PGDMP")) {
		return r.run(ctx, exec.CommandContext(ctx, c.program("pg_restore"), "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error",
			"--dbname", strings.TrimPrefix(at.Path, "/"), r.Backup.path), at, nil)
	}
	var plain io.Reader = in
	if bytes.HasPrefix(begins, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(in)
		if err != nil {
			r.find(Unreadable, "")
			return nil
		}
		plain = z
	}
	return r.loadPlain(ctx, c, at, plain)
}

func (r *Result) loadPlain(ctx context.Context, c Config, at *url.URL, plain io.Reader) error {
	cmd := exec.CommandContext(ctx, c.program("psql"), "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--set", "VERBOSITY=sqlstate", "--output", os.DevNull)
	out, in := io.Pipe()
	var complete bool
	read := make(chan error, 1)
	go func() {
		var err error
		complete, err = section(plain, in, c.Database)
		in.CloseWithError(err)
		read <- err
	}()
	err := r.run(ctx, cmd, at, out)
	out.Close() // psql may have ended before the file did
	switch rerr := <-read; {
	case err != nil || len(r.Findings) > 0:
	case rerr != nil && !errors.Is(rerr, io.ErrClosedPipe):
		r.find(Unreadable, "")
	case !complete:
		r.find(Truncated, "")
	}
	return err
}

// run runs a program against the scratch database; the password is in its environment,
// where other users of the machine do not see it.
func (r *Result) run(ctx context.Context, cmd *exec.Cmd, at *url.URL, in io.Reader) error {
	password, _ := at.User.Password()
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "PGHOST=" + at.Hostname(), "PGPORT=" + at.Port(), "PGUSER=" + at.User.Username(), "PGPASSWORD=" + password,
		"PGDATABASE=" + strings.TrimPrefix(at.Path, "/"), "PGSSLMODE=" + at.Query().Get("sslmode"), "PGCLIENTENCODING=UTF8",
	}
	said := &tail{}
	cmd.Stdin, cmd.Stderr = in, said
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &exit):
		r.find(LoadFailed, said.state())
	case err != nil && !errors.Is(err, io.ErrClosedPipe) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, gzip.ErrChecksum):
		return fmt.Errorf("restore: %s cannot be run", filepath.Base(cmd.Path))
	}
	return nil
}

// tail keeps the first words that a program says.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	if room := 4096 - len(t.b); room > 0 {
		t.b = append(t.b, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

// sqlState is psql's error as VERBOSITY sqlstate says it: a line and a code, no row.
var sqlState = regexp.MustCompile(`:(\d+): ERROR:\s+([0-9A-Z]{5})`)

func (t *tail) state() string {
	if m := sqlState.FindSubmatch(t.b); m != nil {
		return fmt.Sprintf("SQLSTATE %s, line %s", m[2], m[1])
	}
	return ""
}

// unwanted are statements of a plain dump that a trial leaves out: owners, rights, roles.
var unwanted = regexp.MustCompile(`^(ALTER .* OWNER TO |GRANT |REVOKE |ALTER DEFAULT PRIVILEGES |COMMENT ON EXTENSION |SET SESSION AUTHORIZATION )`)

// section copies the part of a plain dump that is one database, without what is unwanted
// and without psql's own commands, and tells whether it is complete. A dump of one
// database is that part as a whole; in one of a server it stands between two \connect.
func section(in io.Reader, out io.Writer, database string) (complete bool, err error) {
	r, w := bufio.NewReaderSize(in, 1<<20), bufio.NewWriterSize(out, 1<<20)
	on, data, first := true, false, true
	for {
		line, rerr := r.ReadString('\n')
		switch {
		case data:
			data = line != "\\.\n"
		case first && strings.Contains(line, "PostgreSQL database cluster dump"):
			on, first = false, false
		case strings.HasPrefix(line, `\connect `):
			on, line = connects(line, database), "\n"
		case strings.HasPrefix(line, `\`), unwanted.MatchString(line):
			line = "\n"
		case strings.HasPrefix(line, "COPY ") && strings.HasSuffix(line, " FROM stdin;\n"):
			data = true
		case on && strings.HasPrefix(line, "-- PostgreSQL database dump complete"):
			complete = true
		}
		if on {
			if _, err := w.WriteString(line); err != nil {
				return complete, err
			}
		}
		if errors.Is(rerr, io.EOF) {
			return complete, w.Flush()
		}
		if rerr != nil {
			return false, errors.Join(rerr, w.Flush())
		}
	}
}

// connects tells whether a \connect leads to the database.
func connects(line, database string) bool {
	rest := strings.TrimSpace(strings.TrimPrefix(line, `\connect `))
	return rest == database || strings.Contains(rest, `dbname='`+database+`'`)
}
