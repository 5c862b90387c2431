package main

import (
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// councilTeam are the verbs of the counting team of paper ballots.
func councilTeam(s *settings) []*cobra.Command {
	name := &cobra.Command{
		Use: "team ID", Short: "Cử Tổ kiểm phiếu · Name the counting team of the paper ballots", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh council team HĐ-2023-0001 --head 6f1c… --member 77aa…,9bd0…",
	}
	var in app.TeamInput
	name.Flags().StringVar(&in.Head, "head", "", "its head (id)")
	name.Flags().StringSliceVar(&in.Members, "member", nil, "the others (ids), at least one")
	name.Flags().StringVar(&in.Reason, "reason", "", "why the team is replaced, once counting has begun")
	for _, f := range []string{"head", "member"} {
		_ = name.MarkFlagRequired(f) // the flag is declared above
	}
	name.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("sessions", args[0], "counting-team"), in), showDone)
	}
	sign := &cobra.Command{Use: "sign-count ID", Short: "Tổ trưởng xác nhận kết quả kiểm phiếu · Sign for the count as head", Args: cobra.ExactArgs(1)}
	sign.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("sessions", args[0], "sign-count"), struct{}{}), showDone)
	}
	choices := &cobra.Command{Use: "team-choices ID", Short: "Ai có thể được cử · Of whom the team may be named", Args: cobra.ExactArgs(1)}
	choices.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("sessions", args[0], "team-choices"), nil), func(p *page, v []app.TeamPerson) {
			for _, x := range v {
				p.row(x.Name, x.Title, x.User)
			}
		})
	}
	return []*cobra.Command{name, sign, choices}
}
