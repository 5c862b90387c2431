package main

import (
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
)

// submissionApprovals is what the head has to look at.
func submissionApprovals(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "approvals", Short: "Hồ sơ chờ thủ trưởng duyệt · What waits for the head", Args: cobra.NoArgs}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/my/approvals", nil), func(p *page, v []app.SubmissionBrief) {
			for _, r := range v {
				p.row(r.Ref, p.submissionState(r.State), r.Items, short(r.Title, 50))
			}
		})
	}
	return c
}

// submissionCounts counts the units' submissions by state.
func submissionCounts(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "counts", Short: "Số hồ sơ theo tình trạng · How many stand where", Args: cobra.NoArgs}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/my/submissions/counts", nil), func(p *page, v map[string]int) {
			for _, state := range app.SubmissionStates() {
				p.row(p.submissionState(state), v[state])
			}
		})
	}
	return c
}
