package main

import (
	"net/http"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// opinionCommands are the acts of the levels on a case's way up.
func opinionCommands(s *settings) []*cobra.Command {
	return []*cobra.Command{proposalDecide(s), proposalReturn(s), proposalAccept(s), proposalAppraise(s), proposalResubmit(s)}
}

// exceptions reads ITEM=REASON: not proposed, and why.
func exceptions(cmd *cobra.Command, s *settings, id string, given []string) ([]app.OpinionInput, error) {
	var out []app.OpinionInput
	for _, g := range given {
		item, reason, ok := strings.Cut(g, "=")
		if !ok || strings.TrimSpace(reason) == "" {
			return nil, usage("--not-propose is ITEM=REASON, such as --not-propose '3=Chưa đủ hai năm'")
		}
		ids, err := items(cmd, s, id, []string{item})
		if err != nil {
			return nil, err
		}
		out = append(out, app.OpinionInput{Item: ids[0], Opinion: "not_propose", Reason: reason})
	}
	return out, nil
}

var sha256Form = regexp.MustCompile(`^[0-9a-f]{64}$`)

// paperHash gives a paper's hash: the value itself, or that of the file it names,
// which is uploaded first.
func paperHash(cmd *cobra.Command, s *settings, id, kind, value string) (string, error) {
	if value == "" || sha256Form.MatchString(value) {
		return value, nil
	}
	content, err := load(cmd, value)
	if err != nil {
		return "", err
	}
	c, err := s.client()
	if err != nil {
		return "", err
	}
	paper, _, err := client.Send[app.PaperRow](cmd.Context(), c, client.Request{
		Method: http.MethodPost, Path: client.Path("proposals", id, "papers"),
		Form: &client.Form{Name: filepath.Base(value), Content: content, Fields: map[string]string{"kind": kind}},
	})
	return paper.SHA256, s.failed(cmd, err)
}

func proposalDecide(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "decide ID", Short: "Xem xét và trình lên · Forward with opinions", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh proposal decide HS-2023-0001/BKT-PT --not-propose '3=Chưa đủ hai năm' --minutes bien-ban.pdf",
	}
	in := app.DecideInput{Verdict: "forward"}
	targetFlags(c, &in.Target)
	f := c.Flags()
	not := f.StringArray("not-propose", nil, "ITEM=REASON: an item (position or id) that is not proposed, and why; may be repeated")
	again := f.Bool("reconsidered", false, "answer a request to look again")
	minutes := f.String("minutes", "", "the level's own minutes: a file to upload, or the SHA-256 of one that is there")
	letter := f.String("letter", "", "the level's own tờ trình, likewise")
	data := f.String("data", "", "JSON file with the whole decision, over the flags (- for standard input)")
	c.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if *again {
			in.Verdict = "reconsidered"
		}
		if in.Exceptions, err = exceptions(cmd, s, args[0], *not); err != nil {
			return err
		}
		if in.Minutes, err = paperHash(cmd, s, args[0], "minutes", *minutes); err != nil {
			return err
		}
		if in.Letter, err = paperHash(cmd, s, args[0], "letter", *letter); err != nil {
			return err
		}
		if err := loadJSON(cmd, *data, &in); err != nil {
			return err
		}
		return doCase(cmd, s, args[0], "decide", in)
	}
	return c
}

func proposalReturn(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "return ID", Short: "Yêu cầu bổ sung, hoàn thiện · Return with reasons", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh proposal return HS-2023-0001/BKT-PT --reason 'Thiếu biên bản' --field '2:birth_year=Năm sinh chưa khớp'",
	}
	in := app.DecideInput{Verdict: "return"}
	targetFlags(c, &in.Target)
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	c.Flags().StringVar(&in.To, "to", "", "stage to return to, of those that `proposal case` names; empty: the proposing unit")
	fields := c.Flags().StringArray("field", nil, "ITEM:FIELD=REMARK, or FIELD=REMARK of the whole case; may be repeated")
	_ = c.MarkFlagRequired("reason") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		for _, g := range *fields {
			at, remark, ok := strings.Cut(g, "=")
			if !ok {
				return usage("--field is ITEM:FIELD=REMARK")
			}
			mark := app.FieldRemark{Field: at, Remark: remark}
			if item, field, ok := strings.Cut(at, ":"); ok {
				ids, err := items(cmd, s, args[0], []string{item})
				if err != nil {
					return err
				}
				mark.Item, mark.Field = ids[0], field
			}
			in.Fields = append(in.Fields, mark)
		}
		return doCase(cmd, s, args[0], "decide", in)
	}
	return c
}

func proposalAccept(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "accept ID", Short: "Tiếp nhận hồ sơ đủ · The dossier is complete", Args: cobra.ExactArgs(1)}
	var in app.AcceptInput
	targetFlags(c, &in.Target)
	c.Flags().StringVar(&in.Regime, "regime", "", "regime; needed only where the transitional rule leaves the choice (see proposal regime)")
	c.Flags().StringVar(&in.Reason, "reason", "", "why, where the choice is yours")
	c.RunE = func(cmd *cobra.Command, args []string) error { return doCase(cmd, s, args[0], "accept", in) }
	return c
}

func proposalAppraise(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "appraise ID", Short: "Thẩm định · Appraise", Args: cobra.ExactArgs(1)}
	var in app.AppraiseInput
	targetFlags(c, &in.Target)
	not := c.Flags().StringArray("not-propose", nil, "ITEM=REASON; may be repeated")
	c.Flags().StringVar(&in.Text, "text", "", "the written appraisal of the whole, in words")
	report := c.Flags().String("report", "", "the written appraisal: a file to upload, or the SHA-256 of one that is there")
	c.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if in.Exceptions, err = exceptions(cmd, s, args[0], *not); err != nil {
			return err
		}
		if in.Report, err = paperHash(cmd, s, args[0], "report", *report); err != nil {
			return err
		}
		return doCase(cmd, s, args[0], "appraise", in)
	}
	return c
}

func proposalResubmit(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "resubmit ID", Short: "Gửi lại sau khi bổ sung · Answer a return", Args: cobra.ExactArgs(1)}
	var in app.ResubmitInput
	targetFlags(c, &in.Target)
	out := c.Flags().StringSlice("leave-out", nil, "items (positions or ids) that are withdrawn with it")
	c.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if in.LeaveOut, err = items(cmd, s, args[0], *out); err != nil {
			return err
		}
		return doCase(cmd, s, args[0], "resubmit", in)
	}
	return c
}
