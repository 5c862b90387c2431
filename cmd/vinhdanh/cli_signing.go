package main

import (
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func decisionWaiting(s *settings) *cobra.Command {
	return &cobra.Command{Use: "waiting", Short: "Quyết định chờ tôi ký · What waits for my signature", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/signing", nil), func(p *page, v []app.SigningBrief) {
			for _, b := range v {
				p.row(b.Ref, p.t(b.AwardName.VI, b.AwardName.EN), len(b.Lines), dong(b.Total), len(b.Contested), b.Content)
			}
		})
	}}
}

func decisionTestKey(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "test-key", Short: "Thử khóa ký của mình · Try my signing key", Args: cobra.NoArgs,
		Long: "Khóa ký lên một trang ghi rõ là bản thử. Mã PIN lấy từ biến VINHDANH_PIN.\nThe key signs a page that says it is a trial. The PIN is taken from VINHDANH_PIN.",
	}
	out := c.Flags().StringP("out", "o", "ban-thu-chu-ky.pdf", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		key, err := fetch[app.SigningKey](cmd.Context(), s, "/signing/key")
		if err != nil {
			return s.failed(cmd, err)
		}
		r := client.Request{Method: "POST", Path: "/signing/test"}
		if key.NeedsPIN {
			r = withPIN(r)
		}
		return save(cmd, s, r, *out)
	}
	return c
}

func decisionBrief(s *settings) *cobra.Command {
	return &cobra.Command{Use: "brief ID", Short: "Tóm tắt cho người ký · What a signer should know", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("decisions", args[0], "brief"), nil), func(p *page, b app.SigningBrief) {
			p.line("%s  %s", b.Ref, b.Abstract)
			for _, u := range b.Units {
				p.row(u.Name, u.Count, dong(u.Total))
			}
			for _, c := range b.Contested {
				p.row(c.Why, c.Line, c.ProposalRef, short(c.Reason, 60))
			}
			p.line(p.t("Mã nội dung (để ký): %s", "Content hash (to sign): %s"), b.Content)
		})
	}}
}

func decisionSignMany(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "sign-many ID=HASH …", Short: "Ký nhiều quyết định · Sign many, each with its result", Args: cobra.MinimumNArgs(1),
		Long: "Mỗi quyết định kèm mã nội dung đã xem. Thêm --rehearse để xem trước. Mã PIN của khóa ký lấy từ biến VINHDANH_PIN.\nEach decision with the content hash that you read; --rehearse shows what would happen. The PIN of your key is taken from VINHDANH_PIN.",
	}
	rehearse := c.Flags().Bool("rehearse", false, "sign nothing, show what would happen")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in := app.SignManyInput{Rehearse: *rehearse, Nonce: uuid.NewString()}
		for _, a := range args {
			id, content, _ := strings.Cut(a, "=")
			in.Documents = append(in.Documents, app.SignDocument{ID: id, Content: content})
		}
		return call(cmd, s, withPIN(write("/signing", in)), showMany)
	}
	return c
}

// withPIN takes the PIN of the caller's key from the environment: a flag would stand
// in the list of processes.
func withPIN(r client.Request) client.Request {
	r.PIN = os.Getenv("VINHDANH_PIN")
	return r
}

func decisionNumberMany(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "number-many ID=NUMBER …", Short: "Cấp số nhiều quyết định · Number many", Args: cobra.MinimumNArgs(1),
		Long: "ID=SỐ cho từng quyết định; chỉ ID khi số do hệ thống cấp.\nID=NUMBER each; only ID where the register is ours.",
	}
	date := c.Flags().String("date", "", "date of issue, 2023-11-20; empty means today")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in := app.NumberManyInput{Nonce: uuid.NewString()}
		for _, a := range args {
			id, number, _ := strings.Cut(a, "=")
			n, err := strconv.Atoi(first(number, "0"))
			if err != nil {
				return err
			}
			in.Documents = append(in.Documents, app.NumberDocument{ID: id, Number: n, Date: *date})
		}
		return call(cmd, s, write("/numbering", in), showMany)
	}
	return c
}

func showMany(p *page, v app.ManyReport) {
	for _, r := range v.Results {
		p.row(r.Ref, r.Status, r.Number, p.t(r.Vi, r.En))
	}
	p.line(p.t("Xong %d, đang ghi %d, không được %d", "Done %d, being recorded %d, refused %d"), v.Done, v.Pending, v.Refused)
}

func decisionNumbering(s *settings) *cobra.Command {
	return &cobra.Command{Use: "unnumbered", Short: "Quyết định đã ký, chờ số · Signed, waits for a number", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/numbering", nil), func(p *page, v app.NumberingDesk) {
			for _, d := range v.Waiting {
				p.row(d.Ref, d.Award, d.Items, d.AuthorityName)
			}
		})
	}}
}

func registerQuery(c *cobra.Command) func() url.Values {
	year := c.Flags().Int("year", 0, "year of the register")
	symbol := c.Flags().String("symbol", "", "symbol, QĐ-UBND")
	return func() url.Values {
		q := url.Values{}
		if *year != 0 {
			q.Set("year", strconv.Itoa(*year))
		}
		if *symbol != "" {
			q.Set("symbol", *symbol)
		}
		return q
	}
}

func decisionRegister(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "register", Short: "Sổ đăng ký quyết định · The register", Args: cobra.NoArgs}
	filters, paging := registerQuery(c), pageFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := filters()
		for k, v := range paging() {
			q[k] = v
		}
		return call(cmd, s, read("/register", q), func(p *page, v app.Register) {
			for _, l := range v.Lines {
				p.row(l.NumberText, day(l.NumberDate), short(l.Abstract, 60), l.SignerName, l.Items, l.Given)
			}
		})
	}
	return c
}

func decisionExportRegister(s *settings) *cobra.Command {
	var filters func() url.Values
	c := exportTo(s, "export-register", "Xuất sổ đăng ký · The register as a file", "so-dang-ky-quyet-dinh", cobra.NoArgs,
		func([]string) string { return "/register/export" }, func() url.Values { return filters() })
	filters = registerQuery(c)
	return c
}
