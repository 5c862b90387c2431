package main

import (
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// outcomeLetterCommand is the outbox of letters of outcome.
func outcomeLetterCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "outcome-letter", Short: "Thông báo kết quả chờ gửi · Letters of outcome, held until released"}
	list := &cobra.Command{Use: "list", Short: "Liệt kê · List", Args: cobra.NoArgs}
	paging := pageFlags(list)
	state, session := list.Flags().String("state", "", "held, released or discarded"), list.Flags().String("session", "", "of this session")
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		q := paging()
		q.Set("state", *state)
		q.Set("session", *session)
		return call(cmd, s, read("/outcome-letters", q), func(p *page, v rows[app.OutcomeLetterRow]) {
			p.row(p.t("HỒ SƠ", "CASE"), p.t("ĐƠN VỊ", "UNIT"), p.t("KHEN", "AWARDED"), p.t("KHÔNG", "NOT"), p.t("TÌNH TRẠNG", "STATE"), p.t("PHIÊN BẢN", "VERSION"), "ID")
			for _, l := range v.Items {
				t := app.LetterStateText(l.State)
				p.row(l.Ref, short(l.UnitName, 40), l.Awarded, l.Others, p.t(t.VI, t.EN), l.Version, l.ID)
			}
			p.more(v.Next)
		})
	}
	sessions := &cobra.Command{Use: "sessions", Short: "Phiên họp còn thông báo chờ gửi · Sessions of which letters wait", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/outcome-letter-sessions", nil), func(p *page, v []app.HeldSession) {
			for _, z := range v {
				p.row(z.Ref, z.Title, z.Letters, z.ID)
			}
		})
	}}
	c.AddCommand(list, sessions, outcomeLetterShow(s), outcomeLetterFile(s), outcomeLetterEdit(s), outcomeLetterEnd(s, "discard", "Bỏ, không gửi · Never let it go"), outcomeLetterEnd(s, "restore", "Lấy lại thông báo đã bỏ · Take a discarding back"), outcomeLetterRelease(s), outcomeLetterMode(s))
	return c
}

func outcomeLetterShow(s *settings) *cobra.Command {
	return &cobra.Command{Use: "show ID", Short: "Đọc · Read one", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("outcome-letters", args[0]), nil), showLetter)
	}}
}

func showLetter(p *page, v app.OutcomeLetterView) {
	t := app.LetterStateText(v.State)
	p.line(p.t("%s, gửi %s: %s, phiên bản %d", "%s, to %s: %s, version %d"), v.Ref, v.UnitName, p.t(t.VI, t.EN), v.Version)
	for _, g := range v.Letter.Given {
		p.row(g.Line, p.t("được khen thưởng", "awarded"), g.Number)
	}
	for _, it := range v.Letter.Items {
		p.row(it.Line, p.outcome(it.Outcome), it.Reason)
	}
	if v.Paragraph != "" {
		p.line("%s", v.Paragraph)
	}
	if v.Reason != "" {
		p.line("%s", v.Reason)
	}
}

func outcomeLetterFile(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "file ID", Short: "Tải Word hoặc PDF · As Word or PDF, by the name's end", Args: cobra.ExactArgs(1)}
	out := c.Flags().StringP("output", "o", "thong-bao.docx", "file to write: .docx or .pdf")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if strings.HasSuffix(*out, ".pdf") {
			return save(cmd, s, read(client.Path("outcome-letters", args[0], "letter.pdf"), nil), *out)
		}
		return save(cmd, s, read(client.Path("outcome-letters", args[0], "letter.docx"), nil), *out)
	}
	return c
}

func outcomeLetterEdit(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "edit ID", Short: "Sửa đoạn viết thêm · Change the free paragraph", Args: cobra.ExactArgs(1)}
	var in app.EditLetterInput
	c.Flags().IntVar(&in.Version, "version", 0, "that you read")
	c.Flags().StringVar(&in.Paragraph, "text", "", "the paragraph; empty takes it out")
	_ = c.MarkFlagRequired("version") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("outcome-letters", args[0], "edit"), in), showLetter)
	}
	return c
}

// outcomeLetterEnd discards a letter, or takes that back.
func outcomeLetterEnd(s *settings, verb, about string) *cobra.Command {
	c := &cobra.Command{Use: verb + " ID", Short: about, Args: cobra.ExactArgs(1)}
	var in app.DiscardLetterInput
	c.Flags().IntVar(&in.Version, "version", 0, "that you read")
	c.Flags().StringVar(&in.Reason, "reason", "", "why; it stays on record")
	_ = c.MarkFlagRequired("version") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("outcome-letters", args[0], verb), in), showLetter)
	}
	return c
}

func outcomeLetterRelease(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "release [ID…]", Short: "Xem trước và gửi · Rehearse and release",
		Example: "  vinhdanh outcome-letter release --session PH-2023-0001\n  vinhdanh outcome-letter release --session PH-2023-0001 --count 12",
		Long:    "Không có --count: chỉ xem trước. Có --count đúng bằng số đã xem trước: gửi.\nWithout --count it is a rehearsal; with the count that the rehearsal told it releases.",
	}
	session, count := c.Flags().String("session", "", "all that wait of this session"), c.Flags().Int("count", 0, "how many the rehearsal told; then they go")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in := app.ReleaseInput{Session: *session, Count: *count, Rehearse: *count == 0}
		for _, id := range args {
			version, err := letterVersion(cmd, s, id)
			if err != nil {
				return err
			}
			in.Letters = append(in.Letters, app.LetterPick{ID: id, Version: version})
		}
		return call(cmd, s, write("/outcome-letter-releases", in), showReleased)
	}
	return c
}

// letterVersion is the version of a letter that is picked by its id.
func letterVersion(cmd *cobra.Command, s *settings, id string) (int, error) {
	c, err := s.client()
	if err != nil {
		return 0, err
	}
	v, _, err := client.Send[app.OutcomeLetterView](cmd.Context(), c, read(client.Path("outcome-letters", id), url.Values{}))
	return v.Version, err
}

func showReleased(p *page, v app.Released) {
	if v.Rehearsed {
		p.line(p.t("Sẽ gửi %d thông báo về %d trường hợp; không gửi %d.", "%d letters about %d items would go; %d would not."), v.Would, v.Names, v.Refused)
	} else {
		p.line(p.t("Đã gửi %d thông báo về %d trường hợp; không gửi %d.", "%d letters about %d items went; %d did not."), v.Done, v.Names, v.Refused)
	}
	for _, r := range v.Rows {
		p.row(r.Ref, short(r.UnitName, 40), r.Result, p.t(r.Why.VI, r.Why.EN), strings.Join(r.Names, "; "))
	}
}

func outcomeLetterMode(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "mode", Short: "Chờ gửi hay gửi ngay · Whether letters wait or go at once", Args: cobra.NoArgs}
	var in app.LetterModeInput
	c.Flags().StringVar(&in.Standing, "standing", "", "the standing body; with --set")
	c.Flags().StringVar(&in.Mode, "set", "", "held or sent")
	show := func(p *page, v []app.LetterMode) {
		for _, m := range v {
			p.row(m.Standing, m.Name, m.Mode, m.By)
		}
	}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if in.Mode != "" {
			return call(cmd, s, write("/outcome-letter-modes", in), show)
		}
		return call(cmd, s, read("/outcome-letter-modes", nil), show)
	}
	return c
}
