package main

import (
	"net/url"
	"strconv"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func decisionHandover(s *settings) *cobra.Command {
	return &cobra.Command{Use: "handover ID", Short: "Danh sách nhận · The hand-over list", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("decisions", args[0], "handover"), nil), showHandover)
	}}
}

func showHandover(p *page, v app.HandoverList) {
	p.line("%s  %s", v.Decision.NumberText, v.Payer)
	for _, u := range v.Units {
		for _, l := range u.Lines {
			state := ""
			if l.Mark != nil {
				state = l.Mark.State + " " + l.Mark.OnDate.Format("02/01/2006") + " " + l.Mark.Receiver
			}
			if l.Money != nil {
				state += " · " + dong(l.Amount) + " " + l.Money.OnDate.Format("02/01/2006") + " " + l.Money.Receiver
			}
			p.row(l.Position, u.Name, l.Line, l.Gold, dong(l.Amount), state, l.Item)
			if l.Revoked != nil {
				p.row("", "", p.t("hủy bỏ: ", "revoked: ")+l.Revoked.Number, p.t(app.ReturnText(l.ObjectBack, "vi"), app.ReturnText(l.ObjectBack, "en")), p.t(app.ReturnText(l.MoneyBack, "vi"), app.ReturnText(l.MoneyBack, "en")))
			}
			if l.Several != nil {
				p.row("", "", p.t(l.Several.Text.VI, l.Several.Text.EN))
			}
		}
	}
	p.line(p.t("Đã trao %d trên %d; đã chi %s trên %s đồng", "%d of %d handed over; %s of %s đồng paid"), v.Given, v.Count, dong(v.PaidSum), dong(v.Total))
}

func decisionMarkHandover(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "mark-handover ID --item ITEM", Short: "Ghi đã trao, đã nhận · Mark as given or received", Args: cobra.ExactArgs(1)}
	in := app.HandoverInput{Nonce: uuid.NewString()}
	c.Flags().StringSliceVar(&in.Items, "item", nil, "items, by id as `decision handover` prints them")
	c.Flags().StringVar(&in.State, "state", "received", "given, received or undone")
	c.Flags().StringVar(&in.Date, "date", "", "day, 2023-11-20; empty means today")
	c.Flags().StringVar(&in.Receiver, "receiver", "", "who received it")
	c.Flags().StringVar(&in.Thing, "thing", "", "all, object or money")
	c.Flags().StringVar(&in.Relation, "relation", "", "how the receiver is related to who has died, where it is awarded posthumously")
	c.Flags().StringVar(&in.Note, "note", "", "note")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("decisions", args[0], "handover"), in), showHandover)
	}
	return c
}

func decisionExportHandover(s *settings) *cobra.Command {
	return exportTo(s, "export-handover ID", "Xuất danh sách nhận, ký nhận · The list as a file to be signed on", "danh-sach-nhan", cobra.ExactArgs(1),
		func(args []string) string { return client.Path("decisions", args[0], "handover", "export") }, nil)
}

func decisionHandoverPaper(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "handover-paper ID", Short: "Danh sách ký nhận, biên bản giao nhận, danh sách chi tiền · Papers of the hand-over", Args: cobra.ExactArgs(1),
	}
	kind := c.Flags().String("kind", "receipt", "receipt (to sign for), minutes (of handing over) or payment")
	unit := c.Flags().String("unit", "", "one proposing unit; empty: all")
	format := c.Flags().String("format", "docx", "docx, pdf or xlsx")
	out := c.Flags().StringP("output", "o", "", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		q := url.Values{"kind": {*kind}, "format": {*format}}
		if *unit != "" {
			q.Set("unit", *unit)
		}
		return save(cmd, s, read(client.Path("decisions", args[0], "handover", "paper"), q), first(*out, *kind+"."+*format))
	}
	return c
}

// yearQuery is a filter by year.
func yearQuery(c *cobra.Command) func() url.Values {
	year := c.Flags().Int("year", 0, "year of the decisions")
	return func() url.Values {
		if *year == 0 {
			return url.Values{}
		}
		return url.Values{"year": {strconv.Itoa(*year)}}
	}
}

func decisionPayments(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "payments", Short: "Tiền thưởng theo cơ quan chi, nguồn chi · Money by payer and fund", Args: cobra.NoArgs}
	filters, paging := yearQuery(c), pageFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := filters()
		for k, v := range paging() {
			q[k] = v
		}
		return call(cmd, s, read("/payments", q), func(p *page, v app.Payments) {
			for _, f := range v.Funds {
				p.line("%s · %s: %s / %s", f.Payer, f.Fund, dong(f.Paid), dong(f.Total))
				for _, l := range f.Lines {
					p.row(l.NumberText, day(l.NumberDate), p.t(l.AwardName.VI, l.AwardName.EN), l.Items, dong(l.Total), dong(l.PaidSum))
				}
			}
		})
	}
	return c
}

func decisionExportPayments(s *settings) *cobra.Command {
	var filters func() url.Values
	c := exportTo(s, "export-payments", "Xuất danh sách chi tiền thưởng · The payments as a file", "chi-tien-thuong", cobra.NoArgs,
		func([]string) string { return "/payments/export" }, func() url.Values { return filters() })
	filters = yearQuery(c)
	return c
}

func decisionVoidNumber(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "void-number --symbol QĐ-UBND --reason …", Short: "Hủy số tiếp theo của sổ · Void the register's next number", Args: cobra.NoArgs}
	in := app.VoidInput{Nonce: uuid.NewString()}
	c.Flags().StringVar(&in.Authority, "authority", "", "unit whose register it is; empty: your own")
	c.Flags().StringVar(&in.Symbol, "symbol", "", "symbol, QĐ-UBND")
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	c.Flags().StringVar(&in.Date, "date", "", "day, 2023-11-20; empty means today")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, write("/register/voided", in), func(p *page, v app.VoidedNumber) { p.row(v.Number, v.Date, v.Reason) })
	}
	return c
}
