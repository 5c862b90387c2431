package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/identity"
)

func TestAccountVerbs(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	require.Contains(t, s.ok("pgd-clerk", "account", "tokens"), "sample")
	require.Contains(t, s.ok("pgd-clerk", "account", "factors"), "0")
	s.in = apitest.SamplePassword + "\n"
	made := strings.TrimSpace(s.ok("pgd-clerk", "account", "create-token", "--name", "đọc", "--scope", "read", "--days", "5"))
	require.True(t, strings.HasPrefix(made, "vd_"), made)
	s.in = "wrong\n"
	s.fails(app.ExitUsage, "pgd-clerk", "account", "create-token", "--name", "x")
	s.in = apitest.SamplePassword + "\n"
	e := field[app.CodeEnrolment](t, s, "pgd-clerk", "account", "enrol")
	code, err := identity.CodeAt(e.Secret, time.Now())
	require.NoError(t, err)
	require.Contains(t, s.ok("pgd-clerk", "account", "confirm", code, "--name", "Điện thoại"), "Mã khôi phục")
	require.Contains(t, s.ok("pgd-clerk", "account", "factors"), "Điện thoại")
	require.Contains(t, s.ok("pgd-clerk", "account", "sign-ins"), "factor-added")
	s.fails(app.ExitRefused, "pgd-clerk", "account", "sign-ins", "--everybody")
	require.Contains(t, s.ok("hg-auditor", "account", "sign-ins", "--everybody"), "pgd-clerk")
	s.in = apitest.SamplePassword + "\n"
	require.Contains(t, s.ok("hg-admin", "account", "link", "pgd-clerk"), "/account/link/")
	s.ok("pgd-clerk", "account", "end-session", "--all")
}
