package main

import (
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// correctionCommands draft the correction of an issued decision (đính chính).
func correctionCommands(s *settings) []*cobra.Command {
	return []*cobra.Command{correctable(s), decisionCorrect(s)}
}

func correctable(s *settings) *cobra.Command {
	return &cobra.Command{Use: "correctable DECISION", Short: "Có thể đính chính gì · What can be corrected", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("decisions", args[0], "correctable"), nil), func(p *page, v app.CorrectionForm) {
			p.line("%s  %s", v.Decision.NumberText, p.t(v.AwardName.VI, v.AwardName.EN))
			for _, r := range v.Rules {
				p.row(p.t(r.Text.VI, r.Text.EN), p.t(r.Clause.VI, r.Clause.EN))
			}
			for _, l := range v.Lines {
				p.row(l.Place, l.Line, l.Position, l.Unit, l.UnitName, l.Recognition)
				for _, c := range l.Corrected {
					p.line("  %s", p.t(app.CorrectedText(c, "vi"), app.CorrectedText(c, "en")))
				}
			}
		})
	}}
}

func decisionCorrect(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "correct DECISION", Short: "Dự thảo quyết định đính chính · Draft a correction", Args: cobra.ExactArgs(1),
		Long: "Một mục bằng các cờ, hoặc nhiều mục bằng --data. Mã trường hợp: `vinhdanh decision correctable`.\n" +
			"One field by flags, or many by --data. Ids of recognitions: `vinhdanh decision correctable`.",
	}
	var in app.DraftCorrectionInput
	var l app.CorrectionLineInput
	f := c.Flags()
	f.StringVar(&l.Recognition, "recognition", "", "whose record (id)")
	f.StringVar(&l.Field, "field", "name", "name, position or unit")
	f.StringVar(&l.Was, "was", "", "exactly what stands there now")
	f.StringVar(&l.Is, "is", "", "what is right")
	f.StringVar(&l.Reason, "reason", "", "why, as the decision says it")
	f.StringVar(&in.Signer, "signer", "", "who is to sign; empty means the head of the authority")
	data := f.String("data", "", "JSON file with the whole correction, over the flags (- for standard input)")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if l.Recognition != "" {
			in.Lines = append(in.Lines, l)
		}
		if err := loadJSON(cmd, *data, &in); err != nil {
			return err
		}
		return call(cmd, s, write(client.Path("decisions", args[0], "corrections"), in), showDecision)
	}
	return c
}
