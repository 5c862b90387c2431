package main

import (
	"net/url"

	"github.com/spf13/cobra"

	"vinhdanh/internal/client"
)

// submissionDocument fetches a paper that the unit prints and signs.
func submissionDocument(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "document ID NAME", Short: "Tải tờ trình, danh sách, báo cáo (Word, Excel) · Letter, list, report", Args: cobra.ExactArgs(2),
		Long: "NAME: to-trinh.docx, danh-sach.docx, danh-sach.xlsx, bao-cao.docx, bao-cao-tom-tat.docx (--item).",
	}
	item := c.Flags().String("item", "", "the item of a report")
	out := c.Flags().StringP("output", "o", "", "file to write, - for standard output; empty: NAME")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		q := url.Values{}
		if *item != "" {
			q.Set("item", *item)
		}
		if *out == "" {
			*out = args[1]
		}
		return save(cmd, s, read(client.Path("submissions", args[0], "documents", args[1]), q), *out)
	}
	return c
}
