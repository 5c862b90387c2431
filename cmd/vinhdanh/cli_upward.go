package main

import (
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// upwardCommands are the verbs for awards that are decided above the province.
func upwardCommands(s *settings) []*cobra.Command {
	return []*cobra.Command{upwardQueue(s), upwardShow(s), proposalConsult(s), proposalPublish(s), proposalSubmitUp(s), proposalUpperOutcome(s)}
}

func upwardQueue(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "upward-queue", Short: "Hồ sơ trình cấp trên đang chờ tôi · What waits for me on the way upward", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return call(cmd, s, read("/upward", nil), func(p *page, v []app.QueueRow) {
				for _, r := range v {
					p.row(r.Ref, p.t(r.AwardNames.VI, r.AwardNames.EN), p.where(r.Proposal))
				}
			})
		},
	}
}

func upwardShow(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "upward ID", Short: "Hiệp y, lấy ý kiến, tờ trình, kết quả cấp trên · How a case stands above the province", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return call(cmd, s, read(client.Path("proposals", args[0], "upward"), nil), func(p *page, v app.UpwardView) {
				p.line("%s  %s", v.Ref, p.stage(v.Stage))
				for _, x := range v.Agencies {
					if x.Asked {
						p.row(x.Code, p.t(x.Names.VI, x.Names.EN), x.Due, x.Answer)
					}
				}
				if v.To != "" {
					p.line(p.t("lấy ý kiến %s – %s, %d ý kiến", "public comment %s – %s, %d comments"), v.From, v.To, len(v.Comments))
				}
				if v.Number != "" {
					p.line(p.t("tờ trình số %s ngày %s", "letter %s of %s"), v.Number, v.Date)
				}
				for _, x := range v.Above {
					p.line(p.t("quyết định số %s ngày %s: %d trường hợp", "decision %s of %s: %d items"), x.Number, x.Date, len(x.Items))
				}
			})
		},
	}
}

func proposalConsult(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "consult ID", Short: "Hiệp y: hỏi, ghi trả lời, kết thúc · Consult agencies", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh proposal consult HS-2025-0001/CSTDTQ --verdict asked --agency POLICE --agency TAX --letter-number 12/SNV\n" +
			"  vinhdanh proposal consult HS-2025-0001/CSTDTQ --verdict answered --agency TAX --answer object --text 'Còn nợ thuế'",
	}
	var in app.ConsultInput
	targetFlags(c, &in.Target)
	f := c.Flags()
	f.StringVar(&in.Verdict, "verdict", "forward", "asked, answered or forward")
	agencies := f.StringArray("agency", nil, "code of an agency; may be repeated with asked")
	f.StringVar(&in.Number, "letter-number", "", "number of the letter")
	f.StringVar(&in.Date, "date", "", "its date; empty means today")
	f.StringVar(&in.Answer, "answer", "", "agree, object or silent")
	f.StringVar(&in.Text, "text", "", "what the agency says")
	only := f.StringSlice("item", nil, "items (positions or ids) that an objection means")
	paper := f.String("paper", "", "the scan: a file to upload, or the SHA-256 of one that is there")
	not := f.StringArray("not-propose", nil, "ITEM=REASON, with forward; may be repeated")
	c.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if in.Verdict == "asked" {
			in.Agencies = *agencies
		} else if len(*agencies) > 0 {
			in.Agency = (*agencies)[0]
		}
		if in.Items, err = items(cmd, s, args[0], *only); err != nil {
			return err
		}
		if in.Exceptions, err = exceptions(cmd, s, args[0], *not); err != nil {
			return err
		}
		if in.Paper, err = paperHash(cmd, s, args[0], "consultation", *paper); err != nil {
			return err
		}
		return doCase(cmd, s, args[0], "consult", in)
	}
	return c
}

func proposalPublish(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "publish ID", Short: "Lấy ý kiến Nhân dân · Hear the public", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh proposal publish HS-2025-0001/CSTDTQ --verdict opened --where portal",
	}
	var in app.PublishInput
	targetFlags(c, &in.Target)
	f := c.Flags()
	f.StringVar(&in.Verdict, "verdict", "forward", "opened, received or forward")
	f.StringVar(&in.From, "from", "", "first day; empty means today")
	f.StringVar(&in.To, "to", "", "last day; empty means as long as the rules ask for")
	f.StringVar(&in.Where, "where", "", "portal, press or office")
	f.StringVar(&in.Date, "date", "", "of a comment, of the closing; empty means today")
	f.BoolVar(&in.Against, "against", false, "the comment speaks against")
	f.StringVar(&in.Text, "text", "", "what it says")
	only := f.StringSlice("item", nil, "items (positions or ids) that the comment means")
	paper := f.String("paper", "", "the scan: a file to upload, or the SHA-256 of one that is there")
	not := f.StringArray("not-propose", nil, "ITEM=REASON, with forward; may be repeated")
	c.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if in.Items, err = items(cmd, s, args[0], *only); err != nil {
			return err
		}
		if in.Exceptions, err = exceptions(cmd, s, args[0], *not); err != nil {
			return err
		}
		if in.Paper, err = paperHash(cmd, s, args[0], "comment", *paper); err != nil {
			return err
		}
		return doCase(cmd, s, args[0], "publish", in)
	}
	return c
}

func proposalSubmitUp(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "submit-up ID", Short: "Trình cấp trên · The letter upward", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh proposal submit-up HS-2025-0001/CSTDTQ --verdict prepared --letter to-trinh.docx\n" +
			"  vinhdanh proposal submit-up HS-2025-0001/CSTDTQ --verdict numbered --letter-number 90/TTr-UBND --date 2025-03-20",
	}
	var in app.SubmitUpInput
	targetFlags(c, &in.Target)
	f := c.Flags()
	f.StringVar(&in.Verdict, "verdict", "prepared", "prepared, signed, sent_back or numbered")
	letter := f.String("letter", "", "prepared: the letter to upload; signed: its SHA-256")
	f.StringVar(&in.Mode, "mode", "", "signed: chair, KT, Q or TUQ")
	f.StringVar(&in.Number, "letter-number", "", "numbered: number of the letter")
	f.StringVar(&in.Date, "date", "", "numbered: its date; empty means today")
	scan := f.String("scan", "", "numbered: the signed letter: a file to upload, or the SHA-256 of one that is there")
	f.StringVar(&in.Reason, "reason", "", "sent_back: why")
	c.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if in.Letter, err = paperHash(cmd, s, args[0], "upward_letter", *letter); err != nil {
			return err
		}
		if in.Scan, err = paperHash(cmd, s, args[0], "upward_letter", *scan); err != nil {
			return err
		}
		return doCase(cmd, s, args[0], "submit-up", in)
	}
	return c
}

func proposalUpperOutcome(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "upper-outcome ID", Short: "Nhập kết quả của cấp trên · What was decided above", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh proposal upper-outcome HS-2025-0001/CSTDTQ --awarded 1,2 --number-of 1234/QĐ-TTg --date 2025-06-01 --not-awarded '3=Chưa đủ điều kiện'",
	}
	var in app.UpperOutcomeInput
	targetFlags(c, &in.Target)
	f := c.Flags()
	awarded := f.StringSlice("awarded", nil, "items (positions or ids) that were awarded")
	refused := f.StringArray("not-awarded", nil, "ITEM=REASON; may be repeated")
	f.StringVar(&in.Issuer, "issuer", "", "code of the authority; empty means the one that the route names")
	f.StringVar(&in.Number, "number-of", "", "number of the decision from above")
	f.StringVar(&in.Date, "date", "", "its date")
	paper := f.String("paper", "", "its scan: a file to upload, or the SHA-256 of one that is there")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		ids, err := items(cmd, s, args[0], *awarded)
		if err != nil {
			return err
		}
		for _, id := range ids {
			in.Items = append(in.Items, app.AboveItemInput{Item: id, Outcome: "recognised"})
		}
		xs, err := exceptions(cmd, s, args[0], *refused)
		if err != nil {
			return err
		}
		for _, x := range xs {
			in.Items = append(in.Items, app.AboveItemInput{Item: x.Item, Outcome: "not_awarded", Reason: x.Reason})
		}
		if in.Paper, err = paperHash(cmd, s, args[0], "upward_decision", *paper); err != nil {
			return err
		}
		return doCase(cmd, s, args[0], "upper-outcome", in)
	}
	return c
}
