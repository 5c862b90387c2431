package main

import (
	"net/url"
	"strconv"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func decisionCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "decision", Short: "Quyết định khen thưởng · Decisions"}
	list := &cobra.Command{Use: "list", Short: "Liệt kê · List", Args: cobra.NoArgs}
	paging := pageFlags(list)
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/decisions", paging()), func(p *page, v rows[app.DecisionRow]) {
			p.row(p.t("MÃ", "REF"), p.t("SỐ", "NUMBER"), p.t("NGÀY", "DATE"), p.t("TÌNH TRẠNG", "PHASE"), p.t("TRƯỜNG HỢP", "ITEMS"), p.t("HÌNH THỨC", "AWARD"))
			for _, r := range v.Items {
				p.row(r.Ref, r.NumberText, day(r.NumberDate), r.Phase, r.Items, r.Award)
			}
			p.more(v.Next)
		})
	}
	show := &cobra.Command{Use: "show ID", Short: "Xem · Show", Args: cobra.ExactArgs(1)}
	show.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("decisions", args[0]), nil), showDecision)
	}
	submit := &cobra.Command{Use: "submit ID", Short: "Trình ký · Submit for signature", Args: cobra.ExactArgs(1)}
	submit.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, client.Request{Method: "POST", Path: client.Path("decisions", args[0], "submit")}, showDone)
	}
	discard := &cobra.Command{Use: "discard ID", Short: "Bỏ dự thảo · Delete a draft", Args: cobra.ExactArgs(1)}
	discard.RunE = func(cmd *cobra.Command, args []string) error {
		return drop(cmd, s, client.Path("decisions", args[0]), nil)
	}
	c.AddCommand(decisionWaiting(s), decisionBrief(s), decisionTestKey(s), decisionSignMany(s), decisionNumbering(s), decisionNumberMany(s), decisionRegister(s),
		decisionExportRegister(s), decisionHandover(s), decisionMarkHandover(s), decisionExportHandover(s))
	c.AddCommand(decisionVerify(s))
	c.AddCommand(certificateCommands(s)...)
	c.AddCommand(correctionCommands(s)...)
	c.AddCommand(decisionFile(s, "word", "draft.docx", "du-thao.docx", "Tải dự thảo dạng Word để sửa · The draft for Word, to be edited"), takeWord(s))
	c.AddCommand(decisionHandoverPaper(s), decisionPayments(s), decisionExportPayments(s), decisionVoidNumber(s))
	c.AddCommand(list, show, decisionCandidates(s), decisionOptions(s), decisionDraft(s), submit, discard, decisionSign(s), decisionSendBack(s), decisionNumber(s),
		decisionFile(s, "preview", "preview.pdf", "du-thao.pdf", "Xem trước văn bản · The text as it stands, unsigned"),
		decisionFile(s, "pdf", "document.pdf", "quyet-dinh.pdf", "Tải quyết định đã ký · The signed document"))
	return c
}

func decisionFile(s *settings, verb, remote, local, short string) *cobra.Command {
	c := &cobra.Command{Use: verb + " ID", Short: short, Args: cobra.ExactArgs(1)}
	out := c.Flags().StringP("output", "o", local, "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("decisions", args[0], remote), nil), *out)
	}
	return c
}

func decisionCandidates(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "candidates", Short: "Hồ sơ chờ quyết định · What waits for a decision", Args: cobra.NoArgs}
	award, after := c.Flags().String("award", "", "of one award"), c.Flags().String("after", "", "the page after this cursor")
	limit := c.Flags().Int("limit", 100, "cases in a page, at most 500")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := url.Values{"award": {*award}, "after": {*after}, "limit": {strconv.Itoa(*limit)}}
		return call(cmd, s, read("/decision-candidates", q), func(p *page, v app.Listed[app.DecisionGroup]) {
			for _, g := range v.Rows {
				p.line("%s  %s", p.t(g.AwardName.VI, g.AwardName.EN), g.Authority)
				for _, it := range g.Items {
					p.row(it.ProposalRef, it.Line, short(it.Workplace, 40), it.Proposal)
				}
			}
			if v.Next != "" {
				p.line(p.t("Còn nữa: thêm --after %s", "There is more: add --after %s"), v.Next)
			}
		})
	}
	return c
}

func decisionOptions(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "options", Short: "Người ký, tiền thưởng, câu chữ mặc định · What can be chosen", Args: cobra.NoArgs}
	var in app.DecisionOptionsInput
	c.Flags().StringSliceVar(&in.Proposals, "proposal", nil, "proposals (ids) of one award and authority")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, write("/decision-options", in), func(p *page, v app.DecisionOptions) {
			p.line("%s · %s", p.t(v.AwardName.VI, v.AwardName.EN), v.AuthorityName)
			for _, o := range v.Signers {
				p.row(o.Name, o.Title, o.Mode, o.User)
			}
			for _, l := range v.Items {
				p.row(l.ProposalRef, l.Line, dong(l.Amount), l.Item)
			}
			p.line(p.t("Tổng: %s đồng; chưa có mức: %d", "Total: %s đồng; without a sum: %d"), dong(v.Total), len(v.Missing))
		})
	}
	return c
}

func decisionDraft(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "draft", Short: "Dự thảo quyết định · Compose a decision", Args: cobra.NoArgs}
	var in app.DraftDecisionInput
	f := c.Flags()
	f.StringSliceVar(&in.Proposals, "proposal", nil, "proposals (ids) of one award and authority")
	f.StringVar(&in.Occasion, "occasion", "", "occasion, if the text is to name one")
	f.StringVar(&in.Achievement, "achievement", "", "what for: “đã có thành tích …”")
	f.StringVar(&in.Signer, "signer", "", "who is to sign; empty means the head of the authority")
	data := f.String("data", "", "JSON file with the whole draft, over the flags (- for standard input)")
	again := f.String("again", "", "a draft (id) to compose anew")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := loadJSON(cmd, *data, &in); err != nil {
			return err
		}
		if *again != "" {
			return call(cmd, s, write(client.Path("decisions", *again, "redraft"), in), showDecision)
		}
		return call(cmd, s, write("/decisions", in), showDecision)
	}
	return c
}

func decisionSign(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "sign ID --content HASH", Short: "Ký quyết định · Sign", Args: cobra.ExactArgs(1),
		Long: "Ký đúng nội dung đã xem: HASH là mã nội dung mà `vinhdanh decision show` in ra.\n" +
			"Signs what you were shown: HASH is the content hash that `vinhdanh decision show` prints.",
	}
	var in app.SignInput
	c.Flags().StringVar(&in.Content, "content", "", "content hash of what you read")
	c.Flags().StringVar(&in.Mode, "mode", "", "in whose name, as drafted")
	_ = c.MarkFlagRequired("content") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, withPIN(write(client.Path("decisions", args[0], "sign"), in)), showDone)
	}
	return c
}

func decisionSendBack(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "send-back ID", Short: "Trả lại dự thảo · Return it unsigned", Args: cobra.ExactArgs(1)}
	var in app.CancelInput
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	_ = c.MarkFlagRequired("reason") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("decisions", args[0], "send-back"), in), showDone)
	}
	return c
}

func decisionNumber(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "number ID", Short: "Cấp số, ban hành · Number, date and issue", Args: cobra.ExactArgs(1)}
	var in app.NumberInput
	c.Flags().IntVar(&in.Number, "number", 0, "number from the document system; none where the register is ours")
	c.Flags().StringVar(&in.Date, "date", "", "date of issue, 2023-11-20; empty means today")
	scan := c.Flags().String("scan", "", "PDF of what was signed in ink, where decisions are signed so")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if *scan != "" {
			var err error
			if in.Scan, err = load(cmd, *scan); err != nil {
				return err
			}
		}
		return call(cmd, s, write(client.Path("decisions", args[0], "number"), in), showDone)
	}
	return c
}

func showDecision(p *page, v app.DecisionView) {
	p.line("%s  %s %s  (%s)", v.Ref, v.NumberText, day(v.NumberDate), v.Phase)
	p.line("%s · %s · %s", p.t(v.AwardName.VI, v.AwardName.EN), v.AuthorityName, v.SignerName)
	if k := v.Corrected; k != nil {
		p.line(p.t("Đính chính Quyết định số %s, %s", "Corrects Decision No. %s, %s"), k.Number, day(k.Date))
	}
	p.row("#", p.t("TÊN", "NAME"), p.t("CHỨC VỤ, NƠI CÔNG TÁC", "POSITION, WORKPLACE"), p.t("TIỀN THƯỞNG (đồng)", "SUM (đồng)"))
	for i, l := range v.Lines {
		p.row(i+1, l.Line, short(l.Position+" "+l.Workplace, 50), dong(l.Amount))
		for _, k := range l.Corrected {
			p.row("", p.t(app.CorrectedText(k, "vi"), app.CorrectedText(k, "en")))
		}
		if l.Several != nil {
			p.row("", p.t(l.Several.Text.VI, l.Several.Text.EN))
		}
	}
	p.line(p.t("Tổng: %s đồng", "Total: %s đồng"), dong(v.Total))
	p.line(p.t("Mã nội dung (để ký): %s", "Content hash (to sign): %s"), v.Content)
	if v.Document != "" {
		p.line(p.t("Văn bản đã ký: SHA-256 %s", "Signed document: SHA-256 %s"), v.Document)
	}
}
