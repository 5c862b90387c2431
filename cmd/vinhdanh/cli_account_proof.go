package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// proofFlags asks for what stands beside a request that changes the means to sign
// in: the present password, and a code of whoever has an authenticator app. A
// password is never a flag: the list of processes shows flags.
func proofFlags(c *cobra.Command) func(*cobra.Command) (app.Proof, error) {
	code := c.Flags().String("code", "", "code of the authenticator app, if you have one")
	return func(cmd *cobra.Command) (app.Proof, error) {
		p, err := secret(cmd, "Mật khẩu hiện tại · Present password: ")
		return app.Proof{Password: p, Code: *code}, err
	}
}

// secret reads a line without showing it; from standard input where that is no
// terminal, a line each.
func secret(cmd *cobra.Command, prompt string) (string, error) {
	if f, ok := cmd.InOrStdin().(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(cmd.ErrOrStderr(), prompt)
		raw, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(cmd.ErrOrStderr())
		return string(raw), err
	}
	in, ok := cmd.InOrStdin().(*bufio.Reader)
	if !ok {
		in = bufio.NewReader(cmd.InOrStdin())
		cmd.SetIn(in) // what is read ahead is there for the next line
	}
	line, err := in.ReadString('\n')
	if line == "" && err != nil {
		return "", usage("the present password is read from standard input, a line each")
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func accountPassword(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "password", Short: "Đổi mật khẩu · Change my password", Args: cobra.NoArgs}
	prove := proofFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		var in app.PasswordInput
		var err error
		if in.Proof, err = prove(cmd); err != nil {
			return err
		}
		if in.NewPassword, err = secret(cmd, "Mật khẩu mới · New password: "); err != nil {
			return err
		}
		return call(cmd, s, write("/account/password", in), accountDone)
	}
	return c
}

func accountFactors(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "factors", Short: "Phương tiện xác thực · My second factors", Args: cobra.NoArgs}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/account/factors", nil), func(p *page, v app.Factors) {
			p.row(p.t("MÃ", "ID"), p.t("LOẠI", "KIND"), p.t("TÊN", "NAME"), p.t("DÙNG GẦN NHẤT", "LAST USED"))
			for _, f := range v.Factors {
				p.row(f.ID, f.Kind, f.Name, moment(f.LastUsedAt))
			}
			p.line("%s: %d", p.t("Mã khôi phục còn lại", "Recovery codes left"), v.RecoveryCodes)
		})
	}
	return c
}

func accountEnrol(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "enrol", Short: "Bắt đầu đăng ký ứng dụng tạo mã · Begin with an authenticator app", Args: cobra.NoArgs}
	prove := proofFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		proof, err := prove(cmd)
		if err != nil {
			return err
		}
		return call(cmd, s, write("/account/factors/code", app.EnrolCodeInput{Proof: proof}), func(p *page, v app.CodeEnrolment) {
			p.line("%s: %s", p.t("Tài khoản", "Account"), v.Issuer+":"+v.Account)
			p.line("%s: %s", p.t("Khóa", "Key"), v.Secret)
			p.line("%s", p.t("Thêm vào ứng dụng, rồi: vinhdanh account confirm MÃ", "Add it to your app, then: vinhdanh account confirm CODE"))
		})
	}
	return c
}

func accountConfirm(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "confirm CODE", Short: "Nhập mã đầu tiên của ứng dụng · Show the first code of the app", Args: cobra.ExactArgs(1)}
	name := c.Flags().String("name", "", "to know it again")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in := app.ConfirmCodeInput{CodeInput: app.CodeInput{Code: args[0]}, Name: *name}
		return call(cmd, s, write("/account/factors/confirm", in), func(p *page, v app.Enrolled) { showCodes(p, v.RecoveryCodes) })
	}
	return c
}

func showCodes(p *page, codes []string) {
	for _, c := range codes {
		p.line("%s", c)
	}
	p.line("%s", p.t("Đã xong. Mã khôi phục chỉ hiện lần này.", "Done. Recovery codes are shown only now."))
}

func accountRemoveFactor(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "remove-factor ID", Short: "Bỏ phương tiện xác thực · Remove a second factor", Args: cobra.ExactArgs(1)}
	prove := proofFlags(c)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		proof, err := prove(cmd)
		if err != nil {
			return err
		}
		return call(cmd, s, write(client.Path("account", "factors", args[0], "remove"), proof), accountDone)
	}
	return c
}

func accountRecovery(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "recovery-codes", Short: "Tạo mã khôi phục mới · Replace my recovery codes", Args: cobra.NoArgs}
	prove := proofFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		proof, err := prove(cmd)
		if err != nil {
			return err
		}
		return call(cmd, s, write("/account/recovery-codes", proof), func(p *page, v app.RecoveryCodes) { showCodes(p, v.Codes) })
	}
	return c
}

func accountLink(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "link LOGIN", Short: "Cấp đường dẫn đặt mật khẩu · A link to set a password, for people of my units", Args: cobra.ExactArgs(1)}
	prove := proofFlags(c)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		proof, err := prove(cmd)
		if err != nil {
			return err
		}
		return call(cmd, s, write("/account/links", app.LinkInput{Proof: proof, Login: args[0]}), func(p *page, v app.LinkView) {
			p.line("%s", v.URL)
			p.line("%s %s", p.t("Dùng một lần, đến", "Works once, until"), moment(&v.ExpiresAt))
		})
	}
	return c
}

func accountResetFactors(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "reset-factors LOGIN", Short: "Bỏ phương tiện xác thực đã mất của một người · Remove a person's lost second factors", Args: cobra.ExactArgs(1),
	}
	prove := proofFlags(c)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		proof, err := prove(cmd)
		if err != nil {
			return err
		}
		in := app.ResetFactorsInput{LinkInput: app.LinkInput{Proof: proof, Login: args[0]}}
		return call(cmd, s, write("/account/factors/reset", in), accountDone)
	}
	return c
}
