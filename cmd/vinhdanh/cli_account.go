package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func accountCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "account", Short: "Tài khoản của tôi · My sessions, tokens, password and second factors"}
	c.AddCommand(accountSessions(s), accountEndSession(s), accountTokens(s), accountCreateToken(s), accountRevokeToken(s),
		accountPassword(s), accountFactors(s), accountEnrol(s), accountConfirm(s), accountRemoveFactor(s), accountRecovery(s),
		accountSignIns(s), accountLink(s), accountResetFactors(s))
	return c
}

func accountSessions(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "sessions", Short: "Phiên đăng nhập đang mở · My open sessions", Args: cobra.NoArgs}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/account/sessions", nil), func(p *page, v []app.WebSessionRow) {
			p.row(p.t("MÃ", "ID"), p.t("THIẾT BỊ", "DEVICE"), p.t("ĐỊA CHỈ", "ADDRESS"), p.t("CÁCH", "METHOD"), p.t("DÙNG GẦN NHẤT", "LAST SEEN"))
			for _, r := range v {
				p.row(r.ID, r.Agent, r.Address, r.Method, moment(&r.LastSeenAt))
			}
		})
	}
	return c
}

func accountEndSession(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "end-session ID", Short: "Kết thúc một phiên, hoặc tất cả · End one session, or all (--all)", Args: cobra.MaximumNArgs(1)}
	all := c.Flags().Bool("all", false, "all sessions in browsers")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if *all {
			return call(cmd, s, write("/account/sessions/end", nil), func(p *page, v app.Ended) { p.line("%d", v.Ended) })
		}
		if len(args) == 0 {
			return usage("give the id of a session, or --all")
		}
		return call(cmd, s, write(client.Path("account", "sessions", args[0], "end"), nil), accountDone)
	}
	return c
}

// accountDone says that it is done.
func accountDone(p *page, _ map[string]bool) { p.line("%s", p.t("Đã xong.", "Done.")) }

// moment writes an instant as people here read it.
func moment(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.In(time.FixedZone("ICT", 7*3600)).Format("15:04 02/01/2006")
}

func accountTokens(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "tokens", Short: "Mã truy cập của tôi · My tokens", Args: cobra.NoArgs}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/account/tokens", nil), func(p *page, v []app.TokenRow) {
			p.row(p.t("MÃ", "ID"), p.t("TÊN", "NAME"), "…", p.t("PHẠM VI", "SCOPES"), p.t("HẾT HẠN", "EXPIRES"), p.t("DÙNG GẦN NHẤT", "LAST USED"), p.t("ĐÃ THU HỒI", "REVOKED"))
			for _, r := range v {
				p.row(r.ID, r.Name, r.Hint, strings.Join(r.Scopes, ","), day(&r.ExpiresAt), moment(r.LastUsedAt), moment(r.RevokedAt))
			}
		})
	}
	return c
}

func accountCreateToken(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "create-token --name NAME --scope read,propose", Short: "Tạo mã truy cập, chỉ hiện một lần · Make a token; it is shown once", Args: cobra.NoArgs,
	}
	var in app.TokenInput
	c.Flags().StringVar(&in.Name, "name", "", "to know it again")
	c.Flags().StringSliceVar(&in.Scopes, "scope", []string{string(app.ScopeRead)}, "read, propose, review, council, sign, issue, audit, account, admin, all")
	c.Flags().IntVar(&in.Days, "days", 90, "until it expires")
	prove := proofFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		var err error
		if in.Proof, err = prove(cmd); err != nil {
			return err
		}
		return call(cmd, s, write("/account/tokens", in), func(p *page, v app.NewToken) { p.line("%s", v.Token) })
	}
	return c
}

func accountRevokeToken(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "revoke-token ID", Short: "Thu hồi mã truy cập · End a token", Args: cobra.ExactArgs(1)}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("account", "tokens", args[0], "revoke"), nil), accountDone)
	}
	return c
}

func accountSignIns(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "sign-ins", Short: "Nhật ký đăng nhập · The record of signing in (--everybody: for auditors)", Args: cobra.NoArgs}
	everybody := c.Flags().Bool("everybody", false, "of all people; auditors only")
	paging := pageFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		path := "/account/sign-ins"
		if *everybody {
			path = "/sign-ins"
		}
		return call(cmd, s, read(path, paging()), func(p *page, v rows[app.SignInEventRow]) {
			p.row(p.t("LÚC", "AT"), p.t("AI", "WHO"), p.t("VIỆC", "WHAT"), p.t("CÁCH", "METHOD"), p.t("ĐỊA CHỈ", "ADDRESS"), p.t("THIẾT BỊ", "DEVICE"))
			for _, e := range v.Items {
				who := ""
				if e.Login != nil {
					who = *e.Login
				}
				p.row(moment(&e.At), who, strings.TrimSpace(e.Kind+" "+e.Detail), e.Method, e.Address, e.Agent)
			}
			p.more(v.Next)
		})
	}
	return c
}
