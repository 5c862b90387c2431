// Package config is every setting of vinhdanh, in one place. The names are the
// same for serve, worker, migrate, standalone and compose; a value comes from the
// environment variable of that name.
package config

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/go-playground/validator/v10"

	"vinhdanh/internal/gate"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/law"
)

// Config is what a process runs with. Each field names its variable.
type Config struct {
	DatabaseURL      string          // DATABASE_URL: the role of serve and worker
	OwnerDatabaseURL string          // OWNER_DATABASE_URL: the role that owns the tables; migrate only
	TemporalAddress  string          // TEMPORAL_ADDRESS: host:port of the frontend
	TemporalToken    gate.Credential // TEMPORAL_TOKEN: app for serve, worker for worker, operator for setup
	KeysDir          string          // VINHDANH_KEYS: folder of key files
	RootFingerprint  string          // VINHDANH_ROOT: fingerprint of the keyring's root
	BlobDir          string          // VINHDANH_BLOBS: folder of papers, documents and bundles
	SealFile         string          // VINHDANH_SEAL: the organisation's key and certificate: .pem, .p12, or .yaml of a token; worker only
	SealPIN          string          // VINHDANH_SEAL_PIN: PIN of a seal in a .p12 file or a token; worker only
	Signing          string          // VINHDANH_SIGNING: seal (default), digital or ink; see app.Signing
	SignersDir       string          // VINHDANH_SIGNERS: folder of the signers' keys; serve only
	TSA              string          // VINHDANH_TSA: address of a time-stamp authority (RFC 3161); empty: none
	DesignsFile      string          // VINHDANH_DESIGNS: a file of designs of certificates in place of the built-in ones; serve only
	Listen           string          // VINHDANH_LISTEN: host:port of the web tier
	PublicURL        string          // VINHDANH_PUBLIC_URL: how people reach it, for links in messages
	LawDir           string          // VINHDANH_LAW: a directory of law data; empty: the built-in data
	DraftLaw         []string        // VINHDANH_DRAFT_LAW: regimes (by comma) whose draft rules are applied as law; empty: none
	Scanner          string          // VINHDANH_SCAN: a virus scanner for papers; see package filecheck; empty: none
	OwnRegister      bool            // VINHDANH_REGISTER: own (gapless) or external (default)
	SmallCounts      int             // VINHDANH_SMALL_COUNTS: up to which count figures of awards are hidden from readers outside of the unit; 5, 0 hides none
	Today            law.Date        // VINHDANH_TODAY: a fixed business date, in a demo instance only
	Demo             bool            // VINHDANH_DEMO: 1 marks a demo instance
	Development      bool            // set by standalone --development alone: /styleguide is shown
	Support          string          // VINHDANH_SUPPORT: whom people ask: a mail address or telephone number, shown on every page
	Proxies          []netip.Prefix  // VINHDANH_PROXIES: our own reverse proxies (addresses or networks, by comma), whose X-Forwarded-For is believed
	Backups          string          // VINHDANH_BACKUPS: folder of database dumps, for trials of the newest; serve only
	TrialURL         string          // VINHDANH_TRIAL_URL: a database of the server on which trials are made, of a role that may create databases; serve only
	ClientBin        string          // PG_BIN: folder of psql and pg_restore; empty: those of the PATH
	LogLevel         string          // LOG_LEVEL: debug, info, warn, error
	SMTP             SMTP
	Identity         identity.Settings // VINHDANH_IDLE, VINHDANH_SESSION, VINHDANH_FRESH, VINHDANH_SESSIONS, VINHDANH_BREACHED, VINHDANH_OIDC, VINHDANH_SECOND_FACTOR
}

// SMTP is the mail server; without a host mail waits in the outbox.
type SMTP struct {
	Host     string // SMTP_HOST
	Port     int    // SMTP_PORT
	TLS      string // SMTP_TLS: starttls, tls or none
	Username string // SMTP_USERNAME
	Password string // SMTP_PASSWORD
	From     string // SMTP_FROM
}

// FromEnv reads the settings. An error names the variable and what it must be.
func FromEnv(getenv func(string) string) (Config, error) {
	c := Config{
		DatabaseURL: getenv("DATABASE_URL"), OwnerDatabaseURL: getenv("OWNER_DATABASE_URL"),
		TemporalAddress: getenv("TEMPORAL_ADDRESS"), TemporalToken: gate.Credential(getenv("TEMPORAL_TOKEN")),
		KeysDir: getenv("VINHDANH_KEYS"), RootFingerprint: getenv("VINHDANH_ROOT"),
		BlobDir: getenv("VINHDANH_BLOBS"), SealFile: getenv("VINHDANH_SEAL"), SealPIN: getenv("VINHDANH_SEAL_PIN"),
		SignersDir: getenv("VINHDANH_SIGNERS"), TSA: getenv("VINHDANH_TSA"), DesignsFile: getenv("VINHDANH_DESIGNS"),
		Listen: getenv("VINHDANH_LISTEN"), PublicURL: strings.TrimRight(getenv("VINHDANH_PUBLIC_URL"), "/"),
		LawDir: getenv("VINHDANH_LAW"), DraftLaw: words(getenv("VINHDANH_DRAFT_LAW")), Scanner: getenv("VINHDANH_SCAN"), Demo: getenv("VINHDANH_DEMO") == "1", LogLevel: getenv("LOG_LEVEL"),
		Support: getenv("VINHDANH_SUPPORT"), Backups: getenv("VINHDANH_BACKUPS"), TrialURL: getenv("VINHDANH_TRIAL_URL"), ClientBin: getenv("PG_BIN"),
		SMTP: SMTP{
			Host: getenv("SMTP_HOST"), TLS: getenv("SMTP_TLS"), Username: getenv("SMTP_USERNAME"),
			Password: getenv("SMTP_PASSWORD"), From: getenv("SMTP_FROM"),
		},
	}
	if port := getenv("SMTP_PORT"); port != "" {
		if _, err := fmt.Sscanf(port, "%d", &c.SMTP.Port); err != nil {
			return c, fmt.Errorf("SMTP_PORT must be a number, not %q", port)
		}
	}
	c.SmallCounts = 5
	if n := getenv("VINHDANH_SMALL_COUNTS"); n != "" {
		if _, err := fmt.Sscanf(n, "%d", &c.SmallCounts); err != nil || c.SmallCounts < 0 {
			return c, fmt.Errorf("VINHDANH_SMALL_COUNTS must be a number from 0, not %q", n)
		}
	}
	switch r := getenv("VINHDANH_REGISTER"); r {
	case "own":
		c.OwnRegister = true
	case "", "external":
	default:
		return c, fmt.Errorf("VINHDANH_REGISTER must be own or external, not %q", r)
	}
	if err := c.setSigning(getenv("VINHDANH_SIGNING")); err != nil {
		return c, err
	}
	var err error
	if c.Proxies, err = prefixes(getenv("VINHDANH_PROXIES")); err != nil {
		return c, err
	}
	if err := c.setIdentity(getenv); err != nil {
		return c, err
	}
	return c, c.setToday(getenv("VINHDANH_TODAY"))
}

// setSigning takes how decisions are signed.
func (c *Config) setSigning(v string) error {
	switch v {
	case "", "seal":
	case "digital", "ink":
		c.Signing = v
	default:
		return fmt.Errorf("VINHDANH_SIGNING must be seal, digital or ink, not %q", v)
	}
	if c.Signing == "digital" && c.SignersDir == "" {
		return fmt.Errorf("VINHDANH_SIGNING=digital needs VINHDANH_SIGNERS, the folder of the signers' keys")
	}
	if c.TSA != "" && validator.New().Var(c.TSA, "http_url") != nil {
		return fmt.Errorf("VINHDANH_TSA must be an http or https address, not %q", c.TSA)
	}
	return nil
}

// prefixes reads addresses and networks, divided by commas.
func prefixes(v string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, part := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, err := netip.ParsePrefix(part)
		if a, aerr := netip.ParseAddr(part); err != nil && aerr == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("VINHDANH_PROXIES must be addresses or networks like 10.0.0.0/8, not %q", part)
		}
		out = append(out, p)
	}
	return out, nil
}

// setToday takes a business date, which a real instance must not have.
func (c *Config) setToday(v string) error {
	if v == "" {
		return nil
	}
	if !c.Demo {
		return fmt.Errorf("VINHDANH_TODAY may be set in a demo instance only (VINHDANH_DEMO=1)")
	}
	d, err := law.ParseDate(v)
	if err != nil {
		return fmt.Errorf("VINHDANH_TODAY must be a date like 2023-11-15: %w", err)
	}
	c.Today = d
	return nil
}

// Need tells in one sentence which of the given variables are missing.
func (c Config) Need(names ...string) error {
	values := map[string]string{
		"DATABASE_URL": c.DatabaseURL, "OWNER_DATABASE_URL": c.OwnerDatabaseURL, "TEMPORAL_ADDRESS": c.TemporalAddress,
		"TEMPORAL_TOKEN": c.TemporalToken.Reveal(), "VINHDANH_KEYS": c.KeysDir, "VINHDANH_ROOT": c.RootFingerprint,
		"VINHDANH_BLOBS": c.BlobDir, "VINHDANH_SEAL": c.SealFile, "VINHDANH_LISTEN": c.Listen,
		"VINHDANH_PUBLIC_URL": c.PublicURL, "VINHDANH_TRIAL_URL": c.TrialURL,
	}
	var missing []string
	for _, n := range names {
		if values[n] == "" {
			missing = append(missing, n)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("set %s in the environment; docs/operations.md says what each is", strings.Join(missing, ", "))
	}
	if c.PublicURL != "" && validator.New().Var(c.PublicURL, "http_url") != nil {
		return fmt.Errorf("VINHDANH_PUBLIC_URL must be an http or https address, not %q", c.PublicURL)
	}
	return nil
}

// words are the parts of a value between commas and blanks.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
