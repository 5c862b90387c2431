package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// takeWord takes a draft's wording from its Word file, edited outside.
func takeWord(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "take-word ID FILE", Short: "Nhận lời văn từ tệp Word đã sửa · Take the wording from the edited Word file", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			content, err := load(cmd, args[1])
			if err != nil {
				return err
			}
			in := app.DraftWordInput{File: content, Name: filepath.Base(args[1])}
			return call(cmd, s, write(client.Path("decisions", args[0], "draft-word"), in), func(p *page, v app.WordTaken) {
				for _, c := range v.Changes {
					p.line("%s", p.t(c.Vi, c.En))
					p.line("- %s", c.Before)
					p.line("+ %s", c.After)
				}
				p.line(p.t("Mã nội dung: %s", "Content hash: %s"), v.Decision.Content)
			})
		},
	}
}
