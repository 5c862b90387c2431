package main

import (
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
	"vinhdanh/internal/law/simulate"
)

// bulkCommand is an act on many cases: rehearse, then do what was rehearsed.
func bulkCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "bulk", Short: "Xử lý nhiều hồ sơ · Act on many cases"}
	show := &cobra.Command{Use: "show ID", Short: "Kết quả một lần xử lý · The result of a run", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("bulk", args[0]), nil), showBulk)
	}}
	again := &cobra.Command{Use: "continue ID", Short: "Chạy tiếp lần bị ngắt · Go on with a run that was cut off", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("bulk", args[0], "continue"), nil), showBulk)
	}}
	report := &cobra.Command{Use: "report ID", Short: "Tải kết quả · Save the result as a list", Args: cobra.ExactArgs(1)}
	format := report.Flags().String("format", "xlsx", "xlsx or csv")
	out := report.Flags().StringP("output", "o", "-", "file, or - for standard output")
	report.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("bulk", args[0], "report"), url.Values{"format": {*format}}), *out)
	}
	c.AddCommand(bulkRehearse(s), bulkDo(s), show, again, report)
	return c
}

// bulkFlags fill in what is to be done; cases come from --data.
func bulkFlags(c *cobra.Command, in *app.BulkInput) *string {
	f := c.Flags()
	f.StringVar(&in.Reason, "reason", "", "of a return, a hold, a release; or of each item that is not proposed")
	f.StringVar(&in.Default, "default", "", "propose or not_propose")
	f.StringVar(&in.Minutes, "minutes", "", "SHA-256 of minutes that stand with one of the cases")
	f.StringVar(&in.Letter, "letter", "", "SHA-256 of the level's letter, likewise")
	f.StringVar(&in.Text, "appraisal", "", "the written appraisal, in words")
	return f.String("data", "", "JSON file with the whole act, over the flags (- for standard input)")
}

func bulkRehearse(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "rehearse ACTION [ID…]", Short: "Thử trước, không thực hiện · What it would do", Args: cobra.MinimumNArgs(1),
		Example: "  vinhdanh bulk rehearse accept --stage reception\n  vinhdanh bulk rehearse hold HS-2023-0001/BKT-PT --reason 'Chờ xác minh'",
	}
	var in app.BulkInput
	data, filter := bulkFlags(c, &in), queueFlags(c)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in.Action = args[0]
		for _, id := range args[1:] {
			in.Cases = append(in.Cases, app.BulkCase{Proposal: id})
		}
		if _, q := filter(); len(in.Cases) == 0 {
			in.Filter = &q
		}
		if err := loadJSON(cmd, *data, &in); err != nil {
			return err
		}
		return call(cmd, s, write("/bulk/rehearse", in), func(p *page, v app.BulkPlan) {
			p.line(p.t("Sẽ thực hiện: %d hồ sơ (%d trường hợp); loại ra: %d", "Would be done: %d cases (%d items); left out: %d"), len(v.Would), v.Items, len(v.Excluded))
			p.targets(append(v.Would, v.Excluded...))
		})
	}
	return c
}

func bulkDo(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "do ACTION ID…", Short: "Thực hiện · Do it", Args: cobra.MinimumNArgs(2),
		Long: "forward, accept, appraise and return ask for --confirm with the number of cases. The cases are taken as they stand now;\n" +
			"whoever is faster on one of them makes that one be refused, and no other.",
	}
	var in app.BulkInput
	data := bulkFlags(c, &in)
	c.Flags().IntVar(&in.Confirm, "confirm", 0, "the number of cases, to confirm")
	c.Flags().StringVar(&in.Nonce, "nonce", "", "the same nonce is the same run")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in.Action = args[0]
		for _, id := range args[1:] {
			v, err := fetch[app.ProposalView](cmd.Context(), s, client.Path("proposals", id))
			if err != nil {
				return s.failed(cmd, err)
			}
			in.Cases = append(in.Cases, app.BulkCase{Proposal: v.ID, Revision: v.Revision, Number: v.Number})
		}
		if err := loadJSON(cmd, *data, &in); err != nil {
			return err
		}
		return call(cmd, s, write("/bulk", in), showBulk)
	}
	return c
}

func showBulk(p *page, v app.BulkResult) {
	p.line(p.t("%s: đã ghi nhận %d, không thực hiện %d, đang ghi nhận %d", "%s: recorded %d, not done %d, being recorded %d"), v.ID, v.Accepted, v.Refused, v.Pending)
	p.targets(v.Rows)
}

func (p *page) targets(ts []app.BulkTarget) {
	for _, t := range ts {
		p.row(t.Ref, short(t.UnitName, 40), t.Status, t.After, p.t(t.Vi, t.En))
	}
}

// reasonsLetter is the letter on what was not awarded: on the screen, or as a file.
func reasonsLetter(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "reasons ID", Short: "Lý do không được khen thưởng · Why items were not awarded", Args: cobra.ExactArgs(1)}
	format := c.Flags().String("format", "", "pdf or docx; none: on the screen")
	out := c.Flags().StringP("output", "o", "-", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		switch *format {
		case "pdf":
			return save(cmd, s, read(client.Path("proposals", args[0], "reasons-letter.pdf"), nil), *out)
		case "docx":
			return save(cmd, s, read(client.Path("proposals", args[0], "reasons-letter.docx"), nil), *out)
		}
		return call(cmd, s, read(client.Path("proposals", args[0], "reasons-letter"), nil), func(p *page, v app.ReasonsLetter) {
			p.line("%s  %s", v.Ref, p.t(v.AwardName.VI, v.AwardName.EN))
			for _, it := range v.Items {
				p.row(it.Line, it.Outcome, it.By, it.Reason)
				for _, x := range it.Clauses {
					p.line("    %s (%s)", p.t(x.Text.VI, x.Text.EN), x.Article)
				}
				if it.Sum != nil {
					p.line(p.t("    tán thành %d, không %d; tính trên %d, cần %d", "    for %d, against %d; out of %d, %d needed"), it.Sum.Yes, it.Sum.No, it.Sum.Base, it.Sum.Needed)
				}
			}
		})
	}
	return c
}

// caseCommands show a case whole.
func caseCommands(s *settings) []*cobra.Command {
	whole := &cobra.Command{Use: "case ID", Short: "Toàn bộ một hồ sơ · Everything about a case", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("proposals", args[0], "case"), nil), showCase)
	}}
	regime := &cobra.Command{Use: "regime ID", Short: "Quy định xác nhận sẽ đổi gì · What confirming a regime would change", Args: cobra.ExactArgs(1)}
	to := regime.Flags().String("to", "", "regime to compare with; empty: the one that the transitional rules give")
	regime.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("proposals", args[0], "regime"), url.Values{"regime": {*to}}), func(p *page, v app.RegimeChange) {
			p.line("%s → %s", p.regime(v.From.Regime), p.regime(v.To.Regime))
			p.line("%s", p.t(v.Rule.Text.VI, v.Rule.Text.EN))
			if v.Rule.Open {
				p.line(p.t("Cần chọn: %s (--regime, --reason)", "To be chosen: %s (--regime, --reason)"), strings.Join(v.Rule.Choices, ", "))
			}
			for _, st := range v.Steps {
				p.row(st.Kind, st.From, st.To)
			}
			for _, x := range v.Verdicts {
				p.row(x.Position, x.Name, p.verdict(x.From), p.verdict(x.To))
				p.conditions(x.By)
			}
		})
	}
	seen := &cobra.Command{Use: "presence ID", Short: "Ai đang mở hồ sơ · Who has the case open", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("proposals", args[0], "presence"), nil), func(p *page, v app.Presence) {
			for _, x := range v.Viewers {
				p.row(x.Name, x.SeenAt.In(vietNam).Format("15:04 02/01/2006"))
			}
			if v.Last != nil {
				p.line("%s", p.t(v.Last.Vi, v.Last.En))
			}
		})
	}}
	since := &cobra.Command{Use: "since ID", Short: "Đã có gì sau thao tác tôi thấy · What was done since", Args: cobra.ExactArgs(1)}
	n := since.Flags().String("number", "0", "number of the last act that you saw")
	since.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("proposals", args[0], "since"), url.Values{"number": {*n}}), func(p *page, v []app.AccountStep) {
			for _, st := range v {
				p.row(st.Number, st.At, p.t(st.Vi, st.En))
			}
		})
	}
	return []*cobra.Command{whole, regime, seen, since, paperAgain(s)}
}

// conditions prints those that changed, before and after.
func (p *page) conditions(by []simulate.Condition) {
	for _, c := range by {
		p.row("", p.t(c.Text.VI, c.Text.EN), c.Article, p.verdict(string(c.Was)), p.verdict(string(c.Now)))
	}
}

// showRegime prints under which rules a case is judged, and how that was confirmed.
func showRegime(p *page, r app.CaseRules) {
	state := p.t("tạm áp dụng", "provisional")
	if r.Confirmed {
		state = p.t("đã xác nhận", "confirmed")
	}
	p.line(p.t("Quy định %s (%s), bộ dữ liệu %s", "Regime %s (%s), law data %s"), p.regime(r.Regime), state, short(r.LawHash, 13))
	if r.Told == nil || r.Told.Provisional == r.Told.Confirmed && r.Told.Reason == "" {
		return
	}
	p.line("%s → %s  %s  %s", r.Told.Provisional, r.Told.Confirmed, r.Told.At, r.Told.Reason)
	for _, x := range r.Told.Items {
		p.row(x.Position, x.Name, p.verdict(x.From), p.verdict(x.To))
		p.conditions(x.By)
	}
}

func showCase(p *page, v app.CaseView) {
	if v.LetterWaits {
		p.line("%s", p.t("Thông báo kết quả chính thức sẽ được gửi sau.", "The letter of outcome is still to come."))
	}
	p.line("%s · %s · %s", v.Ref, v.UnitName, p.t(v.AwardNames.VI, v.AwardNames.EN))
	showRegime(p, v.Rules)
	for _, st := range v.Steps {
		p.row(st.Kind, st.UnitName, st.State, day(st.DueOn))
	}
	showItems(p, v.ProposalView)
	p.quotas(v.Quotas)
	for _, a := range v.Abilities {
		if a.Allowed {
			p.row("+", a.Action, strings.Join(a.To, ", "))
		} else {
			p.row("-", a.Action, p.t(a.Vi, a.En), a.UnitName)
		}
	}
	for _, st := range v.History {
		p.row(st.Number, st.At, p.t(st.Vi, st.En))
	}
}

// paperAgain puts a paper of one case with another.
func paperAgain(s *settings) *cobra.Command {
	again := &cobra.Command{Use: "paper-again ID", Short: "Dùng lại giấy tờ đã gửi ở hồ sơ khác · Use a paper of mine again", Args: cobra.ExactArgs(1)}
	kind, paper := again.Flags().String("kind", "minutes", "kind of paper"), again.Flags().String("paper", "", "its id; empty: list what there is")
	again.RunE = func(cmd *cobra.Command, args []string) error {
		if *paper == "" {
			return call(cmd, s, read("/papers/recent", url.Values{"kind": {*kind}}), func(p *page, v []app.PaperRow) {
				for _, x := range v {
					p.row(x.ID, x.FileName, x.CreatedAt.In(vietNam).Format("15:04 02/01/2006"))
				}
			})
		}
		in := app.PaperAgainInput{Proposal: args[0], Paper: *paper, Kind: *kind}
		return call(cmd, s, write("/papers/again", in), func(p *page, v app.PaperRow) { p.row(v.ID, v.FileName, v.SHA256) })
	}
	return again
}
