package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
)

func TestDuplicateVerbs(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	a, b := s.sent("Danh Thị Diệu Hiền"), s.sent("Bà DANH THỊ DIỆU HIỀN")
	for _, p := range []app.ProposalRow{a, b} {
		s.ok("ph-reviewer", "proposal", "decide", p.Ref, "--minutes", s.minutes())
	}
	item := field[app.ProposalView](t, s, "pgd-clerk", "proposal", "show", a.Ref).ItemList[0].ID
	of := field[[]app.DuplicateView](t, s, "snv-appraiser", "duplicate", "of", item)
	require.Len(t, of, 1)
	pair := of[0].Pair
	require.Contains(t, s.ok("snv-appraiser", "duplicate", "list", "--state", "open"), pair)
	require.Contains(t, s.ok("snv-appraiser", "duplicate", "show", pair), "Họ tên")
	require.Contains(t, s.ok("snv-appraiser", "duplicate", "resolve", pair, "--as", "same", "--reason", "Cùng một người"), "chỉ một trường hợp được khen thưởng")
	require.NotContains(t, s.ok("snv-appraiser", "duplicate", "list", "--state", "open"), pair)
	require.Contains(t, s.ok("snv-appraiser", "duplicate", "undo", pair, "--reason", "Nhầm cặp"), "Nhầm cặp")
	require.Contains(t, s.ok("snv-appraiser", "duplicate", "list", "--state", "open"), pair)
	s.fails(app.ExitRefused, "pgd-clerk", "duplicate", "list")
	s.fails(app.ExitNotFound, "vt-clerk", "duplicate", "show", pair)
}
