package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vinhdanh/internal/identity"
)

// setIdentity reads how people sign in.
//
//	VINHDANH_IDLE            a session without a request ends; default 30m
//	VINHDANH_SESSION         a session ends whatever it does; default 12h
//	VINHDANH_FRESH           how long a sign-in counts as fresh; default 5m
//	VINHDANH_SESSIONS        how many a person may have at once; default 10, 1 for "one account, one device"
//	VINHDANH_BREACHED        file of SHA-1 hashes of breached passwords, in order
//	VINHDANH_PASSWORD_WORDS  words of the place that no password may consist of, with commas
//	VINHDANH_OIDC            YAML file that lists identity providers (identity.Issuer); none: no such sign-in
//	VINHDANH_SECOND_FACTOR   "sample-waived": the invented people of a demo instance need none
func (c *Config) setIdentity(getenv func(string) string) error {
	for name, into := range map[string]*time.Duration{
		"VINHDANH_IDLE": &c.Identity.Idle, "VINHDANH_SESSION": &c.Identity.Absolute, "VINHDANH_FRESH": &c.Identity.Fresh,
	} {
		v := getenv(name)
		if v == "" {
			continue
		}
		d, err := time.ParseDuration(v)
		if err != nil || d < time.Minute || d > 24*time.Hour {
			return fmt.Errorf("%s must be a span like 30m or 12h, from 1m to 24h, not %q", name, v)
		}
		*into = d
	}
	if v := getenv("VINHDANH_SESSIONS"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 100 {
			return fmt.Errorf("VINHDANH_SESSIONS must be a number from 1 to 100, not %q", v)
		}
		c.Identity.MaxSessions = n
	}
	if v := getenv("VINHDANH_PASSWORD_WORDS"); v != "" {
		c.Identity.ContextWords = strings.Split(v, ",")
	}
	c.Identity.BreachedFile = getenv("VINHDANH_BREACHED")
	if file := getenv("VINHDANH_OIDC"); file != "" {
		list, err := identity.ReadIssuers(file)
		if err != nil {
			return fmt.Errorf("VINHDANH_OIDC: %w", err)
		}
		c.Identity.Issuers = list
	}
	switch v := getenv("VINHDANH_SECOND_FACTOR"); {
	case v == "":
	case v == "sample-waived" && c.Demo:
		c.Identity.SampleWaived = true
	case v == "sample-waived":
		return fmt.Errorf("VINHDANH_SECOND_FACTOR=sample-waived is for a demo instance only (VINHDANH_DEMO=1)")
	default:
		return fmt.Errorf("VINHDANH_SECOND_FACTOR must be sample-waived or empty, not %q", v)
	}
	return nil
}
