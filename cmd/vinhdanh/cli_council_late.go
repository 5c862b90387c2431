package main

import (
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// councilLate is what joins an agenda after its convening.
func councilLate(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "late ID", Short: "Bổ sung hồ sơ sau triệu tập, Chủ trì đồng ý · Late items, with the chair's consent", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh council late HĐ-2023-0001 --ask 6f1c… --reason 'Bộ bổ sung hướng dẫn'\n  vinhdanh council late HĐ-2023-0001 --admit 6f1c…",
	}
	ask := c.Flags().StringSlice("ask", nil, "proposals (ids) to put before the chair (secretary)")
	reason := c.Flags().String("reason", "", "why they come late")
	drop := c.Flags().StringSlice("drop", nil, "proposals (ids) to take back, or not to consent to")
	admit := c.Flags().StringSlice("admit", nil, "proposals (ids) that join (the session's chair)")
	c.MarkFlagsOneRequired("ask", "drop", "admit")
	c.MarkFlagsMutuallyExclusive("ask", "drop", "admit")
	c.MarkFlagsRequiredTogether("ask", "reason")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		path := func(parts ...string) string { return client.Path(append([]string{"sessions", args[0]}, parts...)...) }
		switch {
		case len(*ask) > 0:
			return call(cmd, s, write(path("late"), app.LateInput{Proposals: *ask, Reason: *reason}), showLate)
		case len(*drop) > 0:
			return call(cmd, s, write(path("late", "drop"), app.AgendaInput{Proposals: *drop}), showLate)
		}
		return call(cmd, s, write(path("admit-late"), app.AdmitInput{Proposals: *admit}), showDone)
	}
	return c
}

func showLate(p *page, v app.SessionView) {
	showSession(p, v)
	for _, l := range v.Late {
		state := p.t("chờ Chủ trì", "waits for the chair")
		if l.AdmittedAt != nil {
			state = p.t("đã đồng ý", "admitted")
		}
		p.row(l.ProposalRef, l.UnitName, l.Items, state, l.Reason, l.Proposal)
	}
}
