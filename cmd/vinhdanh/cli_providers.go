package main

import (
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// providersCommand is who signs in at identity providers.
func providersCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "providers", Short: "Đăng nhập qua hệ thống bên ngoài · Identity providers and who is mapped", Args: cobra.NoArgs}
	list := &cobra.Command{Use: "list", Short: "Ai đã gắn, ai đang chờ · Who is mapped, and who waits", Args: cobra.NoArgs}
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/identity-providers", nil), func(p *page, v app.ProviderLinks) {
			for _, u := range v.Unknown {
				p.row(u.Ref, u.Claimed, u.Issuer, u.LastAt.In(vietNam).Format("02/01/2006 15:04"), p.t("chưa gắn", "not mapped"))
			}
			for _, l := range v.Links {
				p.row(l.ID, l.Name, l.Issuer, l.Login, day(l.EndedAt))
			}
		})
	}
	mapping := &cobra.Command{Use: "map CODE LOGIN", Short: "Gắn với tài khoản · Map to an account", Args: cobra.ExactArgs(2)}
	proof := proofFlags(mapping)
	mapping.RunE = func(cmd *cobra.Command, args []string) error {
		in := app.MapInput{Ref: args[0], Login: args[1]}
		var err error
		if in.Proof, err = proof(cmd); err != nil {
			return err
		}
		return quietly(cmd, s, write("/identity-providers", in))
	}
	end := &cobra.Command{Use: "end ID", Short: "Bỏ gắn · End a mapping", Args: cobra.ExactArgs(1)}
	endProof := proofFlags(end)
	end.RunE = func(cmd *cobra.Command, args []string) error {
		p, err := endProof(cmd)
		if err != nil {
			return err
		}
		return quietly(cmd, s, write(client.Path("identity-providers", args[0], "end"), p))
	}
	c.AddCommand(list, mapping, end)
	return c
}

// quietly does a request that answers with nothing.
func quietly(cmd *cobra.Command, s *settings, r client.Request) error {
	cl, err := s.client()
	if err != nil {
		return err
	}
	_, err = cl.Do(cmd.Context(), r)
	return s.failed(cmd, err)
}
