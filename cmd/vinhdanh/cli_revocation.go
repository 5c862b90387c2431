package main

import (
	"net/url"
	"path/filepath"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func revocationCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "revocation", Short: "Hủy bỏ khen thưởng (Điều 93) · Revocation of awards"}
	list := &cobra.Command{Use: "list", Short: "Liệt kê · List", Args: cobra.NoArgs}
	paging := pageFlags(list)
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/revocations", paging()), func(p *page, v rows[app.RevocationRow]) {
			p.row(p.t("MÃ", "REF"), p.t("QUYẾT ĐỊNH", "DECISION"), p.t("TÌNH TRẠNG", "PHASE"), p.t("TRƯỜNG HỢP", "ITEMS"), "ID")
			for _, r := range v.Items {
				p.row(r.Ref, r.Awarded, r.Phase, r.Items, r.ID)
			}
			p.more(v.Next)
		})
	}
	show := &cobra.Command{Use: "show ID", Short: "Xem · Show", Args: cobra.ExactArgs(1)}
	show.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("revocations", args[0]), nil), showRevocation)
	}
	file := &cobra.Command{Use: "file ID SHA256", Short: "Tải tài liệu kèm theo · A file of it", Args: cobra.ExactArgs(2)}
	out := file.Flags().StringP("output", "o", "tai-lieu", "file to write, - for standard output")
	file.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("revocations", args[0], "files", args[1]), nil), *out)
	}
	c.AddCommand(revocationReturned(s), list, show, file, revocable(s), revocationOpen(s), revocationAnswer(s), revocationAppraise(s), revocationPreview(s), revocationSubmit(s),
		revocationEnd(s, "refuse", "Không đồng ý hủy bỏ · Refuse to revoke"), revocationEnd(s, "withdraw", "Rút đề nghị hủy bỏ · Withdraw it"))
	return c
}

func revocable(s *settings) *cobra.Command {
	return &cobra.Command{Use: "form DECISION", Short: "Có thể hủy bỏ gì, căn cứ nào · What can be revoked, on which grounds", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("decisions", args[0], "revocable"), nil), func(p *page, v app.RevocationForm) {
			p.line("%s  %s", v.Decision.NumberText, p.t(v.AwardName.VI, v.AwardName.EN))
			for _, g := range v.Grounds {
				p.row(g.Code, p.t(g.Text.VI, g.Text.EN), p.t(g.Clause.VI, g.Clause.EN))
			}
			for _, l := range v.Lines {
				p.row(l.Line, l.UnitName, dong(l.Amount), l.Recognition)
			}
		})
	}}
}

func revocationOpen(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "open DECISION --evidence FILE", Short: "Đề nghị hủy bỏ · Open a revocation", Args: cobra.ExactArgs(1)}
	var in app.OpenRevocationInput
	f := c.Flags()
	f.StringVar(&in.Ground, "ground", "", "code of the ground, see revocation form")
	f.StringVar(&in.Reason, "reason", "", "what was found")
	f.StringVar(&in.Due, "due", "", "last day for answers, 2026-12-20")
	f.StringSliceVar(&in.Recognitions, "award", nil, "awards (ids) to revoke; none means all that the decision names")
	evidence := f.String("evidence", "", "file with the evidence")
	_ = c.MarkFlagRequired("evidence") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in.Decision, in.EvidenceName = args[0], filepath.Base(*evidence)
		var err error
		if in.Evidence, err = load(cmd, *evidence); err != nil {
			return err
		}
		return call(cmd, s, write("/revocations", in), func(p *page, v app.RevocationDone) {
			showDone(p, v.Done)
			p.line("%s", v.ID)
		})
	}
	return c
}

func revocationAnswer(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "answer ID", Short: "Ý kiến của đơn vị · A unit's answer", Args: cobra.ExactArgs(1)}
	var in app.AnswerRevocationInput
	c.Flags().StringVar(&in.Position, "position", "", "agree or disagree")
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	document := c.Flags().String("document", "", "file with the statement of the awarded")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if *document != "" {
			var err error
			if in.Document, err = load(cmd, *document); err != nil {
				return err
			}
			in.Name = filepath.Base(*document)
		}
		return call(cmd, s, write(client.Path("revocations", args[0], "answer"), in), showDone)
	}
	return c
}

func revocationAppraise(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "appraise ID", Short: "Thẩm định · Appraise", Args: cobra.ExactArgs(1)}
	var in app.AppraiseRevocationInput
	c.Flags().StringVar(&in.Verdict, "verdict", "", "revoke or keep")
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("revocations", args[0], "appraise"), in), showDone)
	}
	return c
}

func revocationPreview(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "preview ID", Short: "Xem trước quyết định hủy bỏ · The revoking decision as it would be", Args: cobra.ExactArgs(1)}
	signer := c.Flags().String("signer", "", "who is to sign; empty means the head of the authority")
	out := c.Flags().StringP("output", "o", "du-thao.pdf", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("revocations", args[0], "preview.pdf"), url.Values{"signer": {*signer}}), *out)
	}
	return c
}

func revocationSubmit(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "submit ID", Short: "Trình ký quyết định hủy bỏ · Submit the revoking decision", Args: cobra.ExactArgs(1)}
	var in app.RevokingDraftInput
	c.Flags().StringVar(&in.Signer, "signer", "", "who is to sign; empty means the head of the authority")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("revocations", args[0], "submit"), in), showDone)
	}
	return c
}

func revocationEnd(s *settings, verb, short string) *cobra.Command {
	c := &cobra.Command{Use: verb + " ID", Short: short, Args: cobra.ExactArgs(1)}
	var in app.CancelInput
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	_ = c.MarkFlagRequired("reason") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("revocations", args[0], verb), in), showDone)
	}
	return c
}

func revocationReturned(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "returned ID --award AWARD", Short: "Ghi đã thu hồi hiện vật, tiền thưởng · Mark what came back", Args: cobra.ExactArgs(1)}
	in := app.ReturnInput{Nonce: uuid.NewString()}
	f := c.Flags()
	f.StringSliceVar(&in.Recognitions, "award", nil, "awards (ids) as revocation show prints them")
	f.StringVar(&in.Thing, "thing", "", "all, object or money")
	f.StringVar(&in.State, "state", "back", "back, lost (it cannot come back) or undone")
	f.StringVar(&in.Date, "date", "", "day, 2026-12-20; empty means today")
	f.StringVar(&in.Note, "note", "", "note; of what cannot come back: why")
	_ = c.MarkFlagRequired("award") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("revocations", args[0], "returns"), in), showRevocation)
	}
	return c
}

func showRevocation(p *page, v app.RevocationView) {
	p.line("%s  %s  (%s)", v.Ref, v.Awarded, v.Phase)
	p.line("%s · %s", p.t(v.GroundText.VI, v.GroundText.EN), p.t(v.Clause.VI, v.Clause.EN))
	p.line("%s", v.Reason)
	p.line(p.t("Tài liệu: %s (%s)", "Evidence: %s (%s)"), v.EvidenceName, v.Evidence)
	p.row(p.t("TÊN", "NAME"), p.t("ĐƠN VỊ", "UNIT"), p.t("PHẢI NỘP LẠI (đồng)", "OWED (đồng)"), p.t("TIỀN", "MONEY"), p.t("HIỆN VẬT", "OBJECT"), "ID")
	for _, l := range v.Lines {
		money, object := "", ""
		if l.Revoked && l.Owed > 0 {
			money = p.t(app.ReturnText(l.MoneyBack, "vi"), app.ReturnText(l.MoneyBack, "en"))
		}
		if l.Revoked && l.Handed {
			object = p.t(app.ReturnText(l.ObjectBack, "vi"), app.ReturnText(l.ObjectBack, "en"))
		}
		p.row(l.Line, l.UnitName, dong(l.Owed), money, object, l.Recognition)
	}
	for _, x := range v.Answers {
		said := p.t("chưa có ý kiến", "no answer yet")
		if x.Position != "" {
			said = x.Position + "  " + x.Reason
		}
		p.row(x.UnitName, said)
	}
	for _, b := range v.BuiltOn {
		p.line(p.t("Phải xem lại: %s, %s", "To look at again: %s, %s"), p.t(b.AwardName.VI, b.AwardName.EN), b.Number)
	}
	if v.RevokingNo != "" {
		p.line(p.t("Đã hủy bỏ bởi Quyết định số %s", "Revoked by decision %s"), v.RevokingNo)
	}
}
