// Package restore tries a back-up: it restores the newest dump into a scratch database,
// checks what is in it, and drops the database again.
//
// The model: a folder holds dumps (pg_dump's custom form, plain SQL, or pg_dumpall's, as
// .dump, .sql or .sql.gz). PostgreSQL's own programs load the newest one on a server on
// which a role may create databases; there the trail's chains are reckoned again and
// compared with the record that is in use. Nothing of the record is touched, and a
// scratch database that a crash left behind is dropped by the next trial.
//
//	backup.go  which file is the newest
//	load.go    the file into the scratch database
//	check.go   what is in it
//
// Owners and rights are not restored: a trial is about what the dump says.
package restore

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Config is where back-ups are and how a trial is made.
type Config struct {
	Dir      string // folder of dumps; "": none is known here
	Server   string // address of a database of the trial's server, of a role that may create databases
	Bin      string // folder of psql and pg_restore; "": those of the PATH
	Database string // name of the record's database in a dump of a whole server
}

// Live is the record in use, to which a restored one is held.
type Live interface {
	// TrailMissing counts links (case, number, hash) that the record in use lacks.
	TrailMissing(ctx context.Context, cases []string, numbers []int, hashes []string) (int, error)
}

// Finding is what is wrong with a back-up. It names no person.
type Finding struct {
	Code   string `json:"code"`
	Detail string `json:"detail,omitempty"`
}

// Codes of findings.
const (
	NoBackup    = "no_backup"    // there is no file
	Unreadable  = "unreadable"   // it cannot be read to its end
	Truncated   = "truncated"    // a plain dump that does not say it is complete
	LoadFailed  = "load_failed"  // PostgreSQL refused some of it
	NotOurs     = "not_ours"     // it holds no record of this program
	NewerSchema = "newer_schema" // made by a later version of this program
	ChainBroken = "chain_broken" // the trail of a case does not add up
	NotInUse    = "not_in_use"   // links that the record in use lacks: another record, or a loss there
	Old         = "old"          // older than two days
	LeftBehind  = "left_behind"  // the scratch database could not be dropped
)

// Counts is how many rows a restored record has.
type Counts struct {
	Cases        int `json:"cases"`
	Items        int `json:"items"`
	Transitions  int `json:"transitions"`
	Decisions    int `json:"decisions"`
	Recognitions int `json:"recognitions"`
	People       int `json:"people"`
	Papers       int `json:"papers"` // their rows; the files are in blob storage
}

// Result is what a trial found.
type Result struct {
	Backup   *Backup   `json:"backup,omitempty"`
	Started  time.Time `json:"started"`
	Ended    time.Time `json:"ended"`
	Schema   int64     `json:"schema"`
	Counts   Counts    `json:"counts"`
	Last     time.Time `json:"last,omitzero"` // workflow time of its newest transition
	Findings []Finding `json:"findings"`
	OK       bool      `json:"ok"` // it can be restored; Old alone does not spoil that
}

func (r *Result) find(code, detail string) { r.Findings = append(r.Findings, Finding{code, detail}) }

// scratch begins the name of every database that a trial makes.
const scratch = "vinhdanh_trial_"

// tooOld is the age at which a back-up is called old: they are to be made daily.
const tooOld = 48 * time.Hour

// ErrBusy says that another trial runs on the server.
var ErrBusy = errors.New("restore: another trial runs")

// Try restores the newest back-up and checks it. An error means that the trial could
// not be made; what is wrong with the back-up is in the result.
func Try(ctx context.Context, c Config, live Live, newest int64) (Result, error) {
	r := Result{Started: time.Now().UTC(), Findings: []Finding{}}
	b, err := Newest(c.Dir)
	if err != nil {
		return r, err
	}
	if b == nil {
		r.find(NoBackup, "")
		r.Ended = time.Now().UTC()
		return r, nil
	}
	r.Backup = b
	conn, err := pgx.Connect(ctx, c.Server)
	if err != nil {
		return r, errors.New("restore: the trial's server does not answer") // the error may hold its address
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var mine bool
	if err := conn.QueryRow(ctx, `select pg_try_advisory_lock(7047)`).Scan(&mine); err != nil || !mine {
		return r, errors.Join(err, ErrBusy)
	}
	name := scratch + strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := begin(ctx, conn, name); err != nil {
		return r, err
	}
	err = r.inside(ctx, c, name, live, newest)
	if derr := drop(context.WithoutCancel(ctx), conn, name); derr != nil {
		r.find(LeftBehind, name)
	}
	if time.Since(b.Made) > tooOld {
		r.find(Old, b.Made.Format(time.DateOnly))
	}
	r.Ended, r.OK = time.Now().UTC(), true
	for _, f := range r.Findings {
		r.OK = r.OK && f.Code == Old
	}
	return r, err
}

// inside loads and checks in the scratch database.
func (r *Result) inside(ctx context.Context, c Config, name string, live Live, newest int64) error {
	at, err := url.Parse(c.Server)
	if err != nil {
		return errors.New("restore: the trial's server has no address like postgres://…")
	}
	at.Path = "/" + name
	if err := r.load(ctx, c, at); err != nil || len(r.Findings) > 0 {
		return err
	}
	return Check(ctx, at.String(), r, live, newest)
}

// begin drops what earlier trials left behind and makes the scratch database, closed to
// everybody else.
func begin(ctx context.Context, conn *pgx.Conn, name string) error {
	rows, err := conn.Query(ctx, `select datname from pg_database where starts_with(datname, $1)`, scratch)
	if err != nil {
		return fmt.Errorf("restore: look for earlier trials: %w", err)
	}
	old, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("restore: look for earlier trials: %w", err)
	}
	for _, o := range old {
		if err := drop(ctx, conn, o); err != nil {
			return fmt.Errorf("restore: drop an earlier trial: %w", err)
		}
	}
	ident := pgx.Identifier{name}.Sanitize()
	if _, err := conn.Exec(ctx, `create database `+ident+` template template0 encoding 'UTF8'`); err != nil {
		return fmt.Errorf("restore: the role of the trial may not create a database: %w", err)
	}
	_, err = conn.Exec(ctx, `revoke connect, temporary on database `+ident+` from public`)
	return err
}

func drop(ctx context.Context, conn *pgx.Conn, name string) error {
	_, err := conn.Exec(ctx, `drop database if exists `+pgx.Identifier{name}.Sanitize()+` with (force)`)
	return err
}
