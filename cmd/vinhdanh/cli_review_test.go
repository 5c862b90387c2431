package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
)

func TestReviewVerbs(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	a, b := s.sent("Nguyễn Văn Ví Dụ"), s.sent("Trần Thị Giả Định")
	require.Contains(t, s.ok("ph-reviewer", "queue", "--stage", "review"), b.Ref)
	require.NotContains(t, s.ok("vt-reviewer", "queue"), a.Ref)
	require.Contains(t, s.ok("ph-reviewer", "queue", "choices"), "BKT-PT")
	require.Contains(t, s.ok("ph-reviewer", "queue", "place", a.Ref), "/ 2")
	require.Contains(t, s.ok("ph-reviewer", "reasons", "--act", "return", "--stage", "review", "--lang", "en"), "identity card")
	require.Contains(t, s.ok("ph-reviewer", "proposal", "case", a.Ref), "+  forward")
	require.Contains(t, s.ok("pgd-clerk", "proposal", "case", a.Ref, "--lang", "en"), "-  withdraw")
	require.Contains(t, s.ok("ph-reviewer", "proposal", "regime", a.Ref), "R1")
	require.Contains(t, s.ok("ph-reviewer", "proposal", "presence", a.Ref), "gửi tờ trình")

	require.Contains(t, s.ok("ph-reviewer", "bulk", "rehearse", "hold", "--stage", "review", "--reason", "Chờ xác minh"), "2 hồ sơ")
	s.fails(app.ExitNotFound, "vt-reviewer", "bulk", "do", "hold", a.Ref, "--reason", "x")
	done := field[app.BulkResult](t, s, "ph-reviewer", "bulk", "do", "hold", a.Ref, b.Ref, "--reason", "Chờ xác minh", "--nonce", "n1")
	require.Equal(t, 2, done.Accepted)
	again := field[app.BulkResult](t, s, "ph-reviewer", "bulk", "do", "hold", a.Ref, b.Ref, "--reason", "Chờ xác minh", "--nonce", "n1")
	require.Equal(t, done.ID, again.ID)
	require.Contains(t, s.ok("ph-reviewer", "bulk", "show", done.ID), a.Ref)
	s.ok("ph-reviewer", "bulk", "continue", done.ID)
	s.fails(app.ExitUsage, "ph-reviewer", "bulk", "do", "return", a.Ref, "--reason", "x")
	require.Contains(t, s.ok("ph-reviewer", "proposal", "since", a.Ref, "--number", "1"), "tạm dừng xét")
	s.ok("ph-reviewer", "bulk", "do", "release", a.Ref, "--nonce", "n2")
	s.ok("ph-reviewer", "proposal", "decide", a.Ref, "--minutes", s.minutes())
	require.Contains(t, s.ok("ph-reviewer", "sent-up"), "Nguyễn Văn Ví Dụ")
	require.NotContains(t, s.ok("vt-reviewer", "sent-up"), "Ví Dụ")
	list := filepath.Join(t.TempDir(), "danh-sach.csv")
	s.ok("ph-reviewer", "sent-up", "--number", "12/TTr", "--format", "csv", "-o", list)
	require.Contains(t, s.ok("ph-reviewer", "proposal", "paper-again", b.Ref), "bien-ban.pdf")
	out := filepath.Join(t.TempDir(), "ket-qua.csv")
	s.ok("ph-reviewer", "bulk", "report", done.ID, "--format", "csv", "-o", out)
	raw, err := os.ReadFile(out)
	require.NoError(t, err)
	require.Contains(t, string(raw), b.Ref)
}
