package main

import (
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/embedded"
	"vinhdanh/internal/gate"
)

const usage = `temporal-server: the Temporal server behind vinhdanh's gate, configured by its environment

  TEMPORAL_HOST              IP address to listen on (127.0.0.1; 0.0.0.0 in a container)
  TEMPORAL_PORT              port of the frontend (7233)
  TEMPORAL_UI_PORT           port of Temporal's web UI, reading only (unset: no UI)
  TEMPORAL_DB_ADDRESS        host:port of PostgreSQL 12 or later; required
  TEMPORAL_DB_USER           owns the two databases, or may create them; required
  TEMPORAL_DB_PASSWORD       its password; required
  TEMPORAL_DB_NAME           main database (temporal)
  TEMPORAL_DB_VISIBILITY     database of lists and searches (temporal_visibility)
  TEMPORAL_DB_TLS            true: encrypt and verify the server's name (false)
  TEMPORAL_DB_SHARDS         history shards, fixed at the first start (16)
  TEMPORAL_TOKEN_APP, _WORKER, _AUDITOR, _OPERATOR
                             one credential for each sender, at least 32 characters; required
  TEMPORAL_RETENTION_YEARS   how long closed cases are kept (10)
  TEMPORAL_OPS_RETENTION_DAYS
                             how long runs of schedules are kept (7)
  REFUSALS_DATABASE_URL      where refusals are recorded, as role vinhdanh_gate (unset: in the log)
  LOG_LEVEL                  of Temporal's own lines: debug, info, warn, error (warn)

  -health                    ask the server at TEMPORAL_HOST and TEMPORAL_PORT for its health
`

// settings of one server.
type settings struct {
	temporal embedded.TemporalOptions
	refusals string // address of the database, or ""
	uiPort   int    // 0: no UI
}

// reader reads numbers and names from an environment and keeps the first complaint.
type reader struct {
	getenv func(string) string
	err    error
}

func (r *reader) text(name, fallback string) string {
	if v := r.getenv(name); v != "" {
		return v
	}
	return fallback
}

func (r *reader) required(name string) string {
	v := r.getenv(name)
	if v == "" && r.err == nil {
		r.err = fmt.Errorf("settings.missing: set %s; -h lists every setting", name)
	}
	return v
}

func (r *reader) number(name string, fallback, most int) int {
	v := r.getenv(name)
	if v == "" {
		return fallback
	}
	n, err := strconv.Atoi(v)
	if (err != nil || n < 1 || n > most) && r.err == nil {
		r.err = fmt.Errorf("settings.number: %s is a whole number from 1 to %d, not %q", name, most, v)
	}
	return n
}

// address is where the frontend of these settings is reached from this machine.
func address(getenv func(string) string) (string, error) {
	r := &reader{getenv: getenv}
	host, port := r.text("TEMPORAL_HOST", "127.0.0.1"), r.number("TEMPORAL_PORT", 7233, 65535)
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, strconv.Itoa(port)), r.err
}

// load reads and checks the environment.
func load(getenv func(string) string) (settings, error) {
	tokens, err := gate.TokensFromEnv(getenv)
	if err != nil {
		return settings{}, err
	}
	r := &reader{getenv: getenv}
	o := embedded.NewTemporalOptions(tokens)
	o.Host = r.text("TEMPORAL_HOST", "127.0.0.1")
	o.Port = r.number("TEMPORAL_PORT", 7233, 65535)
	o.CasesRetention = time.Duration(r.number("TEMPORAL_RETENTION_YEARS", 10, 100)) * 365 * 24 * time.Hour
	o.OpsRetention = time.Duration(r.number("TEMPORAL_OPS_RETENTION_DAYS", 7, 365)) * 24 * time.Hour
	o.Postgres = &embedded.PostgresStore{
		Address: r.required("TEMPORAL_DB_ADDRESS"), User: r.required("TEMPORAL_DB_USER"), Password: r.required("TEMPORAL_DB_PASSWORD"),
		Database: r.text("TEMPORAL_DB_NAME", "temporal"), Visibility: r.text("TEMPORAL_DB_VISIBILITY", "temporal_visibility"),
		Shards: int32(r.number("TEMPORAL_DB_SHARDS", 16, 16384)), //nolint:gosec // bounded
	}
	if o.Postgres.TLS, err = strconv.ParseBool(r.text("TEMPORAL_DB_TLS", "false")); err != nil && r.err == nil {
		r.err = fmt.Errorf("settings.bool: TEMPORAL_DB_TLS is true or false")
	}
	if o.LogLevel, err = zerolog.ParseLevel(r.text("LOG_LEVEL", "warn")); err != nil && r.err == nil {
		r.err = fmt.Errorf("settings.level: LOG_LEVEL is debug, info, warn or error")
	}
	s := settings{temporal: o, refusals: getenv("REFUSALS_DATABASE_URL")}
	if getenv("TEMPORAL_UI_PORT") != "" {
		s.uiPort = r.number("TEMPORAL_UI_PORT", 0, 65535)
	}
	return s, r.err
}
