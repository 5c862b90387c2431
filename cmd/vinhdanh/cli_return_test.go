package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
)

func TestReturnToALevel(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.w.Under(t, apitest.ReturnsToReview)
	p := s.sent("Nguyễn Văn Ví Dụ")
	s.ok("ph-reviewer", "proposal", "decide", p.Ref, "--minutes", s.minutes())
	s.ok("snv-appraiser", "proposal", "accept", p.Ref)
	require.Contains(t, s.ok("snv-appraiser", "proposal", "case", p.Ref), "nomination, review")
	s.fails(app.ExitUsage, "snv-appraiser", "proposal", "return", p.Ref, "--reason", "x", "--to", "council")
	s.ok("snv-appraiser", "proposal", "return", p.Ref, "--reason", "Biên bản chưa đúng", "--to", "review")
	require.Eventually(t, func() bool { return s.w.Row(t, p.ID).Stage == "review" }, time.Minute, 20*time.Millisecond)
}
