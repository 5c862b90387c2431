package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
)

func TestDelegationVerbs(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	require.Contains(t, s.ok("ph-secretary", "delegation", "choices", "--unit", "hoi-dong-tdkt-phung-hiep"), "Ủy viên tự mình biểu quyết")
	set := []string{"delegation", "set", "--unit", "hoi-dong-tdkt-phung-hiep", "--role", "chair", "--for", "ph-chair", "--to", "ph-vice", "--until", "2023-11-30"}
	d := field[app.DelegationRow](t, s, "ph-secretary", set...)
	require.Equal(t, []string{"chair"}, d.Roles)
	s.fails(app.ExitConflict, "ph-secretary", set...)
	require.Contains(t, s.ok("ph-vice", "me"), "xử lý thay Bùi Văn Chủ Tọa đến 30/11/2023")
	require.Contains(t, s.ok("ph-chair", "delegation", "list", "--lang", "en"), "Ngô Thị Phó Mẫu")
	s.fails(app.ExitNotFound, "vt-head", "delegation", "end", d.ID)
	s.ok("ph-chair", "delegation", "end", d.ID, "--reason", "Về sớm")
	require.NotContains(t, s.ok("ph-vice", "me"), "xử lý thay")
}

func TestPermissionsVerb(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	out := s.ok("hg-auditor", "permissions", "--role", "registrar")
	require.Contains(t, out, "Cấp số, ngày, ban hành")
	require.NotContains(t, out, "Bế mạc")
	s.fails(app.ExitRefused, "pgd-clerk", "permissions")
}
