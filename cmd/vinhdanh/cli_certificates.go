package main

import (
	"net/url"
	"strconv"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// certificateCommands are the verbs of certificates and gold books.
func certificateCommands(s *settings) []*cobra.Command {
	return []*cobra.Command{
		decisionCertificates(s), decisionMakeCertificates(s), decisionCertificateFile(s), decisionPrinter(s), decisionCalibration(s),
		decisionReissue(s), decisionGoldBook(s), decisionExportGoldBook(s),
	}
}

func decisionCertificates(s *settings) *cobra.Command {
	return &cobra.Command{Use: "certificates ID", Short: "Bằng, giấy của quyết định · Its certificates", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("decisions", args[0], "certificates"), nil), showCertificates)
	}}
}

func decisionMakeCertificates(s *settings) *cobra.Command {
	return &cobra.Command{Use: "make-certificates ID", Short: "Vào sổ vàng · Enter the gold book", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, client.Request{Method: "POST", Path: client.Path("decisions", args[0], "certificates")}, showCertificates)
	}}
}

func showCertificates(p *page, v app.CertificateDesk) {
	p.line("%s · %s", v.Decision.NumberText, p.t(v.Design.Names.VI, v.Design.Names.EN))
	for _, l := range v.Lines {
		id := ""
		if l.Certificate != nil {
			id = l.Certificate.ID
		}
		p.row(l.Position, l.Gold(), l.Line, short(l.Workplace, 50), id)
	}
	for _, r := range v.Reissues {
		p.line(p.t("Cấp đổi, cấp lại: %s – %s (%s)", "Anew: %s – %s (%s)"), r.Code, p.t(r.Text.VI, r.Text.EN), p.t(r.Clause.VI, r.Clause.EN))
	}
	for _, o := range v.Offsets {
		p.row(o.Design, o.Printer, o.X, o.Y)
	}
	p.line(p.t("Chưa vào sổ vàng: %d", "Not in the gold book yet: %d"), v.Missing)
}

// printing are the flags that say how certificates are printed.
func printing(c *cobra.Command) func() url.Values {
	design := c.Flags().String("design", "", "design; empty: the one for the award")
	printer := c.Flags().String("printer", "", "moved as that printer was set")
	return func() url.Values {
		q := url.Values{}
		for k, v := range map[string]string{"design": *design, "printer": *printer} {
			if v != "" {
				q.Set(k, v)
			}
		}
		return q
	}
}

func decisionCertificateFile(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "certificate-file ID", Short: "In bằng, giấy: một tệp PDF, hoặc mỗi người một tệp · Print certificates", Args: cobra.ExactArgs(1)}
	how := printing(c)
	one := c.Flags().String("certificate", "", "one of them (id); empty: all that stand")
	stock := c.Flags().Bool("stock", false, "on pre-printed stock")
	qr := c.Flags().Bool("qr", false, "with the code of the verify page")
	each := c.Flags().Bool("zip", false, "a PDF each, in one archive")
	out := c.Flags().StringP("output", "o", "", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		q := how()
		if *one != "" {
			q.Set("certificate", *one)
		}
		name := "bang-giay.pdf"
		for k, v := range map[string]bool{"stock": *stock, "qr": *qr, "zip": *each} {
			if v {
				q.Set(k, "true")
			}
		}
		if *each {
			name = "bang-giay.zip"
		}
		return save(cmd, s, read(client.Path("decisions", args[0], "certificates", "file"), q), first(*out, name))
	}
	return c
}

func decisionPrinter(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "set-printer ID", Short: "Đặt độ lệch máy in · Set a printer", Args: cobra.ExactArgs(1),
		Long: "Phần mười milimét, sang phải và xuống dưới; ID là một quyết định của cơ quan.\nTenths of a millimetre, to the right and downwards; ID is a decision of the authority.",
	}
	var in app.PrintOffsetInput
	c.Flags().StringVar(&in.Design, "design", "", "design")
	c.Flags().StringVar(&in.Printer, "printer", "", "name of the printer")
	c.Flags().IntVar(&in.X, "x", 0, "tenths of a millimetre to the right")
	c.Flags().IntVar(&in.Y, "y", 0, "tenths of a millimetre downwards")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("decisions", args[0], "print-offsets"), in), showCertificates)
	}
	return c
}

func decisionReissue(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "reissue DECISION", Short: "Cấp đổi, cấp lại một bằng, giấy · Make a certificate anew", Args: cobra.ExactArgs(1),
		Long: "Lý do: xem \"certificates\". Bản cũ hết giá trị; bản mới có số sổ vàng riêng.\nReasons: see \"certificates\". The old one is void; the new one has a gold-book number of its own.",
	}
	var in app.ReissueInput
	c.Flags().StringVar(&in.Certificate, "certificate", "", "the one to be replaced (id)")
	c.Flags().StringVar(&in.Reason, "reason", "", "code of a reason of the law's data")
	c.Flags().StringVar(&in.Why, "why", "", "as it was asked for")
	c.Flags().StringVar(&in.ReturnedOn, "returned-on", "", "the day the old one came back; empty: it did not")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("decisions", args[0], "certificates", "reissue"), in), showCertificates)
	}
	return c
}

func decisionCalibration(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "calibration ID", Short: "Tờ hiệu chỉnh máy in · The calibration sheet", Args: cobra.ExactArgs(1)}
	how := printing(c)
	out := c.Flags().StringP("output", "o", "hieu-chinh.pdf", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("decisions", args[0], "calibration.pdf"), how()), *out)
	}
	return c
}

func goldBookQuery(c *cobra.Command) func() url.Values {
	year := c.Flags().Int("year", 0, "year")
	book := c.Flags().String("book", "", "book: bang-khen, giay-khen, co, danh-hieu")
	search := c.Flags().String("search", "", "a name, workplace or number, with or without accents")
	anew := c.Flags().Bool("anew", false, "only what was made anew (cấp đổi, cấp lại)")
	return func() url.Values {
		q := url.Values{}
		if *anew {
			q.Set("anew", "true")
		}
		if *year != 0 {
			q.Set("year", strconv.Itoa(*year))
		}
		for k, v := range map[string]string{"book": *book, "search": *search} {
			if v != "" {
				q.Set(k, v)
			}
		}
		return q
	}
}

func decisionGoldBook(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "gold-book", Short: "Sổ vàng · The gold book", Args: cobra.NoArgs}
	filters, paging := goldBookQuery(c), pageFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := filters()
		for k, v := range paging() {
			q[k] = v
		}
		return call(cmd, s, read("/gold-book", q), func(p *page, v app.GoldBook) {
			for _, l := range v.Lines {
				p.row(l.Gold, p.t(l.BookName.VI, l.BookName.EN), l.Line, short(l.About, 40), l.DecisionText, day(l.DecisionDate), l.State(p.lang))
			}
		})
	}
	return c
}

func decisionExportGoldBook(s *settings) *cobra.Command {
	var filters func() url.Values
	c := exportTo(s, "export-gold-book", "Xuất sổ vàng · The gold book as a file", "so-vang", cobra.NoArgs,
		func([]string) string { return "/gold-book/export" }, func() url.Values { return filters() })
	filters = goldBookQuery(c)
	return c
}
